"""Gold folders -> a released model folder: examples, training, calibration, export, scores, card."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from antinomy.classify.artefact import METRICS, TOKENIZER, WEIGHTS, load_artefact, write_json, write_manifest
from antinomy.classify.calibrate import choose_thresholds, fit_platt
from antinomy.classify.card import write_card
from antinomy.classify.examples import Example, ReadSentences, build_examples
from antinomy.classify.predict import Classifier, decide
from antinomy.classify.windows import FileTokenizer
from antinomy.codebook import Codebook
from antinomy.errors import GoldError, MissingExtraError
from antinomy.evaluate.compare import compare_with_coders
from antinomy.evaluate.scores import mean_defined, score_average_precision
from antinomy.gold import GoldSet, find_gold, read_gold
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.registry import read_document
from antinomy.records import Document, Sentence
from antinomy.segment import segment_document


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """What to train: where gold lies, what to start from, where to put the model."""

    gold: Path
    sources: Path | None
    base: Path
    out: Path
    name: str
    version: str


def read_sentences(path: Path) -> tuple[Document, list[Sentence]]:
    """Read one document of a gold set exactly as labelling would."""
    document = read_document(path, id=path.stem, options=ReadOptions(), metadata={})
    return document, list(segment_document(document))


def train_model(
    request: TrainRequest,
    codebook: Codebook,
    *,
    settings: dict[str, Any],
    say: Callable[[str], None],
    progress: Callable[[Sequence[list[int]]], Any] = iter,
    read: ReadSentences = read_sentences,
) -> Path:
    """Train, calibrate, export and score a model; return its folder.

    Raises:
        GoldError: If gold is incoherent, or lacks a split.
        MissingExtraError: If the extra ``train`` is not installed.
    """
    try:
        from antinomy.classify.export import export_onnx, fold_calibration
        from antinomy.classify.network import Network, load_encoder
        from antinomy.classify.train import TrainSettings, compute_logits, train_network
    except ModuleNotFoundError as error:
        raise MissingExtraError("training", "train", str(error.name)) from error
    chosen = TrainSettings(**settings)
    labels = list(codebook.code_ids)
    request.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(request.base / TOKENIZER, request.out / TOKENIZER)
    tokenizer = FileTokenizer(str(request.out / TOKENIZER))
    golds = [read_gold(folder, codebook, sources=request.sources) for folder in find_gold(request.gold)]
    examples = [example for gold in golds for example in build_examples(gold, labels, tokenizer, read)]
    splits = {split: [e for e in examples if e.unit.split == split] for split in ("train", "calibration", "test")}
    for split, members in splits.items():
        say(f"{split}: {len(members)} sentences, {sum(any(e.targets) for e in members)} with a code")
        if not any(any(e.targets) for e in members):
            raise GoldError(f"no coded sentence in the split {split!r}", where=str(request.gold), fix="See splits.csv.")
    network = Network(load_encoder(request.base), len(labels), dropout=chosen.dropout)
    calibration = [example.window for example in splits["calibration"]]
    truth = (np.array([example.targets for example in splits["calibration"]]) > 0.5).astype(float)

    def judge(candidate: Network) -> float:
        logits = compute_logits(candidate, calibration)
        scores = [score_average_precision(logits[:, i], truth[:, i] > 0) for i in range(len(labels))]
        return mean_defined(scores) or 0.0

    epochs = train_network(
        network,
        splits["train"],
        judge,
        chosen,
        mask_id=tokenizer.special("[MASK]"),
        report=lambda e: say(f"epoch {e.number}: loss {e.loss:.3f}, mean average precision {e.score:.3f}"),
        progress=progress,
    )
    logits = compute_logits(network, calibration)
    fits = [fit_platt(logits[:, i], truth[:, i]) for i in range(len(labels))]
    fold_calibration(network, np.array([a for a, _ in fits]), np.array([b for _, b in fits]))
    export_onnx(network, request.out / WEIGHTS)
    write_json(request.out / "labels.json", labels)
    write_json(request.out / "thresholds.json", dict.fromkeys(labels, 0.5))
    base = json.loads((request.base / "config.json").read_text("utf-8"))
    config = {
        "name": request.name,
        "version": request.version,
        "codebook": {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
        "encoder": {key: base[key] for key in ("hidden_size", "num_hidden_layers", "vocab_size")},
        "training": {**asdict(chosen), "epochs_run": [asdict(epoch) for epoch in epochs]},
        "gold": [_describe(gold) for gold in golds],
    }
    write_json(request.out / "config.json", config)
    write_manifest(request.out)
    # thresholds are chosen on what the shipped weights say, after quantisation
    probabilities = Classifier(load_artefact(request.out, codebook), codebook).probabilities(calibration)
    capped = np.array(
        [
            list(
                decide(
                    dict(zip(labels, row.tolist(), strict=True)), dict.fromkeys(labels, 0.5), codebook
                ).probabilities.values()
            )
            for row in probabilities
        ]
    )
    dimensions = [codebook.by_id[label].dimension for label in labels]
    write_json(request.out / "thresholds.json", choose_thresholds(capped, truth, labels, dimensions))
    write_manifest(request.out)
    score_model(request.out, splits, golds, codebook)
    return request.out


def score_model(folder: Path, splits: dict[str, list[Example]], golds: list[GoldSet], codebook: Codebook) -> None:
    """Score the exported model on calibration and test, per gold set, and write metrics and card."""
    artefact = load_artefact(folder, codebook)
    classifier = Classifier(artefact, codebook)
    metrics: dict[str, Any] = {"model": artefact.name, "sha256": artefact.sha256, "splits": {}}
    for split in ("calibration", "test"):
        for gold in golds:
            members = [example for example in splits[split] if example.gold == gold.id]
            if not members:
                continue
            rows = classifier.probabilities([example.window for example in members])
            predictions = [
                decide(dict(zip(artefact.labels, row.tolist(), strict=True)), artefact.thresholds, codebook)
                for row in rows
            ]
            people = list_passes(members, gold.adjudicator)
            judge = gold.adjudicator
            coders = people if judge is None else [[example.unit.codings[judge] for example in members]]
            table = compare_with_coders(predictions, coders, people, codebook)
            metrics["splits"].setdefault(split, {})[gold.id] = table
    write_json(folder / METRICS, metrics)
    write_card(artefact, metrics, codebook)


def list_passes(examples: Sequence[Example], adjudicator: str | None) -> list[list[frozenset[str]]]:
    """Return the independent codings: those of every sentence's first coder, of its second, and so on."""
    given = [[codes for coder, codes in e.unit.codings.items() if coder != adjudicator] for e in examples]
    return [[codes[i] for codes in given] for i in range(min(map(len, given)))]


def _describe(gold: GoldSet) -> dict[str, Any]:
    count = {split: sum(unit.split == split for unit in gold.units) for split in ("train", "calibration", "test")}
    return {"id": gold.id, "units": count, "documents": len({unit.document for unit in gold.units})}

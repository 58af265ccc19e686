"""Gold sets -> a released model folder: examples, training, calibration, export, scores, card."""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from antinomy.accept.scores import collect_scores
from antinomy.classify.artefact import (
    CALIBRATION,
    MANIFEST,
    METRICS,
    TOKENIZER,
    hash_file,
    load_artefact,
    write_json,
    write_manifest,
)
from antinomy.classify.base import name_encoder
from antinomy.classify.calibrate import choose_thresholds, fit_platt
from antinomy.classify.card import write_card
from antinomy.classify.examples import Example, ReadSentences, build_examples
from antinomy.classify.passages import FileTokenizer
from antinomy.classify.predict import Classifier
from antinomy.codebook import Codebook
from antinomy.errors import GoldError, MissingExtraError, ModelError, OutputError
from antinomy.evaluate.scores import mean_defined, score_average_precision
from antinomy.gold import GoldSet
from antinomy.gold_sets import find_gold_sets, open_gold_set
from antinomy.measure import DRAWS, SEED, measure_gold, predict_examples, read_gold_metadata, read_sentences


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """What to train: where gold lies, what to start from, where to put the model."""

    gold: tuple[Path, ...]
    sources: Path | None
    base: Path
    out: Path
    name: str
    version: str


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
        InputError: If the ``metadata.csv`` of a set is wrong.
        ModelError: If the encoder to start from is incomplete.
        OutputError: If ``out`` holds something other than a model.
        MissingExtraError: If the extra ``train`` is not installed.
    """
    try:
        import torch

        from antinomy.classify.export import export_onnx, fold_calibration
        from antinomy.classify.network import Network, load_encoder
        from antinomy.classify.train import TrainSettings, compute_logits, train_network
    except ModuleNotFoundError as error:
        raise MissingExtraError("training", "train", str(error.name)) from error
    if request.out.exists() and not (request.out / MANIFEST).is_file():
        raise OutputError("the place is taken", where=str(request.out), fix="Name a new folder with --out.")
    chosen = TrainSettings(**settings)
    labels = list(codebook.code_ids)
    for part in (TOKENIZER, "config.json", "model.safetensors"):
        if not (request.base / part).is_file():
            raise ModelError(f"the encoder lacks {part}", where=str(request.base), fix="Name its folder with --base.")
    tokenizer = FileTokenizer(str(request.base / TOKENIZER))
    found = find_gold_sets(request.gold)
    golds = [open_gold_set(source, codebook, sources=request.sources, divided=True) for source in found]
    for gold in golds:
        for note in gold.notes:
            say(f"note: {note}")
        read_gold_metadata(gold)  # what is wrong there should be known before the training, not after it
    examples = [example for gold in golds for example in build_examples(gold, labels, tokenizer, read)]
    splits = {split: [e for e in examples if e.units[0].split == split] for split in ("train", "calibration", "test")}
    for split, members in splits.items():
        coded = sum(int(example.targets.any(axis=1).sum()) for example in members)
        say(f"{split}: {sum(len(example.units) for example in members)} sentences, {coded} with a code")
        if not coded:
            where = ", ".join(map(str, request.gold))
            fix = "Code more, or name the splits yourself (splits.csv, split)."
            raise GoldError(f"no coded sentence in the split {split!r}", where=where, fix=fix)
    torch.manual_seed(chosen.seed)
    network = Network(load_encoder(request.base, layers=chosen.layers), len(labels), dropout=chosen.dropout)
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    passages = [example.passage for example in splits["calibration"]]
    truth = (np.concatenate([example.targets for example in splits["calibration"]]) > 0.5).astype(float)

    def judge(candidate: Network) -> float:
        logits = compute_logits(candidate, passages, tokenizer.padding)
        scores = [score_average_precision(logits[:, i], truth[:, i] > 0) for i in range(len(labels))]
        return mean_defined(scores) or 0.0

    # what a run needs to go on after an interruption lies beside the model, until the model is whole
    kept = request.out.with_name(f".{request.out.name}.training")
    epochs = train_network(
        network,
        splits["train"],
        judge,
        chosen,
        padding=tokenizer.padding,
        report=lambda e: say(f"epoch {e.number}: loss {e.loss:.3f}, mean average precision {e.score:.3f}"),
        progress=progress,
        keep=(kept, _fingerprint(request, golds, codebook, chosen)),
    )
    logits = compute_logits(network, passages, tokenizer.padding)
    network.to("cpu")
    fits = [fit_platt(logits[:, i], truth[:, i]) for i in range(len(labels))]
    fold_calibration(network, np.array([a for a, _ in fits]), np.array([b for _, b in fits]))
    # the folder takes its name only when it is whole
    out = request.out.with_name(f".{request.out.name}.part")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    export_onnx(network, out)
    training = {**asdict(chosen), "epochs_run": [asdict(epoch) for epoch in epochs]}
    positives = count_positives(splits["train"], labels)
    write_parts(out, request, codebook, {**training, "positives": positives}, golds)
    # thresholds are chosen on what the shipped weights say, after quantisation
    predictions = predict_examples(Classifier(load_artefact(out, codebook), codebook), codebook, splits["calibration"])
    probabilities = np.array([[prediction.probabilities[label] for label in labels] for prediction in predictions])
    write_json(out / "thresholds.json", choose_thresholds(probabilities, truth, labels))
    documents = {(example.gold, example.units[0].document) for example in splits["calibration"]}
    source = f"calibration split of {', '.join(dict.fromkeys(gold for gold, _ in sorted(documents)))}"
    scores = collect_scores(probabilities, truth, labels, documents=len(documents), source=source)
    write_json(out / CALIBRATION, scores.to_json())
    write_manifest(out)
    score_model(out, splits, golds, codebook)
    shutil.rmtree(request.out, ignore_errors=True)
    out.rename(request.out)
    shutil.rmtree(kept, ignore_errors=True)
    return request.out


def count_positives(examples: Sequence[Example], labels: Sequence[str]) -> dict[str, int]:
    """Return code id -> number of sentences that carry it."""
    targets = np.concatenate([example.targets for example in examples])
    return {label: int((targets[:, i] > 0.5).sum()) for i, label in enumerate(labels)}


def write_parts(
    out: Path, request: TrainRequest, codebook: Codebook, training: dict[str, Any], golds: Sequence[GoldSet]
) -> None:
    """Write everything but the weights; thresholds are one half until they are chosen."""
    base = json.loads((request.base / "config.json").read_text("utf-8"))
    meaning = {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256}
    config = {
        "name": request.name,
        "version": request.version,
        "codebook": {**meaning, "codes": codebook.hash_codes()},
        "encoder": {
            "base": name_encoder(request.base),
            "hidden_size": base["hidden_size"],
            "layers": training["layers"] or base["num_hidden_layers"],
            "vocab_size": base["vocab_size"],
        },
        "training": training,
        "gold": [_describe(gold) for gold in golds],
    }
    shutil.copyfile(request.base / TOKENIZER, out / TOKENIZER)
    write_json(out / "config.json", config)
    write_json(out / "labels.json", list(codebook.code_ids))
    write_json(out / "thresholds.json", dict.fromkeys(codebook.code_ids, 0.5))
    write_manifest(out)


def score_model(folder: Path, splits: dict[str, list[Example]], golds: Sequence[GoldSet], codebook: Codebook) -> None:
    """Score the exported model on calibration and test, per gold set, and write metrics and card."""
    classifier = Classifier(load_artefact(folder, codebook), codebook)
    artefact = classifier.artefact
    metrics: dict[str, Any] = {
        "model": artefact.name,
        "sha256": artefact.sha256,
        "settings": {"draws": DRAWS, "seed": SEED},
        "splits": {},
    }
    for split in ("calibration", "test"):
        for gold in golds:
            members = [example for example in splits[split] if example.gold == gold.id]
            if not members:
                continue
            predictions = predict_examples(classifier, codebook, members)
            table = measure_gold(gold, members, predictions, codebook)
            metrics["splits"].setdefault(split, {})[gold.id] = table
    write_json(folder / METRICS, metrics)
    write_card(artefact, metrics, codebook)


def _fingerprint(request: TrainRequest, golds: Sequence[GoldSet], codebook: Codebook, settings: object) -> str:
    """Hash everything that decides a training run."""
    parts = [repr(settings), codebook.sha256, hash_file(request.base / "model.safetensors")]
    for gold in golds:
        parts += [repr((unit.sha256, unit.split, sorted(map(sorted, unit.codings.values())))) for unit in gold.units]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _describe(gold: GoldSet) -> dict[str, Any]:
    count = {split: sum(unit.split == split for unit in gold.units) for split in ("train", "calibration", "test")}
    documents = len({unit.document for unit in gold.units})
    return {"id": gold.id, "about": gold.about, "units": count, "documents": documents}

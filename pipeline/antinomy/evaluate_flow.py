"""Gold folders and a model -> the data of ``metrics.json``: read, label, measure."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from antinomy.classify.artefact import TOKENIZER, find_model, load_artefact
from antinomy.classify.examples import build_examples
from antinomy.classify.passages import FileTokenizer
from antinomy.classify.predict import Classifier
from antinomy.codebook import Codebook
from antinomy.errors import GoldError, InputError, Problem
from antinomy.evaluate.assess import Track, pass_on
from antinomy.gold import GoldSet, find_gold, read_gold
from antinomy.measure import DRAWS, SEED, measure_gold, predict_examples, read_sentences


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """What to measure on what.

    Attributes:
        gold: Gold sets, or folders of several.
        model: Name or folder of the model; None for the default one.
        sources: Local copies of documents that gold only refers to.
        split: The part of gold to measure on, or ``all``.
        draws: How often documents are drawn for the intervals.
        seed: Decides the draws.
    """

    gold: tuple[Path, ...]
    model: str | None = None
    sources: Path | None = None
    split: str = "test"
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The data of ``metrics.json``, the sets that could not be measured, and those without the split."""

    metrics: dict[str, Any]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]


def evaluate_model(request: EvaluateRequest, codebook: Codebook, *, track: Track = pass_on) -> Evaluation:
    """Measure a model on gold sets; one that cannot be read costs no other.

    Raises:
        GoldError: If no set could be measured.
        ModelError: If the model is not there, or does not fit the codebook.
    """
    classifier = Classifier(load_artefact(find_model(request.model), codebook), codebook)
    artefact = classifier.artefact
    sets: dict[str, Any] = {}
    problems: list[Problem] = []
    skipped: list[str] = []
    for folder in dict.fromkeys(path for given in request.gold for path in find_gold(given)):
        try:
            gold = choose_split(read_gold(folder, codebook, sources=request.sources), request.split)
            if gold.id in sets:
                fix = "Give every set an id of its own in set.json."
                raise GoldError(f"a second gold set {gold.id!r}", where=str(folder), fix=fix)
            if not gold.units:
                skipped.append(gold.id)
                continue
            sets[gold.id] = _measure(gold, classifier, codebook, request, track)
        except (GoldError, InputError) as error:
            problems += error.problems
    if not sets:
        where = ", ".join(map(str, request.gold))
        nothing = Problem(f"no sentence in the split {request.split!r}", where, "Choose another: --split all.")
        raise GoldError.from_problems(problems or [nothing])
    metrics = {
        "model": {"name": artefact.name, "version": artefact.config["version"], "sha256": artefact.sha256},
        "codebook": {"id": codebook.id, "version": codebook.version, "sha256": codebook.sha256},
        "settings": {"draws": request.draws, "seed": request.seed, "split": request.split},
        "sets": sets,
    }
    return Evaluation(metrics, tuple(problems), tuple(skipped))


def choose_split(gold: GoldSet, split: str) -> GoldSet:
    """Return the set with the units of one split only, or with all."""
    return replace(gold, units=tuple(unit for unit in gold.units if split in ("all", unit.split)))


def _measure(
    gold: GoldSet, classifier: Classifier, codebook: Codebook, request: EvaluateRequest, track: Track
) -> dict[str, Any]:
    artefact = classifier.artefact
    tokenizer = FileTokenizer(str(artefact.folder / TOKENIZER))
    documents = dict.fromkeys(unit.document for unit in gold.units)
    examples = [
        example
        for document in track(list(documents), f"reading {gold.id}")
        for example in build_examples(_keep(gold, document), artefact.labels, tokenizer, read_sentences)
    ]
    predictions = predict_examples(classifier, codebook, examples, track=track)
    return measure_gold(gold, examples, predictions, codebook, draws=request.draws, seed=request.seed, track=track)


def _keep(gold: GoldSet, document: str) -> GoldSet:
    return replace(gold, units=tuple(unit for unit in gold.units if unit.document == document))

"""Gold sets and a model -> the data of ``metrics.json``: read, label, measure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from antinomy.classify.artefact import TOKENIZER, find_model, load_artefact
from antinomy.classify.examples import build_examples
from antinomy.classify.passages import FileTokenizer
from antinomy.classify.predict import Classifier
from antinomy.codebook import Codebook
from antinomy.contrast_sets import ContrastPair, Side, read_contrast
from antinomy.errors import GoldError, InputError, Problem
from antinomy.evaluate.assess import Track, pass_on
from antinomy.evaluate.contrast import assess_contrast
from antinomy.gold import GoldSet
from antinomy.gold_sets import find_gold_sets, open_gold_set
from antinomy.measure import DRAWS, SEED, measure_gold, predict_examples, read_sentences
from antinomy.records import Prediction, Sentence


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """What to measure on what.

    Attributes:
        gold: Gold sets, folders of several, or tables, which together are one set.
        model: Name or folder of the model; None for the default one.
        sources: Local copies of documents that gold only refers to.
        split: The part of gold to measure on, or ``all``.
        draws: How often documents are drawn for the intervals.
        seed: Decides the draws.
        contrast: Table of minimal pairs to measure on as well.
    """

    gold: tuple[Path, ...]
    model: str | None = None
    sources: Path | None = None
    split: str = "test"
    draws: int = DRAWS
    seed: int = SEED
    contrast: Path | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.

    Attributes:
        metrics: The data of ``metrics.json``.
        problems: Why sets could not be measured.
        skipped: Ids of the sets that have no unit in the split.
        notes: What a person should know about how the sets were read.
    """

    metrics: dict[str, Any]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]
    notes: tuple[str, ...] = ()


def evaluate_model(request: EvaluateRequest, codebook: Codebook, *, track: Track = pass_on) -> Evaluation:
    """Measure a model on gold sets; one that cannot be read costs no other.

    Raises:
        GoldError: If no set could be measured, or the minimal pairs cannot be read.
        ModelError: If the model is not there, or does not fit the codebook.
    """
    pairs = read_contrast(request.contrast, codebook) if request.contrast else []
    classifier = Classifier(load_artefact(find_model(request.model), codebook), codebook)
    artefact = classifier.artefact
    sets: dict[str, Any] = {}
    problems: list[Problem] = []
    skipped: list[str] = []
    notes: list[str] = []
    for source in find_gold_sets(request.gold):
        try:
            gold = choose_split(open_gold_set(source, codebook, sources=request.sources), request.split)
            if gold.id in sets:
                fix = "Give every set an id of its own in set.json, every table a name of its own."
                raise GoldError(f"a second gold set {gold.id!r}", where=str(gold.folder), fix=fix)
            notes += gold.notes
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
        "studies": artefact.read_studies(),
    }
    if pairs:
        chosen = {"draws": request.draws, "seed": request.seed}
        metrics["contrast"] = score_contrast(classifier, pairs, codebook, **chosen, track=track)
    return Evaluation(metrics, tuple(problems), tuple(skipped), tuple(notes))


def score_contrast(
    classifier: Classifier,
    pairs: Sequence[ContrastPair],
    codebook: Codebook,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    track: Track = pass_on,
) -> dict[str, Any]:
    """Measure a model on minimal pairs, each side read as what one respondent says in one go.

    Returns:
        What ``antinomy.evaluate.contrast`` says.
    """
    predictions = []
    for pair in track(pairs, "minimal pairs"):
        one, other = pair.sides
        predictions.append((predict_side(classifier, one), predict_side(classifier, other)))
    return assess_contrast(pairs, predictions, codebook, draws=draws, seed=seed)


def predict_side(classifier: Classifier, side: Side) -> Prediction:
    """Return what a model says of one side of a pair, in its context."""
    sentences: list[Sentence] = []
    start = 0
    for text in filter(None, (side.before, side.sentence, side.after)):
        end = start + len(text)
        sentences.append(
            Sentence(
                document="pair",
                turn=0,
                index=len(sentences),
                start=start,
                end=end,
                text=text,
                speaker=None,
                role="respondent",
            )
        )
        start = end + 1
    found = list(classifier.predict(sentences))[1 if side.before else 0]
    if found is None:
        raise TypeError("a sentence that is to be coded was left out")
    return found


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

"""A run and a share of errors that a person allows -> what stands as coded, and what is left for the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from antinomy.accept.decide import STATES, Decisions, decide_sentences
from antinomy.accept.scores import CalibrationScores, collect_scores
from antinomy.classify.artefact import TOKENIZER, Artefact
from antinomy.classify.examples import build_examples
from antinomy.classify.passages import FileTokenizer
from antinomy.classify.predict import Classifier
from antinomy.codebook import Codebook
from antinomy.errors import ModelError
from antinomy.gold_sets import find_gold_sets, open_gold_set
from antinomy.measure import predict_examples, read_sentences
from antinomy.records import CodedSentence
from antinomy.run_tables import iterate_sentences, load_run


@dataclass(frozen=True, slots=True, eq=False)
class Accepted:
    """What came of a budget.

    Attributes:
        data: The data of ``budget.json``.
        sentences: Those that were to be coded, in the run's order.
        decisions: On each of them.
    """

    data: dict[str, Any]
    sentences: tuple[CodedSentence, ...]
    decisions: Decisions


def read_scores(
    artefact: Artefact, codebook: Codebook, *, gold: Sequence[Path] = (), sources: Path | None = None
) -> CalibrationScores:
    """Return what the model says of hand-coded sentences: of the person's own, or those that it brings.

    Args:
        artefact: The model.
        codebook: The one that it gives codes of.
        gold: Sentences that a person coded, which the model was not trained on; none: those of its calibration split.
        sources: Local copies of documents that gold only refers to.

    Raises:
        GoldError: If gold cannot be read.
        ModelError: If the model brings nothing and no gold is given.
    """
    if not gold:
        data = artefact.read_calibration()
        fix = "Give sentences coded by hand with --calibration."
        if data is None:
            where = str(artefact.folder)
            raise ModelError("the model says nothing of its errors on hand-coded sentences", where=where, fix=fix)
        try:
            return CalibrationScores.from_json(data)
        except (KeyError, TypeError, ValueError) as error:
            where = str(artefact.folder / "calibration.json")
            raise ModelError(f"the file is no calibration ({error})", where=where, fix=fix) from error
    classifier = Classifier(artefact, codebook)
    tokenizer = FileTokenizer(str(artefact.folder / TOKENIZER))
    sets = [open_gold_set(source, codebook, sources=sources) for source in find_gold_sets(gold)]
    examples = [example for one in sets for example in build_examples(one, artefact.labels, tokenizer, read_sentences)]
    predictions = predict_examples(classifier, codebook, examples)
    said = [[prediction.probabilities[label] for label in artefact.labels] for prediction in predictions]
    truth = np.concatenate([example.targets for example in examples])
    documents = len({(example.gold, example.units[0].document) for example in examples})
    source = ", ".join(one.id for one in sets)
    return collect_scores(np.array(said), truth, artefact.labels, documents=documents, source=source)


def accept_run(folder: Path, artefact: Artefact, scores: CalibrationScores, *, budget: float) -> Accepted:
    """Share out the sentences of a finished run.

    Args:
        folder: Of the run.
        artefact: The model that coded it.
        scores: See ``read_scores``.
        budget: Allowed share of errors, 0 to 1.

    Raises:
        InputError: If the run cannot be read.
    """
    run = load_run(folder)
    sentences = tuple(item for item in iterate_sentences(run) if item.prediction is not None)
    said = [item.prediction for item in sentences if item.prediction is not None]
    probabilities = np.array(
        [[one.probabilities.get(label, 0.0) for label in artefact.labels] for one in said], dtype=float
    ).reshape(len(said), len(artefact.labels))
    done = decide_sentences(
        probabilities, [one.codes for one in said], artefact.labels, scores, run.codebook, budget=budget
    )
    codes = [
        {
            "id": label,
            "cutoff": done.cutoffs[label],
            "given": sum(label in one.codes for one in said),
            "accepted": sum(label in accepted for accepted in done.codes),
        }
        for label in artefact.labels
    ]
    data = {
        "budget": budget,
        "model": {"name": artefact.name, "sha256": artefact.sha256},
        "codebook": {"id": run.codebook.id, "sha256": run.codebook.sha256},
        "calibration": {"source": scores.source, "sentences": scores.sentences, "documents": scores.documents},
        "sentences": len(sentences),
        "states": {state: done.states.count(state) for state in STATES},
        "below": done.below,
        "codes": codes,
        "promise": describe_promise(budget, scores),
    }
    return Accepted(data, sentences, done)


def describe_promise(budget: float, scores: CalibrationScores) -> list[str]:
    """Say what the budget promises, and when."""
    share = f"{100 * budget:g} %"
    return [
        f"Of the sentences that are accepted as carrying a code, at most {share} should be wrong, code by code.",
        f"Of the sentences that carry a code, at most {share} are expected to be among those filed as empty.",
        f"This holds on average, where the texts are like the {scores.sentences:,} hand-coded sentences of "
        f"{scores.documents:,} documents ({scores.source}) and would be coded in the same way. Sentences of one "
        "document are alike: in a single small corpus the share can be well above the budget.",
        "A parent comes with its code: whoever accepts a tension accepts its paradox.",
    ]

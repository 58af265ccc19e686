"""A model x a gold set -> everything that is measured, for training and evaluation alike."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from antinomy.classify.examples import Example
from antinomy.classify.predict import Classifier, decide
from antinomy.codebook import Codebook
from antinomy.evaluate.assess import Track, assess, pass_on
from antinomy.evaluate.comparison import GoldSentence
from antinomy.gold import GoldSet, Unit
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.collect import SIDECAR, Found
from antinomy.ingest.metadata import read_metadata
from antinomy.ingest.registry import read_document
from antinomy.records import Document, Prediction, Sentence
from antinomy.segment import segment_document

DRAWS = 1000
SEED = 1
# The longest sentence of each band, in words; the last has no end.
BANDS = (10, 20, 30)


def read_sentences(path: Path) -> tuple[Document, list[Sentence]]:
    """Read one document of a gold set exactly as labelling would."""
    document = read_document(path, id=path.stem, options=ReadOptions(), metadata={})
    return document, list(segment_document(document))


def predict_examples(
    classifier: Classifier, codebook: Codebook, examples: Sequence[Example], *, track: Track = pass_on
) -> list[Prediction]:
    """Return what a model says of the units of examples, in their order; document by document, as in labelling."""
    artefact = classifier.artefact
    result: list[Prediction] = []
    grouped = groupby(examples, key=lambda example: (example.gold, example.units[0].document))
    for members in track([list(members) for _, members in grouped], "labelling"):
        for row in classifier.probabilities([example.passage for example in members]).tolist():
            probabilities = dict(zip(artefact.labels, row, strict=True))
            result.append(decide(probabilities, artefact.thresholds, codebook))
    return result


def measure_gold(
    gold: GoldSet,
    examples: Sequence[Example],
    predictions: Sequence[Prediction],
    codebook: Codebook,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    track: Track = pass_on,
) -> dict[str, Any]:
    """Measure predictions for examples of one gold set.

    Returns:
        What ``antinomy.evaluate.assess`` says of a set.
    """
    sentences = describe_sentences(gold, examples)
    measured = assess(predictions, sentences, codebook, draws=draws, seed=seed, track=track)
    return {"reference": gold.adjudicator, **measured}


def describe_sentences(gold: GoldSet, examples: Sequence[Example]) -> list[GoldSentence]:
    """Say of each example who coded it how, and what its errors may depend on.

    The adjudicator is the reference where the set has one, otherwise each coder in turn.
    """
    metadata = read_gold_metadata(gold)
    units = [unit for example in examples for unit in example.units]
    texts = replace(gold, units=tuple(units)).by_document()
    words = {unit.id: len(text[unit.start : unit.end].split()) for _, text, held in texts for unit in held}
    result = []
    for unit, people in zip(units, list_passes(units, gold.adjudicator), strict=True):
        cells = metadata.get(unit.document, {})
        attributes = {
            "source": cells.get("organisation") or (unit.document.split("/")[0] if "/" in unit.document else ""),
            "role": cells.get("role", ""),
            "noise": cells.get("noise", ""),
            "sample": unit.sample,
            "length": name_length(words[unit.id]),
        }
        references = people if gold.adjudicator is None else (unit.codings[gold.adjudicator],)
        given = {name: value for name, value in attributes.items() if value}
        result.append(GoldSentence(unit.document, references, people, given))
    return result


def read_gold_metadata(gold: GoldSet) -> dict[str, dict[str, str]]:
    """Return document -> column -> cell of the set's ``metadata.csv``, or of the tables that the set is made of.

    Raises:
        InputError: If the table is wrong.
    """
    sidecar = gold.folder / SIDECAR
    found = [Found(path, document) for document, path in gold.files.items()]
    return read_metadata(found, sidecar) if sidecar.is_file() else dict(gold.metadata)


def list_passes(units: Sequence[Unit], adjudicator: str | None) -> list[tuple[frozenset[str], ...]]:
    """Return, per unit, the codes of its first coder, of its second, and so on, as many as all have."""
    given = [[codes for coder, codes in unit.codings.items() if coder != adjudicator] for unit in units]
    common = min(map(len, given))
    return [tuple(codes[:common]) for codes in given]


def name_length(words: int) -> str:
    """Return the band that a sentence of so many words belongs to.

    >>> name_length(10), name_length(11), name_length(99)
    ('1–10 words', '11–20 words', '31 words or more')
    """
    lowest = 1
    for highest in BANDS:
        if words <= highest:
            return f"{lowest}–{highest} words"
        lowest = highest + 1
    return f"{lowest} words or more"

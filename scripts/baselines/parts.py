"""Gold sets -> the sentences of each split as baselines see them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from antinomy.classify.examples import Example, ReadSentences, build_examples
from antinomy.classify.passages import Tokenizer
from antinomy.codebook import Codebook
from antinomy.coefficients.cells import Bools
from antinomy.errors import GoldError
from antinomy.gold import GoldSet
from antinomy.records import Prediction

SPLITS = ("train", "calibration", "test")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Sentences of one split: ``texts`` and ``truth`` have a row for each unit of ``examples``, in their order.

    Attributes:
        truth: Shape (sentences, codes): the adjudicated codes, or else those of any coder, as a model learns them.
    """

    examples: tuple[Example, ...]
    texts: tuple[str, ...]
    truth: Bools


Predict = Callable[[Part], list[Prediction]]


def read_parts(
    golds: Sequence[GoldSet], codebook: Codebook, tokenizer: Tokenizer, read: ReadSentences
) -> tuple[Part, Part, dict[str, Part]]:
    """Return the sentences of train, those of calibration, and those of test by gold set.

    Raises:
        GoldError: If a document changed, or nothing is left to fit, to calibrate or to measure.
    """
    parts = {split: [_read(gold, split, codebook, tokenizer, read) for gold in golds] for split in SPLITS}
    for split, held in parts.items():
        if not any(part.texts for part in held):
            where = ", ".join(str(gold.folder) for gold in golds)
            raise GoldError(f"no sentence in the split {split!r}", where=where, fix="See splits.csv.")
    tests = {gold.id: part for gold, part in zip(golds, parts["test"], strict=True) if part.texts}
    return _join(parts["train"]), _join(parts["calibration"]), tests


def choose_units(gold: GoldSet, split: str) -> GoldSet:
    """Return the set with the units of one split only."""
    return replace(gold, units=tuple(unit for unit in gold.units if unit.split == split))


def _read(gold: GoldSet, split: str, codebook: Codebook, tokenizer: Tokenizer, read: ReadSentences) -> Part:
    chosen = choose_units(gold, split)
    words = {unit.id: text[unit.start : unit.end] for _, text, units in chosen.by_document() for unit in units}
    examples = build_examples(chosen, codebook.code_ids, tokenizer, read)
    texts = tuple(words[unit.id] for example in examples for unit in example.units)
    none = np.zeros((0, len(codebook.code_ids)))
    return Part(tuple(examples), texts, np.concatenate([none, *(example.targets for example in examples)]) > 0.5)


def _join(parts: Sequence[Part]) -> Part:
    return Part(
        tuple(example for part in parts for example in part.examples),
        tuple(text for part in parts for text in part.texts),
        np.concatenate([part.truth for part in parts]),
    )

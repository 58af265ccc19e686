"""Gold units placed among the sentences of their document -> training examples."""

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from antinomy.classify.passages import Passage, Tokenizer, build_passages
from antinomy.errors import GoldError
from antinomy.gold import GoldSet, Unit
from antinomy.records import Document, Sentence

# What only some coders saw is mostly true (it was missed, not invented), but less certain.
SOME_CODERS = 0.7

Floats = npt.NDArray[np.float64]
ReadSentences = Callable[[Path], tuple[Document, list[Sentence]]]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """Gold units that are read together; ``targets`` are 0…1, shape (units, labels)."""

    units: tuple[Unit, ...]
    gold: str
    passage: Passage
    targets: Floats


def build_examples(
    gold: GoldSet, labels: Sequence[str], tokenizer: Tokenizer, read_sentences: ReadSentences
) -> list[Example]:
    """Read the documents of a gold set as labelling would, and cut passages that hold its units.

    Raises:
        GoldError: If a document changed or a unit cannot be found in what ingest makes of it.
    """
    examples = []
    for name, text, units in gold.by_document():
        document, sentences = gold.texts.get(name) or read_sentences(gold.files[name])
        placed, positions = place_units(document, sentences, [(text[u.start : u.end], u) for u in units])
        by_position = {positions[unit.id]: unit for unit in units}
        for held, passage in build_passages(placed, tokenizer, only=set(by_position)):
            members = tuple(by_position[position] for position in held)
            targets = np.array([score_targets(unit, labels, gold.adjudicator) for unit in members])
            examples.append(Example(members, gold.id, passage, targets))
    return examples


def score_targets(unit: Unit, labels: Sequence[str], adjudicator: str | None) -> tuple[float, ...]:
    """Return what the model is to say: the adjudicated codes, or else how sure the coders are."""
    if adjudicator in unit.codings:
        return tuple(float(label in unit.codings[adjudicator]) for label in labels)
    given = list(unit.codings.values())
    shares = [sum(label in codes for codes in given) / len(given) for label in labels]
    return tuple(share if share in (0.0, 1.0) else SOME_CODERS for share in shares)


def place_units(
    document: Document, sentences: Sequence[Sentence], units: Sequence[tuple[str, Unit]]
) -> tuple[list[Sentence], dict[str, int]]:
    """Put gold units in the place of the sentences that they overlap.

    Args:
        document: The document as ingest read it.
        sentences: Its sentences.
        units: (words, unit) in order of ``start``; the words as they stand in the file.

    Returns:
        The sentences with the units among them, and unit id -> position.

    Raises:
        GoldError: If the words of a unit are not in the document's text, or two units overlap.
    """
    result: list[Sentence] = []
    positions: dict[str, int] = {}
    rest, reached = deque(sentences), 0
    for words, unit in units:
        start, end = _locate(document, words, unit, reached)
        reached = end
        while rest and rest[0].end <= start:
            result.append(rest.popleft())
        overlapped: list[Sentence] = []
        while rest and rest[0].start < end:
            overlapped.append(rest.popleft())
        if not overlapped:
            raise GoldError(
                f"unit {unit.id} lies outside of what is read as speech or running text",
                where=document.path,
                fix="Units must lie within a turn or paragraph.",
            )
        # what a unit leaves of the sentences that it cuts stays context
        result += _cut(document, overlapped[0], overlapped[0].start, start)
        positions[unit.id] = len(result)
        text = document.text[start:end]
        result.append(replace(overlapped[0], start=start, end=end, text=text, status="coded"))
        rest.extendleft(_cut(document, overlapped[-1], end, overlapped[-1].end))
    return [*result, *rest], positions


def _cut(document: Document, sentence: Sentence, start: int, end: int) -> list[Sentence]:
    """Return the part of a sentence between two offsets, without white space; nothing if there is none."""
    words = document.text[start:end]
    text = words.strip()
    if not text:
        return []
    first = start + len(words) - len(words.lstrip())
    return [replace(sentence, start=first, end=first + len(text), text=text)]


def _locate(document: Document, words: str, unit: Unit, reached: int) -> tuple[int, int]:
    """Find the words of a unit; ingest may have changed white space, so only that may differ."""
    exact = document.text[unit.start : unit.end]
    if exact == words and unit.start >= reached:
        return unit.start, unit.end
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    found = pattern.search(document.text, reached)
    if found is None:
        raise GoldError(
            f"unit {unit.id} is not found in the text that ingest reads",
            where=document.path,
            fix="Units must lie within one paragraph of running text.",
        )
    return found.start(), found.end()

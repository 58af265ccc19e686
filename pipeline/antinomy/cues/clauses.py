"""Stakeholders and horizons of a sentence -> who holds which horizon, where the order of words decides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from antinomy.cues.vocabulary import expand, load_table
from antinomy.records import Cue, Sentence


@dataclass(frozen=True, slots=True)
class Holder:
    """A possible holder; offsets are within the sentence, ``spoken`` means the speaker's own "we" or "I"."""

    stakeholder: str
    start: int
    end: int
    spoken: bool = False


def find_holders(sentence: Sentence, cues: Iterable[Cue], *, speaker: str | None) -> list[Holder]:
    """Return the stakeholders mentioned and, where the speaker's is known, the first persons, in order."""
    mentioned = [
        Holder(cue.code, cue.start - sentence.start, cue.end - sentence.start)
        for cue in cues
        if cue.kind == "stakeholder"
    ]
    if speaker is None:
        return mentioned
    spoken = [
        Holder(speaker, match.start(), match.end(), True) for match in _pattern("first_person").finditer(sentence.text)
    ]
    free = [holder for holder in spoken if not any(other.start <= holder.start < other.end for other in mentioned)]
    return sorted((*mentioned, *free), key=lambda holder: holder.start)


def link_clauses(sentence: Sentence, holders: Sequence[Holder], horizons: Sequence[Cue]) -> dict[Cue, Holder]:
    """Link the horizons of clauses that begin with their only possible holder and name one horizon.

    Each clause stands for itself, so that a verb left out the second time ("production looks at the
    shift, the SP-team at the next decade") needs no parse.
    """
    links = {}
    for start, end in _split_clauses(sentence, holders, horizons):
        inside = [holder for holder in holders if start <= holder.start < end]
        ahead = [cue for cue in horizons if start <= cue.start - sentence.start < end]
        if len(inside) == len(ahead) == 1 and _leads(sentence.text, start, inside[0], ahead[0].start - sentence.start):
            links[ahead[0]] = inside[0]
    return links


def _split_clauses(sentence: Sentence, holders: Sequence[Holder], horizons: Sequence[Cue]) -> Iterator[tuple[int, int]]:
    text = sentence.text
    spans = [(holder.start, holder.end) for holder in holders]
    spans += [(cue.start - sentence.start, cue.end - sentence.start) for cue in horizons]
    start = 0
    for match in (*_pattern("break").finditer(text), None):
        end = len(text) if match is None else match.start()
        if any(first <= end < last for first, last in spans):
            continue
        if match is not None and match[0] == "," and _is_fronted(text, start, end, holders):
            continue
        yield from _split_at_and(text, start, end, [first for first, _ in spans])
        start = end


def _split_at_and(text: str, start: int, end: int, marks: list[int]) -> Iterator[tuple[int, int]]:
    # "production looks at the shift and the board at the year": both sides name a holder and a horizon
    for match in _pattern("and").finditer(text, start, end):
        before = sum(start <= mark < match.start() for mark in marks)
        after = sum(match.end() <= mark < end for mark in marks)
        if before >= 2 and after >= 2:
            yield start, match.start()
            start = match.start()
    yield start, end


def _is_fronted(text: str, start: int, end: int, holders: Sequence[Holder]) -> bool:
    """Tell whether a clause so far is no more than "for production" or "at head office"."""
    lead = _pattern("fronted").match(text, start)
    return lead is not None and any((holder.start, holder.end) == (lead.end(), end) for holder in holders)


def _leads(text: str, start: int, holder: Holder, horizon: int) -> bool:
    lead = _pattern("lead").match(text, start)
    led = lead is not None and holder.start <= lead.end()
    return led and holder.end <= horizon and not _pattern("other_subject").search(text, holder.end, horizon)


@cache
def _pattern(name: str) -> "regex.Pattern[str]":
    return regex.compile(expand(load_table("clauses")[name]), regex.IGNORECASE)

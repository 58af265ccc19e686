"""Stakeholders and horizons of a sentence -> who holds which horizon, where the order of words decides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from antinomy.records import Cue, Sentence

FIRST_PERSON = regex.compile(r"\b(?:(?i:we|us|our|ours|me|my)|I)\b")
BREAK = regex.compile(r"[,;:.!?()—–](?!\d)|\b(?:but|while|whereas|although|though|because|so)\b", regex.IGNORECASE)
AND = regex.compile(r"\band\b", regex.IGNORECASE)
LEAD = regex.compile(
    r"\W*(?:(?:and|but|while|whereas|so|because|although|though|yet|then|the|our|your|their|its|a|for|in|at|from|on|with|"
    r"meanwhile|only|even|also|all|most|many|some|local|new|now|today|here|well|yeah|yes|no|of course|often|usually)"
    r"\W{1,3}){0,5}",
    regex.IGNORECASE,
)
FRONTED = regex.compile(r"\W*(?:(?:and|but|so)\s)?(?:for|in|at|from|to)\s(?:the\s|our\s)?", regex.IGNORECASE)
OTHER_SUBJECT = regex.compile(
    r"\b(?:we|they|he|she|it|you|I|who|that|which|what|when|if|how|why|where|and|or|than|there|this|everybody|nobody)\b",
    regex.IGNORECASE,
)


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
    spoken = [Holder(speaker, match.start(), match.end(), True) for match in FIRST_PERSON.finditer(sentence.text)]
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
    for match in (*BREAK.finditer(text), None):
        end = len(text) if match is None else match.start()
        if any(first <= end < last for first, last in spans):
            continue
        if match is not None and match[0] == "," and _is_fronted(text, start, end, holders):
            continue
        yield from _split_at_and(text, start, end, [first for first, _ in spans])
        start = end


def _split_at_and(text: str, start: int, end: int, marks: list[int]) -> Iterator[tuple[int, int]]:
    # "production looks at the shift and the board at the year": both sides name a holder and a horizon
    for match in AND.finditer(text, start, end):
        before = sum(start <= mark < match.start() for mark in marks)
        after = sum(match.end() <= mark < end for mark in marks)
        if before >= 2 and after >= 2:
            yield start, match.start()
            start = match.start()
    yield start, end


def _is_fronted(text: str, start: int, end: int, holders: Sequence[Holder]) -> bool:
    """Tell whether a clause so far is no more than "for production" or "at head office"."""
    lead = FRONTED.match(text, start)
    return lead is not None and any((holder.start, holder.end) == (lead.end(), end) for holder in holders)


def _leads(text: str, start: int, holder: Holder, horizon: int) -> bool:
    lead = LEAD.match(text, start)
    led = lead is not None and holder.start <= lead.end()
    return led and holder.end <= horizon and not OTHER_SUBJECT.search(text, holder.end, horizon)

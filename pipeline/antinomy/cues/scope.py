"""Negations and hypotheses of a sentence -> flags on the cues in their scope."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Literal

import regex

from antinomy.cues.match import WORD, Hit
from antinomy.cues.vocabulary import expand, load_table
from antinomy.records import Cue

FLAGS = ("negation", "hypothesis")


@dataclass(frozen=True, slots=True)
class Scope:
    """The stretch of a sentence over which a negation or hypothesis holds."""

    kind: str
    start: int
    end: int


def read_kind(hit: Hit) -> Literal["negation", "hypothesis"]:
    """Return which of the two a hit of the family is."""
    return "negation" if hit.rule.code == "negation" else "hypothesis"


def find_scopes(hits: Iterable[Hit], text: str) -> Iterator[Scope]:
    """Yield the stretch that follows each hit, up to a number of words or the end of its clause."""
    for hit in hits:
        kind = read_kind(hit)
        limit = max((word.end() for word in islice(WORD.finditer(text, hit.end), _words(kind))), default=hit.end)
        stop = _stop(kind).search(text, hit.end, limit)
        yield Scope(kind, hit.end, stop.start() if stop else limit)


def flag_cues(cues: Iterable[Cue], scopes: Iterable[Scope], *, offset: int) -> Iterator[Cue]:
    """Set ``negated`` and ``hypothetical`` of the cues that begin within a scope.

    Args:
        cues: Cues of one sentence, in order of ``start``.
        scopes: Scopes of this sentence, in order of ``start``.
        offset: Where the sentence starts in the document.
    """
    reached = dict.fromkeys(FLAGS, 0)
    coming = deque(scopes)
    for cue in cues:
        start = cue.start - offset
        while coming and coming[0].start <= start:
            scope = coming.popleft()
            reached[scope.kind] = max(reached[scope.kind], scope.end)
        negated, hypothetical = (start < reached[kind] for kind in FLAGS)
        yield replace(cue, negated=negated, hypothetical=hypothetical) if negated or hypothetical else cue


@cache
def _stop(kind: str) -> "regex.Pattern[str]":
    return regex.compile(expand(load_table("scope")[kind]["stop"]), regex.IGNORECASE)


def _words(kind: str) -> int:
    words: int = load_table("scope")[kind]["words"]
    return words

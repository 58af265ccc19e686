"""A sentence and its cues -> pieces of text that are each covered by the same cues."""

from collections.abc import Sequence
from dataclasses import dataclass

from antinomy.codebook import Codebook
from antinomy.records import Cue, Sentence

MAX_CHARACTERS = 1200


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence.

    Attributes:
        kinds: Kinds of the cues that cover it, each once; empty between cues.
        note: What the rules say of it, in words.
    """

    text: str
    kinds: tuple[str, ...] = ()
    note: str = ""


def cut_pieces(sentence: Sentence, cues: Sequence[Cue], codebook: Codebook) -> tuple[Piece, ...]:
    """Cut a sentence where a cue begins or ends; overlapping cues share a piece, cues beyond it are cut off.

    Sentences over 1,200 characters end in an ellipsis.
    """
    text = sentence.text[:MAX_CHARACTERS]
    spans = [
        (max(0, start - sentence.start), min(len(text), end - sentence.start), cue)
        for cue in cues
        for start, end in _span_parts(cue)
    ]
    spans = [(start, end, cue) for start, end, cue in spans if start < end]
    borders = sorted({0, len(text), *(border for start, end, _ in spans for border in (start, end))})
    pieces = []
    for left, right in zip(borders, borders[1:], strict=False):
        covering = [cue for start, end, cue in spans if start <= left and right <= end]
        kinds = tuple(dict.fromkeys(cue.kind for cue in covering))
        notes = dict.fromkeys(f"{describe_cue(cue, codebook)} [rule {cue.rule}]" for cue in covering)
        pieces.append(Piece(text[left:right], kinds, "; ".join(notes)))
    return (*pieces, Piece(" …")) if len(sentence.text) > len(text) else tuple(pieces)


def describe_cue(cue: Cue, codebook: Codebook) -> str:
    """Say in words what a cue stands for, without the words that it was found in.

    Known names come from the codebook, others from the cue's own code.
    """
    names = name_codes(codebook)
    name = names.get(cue.code, cue.code.replace("_", " "))
    if cue.kind == "holding":
        name = f"{names.get(cue.holder or '', cue.holder or 'the speaker')} → {name}"
    dates = ", ".join(part for part in (cue.duration, cue.resolved) if part)
    scope = [word for word, holds in (("negated", cue.negated), ("hypothetical", cue.hypothetical)) if holds]
    kind = cue.kind if cue.kind in ("negation", "hypothesis") else f"{cue.kind}: {name}"
    return " ".join([kind, *([f"({dates})"] if dates else []), *scope])


def name_codes(codebook: Codebook) -> dict[str, str]:
    """Return the names of stakeholders and horizons by id."""
    stakeholders = {entry.id: entry.name for entry in codebook.stakeholders}
    return stakeholders | {entry.id: entry.name for entry in codebook.horizons}


def _span_parts(cue: Cue) -> list[tuple[int, int]]:
    """Return where the cue's words are: a holding has two places, horizon and holder."""
    parts = [(cue.start, cue.end)]
    if cue.holder_start is not None and cue.holder_end is not None:
        parts.append((cue.holder_start, cue.holder_end))
    return parts

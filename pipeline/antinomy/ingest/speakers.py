"""Everything in a text that looks like a speaker mark -> the marks that are speakers, if it is a transcript."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from antinomy.ingest.marks import Mark, Style, bare_label, label_kind

# Below these shares of marked paragraphs a text is a report with some labelled lines.
_MIN_SHARE = 0.06
_PLAIN_SHARE = 0.3
_SPEAKING = ("interviewer", "respondent")
_SEARCHED = 2_000_000


@dataclass(frozen=True, slots=True)
class Speakers:
    """The labels that are speakers, with the name to be printed for each; false if there are none."""

    names: Mapping[str, str] = field(default_factory=dict)
    styles: frozenset[Style] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names)

    def name_of(self, mark: Mark | None) -> str | None:
        """Return the speaker that a mark names; None if it is no speaker's mark."""
        return self.names.get(mark.label) if mark and mark.style in self.styles else None


def choose_speakers(marks: Sequence[Mark], *, text: str, paragraphs: int) -> Speakers:
    """Decide which marks name speakers.

    Args:
        marks: Possible marks in reading order.
        text: The whole text, to see which labels also occur as ordinary words.
        paragraphs: Number of paragraphs, marked or not.
    """
    words = {word for word in re.findall(r"\b[^\W\d_]+\b", text[:_SEARCHED]) if word.islower()}
    for styles in (frozenset[Style]({"colon", "timed"}), frozenset[Style]({"bracket"}), frozenset[Style]({"alone"})):
        found = [mark for mark in marks if mark.style in styles]
        names = _merge_labels(mark.label for mark in found)
        counts = Counter(names[mark.label] for mark in found)
        told = [(mark, names[mark.label]) for mark in found]
        often = 3 if "alone" in styles else 2
        core = {name for name, count in counts.items() if count >= often or label_kind(name) in _SPEAKING}
        if _is_transcript(told, core, words, paragraphs, styles):
            passing = {name for name in counts.keys() - core if _is_passer_by(name, words)}
            kept = (core | passing) - _find_header(told, counts)
            return Speakers({label: name for label, name in names.items() if name in kept}, styles)
    return Speakers()


def _merge_labels(labels: Iterable[str]) -> dict[str, str]:
    """Map each label to its commonest spelling; a parenthesis is dropped where the same name stands without it."""
    counts = Counter(labels)
    plain = {label.casefold() for label in counts}
    parentheses: dict[str, set[str]] = defaultdict(set)
    for label in counts:
        bare = bare_label(label)
        if bare != label:
            parentheses[bare.casefold()].add(label.casefold())
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    keys = {}
    for label, count in counts.items():
        bare = bare_label(label)
        shown = bare if bare.casefold() in plain and len(parentheses[bare.casefold()]) < 2 else label
        keys[label] = shown.casefold()
        spellings[shown.casefold()][shown] += count
    return {label: spellings[key].most_common(1)[0][0] for label, key in keys.items()}


def _is_transcript(
    told: list[tuple[Mark, str]], core: set[str], words: set[str], paragraphs: int, styles: frozenset[Style]
) -> bool:
    turns = [(mark, name) for mark, name in told if name in core]
    share = len(turns) / max(paragraphs, 1)
    if not turns or share < _MIN_SHARE:
        return False
    changes = sum(before != after for (_, before), (_, after) in pairwise(turns))
    if "alone" in styles:
        return len(core) > 1 and changes > 3 and share > 0.2 and changes > len(turns) / 2
    if "bracket" in styles:
        return len(core) > 1 and changes > 1 and share > _PLAIN_SHARE
    timed = sum(mark.time is not None for mark, _ in turns) > len(turns) / 2
    if len(core) == 1:
        others = len(told) > len(turns) and len(told) > _PLAIN_SHARE * paragraphs and _is_personal(turns[0][1], words)
        return others or (timed and len(turns) > 1) or (share >= 0.5 and (len(turns) > 2 or paragraphs == 1))
    asked = any(label_kind(name) == "interviewer" for name in core)
    personal = any(_is_personal(name, words) for name in core)
    return asked or timed or changes > 1 and (personal or share > _PLAIN_SHARE)


def _is_personal(name: str, words: set[str]) -> bool:
    """Tell a name from a word: more than one part, a code such as P3, or never seen in lower case."""
    parts = re.findall(r"[^\W_]+", bare_label(name))
    return label_kind(name) in _SPEAKING or len(parts) > 1 or any(name.casefold() not in words for name in parts)


def _find_header(told: list[tuple[Mark, str]], counts: Counter[str]) -> set[str]:
    """Return those named once above the talk, as in "Interviewer: Ada Moss", where others then speak."""
    talk = next((place for place, (_, name) in enumerate(told) if counts[name] > 1), 0)
    rests = ((mark.rest.strip(), name) for mark, name in told[:talk] if label_kind(name))
    return {name for rest, name in rests if len(rest.split()) < 7 and not rest.endswith((".", "?", "!", "…"))}


def _is_passer_by(name: str, words: set[str]) -> bool:
    """Tell whether somebody who speaks once in a transcript is a person: named in full, or never a plain word."""
    parts = re.findall(r"[^\W\d_]+", bare_label(name))
    return len(parts) > 1 or label_kind(name) == "show" or parts[0].casefold() not in words

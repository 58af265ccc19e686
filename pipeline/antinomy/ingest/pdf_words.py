"""Lines of a PDF -> one text, with the words mended that were divided at the ends of lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

# Parts that make compounds with a hyphen rather than words that are divided after them.
_BEFORE = frozenset(
    "all bottom cross decision double eight eighty ex fifty first five follow forty four full half hard high ill in "
    "know large left long low many mid nine ninety non off on one open post pre present quasi re real right second "
    "self semi seven seventy short single six sixty small so soft state stand step ten third thirty three top trade "
    "twenty two well wide work world".split()
)
_AFTER = frozenset(
    "and based by centred centered class driven edge floor free friendly in like led level made making minded off on "
    "or oriented out quality range related resistant scale sized specific style term time to up user wide year".split()
)
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
_LINE_END = re.compile(r"([^\W_]+)-$")
_LINE_START = re.compile(r"[^\W_]+")


class Vocabulary:
    """The words of a document, by which divided words are mended."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._compounds: Counter[str] = Counter()
        for line in lines:
            # What stands at the end before a hyphen may be half a word.
            whole = _LINE_END.sub("", line.lower())
            self._words.update(_WORD.findall(whole))
            self._compounds.update(_COMPOUND.findall(whole))

    def joint(self, first: str, second: str) -> tuple[str, str]:
        """Return the first of two lines without its closing hyphen if that only divides a word, and what joins them."""
        end, start = _LINE_END.search(first), _LINE_START.match(second)
        if end is None or start is None:
            return first, " "
        before, after = end[1].lower(), start[0].lower()
        if after in {"and", "or"}:
            return first, " "
        is_name = start[0][0].isupper() and not end[1].isupper()
        if is_name or before[-1].isdigit() or self._is_compound(before, after):
            return first, ""
        return first[:-1], ""

    def _is_compound(self, before: str, after: str) -> bool:
        joined, hyphenated = self._words[before + after], self._compounds[f"{before}-{after}"]
        if joined or hyphenated:
            return hyphenated > joined
        if before in _BEFORE or after in _AFTER:
            return self._words[before] > 0 or before in _BEFORE
        return min(len(before), len(after)) > 2 and self._words[before] > 0 and self._words[after] > 0


def join_lines(texts: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the lines of a paragraph as one text."""
    parts: list[str] = []
    for text in texts:
        if parts:
            parts[-1], between = vocabulary.joint(parts[-1], text)
            parts.append(between)
        parts.append(text)
    return "".join(parts)

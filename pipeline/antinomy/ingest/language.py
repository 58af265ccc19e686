"""Text -> its language, called foreign only on strong evidence."""

import math
import re
from collections.abc import Sequence

MIN_WORDS = 12
_MAIN = "en"
# English talk holds a third or more of these; Polish ("to", "do", "i") and Danish ("for", "i") a tenth.
_ENGLISH = frozenset(
    "about all also and are be because been but by can could did do does don't for from had has have he he's her his"
    " how i i'm if into it it's its just know like more my not of okay one or our out over really she should some than"
    " that that's the their them then there there's these they they're think this those to up us we we're were what"
    " when where which who why will with would yeah you you're your".split()
)
_ENGLISH_SHARE = 0.3
# Log-odds over English by root of length: English stays below 2, lists of foreign terms below 5; other
# languages begin at 10, also where every second word is an English technical term.
_FOREIGN_ODDS = 5.0
_NO_LANGUAGE = frozenset({"zxx", "und", "pcm"})
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_INNER_WORD = re.compile(r"(?<=[\w,;:–-] )[^\W\d_][\w'’-]*")
_SAMPLES, _SAMPLE_LENGTH = 10, 2_000


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of a document's main language.

    >>> detect_language("The shift plan was changed because nobody had asked the people on the line.")
    'en'
    """
    if len(text) > _SAMPLES * _SAMPLE_LENGTH:
        step = len(text) // _SAMPLES
        text = " ".join(text[start : start + _SAMPLE_LENGTH] for start in range(0, step * _SAMPLES, step))
    return _find_foreign(text) or _MAIN


def detect_languages(texts: Sequence[str], main: str) -> list[str]:
    """Return the language of each turn; one of fewer than twelve words has the document's main language."""
    return [_detect_turn(text, main) for text in texts]


def _detect_turn(text: str, main: str) -> str:
    if len(_WORD.findall(text)) < MIN_WORDS and _is_latin(text):
        return main
    return _find_foreign(text) or _MAIN


def _find_foreign(text: str) -> str | None:
    """Return the language of a text that is plainly not English."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    if not words or sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words):
        return None
    import py3langid

    text = _INNER_WORD.sub(_drop_name, text)
    ranked = py3langid.rank(text)
    best, score = next((language, score) for language, score in ranked if language not in _NO_LANGUAGE)
    english = dict(ranked)[_MAIN]
    return best if score - english >= _FOREIGN_ODDS * math.sqrt(len(text.encode())) else None


def _drop_name(word: re.Match[str]) -> str:
    """Names and trade marks, capitalised inside a sentence, say nothing about its language."""
    return "" if word[0][0].isupper() else word[0]


def _is_latin(text: str) -> bool:
    """Tell whether most letters are Latin; other scripts need no twelve words, and may have no spaces."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) * 2 >= len(letters)

"""One line of text -> the speaker mark at its beginning, if there is one."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from antinomy.ingest.timecodes import CLOCK, parse_clock

Style = Literal["colon", "timed", "bracket", "alone"]

_STARS = r"[*_]{0,3}"
_ANY_TIME = rf"\\?[\[(<]?(?P<time#>{CLOCK})(?:\s*(?:-->|[-–—])\s*{CLOCK})?\\?[\])>]?"
_TIME1, _TIME2 = _ANY_TIME.replace("#", "1"), _ANY_TIME.replace("#", "2")
_GAP = r"[\s\-–—|/,;]*"
_LABEL = r"(?P<label>[#@]?[^\s:：*\[\](){}<>|/][^:：\n\[\]{}<>|]{0,98}?)"
_LEAD = rf"\s*{_STARS}(?:{_TIME1}{_GAP})?{_STARS}"

_COLON = re.compile(rf"{_LEAD}{_LABEL}{_STARS}(?:{_GAP}{_TIME2})?{_STARS}\s*(?::{_STARS}(?:\s+|$)|：\s*)")
_TIME_LAST = re.compile(rf"\s*{_STARS}{_LABEL}{_STARS}(?:\s{{2,}}|\t|{_GAP}(?=[\[(])|\s*[|–—-]\s*|\s){_TIME1}\s*$")
_TIME_FIRST = re.compile(rf"\s*{_STARS}{_TIME1}{_GAP}{_LABEL}{_STARS}\s*$")
_TIME_SLASHES = re.compile(rf"\s*{_TIME1}\s*//\s*{_LABEL}(?:\s{{2,}}|\s*$)")
_BRACKET = re.compile(
    rf"{_LEAD}(?:\[(?P<square>[^\[\]:]{{1,60}})\]|\{{(?P<curly>[^{{}}:]{{1,60}})\}}){_STARS}\s*:?(?:\s+|$)"
)
_LETTERED = re.compile(r"\s*(?P<label>[QA])(?:[.)]|\.\))\s+(?=\S)")
_ALONE = re.compile(rf"\s*{_STARS}(?P<label>[^\s:][^:\n]{{0,39}}?){_STARS}\s*$")
_LEADING_TIME = re.compile(rf"\s*{_STARS}\\?[\[(<]?(?P<time>{CLOCK})\\?[\])>]?{_STARS}\s*(?P<dash>[-–—|]?)\s*")

_MARK_LENGTH = 300

_PARTICLES = frozenset(
    "af al and av bin da de del den der di dos du el for in la le of on the to van von y zu & +".split()
)
_WORD = re.compile(r"[#@]?[^\W\d_][\w.'’‘´`\-]*|\d{1,3}|[#@]?\d+\w*|[&+]")
_PRONOUNS = re.compile(r"\s*\((?:he|she|they|ze|xe|her|him|his|them|any)\b[^()]*\)", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)?\s*$")
_NUMBERED = re.compile(r"(?:[\s_#]*(?:\d{1,3}|[a-z]))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A speaker mark; ``rest`` is what follows it on the line, ``time`` is in seconds."""

    label: str
    rest: str
    time: float | None
    style: Style


@cache
def load_words() -> dict[str, frozenset[str]]:
    """Return the word lists by name: interviewer, respondent, show, host_phrases, not_speaker, sound."""
    raw = files("antinomy.ingest").joinpath("speaker_words.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(raw).items()}


def find_mark(line: str, *, opens: bool = True) -> Mark | None:
    """Return the mark with which a line begins, judged by the line alone.

    Args:
        line: One line.
        opens: Whether it opens a paragraph; only there a name may stand without colon or time.
    """
    head = line[:_MARK_LENGTH]
    for pattern, style in _PATTERNS:
        if (style == "alone" and not opens) or (pattern in _WHOLE_LINES and len(line) > _MARK_LENGTH):
            continue
        match = pattern.match(head)
        if match is None:
            continue
        groups = match.groupdict()
        label = clean_label(groups.get("label") or groups.get("square") or groups.get("curly") or "")
        if not is_label(label) or (style == "alone" and (label[0].islower() or label.endswith("."))):
            continue
        time = groups.get("time2") or groups.get("time1")
        rest = line[match.end() :]
        seconds = parse_clock(time) if time else None
        if seconds is None:
            seconds, rest = take_time(rest)
        return Mark(label, rest, seconds, style)
    return None


def take_time(text: str) -> tuple[float | None, str]:
    """Split a leading time from a text, if it stands in brackets or alone; else return the text as it is."""
    match = _LEADING_TIME.match(text)
    if match is None:
        return None, text
    rest = text[match.end() :]
    if rest and text.lstrip(" *_\\")[0] not in "[(<" and not match["dash"]:
        return None, text
    return parse_clock(match["time"]), rest


def clean_label(label: str) -> str:
    """Return a label without emphasis, hash, at sign, pronouns and outer white space."""
    label = re.sub(r"\s+", " ", label).strip(" *_-–—|,:")
    return _PRONOUNS.sub("", label).lstrip("#@").strip()


def bare_label(label: str) -> str:
    """Return a label without the parenthesis that ends it.

    >>> bare_label("The Chair (Hon. Ada Moss (North, Ind.))")
    'The Chair'
    """
    return _PARENTHESIS.sub("", label) or label


def label_kind(label: str) -> Literal["interviewer", "respondent", "show"] | None:
    """Return the kind of a label that says by itself who speaks, such as ``Interviewer`` or ``P3``."""
    words = load_words()
    name = re.sub(r"[\s_]+", " ", bare_label(label)).casefold().strip(". ")
    stem = re.sub(r"\s*#?(?:\d{1,3}|(?<=\s)[a-z])$", "", name)
    if name in words["interviewer"] or (len(stem) > 1 and stem in words["interviewer"]):
        return "interviewer"
    if name in words["show"]:
        return "show"
    return "respondent" if name in words["respondent"] or stem in words["respondent"] else None


def is_label(label: str) -> bool:
    """Tell whether a label could be a name: few words, capitalised or of a caseless script, no known heading."""
    bare = bare_label(label)
    name, *_title = bare.split(",")
    words = bare.replace(",", " ").split()
    if not 1 <= len(name.split()) <= 6 or len(words) > 12 or not any(letter.isalpha() for letter in bare):
        return False
    if not all(_WORD.fullmatch(word) for word in words) or _ends_like_sentence(words):
        return False
    if label_kind(bare):
        return True
    return not _is_heading(words) and _is_capitalised(words)


def is_sound(line: str) -> bool:
    """Tell a line that only says what is heard, such as ``[Music]`` or ``Break: [01:40]``."""
    words = re.sub(rf"{CLOCK}|[^\w\s]", " ", line[:_MARK_LENGTH]).casefold().split()
    return " ".join(words) in load_words()["sound"] and len(line) < _MARK_LENGTH


def _ends_like_sentence(words: list[str]) -> bool:
    """Tell "That was it." from "J. P." and "Psy.D.": only short words of a name end in a dot."""
    return any(word.endswith(".") and len(word) > 5 for word in words) or (words[-1].endswith("..."))


def _is_heading(words: list[str]) -> bool:
    stop = load_words()["not_speaker"]
    named = [word.casefold() for word in words if not word.isdigit()] or [""]
    adverb = len(named) == 1 and named[0].endswith("ly") and len(named[0]) > 6
    return adverb or " ".join(named) in stop or named[-1] in stop or (named[0] in stop and len(named) > 1)


def _is_capitalised(words: list[str]) -> bool:
    if len(words) == 1 and words[0][0].islower():
        return len(words[0]) > 2
    heads = [re.sub("^[dl]['’]|[#@'’`]", "", word)[:1] for word in words if word not in _PARTICLES]
    return bool(heads) and all(not head.islower() for head in heads) and not words[0].isdigit()


_WHOLE_LINES = frozenset({_TIME_LAST, _TIME_FIRST, _ALONE})
_PATTERNS: tuple[tuple[re.Pattern[str], Style], ...] = (
    (_TIME_SLASHES, "timed"),
    (_COLON, "colon"),
    (_TIME_LAST, "timed"),
    (_TIME_FIRST, "timed"),
    (_BRACKET, "bracket"),
    (_LETTERED, "colon"),
    (_ALONE, "alone"),
)

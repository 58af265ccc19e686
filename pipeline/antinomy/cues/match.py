"""Text -> hits of rules: at each word the longest match of each family, left to right, without overlaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

import regex

from antinomy.cues.vocabulary import Rule

WORD = regex.compile(r"\w{1,40}")
BREAK = regex.compile(r"[.;:!?](?=\s)")
KEY_LENGTH = 4
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
AFTER_WORD = (" ", "-", "'", "’", ".", ",", "/", "&")
MAX_SECONDS = 0.5
REACH = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a rule; offsets are within the text searched."""

    rule: Rule
    start: int
    end: int
    match: "regex.Match[str]"


class Matcher:
    """Many rules, found by the first letters of the word they begin with."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._index: dict[str, list[Rule]] = {}
        self._families: set[str] = set()
        for rule in rules:
            self._families.add(rule.family)
            for key in find_keys(rule.pattern):
                self._index.setdefault(key, []).append(rule)

    def find(self, text: str) -> dict[str, list[Hit]]:
        """Return the hits of each family in order; a text that takes too long is searched in part.

        Patterns match at a word and have no unbounded repeats, so that one match cannot run away.
        """
        found: dict[str, list[Hit]] = {family: [] for family in self._families}
        reached = dict.fromkeys(self._families, 0)
        stop = monotonic() + MAX_SECONDS
        for word in WORD.finditer(text):
            rules = self._index.get(word_key(word[0]))
            if rules is None:
                continue
            start = word.start()
            if monotonic() > stop:
                break
            best: dict[str, Hit] = {}
            for rule in rules:
                if start < reached[rule.family]:
                    continue
                match = rule.pattern.match(text, start)
                if match is None:
                    continue
                rival = best.get(rule.family)
                if (rival is None or match.end() > rival.end) and _fits(rule, match, text):
                    best[rule.family] = Hit(rule, match.start(), match.end(), match)
            for family, hit in best.items():
                reached[family] = hit.end
                if hit.rule.code is not None:
                    found[family].append(hit)
        return found


def word_key(word: str) -> str:
    """Return what a word is filed under: its first letters; all numbers share one key."""
    return "#" if word[0].isdigit() else word[:KEY_LENGTH].lower()


def find_keys(pattern: "regex.Pattern[str]") -> set[str]:
    """Return the keys of all words with which a match can begin.

    The pattern itself tells: a beginning counts if it can still become a match.
    """
    letters = LETTERS + "".join(sorted({sign.lower() for sign in pattern.pattern if sign.isalpha() and sign > "z"}))
    keys: set[str] = set()
    live = [""]
    for _ in range(KEY_LENGTH):
        live = [grown for begun in live for grown in _grow(begun, letters, pattern)]
        keys |= {"#" for begun in live if begun.isdigit()}
        live = [begun for begun in live if not begun.isdigit()]
        keys |= {begun.lower() for begun in live if len(begun) == KEY_LENGTH or _can_end(begun, pattern)}
    return keys


def _grow(begun: str, letters: str, pattern: "regex.Pattern[str]") -> Iterator[str]:
    for letter in letters:
        for spelled in (begun + letter, begun + letter.upper()):
            if pattern.match(spelled, partial=True):
                yield spelled
                break


def _can_end(word: str, pattern: "regex.Pattern[str]") -> bool:
    return bool(pattern.match(word)) or any(pattern.match(word + sign, partial=True) for sign in AFTER_WORD)


def _fits(rule: Rule, match: "regex.Match[str]", text: str) -> bool:
    if rule.requires is None and rule.unless is None:
        return True
    before = BREAK.split(text[max(0, match.start() - REACH) : match.start()])[-1]
    after = BREAK.split(text[match.end() : match.end() + REACH])[0]
    clause = f"{before}{match[0]}{after}"
    return (rule.requires is None or bool(rule.requires.search(clause))) and (
        rule.unless is None or not rule.unless.search(clause)
    )

"""Text -> hits of rules: at each word the longest match of each family, left to right, without overlaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from antinomy.cues.vocabulary import Rule
from antinomy.records import Cue, CueKind, Sentence

WORD = regex.compile(r"\w{1,40}")
BREAK = regex.compile(r"[.;:!?](?=\s)")
HEAD = 3
DEPTH = 8
MAX_BEGINNINGS = 200_000
REACH = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a rule; offsets are within the text searched."""

    rule: Rule
    start: int
    end: int
    match: "regex.Match[str]"


class _Beginning:
    """Letters with which a match can begin, the rules that remain possible, and what was seen to follow."""

    __slots__ = ("letters", "next", "rules")

    def __init__(self, letters: str, rules: tuple[Rule, ...]) -> None:
        self.letters = letters
        self.rules = rules
        self.next: dict[str, _Beginning] = {}


class Matcher:
    """Many rules; which of them can begin with given letters is found out once, when the letters are first met."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._families = tuple({rule.family: None for rule in self._rules})
        self._forget()

    def find(self, text: str) -> dict[str, list[Hit]]:
        """Return the hits of each family in order.

        Patterns match at a word and have no unbounded repeats, so the time grows with the text and no
        faster: a limit on its length is a limit on the time, and unlike a clock gives the same hits everywhere.
        """
        if self._size > MAX_BEGINNINGS:
            self._forget()
        found: dict[str, list[Hit]] = {family: [] for family in self._families}
        reached = dict.fromkeys(self._families, 0)
        for word in WORD.finditer(text):
            start = word.start()
            head = text[start : start + HEAD]
            here = self._heads.get(head) or self._find_head(head)
            rules = here.rules and self._follow(here, text, start)
            if not rules:
                continue
            for family, hit in _find_longest(rules, text, start, reached).items():
                reached[family] = hit.end
                if hit.rule.code is not None:
                    found[family].append(hit)
        return found

    def _find_head(self, head: str) -> _Beginning:
        here = self._root
        for letter in head:
            here = here.next.get(letter) or self._grow(here, letter)
        self._heads[head] = here
        return here

    def _follow(self, here: _Beginning, text: str, start: int) -> tuple[Rule, ...]:
        for letter in text[start + HEAD : start + DEPTH]:
            here = here.next.get(letter) or self._grow(here, letter)
            if not here.rules:
                break
        return here.rules

    def _grow(self, here: _Beginning, letter: str) -> _Beginning:
        letters = here.letters + letter
        rules = tuple(rule for rule in here.rules if rule.pattern.match(letters, partial=True))
        here.next[letter] = following = _Beginning(letters, rules)
        self._size += 1
        return following

    def _forget(self) -> None:
        self._root = _Beginning("", self._rules)
        self._heads: dict[str, _Beginning] = {}
        self._size = 0


def _find_longest(rules: Iterable[Rule], text: str, start: int, reached: Mapping[str, int]) -> dict[str, Hit]:
    """Return the longest match of each family at one place; of equal ones the first rule's."""
    longest: dict[str, Hit] = {}
    for rule in rules:
        if start < reached[rule.family]:
            continue
        match = rule.pattern.match(text, start)
        if match is None:
            continue
        rival = longest.get(rule.family)
        if (rival is None or match.end() > rival.end) and _fits(rule, match, text):
            longest[rule.family] = Hit(rule, match.start(), match.end(), match)
    return longest


def make_cue(
    hit: Hit,
    sentence: Sentence,
    kind: CueKind,
    code: str,
    *,
    duration: str | None = None,
    resolved: str | None = None,
) -> Cue:
    """Build the cue of a hit, with offsets into the document."""
    return Cue(
        document=sentence.document,
        sentence=sentence.index,
        kind=kind,
        code=code,
        start=sentence.start + hit.start,
        end=sentence.start + hit.end,
        rule=hit.rule.id,
        text=sentence.text[hit.start : hit.end],
        duration=duration,
        resolved=resolved,
    )


def _fits(rule: Rule, match: "regex.Match[str]", text: str) -> bool:
    if rule.requires is None and rule.unless is None:
        return True
    before = BREAK.split(text[max(0, match.start() - REACH) : match.start()])[-1]
    after = BREAK.split(text[match.end() : match.end() + REACH])[0]
    clause = f"{before}{match[0]}{after}"
    return (rule.requires is None or bool(rule.requires.search(clause))) and (
        rule.unless is None or not rule.unless.search(clause)
    )

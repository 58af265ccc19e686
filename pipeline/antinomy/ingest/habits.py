"""How often each speaker asks and how much each says -> who plainly interviews."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from antinomy.ingest.blocks import Block

_ASKS = re.compile(r"\?[\"”’)\s]*$")
_HOSTS = re.compile(
    r"\bwelcome(?: back)?(?:,? \w+,?| everyone| everybody)? to\b|\b(?:I'm|I am|as) your host\b|\bmy guests? (?:today )?(?:is|are)\b"
    r"|\b(?:joined|joining me|with (?:me|us)) (?:today |again |here )*(?:by|is|are)\b|\bI'?m joined\b|\bjoined (?:today )?by\b"
    r"|\b(?:today|I|I'll|I will) (?:am |will |we're |I'm |I am |be )*(?:interview|talking (?:to|with)|speaking (?:to|with))"
    r"|\bthanks? (?:you )?(?:so much )?for (?:joining|listening|tuning|coming|participating|agreeing|taking part)"
    r"|\bask you (?:a (?:few|couple|series|bunch|number)|some|about)\b|\b(?:my|the) (?:first|opening) question\b"
    r"|\bstart(?:ing|ed)? (?:the |to |this )?(?:record|transcript|interview)|\bthis is (?:the )?(?:[A-Z]\w+ )+[Pp]odcast\b",
    re.IGNORECASE,
)
_OPENING_SPEECHES = 6
_MIN_SPEECHES = 3
_MIN_SHARE = 0.03
_MANY = 3


@dataclass(frozen=True, slots=True)
class _Habits:
    """How somebody talks: number of speeches, share of them that end in a question, words, host's phrases."""

    name: str
    speeches: int
    asking: float
    words: int
    hosts: bool


def find_askers(blocks: Iterable[Block]) -> set[str]:
    """Return the speakers who plainly interview; empty where that is not plain.

    Somebody interviews who ends clearly more speeches in a question than whoever else talks most, or who
    opens the talk as a host, and who says less. Where more than three seem to, only hosts do.
    """
    people = [person for person in _describe(blocks) if person.speeches >= _MIN_SPEECHES]
    by_words = sorted(people, key=lambda person: person.words, reverse=True)
    if len(people) < 2:
        return set()
    total = sum(person.words for person in people)
    alone = sum(person.words >= _MIN_SHARE * total for person in people) == 2
    asking = [person for person in people if _is_interviewing(person, by_words[by_words[0] is person], alone=alone)]
    if len(asking) > _MANY:
        asking = [person for person in asking if person.hosts]
    return {person.name for person in asking}


def _describe(blocks: Iterable[Block]) -> list[_Habits]:
    speeches: dict[str, list[str]] = defaultdict(list)
    hosts = set[str]()
    spoken = (block for block in blocks if block.speaker)
    for place, (name, parts) in enumerate(groupby(spoken, key=lambda block: block.speaker or "")):
        speech = " ".join(part.text for part in parts)
        speeches[name].append(speech)
        if place < _OPENING_SPEECHES and _HOSTS.search(speech):
            hosts.add(name)
    return [
        _Habits(
            name=name,
            speeches=len(said),
            asking=sum(_ASKS.search(speech[-20:]) is not None for speech in said) / len(said),
            words=sum(len(speech.split()) for speech in said),
            hosts=name in hosts,
        )
        for name, said in speeches.items()
    ]


def _is_interviewing(person: _Habits, talker: _Habits, *, alone: bool) -> bool:
    often = person.asking >= 0.25 and person.asking >= 2 * talker.asking
    if alone:
        # Between two people, a smaller difference tells, where one says far less or many speeches were counted.
        few = person.words < 0.45 * talker.words and person.asking >= 1.3 * talker.asking
        many = person.speeches >= 20 and person.asking >= 4 * talker.asking
        often = often or (person.asking >= 0.05 and (few or many))
    if often:
        return person.words < talker.words * (1.5 if person.hosts else 0.9)
    return person.hosts and person.asking >= max(talker.asking, 0.05) and person.words < 0.8 * talker.words

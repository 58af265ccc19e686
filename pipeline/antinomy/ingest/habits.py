"""How often each speaker asks and how much each says -> who plainly interviews."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from antinomy.ingest.blocks import Block
from antinomy.ingest.marks import load_words

# A tag ("..., right?") asks nothing.
_ASKS = re.compile(r"(?<!\bright)(?<!you know)(?<!okay)(?<!\byeah)(?<!\bhuh)\?[\"”’)\s]*$", re.IGNORECASE)
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


@cache
def _host_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(load_words()["host_phrases"])), re.IGNORECASE)


def find_askers(blocks: Iterable[Block]) -> set[str]:
    """Return the speakers who plainly interview; empty where that is not plain.

    Somebody interviews who ends clearly more speeches in a question than whoever else talks most, or who
    opens the talk as a host, and who says less. Where more than three seem to, only hosts do.
    """
    everybody = _describe(blocks)
    people = [person for person in everybody if person.speeches >= _MIN_SPEECHES]
    by_words = sorted(people, key=lambda person: person.words, reverse=True)
    if len(people) < 2:
        return set()
    total = sum(person.words for person in everybody)
    alone = sum(person.words >= _MIN_SHARE * total for person in people) == 2
    asking = [person for person in people if _is_interviewing(person, by_words[by_words[0] is person], alone=alone)]
    if len(asking) > _MANY:
        asking = [person for person in asking if person.hosts]
    # The voice that announces a podcast says next to nothing.
    voices = {person.name for person in everybody if person.hosts and person.words < _MIN_SHARE * total}
    return {person.name for person in asking} | (voices if asking else set())


def _describe(blocks: Iterable[Block]) -> list[_Habits]:
    speeches: dict[str, list[str]] = defaultdict(list)
    hosts = set[str]()
    spoken = (block for block in blocks if block.speaker)
    for place, (name, parts) in enumerate(groupby(spoken, key=lambda block: block.speaker or "")):
        speech = " ".join(part.text for part in parts)
        speeches[name].append(speech)
        if place < _OPENING_SPEECHES and _host_pattern().search(speech):
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
    """Compare somebody with whoever else says most; ``alone``: there are just these two."""
    plainly = person.asking >= 0.25 and person.asking >= 2 * talker.asking
    # A smaller difference tells where many speeches were counted, or one of two says far less.
    steadily = person.speeches >= 30 and person.asking >= max(0.1, 3 * talker.asking)
    quietly = alone and person.words < 0.45 * talker.words and person.asking >= max(0.05, 1.3 * talker.asking)
    if plainly or steadily or quietly:
        return person.words < talker.words * (1.5 if person.hosts else 0.9)
    asks = talker.asking if person.words > 0.5 * talker.words else talker.asking / 2
    return person.hosts and person.asking >= max(0.05, asks) and person.words < 0.8 * talker.words

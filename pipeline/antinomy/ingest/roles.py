"""Blocks with speakers -> the same blocks with roles: who asks, who answers."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from antinomy.ingest.blocks import Block, clean_text
from antinomy.ingest.marks import bare_label, label_kind
from antinomy.records import Role

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
_MIN_SPEECHES = 3
_MANY = 3
_OPENING_SPEECHES = 6


@dataclass(frozen=True, slots=True)
class _Habits:
    """How somebody talks: number of speeches, share of them that end in a question, words, host's phrases."""

    name: str
    speeches: int
    asking: float
    words: int
    hosts: bool


def assign_roles(
    blocks: tuple[Block, ...], interviewers: Collection[str] = (), *, spoken: bool = False
) -> tuple[tuple[Block, ...], str | None]:
    """Return the blocks with a role each, and a note where a person should check the roles.

    Interviewers are those that the person or the file names; else those whose label says so
    (``Interviewer``, ``Q``, ``Moderator``...); else those who plainly behave like one: most of what they say
    ends in a question or they welcome the listeners, and somebody else talks more. Where that is not plain,
    nobody is taken for one. Other speakers are respondents; what nobody speaks is a document.

    Args:
        blocks: Blocks in reading order.
        interviewers: Names of interviewers, whole or the first name.
        spoken: Whether blocks without a speaker are talk.
    """
    names = list(dict.fromkeys(block.speaker for block in blocks if block.speaker))
    if not names:
        role: Role = "respondent" if spoken else "document"
        note = "Nobody is named in this talk, so questions cannot be told from answers" if spoken else None
        return tuple(replace(block, role=role) for block in blocks), note
    asking, note = _find_interviewers(blocks, names, interviewers)
    return tuple(replace(block, role=_role_of(block, asking, spoken)) for block in blocks), note


def _role_of(block: Block, asking: Collection[str], spoken: bool) -> Role:
    if block.role:
        return block.role
    if block.speaker is None:
        return "respondent" if spoken else "document"
    return "interviewer" if block.speaker in asking or label_kind(block.speaker) == "show" else "respondent"


def _find_interviewers(
    blocks: tuple[Block, ...], names: Sequence[str], wanted: Collection[str]
) -> tuple[set[str], str | None]:
    named = {name for name in names if any(_is_same(name, person) for person in wanted)}
    unknown = [person for person in wanted if not any(_is_same(name, person) for name in names)]
    if named:
        return named, None
    note = f"Interviewer {', '.join(unknown)} is not among the speakers: {', '.join(names)}" if unknown else None
    labelled = {block.speaker for block in blocks if block.speaker and block.role == "interviewer"}
    labelled |= {name for name in names if label_kind(name) == "interviewer"} or _find_researchers(names)
    if labelled:
        return labelled, note
    if len(names) == 1:
        return set(), note
    behaving = _find_by_habits([_describe(name, blocks) for name in names])
    if behaving:
        found = f"Taken for the interviewer by behaviour: {', '.join(sorted(behaving))}"
    else:
        found = f"No interviewer recognised among {', '.join(names)}: everybody's words are coded"
    return behaving, "; ".join(filter(None, (note, f"{found}. If that is wrong, name them with --interviewer")))


def _is_same(name: str, person: str) -> bool:
    """Tell whether a person's name is a speaker's: whole, without its parenthesis, first name or initials."""
    speaker, wanted = (bare_label(clean_text(part)).casefold() for part in (name, person))
    parts = re.findall(r"[^\W\d_]+", wanted)
    initials = "".join(part[0] for part in parts)
    return speaker == wanted or speaker in (parts[:1] if len(parts) > 1 else []) or (
        wanted == speaker.split()[0] or (len(initials) > 1 and speaker.replace(".", "").replace(" ", "") == initials)
    )


def _find_researchers(names: Sequence[str]) -> set[str]:
    """Read R, R1... as researchers where the others are P, P1..., for participant."""
    stems = {name: name.rstrip("0123456789 ").casefold() for name in names}
    if set(stems.values()) != {"r", "p"}:
        return set()
    return {name for name, stem in stems.items() if stem == "r"}


def _describe(name: str, blocks: Iterable[Block]) -> _Habits:
    speeches = list[str]()
    opening = 0
    hosts = False
    before: str | None = None
    for block in blocks:
        opening += block.speaker != before
        if block.speaker == name:
            hosts = hosts or (opening <= _OPENING_SPEECHES and _HOSTS.search(block.text) is not None)
            if before == name:
                speeches[-1] += f" {block.text}"
            else:
                speeches.append(block.text)
        before = block.speaker
    asking = sum(_ASKS.search(speech) is not None for speech in speeches) / len(speeches)
    return _Habits(name, len(speeches), asking, sum(len(speech.split()) for speech in speeches), hosts)


def _find_by_habits(people: list[_Habits]) -> set[str]:
    """Return those who plainly ask, compared with whoever else talks most; of many, only those who also host."""
    asking = list[_Habits]()
    people = [person for person in people if person.speeches >= _MIN_SPEECHES]
    for person in people:
        talker = max((other for other in people if other is not person), key=lambda other: other.words, default=person)
        if talker is not person and _is_interviewing(person, talker, alone=len(people) == 2):
            asking.append(person)
    if len(asking) > _MANY:
        asking = [person for person in asking if person.hosts]
    return {person.name for person in asking}


def _is_interviewing(person: _Habits, talker: _Habits, *, alone: bool) -> bool:
    often = person.asking >= 0.25 and person.asking >= 2 * talker.asking
    # A smaller share is as telling where there are many speeches to count and the other hardly ever asks.
    often = often or (person.speeches >= 20 and person.asking >= 0.1 and person.asking >= 4 * talker.asking)
    # Between two people, the one who says far less is telling too.
    few = alone and person.words < 0.45 * talker.words
    often = often or (few and person.asking >= 0.05 and person.asking >= 1.3 * talker.asking)
    if often:
        return person.words < talker.words * (1.5 if person.hosts else 0.9)
    return person.hosts and person.asking >= max(talker.asking, 0.05) and person.words < 0.8 * talker.words

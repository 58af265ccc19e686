"""Blocks with speakers -> the same blocks with roles: who asks, who answers."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from antinomy.ingest.blocks import Block, clean_text
from antinomy.ingest.habits import find_askers
from antinomy.ingest.marks import bare_label, label_kind
from antinomy.records import Role

_SHOWN_NAMES = 8


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
        spoken: Whether a text in which nobody is named is talk.
    """
    names = list(dict.fromkeys(block.speaker for block in blocks if block.speaker))
    if not names:
        role: Role = "respondent" if spoken else "document"
        note = "Nobody is named in this talk, so questions cannot be told from answers" if spoken else None
        return tuple(replace(block, role=role) for block in blocks), note
    asking, note = _find_interviewers(blocks, names, interviewers)
    return tuple(replace(block, role=_role_of(block, asking)) for block in blocks), note


def _role_of(block: Block, asking: Collection[str]) -> Role:
    if block.role:
        return block.role
    if block.speaker is None:
        return "document"
    return "interviewer" if block.speaker in asking or label_kind(block.speaker) == "show" else "respondent"


def _find_interviewers(
    blocks: tuple[Block, ...], names: Sequence[str], wanted: Collection[str]
) -> tuple[set[str], str | None]:
    named = match_names(names, wanted)
    unknown = [person for person in wanted if not any(_is_same(name, person) for name in names)]
    if named:
        return named, None
    note = f"Interviewer {', '.join(unknown)} is not among the speakers: {_list_names(names)}" if unknown else None
    labelled = {block.speaker for block in blocks if block.speaker and block.role == "interviewer"}
    labelled |= {name for name in names if label_kind(name) == "interviewer"} or _find_researchers(names)
    if labelled:
        return labelled, None
    if len(names) == 1:
        return set(), note
    behaving = find_askers(blocks)
    if behaving:
        found = f"Taken for the interviewer by behaviour: {', '.join(sorted(behaving))}"
    else:
        found = f"No interviewer recognised among {_list_names(names)}: everybody's words are coded"
    return behaving, "; ".join(filter(None, (note, f"{found}. If that is wrong, name them with --interviewer")))


def match_names(names: Iterable[str], persons: Collection[str]) -> set[str]:
    """Return the speakers' names that mean one of the persons.

    >>> sorted(match_names(["AM", "Ada", "Bo"], ["Ada Moss"]))
    ['AM', 'Ada']
    """
    return {name for name in names if any(_is_same(name, person) for person in persons)}


def _is_same(name: str, person: str) -> bool:
    """Tell whether a person's name is a speaker's: the whole, the first name of either, or initials."""
    speaker, wanted = (bare_label(clean_text(part)).casefold() for part in (name, person))
    parts = re.findall(r"[^\W\d_]+", wanted)
    initials = "".join(part[0] for part in parts) if len(parts) > 1 else wanted
    return speaker in (wanted, *parts[:1]) or speaker.split()[:1] == [wanted] or re.sub("[. ]", "", speaker) == initials


def _list_names(names: Sequence[str]) -> str:
    others = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" and {others} others" if others > 0 else "")


def _find_researchers(names: Sequence[str]) -> set[str]:
    """Read R, R1... as researchers where the others are P, P1..., for participant."""
    stems = {name: name.rstrip("0123456789 ").casefold() for name in names}
    if set(stems.values()) != {"r", "p"}:
        return set()
    return {name for name, stem in stems.items() if stem == "r"}

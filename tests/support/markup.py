"""Marked-up sentences -> plain text with the spans that rules must find: ``[short|P1W:This week] counts.``"""

import re
from dataclasses import dataclass

from antinomy.records import Sentence

MARK = re.compile(r"\[(?P<label>[a-z_0-9|/>!?A-Z-]*):(?P<text>[^\[\]]+)\]")


@dataclass(frozen=True)
class Mark:
    """A stretch of text with its label; of a dated span the parts of the label are divided by ``|``."""

    start: int
    end: int
    label: str


def read_markup(line):
    """Return the text without its marks, and the marks."""
    text, marks, after = "", [], 0
    for match in MARK.finditer(line):
        text += line[after : match.start()]
        marks.append(Mark(len(text), len(text) + len(match["text"]), match["label"]))
        text += match["text"]
        after = match.end()
    text += line[after:]
    if "[" in text or "]" in text:
        raise ValueError(f"broken mark: {line}")
    return text, marks


def make_sentence(text, *, start=0, index=0, speaker=None, status="coded"):
    """Build a sentence of a document called ``talk``."""
    return Sentence(
        document="talk",
        turn=0,
        index=index,
        start=start,
        end=start + len(text),
        text=text,
        speaker=speaker,
        role="respondent",
        status=status,
    )


def mark_cue(cue, *, detail=True):
    """Write a cue as the mark that a test line has for it."""
    label = cue.code
    if cue.kind == "holding":
        label = f"{cue.holder}>{cue.code}"
    elif detail:
        label = "|".join((cue.code, cue.duration or "", cue.resolved or "")).rstrip("|")
    return Mark(cue.start, cue.end, label)

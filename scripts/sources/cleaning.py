"""Turns as they were written down -> plain paragraphs, cut to a number of words."""

import html
import re
from collections.abc import Iterable

Turn = tuple[str | None, str]
"""Who speaks, if that is said, and the words."""

# names that stand for many people, whose turns stay apart
NOBODY = {"Participant", "Audience"}

# in this order: links and marks first, then what held them together
REPLACEMENTS = [
    (re.compile(pattern, flags), replacement)
    for pattern, replacement, flags in [
        (r"!\[[^\]]*\]\([^)]*\)", " ", 0),  # images
        (r"(?<!\\)\[([^\]]+)\]\((?:https?:|/|#|mailto)[^)]*\)", r"\1", 0),  # links
        (r"\\?\[\s*unintelligible[^\]]*\]", "[unintelligible]", re.IGNORECASE),
        (r"\\?[\[(]\d{1,2}(?::\d\d){1,2}(?:\.\d+)?\\?[\])]", " ", 0),  # time stamps
        (r"<https?://[^>]*>|https?://\S+", " ", 0),
        (r"</?[a-zA-Z][^<>]{0,80}>", " ", 0),  # tags
        (r":\w+:`([^`]*?)(?:\s*<[^`>]*>)?`_*", r"\1", 0),  # roles of reStructuredText
        (r"\\([\[\]*_`\"'<>#.\-()~$!])", r"\1", 0),  # escapes of Markdown
        (r"\*{1,3}|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)|`", "", 0),  # emphasis
        ("[\ufeff\u200b]", "", 0),
        (r"\s+", " ", 0),
        (r" ([,;])(?=\s)", r"\1", 0),
    ]
]


def clean_text(text: str) -> str:
    """Return the words without mark-up, links, time stamps and line breaks."""
    text = html.unescape(text)
    for pattern, replacement in REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text.strip()


def join_turns(turns: Iterable[Turn], *, words: int) -> str:
    """Return the text of a document: a paragraph a turn, as many whole ones from the start as ``words`` allow.

    A turn without speaker goes on the one before it, and so does a turn of the same speaker.
    """
    joined: list[Turn] = []
    for speaker, text in turns:
        text = clean_text(text)
        if not text:
            continue
        before, said = joined[-1] if joined else (None, "")
        if before is not None and (speaker is None or (speaker == before and speaker not in NOBODY)):
            joined[-1] = (before, f"{said} {text}")
        else:
            joined.append((speaker, text))
    paragraphs: list[str] = []
    total = 0
    for speaker, text in joined:
        paragraph = f"{speaker}: {text}" if speaker else text
        total += len(paragraph.split())
        if paragraphs and total > words:
            break
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"

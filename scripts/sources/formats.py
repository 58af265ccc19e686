"""A transcript as its source lays it out -> turns."""

import json
import re
from collections.abc import Callable

from sources.cleaning import Turn

NAME = r"[^\W\d_][\w .'’\-&/]{0,48}?"
BOLD_NAME = re.compile(rf"\s*\*{{1,2}}\s*({NAME})\s*:\s*\*{{1,2}}\s*(.*)", re.DOTALL)
STAMPED_NAME = re.compile(rf"({NAME})?\s*\((?:\d\d:)?\d\d:\d\d\):?$")
CAPTION_NAME = re.compile(r"(?:>>)?\s*([A-Z][A-Za-z .'’\-]{0,30}?|[A-Z][A-Z .'’\-]+):\s+(.*)", re.DOTALL)
HEARING_NAME = re.compile(r"\*\*([^*]{1,60})\*\*:?\s*:?\s*(.*)", re.DOTALL)

EVENT = re.compile(r"[\s>]*[\[(][^\])]{0,60}[\])][\s>]*")  # [laughter]
FRONT_MATTER = re.compile(r"^---\n.*?\n---\n", re.DOTALL)
NOT_SPEAKERS = {"break", "jingle", "announcer", "female facilitator"}
NOISES = {"<laugh>", "<noise>", "<silence>", "<crosstalk>"}


def split_paragraphs(text: str) -> list[str]:
    """Cut at empty lines."""
    return [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


def read_bold(text: str) -> list[Turn]:
    """Markdown podcasts: ``**Speaker:** words``, some in block quotes."""
    turns: list[Turn] = []
    for paragraph in split_paragraphs(re.sub(r"\n>\s*\n", "\n\n", text)):
        if paragraph.startswith("#") or EVENT.fullmatch(paragraph):
            continue
        paragraph = re.sub(r"^\s*>\s?", "", paragraph, flags=re.MULTILINE)
        named = BOLD_NAME.match(paragraph)
        turns.append((named[1].strip(), named[2]) if named else (None, paragraph))
    return [turn for turn in turns if (turn[0] or "").lower() not in NOT_SPEAKERS]


def read_stamped(text: str) -> list[Turn]:
    """Lines ``Speaker (00:01:02):``, each followed by lines of words; without name the speaker goes on."""
    turns: list[Turn] = []
    speaker = None
    for line in filter(None, map(str.strip, text.split("\n"))):
        stamped = STAMPED_NAME.match(line)
        if not stamped:
            turns.append((speaker, line))
        elif stamped[1]:
            speaker = stamped[1].strip()
    return turns


def read_captions(text: str) -> list[Turn]:
    """Live captions of a conference: ``SPEAKER: words``, or ``>> words`` where nobody is named."""
    turns: list[Turn] = []
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*>>|\s*> >)", FRONT_MATTER.sub("", text)):
        paragraph = paragraph.strip()
        if not paragraph or paragraph.startswith("#") or EVENT.fullmatch(paragraph):
            continue
        if re.match(r"Session [Ff]acilitator|Room:", paragraph) or "Day & Time:" in paragraph:
            continue
        paragraph = re.sub(r"^>\s?>\s*", ">>", paragraph)
        named = CAPTION_NAME.match(paragraph)
        if named and len(named[1].split()) <= 4:
            name = named[1].strip()
            turns.append((name.title() if name.isupper() else name, named[2]))
        elif paragraph.startswith(">>"):
            turns.append(("Participant", paragraph[2:]))
        else:
            turns.append((None, paragraph))
    return turns


def read_hearing(text: str) -> list[Turn]:
    """Public hearings in reStructuredText, up to the next witness: ``**Speaker**: words``."""
    text = re.split(r"^[^\n]+\n-{4,}\n", text, maxsplit=1, flags=re.MULTILINE)[0]
    text = re.sub(r"^[^\n]+\n[\^~\"']{4,}\n", "\n", text, flags=re.MULTILINE)
    turns: list[Turn] = []
    for paragraph in map(str.strip, split_paragraphs(text)):
        if paragraph.startswith("..") or re.fullmatch(r"\*?\(.*\)\*?|\*[^*]+\*\.?", paragraph, re.DOTALL):
            continue
        named = HEARING_NAME.match(paragraph)
        turns.append((named[1].strip().rstrip(":"), named[2].lstrip(": ")) if named else (None, paragraph))
    return turns


def read_tokens(text: str) -> list[Turn]:
    """Tables of speech recognition, a token a line: token, speaker, start, end, punctuation, what goes before it."""
    turns: list[Turn] = []
    speaker, said = "", list[str]()
    for line in text.splitlines()[1:]:
        cells = line.split("|")
        if len(cells) < 7:
            continue
        token, speaks, _, _, punctuation, before = cells[:6]
        if token.startswith("<"):
            token = "" if token.lower() in NOISES else f"[{token.strip('<>')}]"
        if speaks != speaker:
            turns.append((f"Speaker {speaker}", " ".join(said)))
            speaker, said = speaks, []
        if token:
            said.append(before + token + punctuation)
        elif said:
            said[-1] += punctuation
    return [*turns, (f"Speaker {speaker}", " ".join(said))]


def read_meeting(text: str) -> list[Turn]:
    """JSON of recorded meetings, whose words were cut into tokens: ``do n't``, ``it 's``."""
    turns: list[Turn] = []
    for turn in json.loads(text)["meeting_transcripts"]:
        said = re.sub(r"\{(?:vocalsound|disfmarker|pause|nonvocalsound|gap|comment)\}", " ", turn["content"])
        said = re.sub(r"\s+([.,?!;:%])", r"\1", re.sub(r"\s+", " ", said))
        said = re.sub(r"(\w) '(s|m|re|ve|ll|d|t)\b", r"\1'\2", said)
        said = re.sub(r"\b(do|does|did|is|are|was|were|have|has|had|wo|would|could|should|ca) n't\b", r"\1n't", said)
        said = re.sub(r"(?:\s*[.,]){2,}", ".", said).strip()
        if re.search(r"\w", said):
            turns.append((turn["speaker"].strip(), said))
    return turns


def read_scan(text: str) -> list[Turn]:
    """Recognised pages of a report: paragraphs of prose, without headings, tables, notes and what is garbled."""
    turns: list[Turn] = []
    for paragraph in map(str.strip, split_paragraphs(text)):
        if paragraph.startswith(("#", "|", "[^")):
            continue
        paragraph = re.sub(r"^>\s?", "", paragraph, flags=re.MULTILINE)
        paragraph = re.sub(r"\[\^\d+\]", "", paragraph)
        paragraph = re.sub(r"([a-z])- +([a-z])", r"\1\2", paragraph.replace("-\n", "- "))
        letters = sum(character.isalpha() or character == " " for character in paragraph)
        note = re.match(r"\d+ ?(Ibid|Cong|Rogers|Op)", paragraph)
        if len(paragraph.split()) >= 8 and not note and letters >= 0.85 * len(paragraph):
            turns.append((None, paragraph))
    return turns


FORMATS: dict[str, Callable[[str], list[Turn]]] = {
    "bold": read_bold,
    "stamped": read_stamped,
    "captions": read_captions,
    "hearing": read_hearing,
    "tokens": read_tokens,
    "meeting": read_meeting,
    "scan": read_scan,
}

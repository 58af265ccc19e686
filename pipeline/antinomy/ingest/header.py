"""The lines above a transcript or on top of a report -> its date and who took part, where plainly given."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import islice, takewhile

from antinomy.ingest.blocks import Block, clean_text
from antinomy.ingest.printed_dates import parse_printed_date

_LABELLED = re.compile(r"\W*(?P<label>[A-Za-z][A-Za-z ]{2,30}?)\W{0,3}:\W{0,3}\s(?P<value>\S.{0,300})")
_DATE_LABELS = frozenset(
    "date|interview date|date of interview|date of the interview|date of publication|publication date|published|"
    "published on|recorded|recorded on|recording date|meeting date|date of meeting|conducted|conducted on".split("|")
)
_PEOPLE_LABELS = {
    "interviewer": "interviewer",
    "interviewers": "interviewer",
    "interviewed by": "interviewer",
    "moderator": "interviewer",
    "interviewee": "participants",
    "interviewees": "participants",
    "respondent": "participants",
    "respondents": "participants",
    "participant": "participants",
    "participants": "participants",
    "attendees": "participants",
    "present": "participants",
}
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_HEADER_LINES = 12
_SHORT = 10


def read_header(blocks: Iterable[Block]) -> dict[str, str]:
    """Return ``date`` (ISO 8601), ``participants`` and ``interviewer`` from the lines before the first turn.

    >>> read_header([Block(text="Date: 9 March 2021"), Block(text="Interviewer: Ada Moss")])
    {'date': '2021-03-09', 'interviewer': 'Ada Moss'}
    """
    header = takewhile(lambda block: block.speaker is None, blocks)
    lines = list(islice((clean_text(line) for block in header for line in block.text.split("\n")), _HEADER_LINES))
    labelled = [match for line in lines if (match := _LABELLED.fullmatch(line))]
    dates = [parse_printed_date(match["value"]) for match in labelled if match["label"].lower() in _DATE_LABELS]
    # A date alone on a line, or in a title, is the document's only if no other date stands beside it.
    bare = {found for line in lines if len(line.split()) <= _SHORT and (found := parse_printed_date(line))}
    dates += bare if len(bare) == 1 else []
    people: dict[str, str] = {}
    for match in labelled:
        key = _PEOPLE_LABELS.get(match["label"].lower())
        if key:
            people.setdefault(key, match["value"])
    date_found = next(filter(None, dates), None)
    return {"date": date_found, **people} if date_found else people


def parse_iso_date(text: str) -> str | None:
    """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` if that is what the text is and the date exists.

    >>> parse_iso_date("2021-03"), parse_iso_date("2021-02-30"), parse_iso_date("3.2.2021")
    ('2021-03', None, None)
    """
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        return None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return text

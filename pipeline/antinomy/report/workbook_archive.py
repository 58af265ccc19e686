"""A workbook as openpyxl saves it -> the same workbook without traces of the moment of saving."""

import re
import shutil
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PROPERTIES = "docProps/core.xml"
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# the first moment that a ZIP archive can name
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def parse_moment(text: object) -> datetime:
    """Read a run's time stamp; without a usable one, the same fixed moment for every run.

    >>> parse_moment("2024-03-05T10:04:30+01:00").isoformat()
    '2024-03-05T09:04:30+00:00'
    """
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return EARLIEST
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return max(moment, EARLIEST)


def stamp_archive(source: Path, target: Path, moment: datetime) -> None:
    """Copy a workbook, with ``moment`` wherever a time is written: two copies of equal content are equal."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(source) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for old in before.infolist():
            new = ZipInfo(old.filename, date_time=moment.timetuple()[:6])
            new.compress_type = ZIP_DEFLATED
            new.file_size = old.file_size
            with before.open(old) as reader, after.open(new, "w") as writer:
                if old.filename == PROPERTIES:
                    shutil.copyfileobj(BytesIO(STAMP.sub(rb"\g<1>" + stamp, reader.read())), writer)
                else:
                    shutil.copyfileobj(reader, writer)

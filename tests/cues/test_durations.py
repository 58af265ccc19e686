import pytest

from antinomy.cues.dates import read_date, read_written_date
from antinomy.cues.durations import read_length

LENGTHS = [
    ("five years", "P5Y"),
    ("5 years", "P5Y"),
    ("18 months", "P18M"),
    ("a year", "P1Y"),
    ("one week", "P1W"),
    ("half a year", "P6M"),
    ("half-year", "P6M"),
    ("1.5 years", "P18M"),
    ("1,5 years", "P18M"),
    ("one and a half years", "P18M"),
    ("a year and a half", "P18M"),
    ("two and a half years", "P30M"),
    ("a month and a half", "P6W"),
    ("a week and a half", "P11D"),
    ("a couple of years", "P2Y"),
    ("a decade", "P10Y"),
    ("half a decade", "P5Y"),
    ("two quarters", "P6M"),
    ("a fortnight", "P2W"),
    ("three to five years", "P5Y"),
    ("3–5 years", "P5Y"),
    ("between three and five years", "P5Y"),
    ("a year or two", "P2Y"),
    ("twenty-five years", "P25Y"),
    ("twenty or thirty years", "P30Y"),
    ("a hundred years", "P100Y"),
    ("24 hours", "PT24H"),
    ("half an hour", "PT30M"),
    ("a few years", None),
    ("several weeks", None),
    ("years", None),
]


@pytest.mark.parametrize(("text", "iso"), LENGTHS)
def test_lengths(text, iso):
    length = read_length(text)
    assert length is not None
    assert length.iso == iso


def test_words_without_unit_are_no_length():
    assert read_length("five screens") is None


@pytest.mark.parametrize(
    ("text", "days"), [("a year", 365), ("12 months", 365), ("three years", 1095), ("two weeks", 14), ("an hour", 1)]
)
def test_total_days_tell_bins_apart(text, days):
    assert read_length(text).total_days == days


WRITTEN = [
    ("2027", "2027"),
    ("May 2026", "2026-05"),
    ("3 May 2026", "2026-05-03"),
    ("May 3rd, 2026", "2026-05-03"),
    ("2026-05-03", "2026-05-03"),
    ("2026-05", "2026-05"),
    ("Q3 2025", "2025-07/2025-09"),
    ("2025 Q3", "2025-07/2025-09"),
    ("third quarter of 2025", "2025-07/2025-09"),
    ("first half of 2025", "2025-01/2025-06"),
    ("summer 2026", "2026"),
    ("fiscal year 2026", "2026"),
]


@pytest.mark.parametrize(("text", "span"), WRITTEN)
def test_written_dates(text, span):
    assert str(read_written_date(text)) == span


@pytest.mark.parametrize("text", ["31 June 2026", "May", "soon"])
def test_no_written_date(text):
    assert read_written_date(text) is None


@pytest.mark.parametrize("text", [None, "", "2023-13", "23", "May 2023", "2023-5-1", "0000"])
def test_no_date(text):
    assert read_date(text) is None

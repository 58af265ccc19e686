from datetime import date

import pytest

from antinomy.drift.dates import Span, find_date_in_name, find_period, name_period, read_date


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2016_20160316.txt", date(2016, 3, 16), date(2016, 3, 16)),
        ("2016_2016-03-01.txt", date(2016, 3, 1), date(2016, 3, 1)),
        ("2022_monetary-policy-summary-and-minutes-may-2022.md", date(2022, 5, 1), date(2022, 5, 31)),
        ("2018_february-2018.md", date(2018, 2, 1), date(2018, 2, 28)),
        ("plant/halm_2023-09.txt", date(2023, 9, 1), date(2023, 9, 30)),
        ("quarterly_report_2024_q1.md", date(2024, 1, 1), date(2024, 3, 31)),
        ("Q4 2021.docx", date(2021, 10, 1), date(2021, 12, 31)),
        ("annual report 2020.pdf", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_dates_in_names(name, first, last):
    assert find_date_in_name(name) == Span(first, last)


@pytest.mark.parametrize(
    "name", ["interview 3.txt", "plan 2020-2025.pdf", "2019-05 and 2020-05.md", "20210229.txt", "room 12345678.txt"]
)
def test_nothing_is_guessed(name):
    assert find_date_in_name(name) is None


def test_periods_hold_all_days_or_none_is_known():
    assert find_period(read_date("2024"), "quarter") is None
    assert name_period(find_period(read_date("2024"), "year"), "year") == "2024"
    assert name_period(find_period(read_date("2024-06"), "half"), "half") == "2024 H1"
    assert name_period(find_period(read_date("2024-12-31"), "quarter"), "quarter") == "2024 Q4"
    assert read_date("2024-13") is None
    assert read_date("soon") is None

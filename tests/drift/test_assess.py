"""Units over time: what is found, what the instrument's lamp says, what is pooled or left out."""

from datetime import date

import numpy as np
import pytest

from antinomy.codebook import load_codebook
from antinomy.drift.assess import POOLED, Settings, assess_drift, build_series, find_side, find_spell
from antinomy.drift.dates import Span
from antinomy.drift.tallies import DocumentTally
from antinomy.report.drift_words import describe_pole, describe_row

BOOK = load_codebook()
CODES = list(BOOK.code_ids)
WIDTH = len(CODES) + len(BOOK.dimensions)


def write(unit, month, coded, *, number=0, sentences=40, words=15, floor=-4.0, away=28, random=None):
    """One document; ``coded`` says how many of its sentences carry which code, ``away`` how many are far from all."""
    counts = np.zeros(WIDTH)
    for code, many in coded.items():
        counts[CODES.index(code)] = many
    noise = random.normal(0, 0.1, len(CODES)) if random else 0.0
    means = np.full(len(CODES), floor) + noise
    day = date(2020 + month // 12, month % 12 + 1, 1 + number)
    return DocumentTally(
        id=f"{unit}/{day.isoformat()}",
        unit=unit,
        span=Span(day, day),
        dated_by="metadata",
        sentences=sentences,
        codes=counts,
        words=sentences * words + (int(random.integers(-9, 10)) if random else 0),
        plain_words=sentences * words // 2 + (int(random.integers(-9, 10)) if random else 0),
        floors=np.array([np.full(len(CODES), away), away * means, away * (means**2 + 1)]),
        answered=np.zeros(4),
        horizons={},
    )


def make_unit(name, *, months=24, rate=0.04, later=None, **after):
    """Three documents a month; from the middle on at another rate, or written otherwise."""
    random = np.random.default_rng(len(name))
    documents = []
    for month in range(months):
        late = month >= months // 2
        for number in range(3):
            many = random.binomial(40, later if late and later else rate)
            more = after if late else {}
            documents.append(write(name, month, {"myopia": many}, number=number, random=random, **more))
    return documents


def assess(documents, **settings):
    series, left = build_series(documents, Settings(draws=499, **settings))
    data = assess_drift(series, BOOK, Settings(draws=499, **settings))
    return data, {(row["unit"], row["code"]): row for row in data["rows"]}, left


def test_the_unit_that_tilts_signals_and_the_other_does_not():
    data, rows, _ = assess([*make_unit("Halm", later=0.16), *make_unit("Ost")], by="month")
    assert rows["Halm", "myopia"]["state"] == "signal"
    assert abs(rows["Halm", "myopia"]["change"]["period"] - 12) <= 1
    assert {key for key, row in rows.items() if row["state"] != "quiet"} == {("Halm", "myopia")}
    assert rows["Halm", "myopia"]["chart"]["alarms"][-1] == 23
    assert data["units"][0]["periods"][0]["name"] == "2020-01"


def test_a_tilt_that_passed_is_a_signal_with_both_ends():
    random = np.random.default_rng(3)
    documents = []
    for month in range(24):
        rate = 0.2 if 9 <= month < 16 else 0.04
        documents += [
            write("Halm", month, {"myopia": random.binomial(40, rate)}, number=number, random=random)
            for number in range(3)
        ]
    _, rows, _ = assess(documents, by="month")
    row = rows["Halm", "myopia"]
    assert row["state"] == "signal"
    first, end = find_spell(row)
    assert abs(first - 9) <= 1 and abs(end - 16) <= 1
    assert [find_side((first, end), number) for number in (0, 12, 23)] == ["before", "after", "before"]
    assert "and back" in describe_row(row, [str(number) for number in range(24)], BOOK)


def test_quarters_are_too_few_for_a_chart_but_not_for_the_scan():
    _, rows, _ = assess(make_unit("Halm", later=0.16))
    assert rows["Halm", "myopia"]["state"] == "signal"
    assert rows["Halm", "myopia"]["chart"] is None


@pytest.mark.parametrize(
    ("after", "lamp"),
    [
        ({"floor": -3.2}, ["floor"]),
        ({"away": 0}, ["unread"]),
        ({"words": 22}, ["length"]),
        ({"sentences": 60}, ["size"]),
    ],
)
def test_an_alarm_with_another_text_or_model_is_a_question_to_the_instrument(after, lamp):
    _, rows, _ = assess(make_unit("Halm", later=0.16, **after), by="month")
    assert rows["Halm", "myopia"]["state"] == "check"
    assert rows["Halm", "myopia"]["lamp"] == lamp


def test_harmless_changes_leave_the_lamp_dark():
    _, rows, _ = assess(make_unit("Halm", later=0.16, floor=-3.9, words=15.5), by="month")
    assert rows["Halm", "myopia"]["state"] == "signal"


def test_small_units_are_pooled_and_what_is_too_little_is_left_out():
    small = [write(name, month, {}, sentences=60) for month in range(6) for name in ("ABC"[month // 2],)]
    data, _, left = assess([*make_unit("Halm"), *small], by="month")
    assert [(unit["name"], unit["pooled"]) for unit in data["units"]] == [("Halm", []), (POOLED, ["A", "B", "C"])]
    assert left == []
    alone, _, left = assess([*make_unit("Halm"), *small[:2]], by="month")
    assert [unit["name"] for unit in alone["units"]] == ["Halm"]
    assert {document.unit for document, _ in left} == {"A"}
    assert all("fewer than 4 periods" in reason for _, reason in left)


def test_periods_with_too_few_sentences_are_joined():
    documents = [write("Halm", month, {}) for month in range(12)]
    data, _, _ = assess(documents, by="month", least=80)
    assert [period["name"] for period in data["units"][0]["periods"]][:2] == [
        "2020-01 to 2020-02",
        "2020-03 to 2020-04",
    ]
    assert all(period["sentences"] >= 80 for period in data["units"][0]["periods"])


def test_a_date_that_does_not_tell_the_period_leaves_a_document_out():
    vague = write("Halm", 3, {})
    object.__setattr__(vague, "span", Span(date(2020, 1, 1), date(2020, 12, 31)))
    _, _, left = assess([*make_unit("Halm"), vague])
    assert [reason for _, reason in left] == ["its date does not tell the quarter"]


def test_periods_by_count():
    documents = [write("Halm", month, {}, sentences=60) for month in range(12)]
    data, _, _ = assess(documents, by="3")
    assert len(data["units"][0]["periods"]) == 4
    assert data["units"][0]["periods"][0]["name"] == "2020-01-01 to 2020-03-01"


def make_talk(*, tilting):
    random = np.random.default_rng(4)
    documents = []
    for month in range(12):
        tilted = 6 if tilting and month >= 6 else 1
        for number in range(3):
            coded = {"organising": random.binomial(6, 0.5), "myopia": random.binomial(tilted, 0.6)}
            documents.append(write("Halm", month, coded, number=number, random=random))
    return documents


def test_a_pole_that_falls_silent_is_found_dated_and_said():
    data, _, _ = assess(make_talk(tilting=True), by="month")
    [unit] = data["units"]
    poles = {pole["paradox"]: pole for pole in unit["poles"]}
    found = poles["organising"]
    assert found["leading"] == "myopia"
    assert abs(found["change"]["period"] - 6) <= 1
    assert found["change"]["after"] > 2 * found["change"]["before"]
    words = describe_pole(found, [period["name"] for period in unit["periods"]], BOOK, rate=0.1)
    assert "one pole is falling silent, mostly by myopia" in words
    # nothing names belonging, and myopia does not tilt learning
    assert poles["belonging"]["change"] is None and poles["learning"]["tilted"] == 0


def test_steady_poles_are_left_in_peace():
    data, _, _ = assess(make_talk(tilting=False), by="month")
    [unit] = data["units"]
    [pole] = [pole for pole in unit["poles"] if pole["paradox"] == "organising"]
    assert pole["change"] is None or pole["q"] > 0.1

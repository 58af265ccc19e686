import json
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from antinomy.codebook import load_codebook
from antinomy.evaluate.comparison import GoldSentence
from antinomy.records import Prediction
from baselines.figures import PEOPLE, Settings, compare, compare_people, draw_macro_f1, measure
from baselines.listed import DICTIONARY, find_codes, fit_dictionary, fit_majority, read_dictionary
from baselines.logistic import fit_tfidf
from baselines.parts import Part

SCRIPT = Path(__file__).parents[2] / "scripts" / "compare_baselines.py"
BOOK = load_codebook()
SETTINGS = Settings(draws=50, seed=1)


def make_part(*coded):
    texts, codes = zip(*coded, strict=True)
    closed = [BOOK.close_upwards(set(given)) for given in codes]
    return Part((), texts, np.array([[code in given for code in BOOK.code_ids] for given in closed]))


def make_sentences(*codes, second=None):
    closed = [frozenset(BOOK.close_upwards(set(given))) for given in codes]
    others = closed if second is None else [frozenset(BOOK.close_upwards(set(given))) for given in second]
    return [
        GoldSentence(f"talk {place % 4}", (one,), (one, other), {"role": "fitter"})
        for place, (one, other) in enumerate(zip(closed, others, strict=True))
    ]


def say(*codes):
    closed = [BOOK.close_upwards(set(given)) for given in codes]
    return [Prediction({code: float(code in given) for code in BOOK.code_ids}, given) for given in closed]


def run_script(*arguments):
    command = [sys.executable, *map(str, [SCRIPT, *arguments])]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_dictionary_fits_the_codebook():
    data = tomllib.loads(DICTIONARY.read_text("utf-8"))
    assert {entry["id"] for entry in data["code"]} == set(BOOK.code_ids)
    assert {name for entry in data["code"] for name in entry["all"]} == set(data["lists"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Today’s output counts, and the strategy waits.", "current_vs_future_goals"),
        ("They imposed it.", "pull_vs_push"),
        ("We have NO  TIME for that.", "myopia"),
        ("We coached the fitters.", "empowering"),
    ],
)
def test_the_dictionary_finds_codes_with_their_parents(text, code):
    found = find_codes(text, read_dictionary(DICTIONARY), BOOK)
    assert code in found
    assert set(BOOK.close_upwards({code})) <= set(found)


def test_words_count_as_a_whole_and_all_lists_are_needed():
    patterns = read_dictionary(DICTIONARY)
    assert find_codes("The strategy is there.", patterns, BOOK) == ()
    assert find_codes("A notimer sang.", patterns, BOOK) == ()


def test_probabilities_of_lists_come_from_training():
    train = make_part(*[("No time.", ["myopia"])] * 3, ("No time.", []), *[("Good morning.", [])] * 6)
    none, some = fit_majority(train, BOOK), fit_dictionary(train, BOOK)
    part = make_part(("There is no time.", []), ("Hello.", []))
    assert [said.codes for said in none(part)] == [(), ()]
    assert none(part)[0].probabilities["myopia"] == pytest.approx(0.3)
    first, second = some(part)
    assert (first.codes, second.codes) == (("myopia",), ())
    assert first.probabilities["myopia"] == pytest.approx((3 + 0.3) / 5)
    assert second.probabilities["myopia"] == pytest.approx((0 + 0.3) / 7)


def test_regression_learns_words_and_never_gives_what_it_never_saw():
    rows = [(f"They pushed it on us, case {n}.", ["pull_vs_push"]) for n in range(20)]
    rows += [(f"The canteen was open, case {n}.", []) for n in range(20)]
    predict = fit_tfidf(make_part(*rows), make_part(*rows), BOOK)
    one, other = predict(make_part(("It was pushed on us.", []), ("The canteen was full.", [])))
    assert one.codes == ("organising", "pull_vs_push")
    assert other.codes == ()
    assert one.probabilities["dogma"] < 0.05


def test_macro_f1_is_that_of_the_evaluation():
    sentences = make_sentences(["myopia"], ["pull_vs_push"], ["learning"], [], ["belonging"], [], ["learning"], [])
    said = say([], ["pull_vs_push"], [], ["learning"], ["belonging"], ["performing"], ["learning"], [])
    row = measure(said, sentences, BOOK, SETTINGS)["macro_f1_paradox"]
    drawn = draw_macro_f1(said, sentences, BOOK, SETTINGS)
    assert row["value"] == pytest.approx(drawn[0])
    assert row["low"] == pytest.approx(np.quantile(drawn[1:], 0.025))


def test_gain_is_paired_and_over_the_best_baseline():
    codes = [["learning"], [], ["belonging"], [], ["learning"], [], ["belonging"], []]
    right, half = say(*codes), say(*[given if place < 4 else [] for place, given in enumerate(codes)])
    named = {"none": say(*[[]] * 8), "half": half, "same": half, "right": right}
    measured = compare(named, make_sentences(*codes), BOOK, SETTINGS, models=["same", "right"])
    rows = {row["name"]: row for row in measured["comparison"]}
    assert measured["best_baseline"] == "half"
    assert rows["same"]["gain_macro_f1_paradox"] == {"value": 0, "low": 0, "high": 0}
    assert rows["right"]["gain_macro_f1_paradox"]["value"] == pytest.approx(1 / 3)
    assert "gain_macro_f1_paradox" not in rows["half"]
    assert (measured["sentences"], measured["documents"]) == (8, 4)


def test_people_are_measured_against_each_other():
    first, second = [["learning"], [], ["belonging"], []], [["learning"], [], [], ["belonging"]]
    said, gold = compare_people(make_sentences(*first, second=second), BOOK)
    assert [given.codes for given in said] == [("learning",), (), ("belonging",), ()]
    assert [sentence.references for sentence in gold] == [(frozenset(given),) for given in second]
    row = measure(said, gold, BOOK, SETTINGS)
    assert row["macro_f1_paradox"]["value"] == 0.5
    assert row["ece"]["value"] is None


def test_the_script_measures_baselines_model_and_people(tiny_gold, tiny_base, tiny_model, tmp_path):
    out = tmp_path / "comparison.json"
    known = ["--gold", tiny_gold, "--base", tiny_base, "--model", tiny_model, "--out", out, "--draws", "20"]
    done = run_script(*known)
    assert done.returncode == 0, done.stderr
    measured = json.loads(out.read_text("utf-8"))["sets"]["tiny"]
    kappa = {row["name"]: row["kappa_any_paradox"]["value"] for row in measured["comparison"]}
    learned = {"TF-IDF + logistic regression": 1, "frozen embeddings + logistic regression": 1}
    assert kappa == {"majority (no code)": 0, "dictionary": 1, **learned, "tiny-1": 1, PEOPLE: 1}
    assert "| tiny-1 | 1.00 [1.00, 1.00] |" in done.stdout
    failed = run_script(*known, "--model", tiny_model)
    assert failed.returncode == 1
    assert "two models have the same name" in failed.stderr
    known[1] = tmp_path
    failed = subprocess.run(
        list(map(str, [sys.executable, SCRIPT, *known])), capture_output=True, text=True, check=False
    )
    assert failed.returncode == 1
    assert "no gold set here" in failed.stderr

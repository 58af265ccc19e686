import json

import numpy as np
import pytest

from antinomy.evaluate import scores
from antinomy.evaluate.assess import assess
from antinomy.evaluate.comparison import mark_dimensions
from antinomy.records import Prediction


@pytest.fixture
def material(codebook, close, say, sentence):
    """Two hundred sentences of ten documents; the second coder and the model differ here and there."""
    random = np.random.default_rng(6)
    some = ["pull_vs_push", "resource_prioritisation", "myopia", "dogma", "learning"]
    predictions, gold = [], []
    for number in range(200):
        first = close(*(code for code in some if random.random() < 0.15))
        second = close(*(code for code in first | set(some) if random.random() < (0.8 if code in first else 0.03)))
        predictions.append(say(**{code: float(random.random() * 0.6 + 0.4 * (code in first)) for code in some}))
        gold.append(sentence(f"talk_{number % 10}", first, second))
    return predictions, gold


def use(sets, codebook):
    return np.array([[code in codes for code in codebook.code_ids] for codes in sets])


def test_values_are_the_mean_over_the_coders_of_the_plain_scores(codebook, material):
    predictions, gold = material
    measured = assess(predictions, gold, codebook, draws=20, seed=1)
    given = use([p.codes for p in predictions], codebook)
    one, other = (use([s.references[i] for s in gold], codebook) for i in (0, 1))
    place = codebook.code_ids.index("organising")
    p = np.array([prediction.probabilities["organising"] for prediction in predictions])
    row = measured["codes"]["organising"]
    for name, score in {
        "precision": scores.score_precision,
        "recall": scores.score_recall,
        "f1": scores.score_f1,
        "kappa": scores.score_kappa,
        "alpha": scores.score_alpha,
    }.items():
        mean = np.mean([score(given[:, place], coder[:, place]) for coder in (one, other)])
        assert row[name]["value"] == pytest.approx(mean)
    ranked = [scores.score_average_precision(p, coder[:, place]) for coder in (one, other)]
    assert row["average_precision"]["value"] == pytest.approx(np.mean(ranked))
    coders = scores.score_kappa(one[:, place], other[:, place])
    assert row["kappa_coders"]["value"] == pytest.approx(coders)
    assert row["ceiling_ratio"]["value"] == pytest.approx(row["kappa"]["value"] / coders)
    assert row["positives"] == (one[:, place].sum() + other[:, place].sum()) / 2
    assert row["given"] == given[:, place].sum()
    any_code = [mark_dimensions(used, codebook)[:, 0] for used in (given, one, other)]
    mean = np.mean([scores.score_kappa(any_code[0], coder) for coder in any_code[1:]])
    assert measured["dimensions"]["paradox"]["kappa_any"]["value"] == pytest.approx(mean)
    mean = np.mean([scores.score_hierarchical_f1(given, coder, codebook) for coder in (one, other)])
    assert measured["hierarchical_f1"]["value"] == pytest.approx(mean)


def test_macro_f1_is_over_the_codes_of_the_dimension_that_gold_has(codebook, material):
    measured = assess(*material, codebook, draws=0, seed=1)
    row = measured["dimensions"]["paradox"]
    both = [measured["codes"][code]["f1"]["value"] for code in ("organising", "learning")]
    assert row["codes_in_macro"] == 2
    assert row["macro_f1"] == {"value": pytest.approx(np.mean(both)), "low": None, "high": None}
    assert measured["dimensions"]["strategy"]["macro_f1"]["value"] is None
    assert measured["dimensions"]["strategy"]["codes_in_macro"] == 0


def test_every_score_has_an_interval_about_it_and_all_is_plain_json(codebook, material):
    measured = assess(*material, codebook, draws=200, seed=1)
    for row in [*measured["codes"].values(), *measured["dimensions"].values()]:
        for name, score in row.items():
            if isinstance(score, dict) and score["low"] is not None and not name.startswith("ece"):
                assert score["low"] <= score["value"] <= score["high"]
    f1 = measured["codes"]["organising"]["f1"]
    assert 0 < f1["high"] - f1["low"] < 0.5
    assert measured == assess(*material, codebook, draws=200, seed=1)
    assert measured["codes"]["organising"] != assess(*material, codebook, draws=200, seed=2)["codes"]["organising"]
    read = json.loads(json.dumps(measured, allow_nan=False))
    assert (read["sentences"], read["documents"], read["coders"]) == (200, 10, 2)


def test_an_adjudicated_set_is_measured_against_the_decision(codebook, close, say, sentence):
    yes, no = close("dogma"), close()
    gold = [sentence("a", yes, no, adjudicated=yes), sentence("b", no, yes, adjudicated=no)]
    measured = assess([say(dogma=0.9), say(dogma=0.1)], gold, codebook, draws=0, seed=1)
    row = measured["codes"]["dogma"]
    assert row["kappa"]["value"] == row["alpha"]["value"] == 1
    assert row["kappa_coders"]["value"] == -1
    assert row["ceiling_ratio"]["value"] is None


def test_one_coder_and_codes_unknown_to_the_model_leave_gaps_not_errors(codebook, close, sentence):
    silent = Prediction({"organising": 0.1}, ())
    gold = [sentence("a", close("dogma")), sentence("b", close())]
    measured = assess([silent, silent], gold, codebook, draws=5, seed=1)
    row = measured["codes"]["dogma"]
    assert row["recall"]["value"] == 0 and row["positives"] == 1
    assert row["average_precision"]["value"] is row["kappa_coders"]["value"] is row["precision"]["value"] is None
    assert set(measured["reliability"]["codes"]) == {"organising"}
    assert set(measured["reliability"]["dimensions"]) == {"paradox"}
    assert measured["dimensions"]["archetype"]["ece"]["value"] is None

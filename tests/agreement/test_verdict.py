import pytest

from antinomy.agreement.verdict import judge


def make(alpha, low, high, *, percent=0.9, positive=0.8, prevalence=0.2):
    found = {"alpha": {"value": alpha, "low": low, "high": high, "reason": "nobody gave this code"}}
    others = {"percent": percent, "positive": positive, "prevalence": prevalence}
    return found | {name: {"value": value} for name, value in others.items()}


@pytest.mark.parametrize(
    ("alpha", "low", "high", "reading"),
    [
        (0.9, 0.80, 0.97, "rely"),
        (0.9, 0.79, 0.97, "tentative"),
        (0.7, 0.667, 0.79, "tentative"),
        (0.7, 0.60, 0.79, "open"),
        (0.5, 0.40, 0.666, "below"),
        (0.9, None, None, "open"),
        (None, None, None, "undefined"),
    ],
)
def test_the_interval_is_read_not_the_point(alpha, low, high, reading):
    assert judge(make(alpha, low, high), 50).reading == reading


def test_the_paradox_of_kappa_is_explained_where_it_bites():
    [_, words] = judge(make(0.29, 0.1, 0.5, percent=0.92, positive=1 / 3, prevalence=0.04), 50).words
    assert "agree on 92 % of the units, yet alpha is .29" in words
    assert "another does in 33 % of the cases" in words
    assert len(judge(make(0.29, 0.1, 0.5, percent=0.92, prevalence=0.3), 50).words) == 1
    assert len(judge(make(0.85, 0.7, 0.9, percent=0.99, prevalence=0.04), 50).words) == 1


def test_a_handful_of_units_is_no_evidence():
    assert judge(make(1.0, 1.0, 1.0), 9).reading == "open"
    assert judge(make(1.0, 1.0, 1.0), 10).reading == "rely"

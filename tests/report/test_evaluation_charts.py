import pytest
from lxml import etree

from antinomy.report.charts_curve import draw_curve
from antinomy.report.charts_interval import draw_interval, find_start
from antinomy.report.charts_reliability import draw_reliability
from antinomy.report.charts_rules import draw_rule
from antinomy.report.evaluation_words import show_percent, show_score

EVIL = '<script>alert(1)</script>\x00"'
UNDEFINED = {"value": None, "low": None, "high": None}


def score(value, reach=0.1):
    return {"value": value, "low": value - reach, "high": value + reach}


def read(svg):
    return etree.fromstring(str(svg))


def test_an_interval_lies_where_its_score_says():
    svg = read(draw_interval(score(0.5), -0.2, "κ", tick=score(0.8), beside="others"))
    assert svg.find("circle").get("cx") == "58.33%"
    reach = svg.find("line[@class='reach']")
    assert (reach.get("x1"), reach.get("x2")) == ("50.00%", "66.67%")
    assert svg.find("line[@class='tick']").get("x1") == "83.33%"
    assert svg.get("aria-label") == "κ: .50 [.40, .60]; others .80 [.70, .90]"


def test_an_undefined_score_has_no_dot():
    svg = read(draw_interval(UNDEFINED, 0.0, EVIL, tick=UNDEFINED))
    assert svg.find("circle") is None
    assert "undefined" in svg.get("aria-label")


def test_an_axis_holds_every_interval():
    assert find_start([UNDEFINED]) == 0
    assert find_start([score(0.3), score(0.0, 0.25)]) == -0.4


def test_reliability_marks_bins_of_few_decisions():
    bins = [
        {"low": 0.0, "high": 0.1, "n": 2089, "probability": 0.03, "observed": 0.04},
        {"low": 0.5, "high": 0.6, "n": 3, "probability": 0.55, "observed": 1.0},
    ]
    svg = read(draw_reliability(EVIL, bins))
    assert [circle.get("class") for circle in svg.iter("circle")] == ["point", "point few"]
    assert [text.text for text in svg.findall("text[@class='n']")] == ["2.1k", "3"]
    first, last = svg.iter("circle")
    assert float(first.get("cy")) > float(last.get("cy"))
    assert read(draw_reliability("nothing", [])).find("circle") is None


def test_a_curve_leaves_out_what_is_undefined():
    points = [
        {"sentences": 4000, "kappa": score(0.3), "macro_f1": score(0.25)},
        {"sentences": 1000, "kappa": score(0.2), "macro_f1": UNDEFINED},
    ]
    svg = read(draw_curve(points))
    assert len(svg.findall(".//circle")) == 2
    assert len(svg.findall(".//rect")) == 1
    assert "κ from .20 to .30" in svg.get("aria-label")
    nothing = [{"sentences": 0, "kappa": UNDEFINED, "macro_f1": UNDEFINED}]
    assert read(draw_curve(nothing)).find(".//circle") is None


def test_the_parts_of_a_rules_bar_fill_it():
    rule = {"n": 8, "agree": 2, "confused": 0, "missed": 5, "invented": 1}
    parts = {part.get("class"): part for part in read(draw_rule(rule)).iter("rect")}
    assert list(parts) == ["part agree", "part missed", "part invented"]
    assert sum(float(part.get("width")[:-1]) for part in parts.values()) == pytest.approx(100)
    assert parts["part missed"].get("x") == "25.00%"
    assert read(draw_rule(dict.fromkeys(rule, 0))).find("rect") is None


def test_numbers_never_show_a_negative_zero():
    assert show_score(-0.001) == ".00"
    assert show_percent({"value": -0.001, "low": -0.02, "high": 0.3}) == "0% [−2, 30]"

import copy
import re
import shutil
import subprocess

import pytest
from lxml import html

from antinomy.codebook import load_codebook
from antinomy.errors import InputError, OutputError
from antinomy.report.evaluation import write_evaluation_page
from antinomy.report.evaluation_rows import MAX_GROUPS, cut_groups, group_rules, list_confusions
from antinomy.report.evaluation_words import judge

CODEBOOK = load_codebook()
EVIL = "</title><script>alert(1)</script><img src=x onerror='x'>\" autofocus onfocus=alert(1) \x00\u202e"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((path for path in map(shutil.which, NAMES) if path), None)
UNDEFINED = {"value": None, "low": None, "high": None}


def score(value, reach=0.1):
    return {"value": value, "low": value - reach, "high": value + reach}


def make_set(*, any_score=None, make=score, groups=(), documents=40):
    """Measures of one gold set; every score of every code is the same."""
    value = make(0.5)
    code_scores = "precision recall f1 average_precision kappa kappa_coders ceiling_ratio alpha alpha_coders".split()
    dimension_scores = (
        "kappa_any kappa_any_coders ceiling_ratio alpha_any alpha_any_coders macro_f1 ece ece_mass".split()
    )
    bins = [
        {"low": 0.0, "high": 0.1, "n": 2089, "probability": 0.03, "observed": 0.04},
        {"low": 0.5, "high": 0.6, "n": 3, "probability": 0.55, "observed": 1.0},
    ]
    binning = {"bins": bins, "ece": make(0.0123)}
    reliability = {"equal_width": binning, "equal_mass": binning, "brier": make(0.05)}
    rules = [
        {
            "rule": rule.id,
            "codes": list(rule.codes),
            "n": 10.0 if rule.id == "myopia_or_dogma" else 0.0,
            "agree": 2.0,
            "confused": 1.5,
            "missed": 4.0,
            "invented": 2.5,
            "share_of_errors": None,
            "table": [
                {"gold": "myopia", "model": ["none"], "n": 4.0},
                {"gold": "dogma", "model": ["dogma"], "n": 2.0},
                {"gold": "none", "model": ["myopia", "dogma"], "n": 1.5},
            ],
        }
        for rule in CODEBOOK.rules
    ]
    dimensions = {
        dimension.id: {name: value for name in dimension_scores} | {"codes_in_macro": 4}
        for dimension in CODEBOOK.dimensions
    }
    dimensions["paradox"]["kappa_any"] = value if any_score is None else any_score
    return {
        "reference": None,
        "sentences": 600,
        "documents": documents,
        "coders": 2,
        "codes": {
            code: {"positives": 10.5, "given": 8} | {name: value for name in code_scores} for code in CODEBOOK.code_ids
        },
        "dimensions": dimensions,
        "hierarchical_f1": value,
        "reliability": {"dimensions": {"paradox": reliability}, "codes": {}},
        "rules": rules,
        "groups": list(groups),
    }


def make_group(attribute="source", group="north", *, kappa=0.5, others=0.3, stands_out=()):
    names = ("kappa_any", "f1", "precision", "recall", "excess")
    return {
        "attribute": attribute,
        "group": group,
        "sentences": 90,
        "documents": 9,
        "positives": 20.0,
        "scores": {name: UNDEFINED if kappa is None else score(kappa) for name in names},
        "others": {name: score(others) for name in names},
        "stands_out": list(stands_out),
    }


def make_metrics(sets=None, **more):
    return {
        "model": {"name": "small-1", "version": "1", "sha256": "ab" * 32},
        "codebook": {"id": CODEBOOK.id, "version": CODEBOOK.version, "sha256": CODEBOOK.sha256},
        "settings": {"draws": 500, "seed": 7, "split": "test"},
        "sets": sets or {"talks": make_set()},
        **more,
    }


CONTRAST = {
    "score": score(0.6),
    "rules": [{"id": "unheard", "text": "Raised, and nothing happens.", "pairs": 12, "score": 0.75}],
}
STUDIES = {
    "comparison": {
        "set": "talks",
        "sentences": 1200,
        "rows": [
            {"name": "small-1", "kappa_any_paradox": score(0.5), "macro_f1_paradox": score(0.4), "ece": 0.02},
            {"name": "majority", "kappa_any_paradox": score(0.0, 0), "macro_f1_paradox": score(0.0, 0)},
        ],
    },
    "learning_curve": [
        {"sentences": 4000, "coded": 700, "kappa": 0.3, "macro_f1": 0.25},
        {"sentences": 1000, "coded": 180, "kappa": 0.2, "macro_f1": None},
    ],
    "held_out": [{"group": "Alder Dairy", "sentences": 120, "kappa_any": score(0.4), "f1": None}],
}
MORE = {"contrast": CONTRAST, "studies": STUDIES}
PARTS = {"comparison": "comparison", "learning_curve": "curve", "contrast": "contrast", "held_out": "held-out"}


@pytest.fixture
def write(tmp_path):
    """Write the page and return its text and its tree."""

    def build(metrics):
        path = tmp_path / "evaluation.html"
        write_evaluation_page(metrics, path)
        text = path.read_text("utf-8")
        return text, html.fromstring(text.encode())

    return build


def words_of(tree):
    return " ".join(tree.text_content().split())


def test_the_headline_says_how_near_the_model_comes_and_what_it_allows(write):
    _, tree = write(make_metrics())
    words = words_of(tree)
    assert "agrees with the coders at κ .50 [.40, .60], the coders among themselves at κ .50 [.40, .60]" in words
    assert "50% [40, 60] of the coders’ own agreement" in words
    assert "Not reliable by itself. Use it to find sentences worth reading" in words
    assert "500 draws of whole documents" in words
    assert "ab" * 32 in words
    assert "intervals from so few" not in words


@pytest.mark.parametrize(
    ("value", "low", "word"),
    [
        (0.9, 0.8, "reliable"),
        (0.9, 0.799, "tentative"),
        (0.7, 0.667, "tentative"),
        (0.9, 0.666, "not reliable by itself"),
        (0.1, 0.0, "not above chance"),
        (0.9, None, "no interval"),
        (None, None, "undefined"),
    ],
)
def test_the_lower_end_decides(value, low, word):
    assert judge({"value": value, "low": low, "high": None if low is None else 1.0}).word == word


def test_an_estimate_above_the_band_is_mentioned_but_does_not_count():
    assert "may show" in judge({"value": 0.7, "low": 0.5, "high": 0.8}).use
    assert "may show" not in judge({"value": 0.6, "low": 0.5, "high": 0.7}).use


def test_few_documents_are_a_warning(write):
    assert "Only 3 documents" in words_of(write(make_metrics({"a": make_set(documents=3)}))[1])
    assert "Only one document:" in words_of(write(make_metrics({"a": make_set(documents=1)}))[1])


def test_hostile_names_stay_text(write):
    hostile = make_set(groups=[make_group(EVIL, EVIL, stands_out=["f1"]), make_group(EVIL, "south")])
    hostile["reference"] = EVIL
    more = copy.deepcopy(MORE)
    studies = more["studies"]
    rows = studies["comparison"]["rows"]
    studies["comparison"]["set"] = rows[0]["name"] = studies["held_out"][0]["group"] = EVIL
    rows[0][EVIL] = 0.5
    more["contrast"]["rules"][0] |= {"text": EVIL, "id": EVIL}
    metrics = make_metrics({EVIL: hostile}, **more)
    metrics["model"] = {"name": EVIL, "version": EVIL, "sha256": EVIL}
    metrics["settings"]["split"] = EVIL
    text, tree = write(metrics)
    assert "\x00" not in text
    assert tree.xpath("//script | //img | //*[@onerror or @onfocus or @autofocus]") == []
    assert tree.xpath("count(//title[not(ancestor::svg)])") == 1
    assert "<script>alert(1)</script>" in tree.text_content()


def test_the_page_needs_nothing_beside_it(write):
    text, tree = write(make_metrics(**MORE))
    assert tree.xpath("//@src | //link") == []
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(ids)
    assert not re.search(r"url\((?!#)|@import|https?:", text)


def test_undefined_scores_are_dashes_with_a_reason(write):
    def nothing(_):
        return UNDEFINED

    empty = make_set(any_score=UNDEFINED, make=nothing, groups=[make_group(kappa=None), make_group(group="south")])
    _, tree = write(make_metrics({"empty": empty}, studies={"held_out": [{"group": "x", "sentences": 3}]}))
    assert "model and coders cannot be compared here" in words_of(tree)
    cells = tree.xpath("//table[contains(@class, 'scores')]//td[contains(@class, 'number')][normalize-space() = '–']")
    assert len(cells) == len(CODEBOOK.dimensions) * 6 + len(CODEBOOK.code_ids) * 8
    assert all(cell.get("title", "").startswith("undefined: ") for cell in cells)
    assert "None" not in tree.text_content()


def test_without_draws_there_are_no_intervals(write):
    def plain(value):
        return {"value": value, "low": None, "high": None}

    metrics = make_metrics({"plain": make_set(make=plain)})
    metrics["settings"]["draws"] = 0
    words = words_of(write(metrics)[1])
    assert "there are no intervals" in words
    assert "No interval. Without an interval" in words


def test_a_model_that_nobody_can_be_compared_with(write):
    alone = make_set()
    alone |= {"coders": 1, "reference": "judge", "rules": [], "reliability": {"dimensions": {}, "codes": {}}}
    alone["dimensions"]["paradox"] |= {"kappa_any_coders": UNDEFINED, "ceiling_ratio": UNDEFINED}
    words = words_of(write(make_metrics({"alone": alone}))[1])
    assert "how the coders agree among themselves is undefined" in words
    assert "own agreement" not in words
    assert "measured against what judge decided" in words
    assert "gives no probabilities" in words
    assert "has no boundary rules" in words


@pytest.mark.parametrize("part", PARTS)
def test_optional_parts_are_drawn_where_given(write, part):
    _, with_part = write(
        make_metrics(**({part: CONTRAST} if part == "contrast" else {"studies": {part: STUDIES[part]}}))
    )
    _, without = write(make_metrics())
    assert with_part.xpath(f"count(//section[@id='{PARTS[part]}'])") == 1
    assert without.xpath(f"//*[@id='{PARTS[part]}'] | //a[@href='#{PARTS[part]}']") == []


def test_a_comparison_has_a_column_for_every_score(write):
    _, tree = write(make_metrics(studies={"comparison": STUDIES["comparison"]}))
    table = tree.get_element_by_id("comparison")
    heads = [" ".join(head.text_content().split()) for head in table.xpath(".//thead//th")]
    assert heads == ["Model", "0.501.00", "κ any paradox", "macro-F1 paradox", "ECE"]
    last = table.xpath(".//tbody/tr[2]/td")[-1]
    assert last.text_content() == "–"


def test_rules_name_what_is_confused(write):
    _, tree = write(make_metrics())
    cards = tree.find_class("rule-card")
    assert len(cards) == 1
    words = words_of(cards[0])
    assert "Myopia has no time for the new" in words
    assert "10 sentences: same 2 (20%), other code 1.5, missed 4, too much 2.5" in words
    assert "Myopia→ none4" in words
    assert "none→ Myopia, Dogma1.5" in words
    assert "Dogma→" not in words
    assert "Never used here" in words_of(tree)


def test_groups_that_stand_out_are_said_and_marked(write):
    north = make_group(kappa=0.6, others=0.2, stands_out=["kappa_any", "excess"])
    _, tree = write(make_metrics({"a": make_set(groups=[north, make_group(group="south")])}))
    said = words_of(tree.find_class("flags")[0])
    assert said.startswith("source north: higher κ any paradox (.60 against .20), ")
    assert said.endswith(", higher excess probability (+60.0 against +20.0 points)")
    assert [row.xpath("string(th)") for row in tree.find_class("flagged")] == ["north"]
    assert [cell.text_content()[0] for cell in tree.find_class("differs")] == ["▲", "▲"]


def test_of_many_groups_the_largest_and_those_that_stand_out_are_shown():
    groups = [make_group(group=str(number)) for number in range(MAX_GROUPS + 3)]
    groups[-1]["stands_out"] = ["f1"]
    (attribute,) = cut_groups(groups)
    assert [group["group"] for group in attribute.groups][-2:] == [str(MAX_GROUPS - 1), str(MAX_GROUPS + 2)]
    assert attribute.left == 2


def test_rules_about_the_same_codes_are_together():
    rules = [
        {"rule": name, "codes": codes, "n": n} for name, codes, n in (("a", "xy", 1), ("b", "z", 5), ("c", "yx", 1))
    ]
    assert [[rule["rule"] for rule in alike] for alike in group_rules(rules)] == [["b"], ["a", "c"]]


def test_a_code_that_the_model_gives_too_is_no_confusion():
    rows = [{"gold": "a", "model": ["a", "b"]}, {"gold": "a", "model": ["b"]}]
    assert list_confusions({"table": rows}) == rows[1:]


def test_figures_of_another_codebook_are_refused(tmp_path):
    metrics = make_metrics()
    metrics["codebook"]["sha256"] = "0" * 64
    with pytest.raises(InputError, match="another codebook"):
        write_evaluation_page(metrics, tmp_path / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(OutputError):
        write_evaluation_page(make_metrics(), tmp_path / "missing" / "page.html")


@pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
def test_a_browser_shows_the_page_and_has_nothing_to_say(tmp_path):
    path = tmp_path / "evaluation.html"
    groups = [make_group(EVIL, EVIL, stands_out=["f1"]), make_group(EVIL, "south")]
    write_evaluation_page(make_metrics({EVIL: make_set(groups=groups)}, **MORE), path)
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    flags += f" --enable-logging=stderr --v=0 --dump-dom --user-data-dir={tmp_path / 'profile'}"
    done = subprocess.run(
        [BROWSER, *flags.split(), path.as_uri()], capture_output=True, text=True, timeout=60, check=True
    )
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
    assert done.stdout.count('class="curve"') == 1
    assert done.stdout.count('class="reliability"') == 1

import pytest
from lxml import html

from antinomy.agreement.assess import Settings, assess_agreement
from antinomy.agreement.codings import CodedUnit, arrange_codings
from antinomy.agreement.disagreements import find_disagreements
from antinomy.codebook import load_codebook
from antinomy.report.agreement import group_disagreements, write_agreement_page

BOOK = load_codebook()
MYOPIA, DOGMA, NOTHING = frozenset({"myopia"}), frozenset({"dogma"}), frozenset()


def make_units():
    rows = [(MYOPIA, MYOPIA)] * 12 + [(NOTHING, NOTHING)] * 30 + [(MYOPIA, DOGMA)] * 2 + [(DOGMA, NOTHING)]
    return [
        CodedUnit(f"talk_{number % 9}", str(number), f"words {number}", {"kim": kim, "lou": lou}, before="earlier")
        for number, (kim, lou) in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    units = make_units()
    data = {
        "codebook": {"id": BOOK.id, "version": BOOK.version, "sha256": BOOK.sha256},
        "files": [{"name": "kim.csv", "units": 45}, {"name": "lou.csv", "units": 45}],
        "alignment": {
            "matched": {"lou.csv": {"id": 45, "offsets": 0, "words": 0, "alone": 0}},
            "unmatched": {"lou.csv": 0},
        },
        "models": [],
        **assess_agreement(arrange_codings(units, BOOK), BOOK, Settings(100, 1)),
        "stand_ins": [],
        "segments": None,
        "order": [],
        "recodings": [],
    }
    path = tmp_path_factory.mktemp("page") / "agreement.html"
    write_agreement_page(data, find_disagreements(units, BOOK), path, codebook=BOOK)
    return html.fromstring(path.read_text("utf-8"))


def test_disagreements_are_grouped_by_the_rule_that_tells_their_codes_apart():
    groups = group_disagreements(find_disagreements(make_units(), BOOK), BOOK)
    assert [(group["id"], group["total"]) for group in groups] == [("myopia_or_dogma", 2), ("seen_or_not", 1)]
    assert groups[0]["often"] == [("Myopia", 2), ("Dogma", 2)]
    assert groups[0]["members"][0].codings == {"kim": ("myopia",), "lou": ("dogma",)}


def test_a_parent_alone_makes_no_rule_fit():
    pull, organising = frozenset({"pull_vs_push"}), frozenset({"organising"})
    [found] = find_disagreements([CodedUnit("a", "1", "", {"kim": pull, "lou": organising})], BOOK)
    assert (found.differing, found.group) == (("pull_vs_push",), "other")


def test_the_page_says_what_was_found(page):
    words = " ".join(page.text_content().split())
    assert "45 units of 9 documents; 15 of them were given a code by anyone. Coders differ on 3." in words
    assert "Myopia has no time for the new; dogma has no need for it." in words
    row = page.xpath("//section[@id='codes']//tr[th[normalize-space() = 'Myopia']]")[0]
    assert row.xpath("normalize-space(td[1])") == "26"
    undefined = page.xpath("//section[@id='codes']//tr[th[normalize-space() = 'Pacing']]/td[@title]")
    assert "nobody gave this code" in undefined[0].get("title")


def test_the_paragraph_for_the_paper_has_the_figures(page):
    words = page.xpath("normalize-space(//p[@class='methods'])")
    assert "2 coders coded 45 sentences of 9 documents independently" in words
    assert "100 bootstrap draws of whole documents" in words
    assert "for any imbalance archetype" in words
    assert "Over the 2 of 24 codes for which it is defined" in words

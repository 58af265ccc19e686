import re

import pytest
from lxml import html

from antinomy.errors import OutputError
from antinomy.report import build_report

EVIL = "<script>alert('x')</script><img src=https://evil.example/x.png onerror=alert(1)>&amp;\"'"
RIGHT_TO_LEFT = "\u202eהמכונה\u202c 🏭 \u0001"
OUTLINE = [
    "h1 Tensions in integrating digital technology into lean-based production",
    "h2 The four corners of imbalance",
    "h3 Dogma LPS-team",
    "h3 Myopia Production",
    "h3 Detached Senior management",
    "h3 Technical monuments SP-team",
    "h2 Paradoxes, tensions, and what is done about them",
    "h2 Where and by whom it is said",
    "h3 By who speaks and who is mentioned",
    "h3 By document",
    "h2 Who looks how far ahead",
    "h2 What people say",
    "h3 Paradox",
    "h3 Tension",
    "h3 Imbalance archetype",
    "h3 Rebalancing action",
    "h3 Resolution strategy",
    "h2 How it was made",
    "h3 How far to trust it",
    "h3 Files that could not be read",
    "h3 Warnings",
    "h3 Versions and settings",
]


def read_page(path):
    return html.document_fromstring(path.read_bytes().decode("utf-8"))


def read_text(element):
    return " ".join(element.text_content().split())


def read_rows(table):
    return [[read_text(cell) for cell in row.iterchildren()] for row in table.iter("tr")]


@pytest.fixture(scope="module")
def page(rich_run):
    return read_page(build_report(rich_run))


def test_the_page_has_its_parts_in_order(page):
    heads = page.xpath("//h1 | //h2 | //h3[not(ancestor::details)]")
    assert [f"{head.tag} {read_text(head)}" for head in heads] == OUTLINE


def test_the_headline_tells_what_was_read(page):
    figures = {read_text(entry.find("dt")): read_text(entry.find("dd")) for entry in page.xpath("//header/dl/div")}
    assert list(figures) == ["documents", "sentences", "words", "speakers"]
    assert (figures["documents"], figures["speakers"]) == ("15", "12")
    header = read_text(page.find(".//header"))
    assert "1 file could not be read" in header
    assert "password-protected" in header
    assert "early model" in header


def test_every_code_has_a_bar_with_counts(page):
    rows = [row for row in read_rows(page.xpath("//table[contains(@class, 'bars')]")[0]) if len(row) == 5]
    assert rows[0][2:] == ["per 100", "accepted", "expected"]
    assert len(rows) == 1 + 24
    assert len(page.xpath("//table[contains(@class, 'bars')]//svg")) == 24
    tensions = [row[0] for row in rows if row[0] in ("Performing", "Current vs. future goals", "Organising")]
    assert tensions == ["Performing", "Current vs. future goals", "Organising"]


def test_every_picture_has_words_and_a_table(page):
    pictures = page.xpath("//svg[not(@aria-hidden)]")
    assert len(pictures) == 24 + 2
    assert all(picture.get("role") == "img" and picture.find("title") is not None for picture in pictures)
    assert page.xpath("//section[@id='corners']//table//th[text()='Organisation']")
    assert page.xpath("//section[@id='horizons']//table")


def test_roles_tell_who_speaks(page):
    (table,) = page.xpath("//table[contains(@class, 'people')]")
    groups = [read_text(head) for head in table.xpath(".//thead/tr[2]/th")]
    assert groups[:5] == ["Production", "SP-team", "LPS-team", "Senior management", "No speaker named"]
    assert groups[5:9] == ["Production", "SP-team", "LPS-team", "Senior management"]


def test_organisations_stand_between_the_corners(page):
    (table,) = page.xpath("//section[@id='corners']//table")
    names = [row[0] for row in read_rows(table)]
    assert sorted(names[1:4]) == ["Alder Dairy", "Northgate Bearings", "Varde Pumps"]
    assert names[4] == "All"
    assert len(page.xpath("//svg[@class='corners']//g[@class='marker']")) == 3


def test_quotes_are_few_certain_and_from_different_documents(page):
    block = page.xpath("//div[@id='quotes-organising']")[0]
    shown = block.xpath(".//figure")
    assert len(shown) == 12
    sources = {figure.xpath(".//figcaption/bdi[not(@class)]")[0].text for figure in shown}
    assert len(sources) == 12
    total = re.search(r"12 of (\d+), all in codings\.xlsx", read_text(block))[1]
    assert int(total) > 12


def test_cues_are_marked_with_their_rules(page):
    marks = page.xpath("//section[@id='quotes']//blockquote//mark[contains(@class, 'holding')]")
    assert marks
    assert {"stakeholder holding", "horizon holding"} >= {mark.get("class") for mark in marks}
    assert all("[rule holding.1]" in mark.get("title") for mark in marks)


def test_context_names_another_speaker(page):
    assert page.xpath("//span[@class='around']/bdi[text()='Ida']")


def test_links_lead_somewhere_and_ids_are_unique(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = set(page.xpath("//a/@href"))
    assert {link.removeprefix("#") for link in links} <= {*ids, "codings.xlsx"}


def test_the_page_needs_nothing_beside_it(rich_run, page):
    text = (rich_run / "report.html").read_text(encoding="utf-8")
    assert not page.xpath("//script | //link | //iframe | //object | //img | //form | //@src | //@onclick | //base")
    assert not re.search(r"https?://|@import|url\(", text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_a_second_page_is_the_same(rich_run):
    first = build_report(rich_run).read_bytes()
    assert build_report(rich_run).read_bytes() == first
    assert sorted(path.name for path in rich_run.iterdir() if path.name.startswith(".")) == []


def test_hostile_words_stay_words(make_run, said, spoken):
    evil = said(EVIL + " {s:production|Our <b>operators</b>} " + RIGHT_TO_LEFT, {"myopia": 0.9}, speaker=EVIL)
    metadata = {"organisation": EVIL, "role": EVIL, "date": EVIL}
    document = spoken(EVIL, [said(EVIL), evil, said(EVIL)] * 4, metadata, [EVIL])
    failures = [{"path": EVIL, "what": EVIL, "where": EVIL, "fix": EVIL}]
    model = {EVIL: {EVIL: [EVIL]}}
    page = read_page(build_report(make_run([document], failures=failures, warnings=[EVIL], model=model)))
    assert not page.xpath("//script | //img | //b[not(ancestor::figcaption)] | //@onerror")
    assert page.xpath("//blockquote//mark[@class='stakeholder'][text()='Our <b>operators</b>']")
    assert EVIL in page.xpath("//h1/following::li//text()")[0]
    assert "\x01" not in page.text_content()
    assert all(quote.get("dir") == "auto" for quote in page.iter("blockquote"))


def test_a_run_in_which_nothing_was_coded(make_run, said, spoken):
    question = said("And then?", role="interviewer", status="interviewer", speaker="Ida")
    foreign = said("Nous verrons bien.", status="not_english", speaker="Luc")
    page = read_page(build_report(make_run([spoken("a.txt", [question, foreign])])))
    words = read_text(page)
    assert "No sentence of this run could be coded." in words
    assert "1 sentence is not English and was left out." in words
    assert "No sentence ties a group of people to a time." in words
    assert not page.xpath("//blockquote")
    assert page.xpath("//table[contains(@class, 'documents')]//th[@scope='row']/bdi/text()") == ["a.txt"]


def test_a_run_without_documents(make_run):
    assert "No sentence of this run could be coded." in read_text(read_page(build_report(make_run([]))))


def test_a_run_of_one_document(make_run, said, spoken):
    sentences = [said("We wait."), said("Nobody has time for the new.", {"myopia": 0.87})]
    page = read_page(build_report(make_run([spoken("a.txt", sentences)], model=None, settings=None, counts=None)))
    assert "50% of the 2 sentences that could be coded carry a code (1)." in read_text(page)
    assert page.xpath("//svg[@class='corners']//g[@class='marker few']")
    assert [read_text(cell) for cell in page.xpath("//div[@id='quotes-myopia']//span[@class='probability']")] == ["87%"]


def test_long_lists_are_cut_and_say_so(make_run, said, spoken):
    documents = [spoken(f"{number:03}.txt", [said("Day by day.", {"myopia": 0.9})]) for number in range(130)]
    failures = [{"path": f"{number}.pdf", "what": "broken", "where": "here", "fix": "mend"} for number in range(300)]
    page = read_page(build_report(make_run(documents, failures=failures)))
    words = read_text(page)
    assert "The 100 documents with most sentences of 130" in words
    assert "The 40 most voiced of 130" in words
    assert "200 of 300, all in codings.xlsx" in words
    assert "12 of 130, all in codings.xlsx" in words
    assert len(page.xpath("//table[contains(@class, 'documents')]/tbody/tr")) == 100


def test_another_codebook_is_shown_as_it_is(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("One.", {"dogma": 0.9})])])
    path = folder / "codebook.json"
    path.write_text(path.read_text().replace('"home": "lps_team"', '"home": null').replace("Myopia", "Short sight"))
    page = read_page(build_report(folder))
    assert page.xpath("//svg[@class='corners']//text[text()='Short sight']")


def test_a_place_that_cannot_be_written_is_named(make_run, said, spoken):
    folder = make_run([spoken("a.txt", [said("One.")])])
    (folder / "report.html").mkdir()
    with pytest.raises(OutputError, match=r"report\.html"):
        build_report(folder)


def test_measured_scores_are_shown_where_the_run_has_them(make_run):
    scores = {
        "talk": {
            "sentences": 593,
            "dimensions": {"paradox": {"kappa_any": 0.312, "kappa_any_coders": 0.851}},
            "codes": {"myopia": {"f1": 0.42, "positives": 7.5}, "dogma": {"f1": None, "positives": 0.0}},
        }
    }
    folder = make_run([], test_scores=scores)
    page = build_report(folder).read_text("utf-8")
    assert "talk, 593 sentences" in page
    assert ".31 / .85" in page
    assert ".42 (8)" in page
    assert "– (0)" in page

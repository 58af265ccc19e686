from itertools import combinations

import pytest
from lxml import etree

from antinomy.codebook import load_codebook
from antinomy.report.balance import find_balances, place_corners
from antinomy.report.charts import draw, round_up, shorten_label
from antinomy.report.charts_corners import draw_corners
from antinomy.report.charts_heat import shade_rows
from antinomy.report.charts_horizons import draw_horizons
from antinomy.report.horizons import HorizonCell, HorizonRow
from antinomy.report.labels import Box, place_label
from antinomy.report.summary import Tally

CODEBOOK = load_codebook()
CORNERS = place_corners(CODEBOOK)
ACTIONS = [(code, 1.5) for code in CODEBOOK.codes_of("action")]
EVIL = 'x"><script>alert(1)</script>\u202e&\x00'


def read(svg):
    """Parse as strictly as XML does."""
    return etree.fromstring(str(svg).encode())


def draw_with(organisations, documents=(), rates=(1.0, 2.0, 3.0, 4.0)):
    of = dict.fromkeys(dict(documents))
    balances = find_balances(dict(documents), organisations, of, CORNERS)
    return read(draw_corners(CORNERS, rates, ACTIONS, balances))


def tally(*counts):
    codes = dict(zip((corner.code.id for corner in CORNERS), counts, strict=True))
    made = Tally(sentences=100)
    made.codes.update(codes)
    return made


def test_text_and_attributes_are_escaped():
    element = read(draw("text", EVIL, title=EVIL))
    assert element.text == element.get("title") == EVIL.replace("\x00", "")
    assert len(element) == 0


def test_labels_cannot_turn_the_direction_of_others():
    assert shorten_label("a\u202eb\u2066c") == "abc"


@pytest.mark.parametrize(("value", "end"), [(1, 1), (1.1, 2), (4.9, 5), (5.1, 10), (99, 100), (0.03, 0.05)])
def test_scales_end_at_round_numbers(value, end):
    assert round_up(value) == pytest.approx(end)


def test_corners_name_all_archetypes_rates_and_actions():
    svg = draw_with({"Plant": tally(5, 5, 5, 5)})
    words = " ".join(svg.itertext())
    for code in (*CODEBOOK.codes_of("archetype"), *CODEBOOK.codes_of("action")):
        assert code.name in words
    assert svg.get("role") == "img"
    assert {svg[0].get("id"), svg[1].get("id")} == set(svg.get("aria-labelledby").split())


def test_markers_stand_where_the_voices_are():
    svg = draw_with({"Left": tally(20, 0, 20, 0), "Right": tally(0, 9, 0, 9), "Silent": tally(0, 0, 0, 0)})
    markers = svg.findall(".//g[@class='marker']") + svg.findall(".//g[@class='marker few']")
    places = {"".join(mark.find("text").itertext()): float(mark.find("circle").get("cx")) for mark in markers}
    assert places == {"Left n 40": 2, "Right n 18": 622}


def test_few_sentences_are_drawn_faint():
    svg = draw_with({"Quiet": tally(1, 0, 0, 0)})
    assert svg.find(".//g[@class='marker few']") is not None
    assert svg.find(".//g[@class='marker']") is None


def test_areas_follow_the_rates():
    svg = draw_with({}, rates=(1.0, 4.0, 0.0, 0.0))
    discs = svg.findall(".//path[@class='disc']")
    radii = [float(disc.get("d").split("A")[1].split()[0]) for disc in discs]
    assert len(radii) == 2
    assert radii[1] / radii[0] == pytest.approx(2, rel=0.01)


def test_many_documents_stay_readable():
    documents = {f"interview {number}": tally(number % 5, number % 7, number % 3, 1) for number in range(300)}
    svg = draw_with({}, documents)
    assert len(svg.findall(".//circle")) < 30


def test_a_hostile_name_stays_text():
    svg = draw_with({EVIL: tally(5, 5, 5, 5)})
    assert svg.find(".//script") is None


def test_labels_keep_apart_while_there_is_room():
    taken = []
    for _ in range(4):
        taken.append(place_label(300, 300, 15, 120, 18, taken, Box(0, 0, 600, 600)).box)
    assert all(one.overlap(other) == 0 for one, other in combinations(taken, 2))


def test_where_there_is_no_room_there_is_no_label():
    svg = draw_with({f"Plant {number}": tally(5, 5, 5, 5) for number in range(8)})
    markers = svg.findall(".//g[@class='marker']")
    assert len(markers) == 8
    assert 1 <= sum(mark.find("text") is not None for mark in markers) < 8


def test_labels_stay_inside():
    box = place_label(590, 300, 15, 120, 18, [], Box(0, 0, 600, 600)).box
    assert box.right <= 600


def test_horizon_discs_follow_the_counts():
    row = HorizonRow(EVIL, (HorizonCell(), HorizonCell(4, 1), HorizonCell(1), HorizonCell()))
    svg = read(draw_horizons([row], CODEBOOK.horizons))
    radii = {circle.get("class"): float(circle.get("r")) for circle in svg.iter("circle")}
    assert len(svg.findall(".//circle")) == 3
    assert radii["placed"] == pytest.approx(12.5)


def test_an_empty_picture_is_still_a_picture():
    rows = [HorizonRow("Nobody", (HorizonCell(),) * 4)]
    assert read(draw_horizons(rows, CODEBOOK.horizons)).find(".//circle") is None
    assert draw_with({}, rates=(0.0,) * 4).find(".//path[@class='disc']") is None


def test_small_groups_do_not_set_the_scale():
    tallies = {"large": tally(10, 0, 0, 0), "tiny": Tally(sentences=1)}
    tallies["tiny"].codes.update({"dogma": 1})
    large, tiny = shade_rows(tallies, CODEBOOK.codes_of("archetype"))
    place = [code.id for code in CODEBOOK.codes_of("archetype")].index("dogma")
    assert (large.cells[place].shade, tiny.cells[place].shade) == (1.0, 1.0)
    assert (large.few, tiny.few) == (False, True)

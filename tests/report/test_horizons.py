from antinomy.codebook import load_codebook
from antinomy.records import Cue
from antinomy.report.horizons import count_horizons

CODEBOOK = load_codebook()


def held(holder, code, *, document="a", sentence=0, **more):
    place = {"document": document, "sentence": sentence, "start": 0, "end": 1, "rule": "r.1", "text": "x"}
    return Cue(**place, kind="holding", code=code, holder=holder, **more)


def count(*cues):
    return {
        (row.name, horizon.id): cell
        for row in count_horizons(cues, CODEBOOK)
        for horizon, cell in zip(CODEBOOK.horizons, row.cells, strict=True)
    }


def test_every_stakeholder_of_the_codebook_has_a_row():
    rows = count_horizons([], CODEBOOK)
    assert [row.name for row in rows] == [entry.name for entry in CODEBOOK.stakeholders]
    assert all(cell.count == 0 for row in rows for cell in row.cells)


def test_known_lengths_unresolved_and_denied_horizons_are_told_apart():
    cues = [held("production", "long", duration="P5Y"), held("production", "long", resolved="2030")]
    cues += [held("production", "long"), held("production", "long", negated=True)]
    cell = count(*cues)["Production", "long"]
    assert (cell.count, cell.placed, cell.unresolved, cell.negated) == (3, 2, 1, 1)


def test_holders_outside_the_codebook_and_unknown_holders_are_not_lost():
    counted = count(held("night_shift", "short"), held(None, "past"))
    assert counted["night shift", "short"].count == 1
    assert counted["Holder not known", "past"].count == 1


def test_examples_come_from_different_documents_first():
    cues = [held("sp_team", "long", sentence=number, duration="P1Y") for number in range(3)]
    cell = count(*cues, held("sp_team", "long", document="b"))["SP-team", "long"]
    assert cell.places == (("a", 0), ("b", 0), ("a", 1), ("a", 2))

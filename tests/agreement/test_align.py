from hypothesis import given
from hypothesis import strategies as st

from antinomy.agreement.align import Source, align_sources, plain
from antinomy.agreement.codings import CodedUnit

ONE = frozenset({"patching"})
NOTHING = frozenset()


def unit(id, text, coder="kim", codes=ONE, document="talk"):
    return CodedUnit(document, id, text, {coder: codes})


def align(*files):
    return align_sources([Source(f"file_{number}.csv", tuple(units)) for number, units in enumerate(files, start=1)])


def test_by_id_where_the_words_are_the_same():
    done = align([unit("1", "“We waited.”")], [unit("1", '"We  waited."', "lou", NOTHING)])
    assert [dict(found.codings) for found in done.units] == [{"kim": ONE, "lou": NOTHING}]
    assert done.matched == {"file_2.csv": {"id": 1, "offsets": 0, "words": 0, "alone": 0}}


def test_the_same_words_in_order_where_ids_differ():
    mine = [unit("1", "Yeah."), unit("2", "We waited."), unit("3", "Yeah.", codes=NOTHING)]
    theirs = [unit("a", "Yeah.", "lou", ONE), unit("b", "Yeah.", "lou", NOTHING)]
    done = align(mine, theirs)
    assert [dict(found.codings) for found in done.units] == [
        {"kim": ONE, "lou": ONE},
        {"kim": ONE},
        {"kim": NOTHING, "lou": NOTHING},
    ]
    assert done.matched["file_2.csv"]["words"] == 2


def test_rare_words_find_each_other_whatever_the_document_is_called():
    mine = [unit("1", "Yeah."), unit("2", "We waited.")]
    theirs = [unit("1", "We waited.", "lou", document="x"), unit("2", "Yeah.", "lou", document="x")]
    done = align([*mine, unit("3", "Yeah.")], theirs)
    assert dict(done.units[1].codings) == {"kim": ONE, "lou": ONE}
    assert done.matched["file_2.csv"] == {"id": 0, "offsets": 0, "words": 0, "alone": 1}
    assert done.left == {"file_2.csv": 1}


def test_what_has_no_partner_is_kept_and_named():
    done = align([unit("1", "We waited.")], [unit("1", "We left.", "lou"), unit("9", "Then rain.", "lou")])
    assert len(done.units) == 3
    assert [(left.id, left.reason) for left in done.unmatched] == [
        ("1", "same id, other words"),
        ("9", "not in the files before it"),
    ]


def test_one_name_in_two_files_is_two_codings_of_the_same_unit():
    done = align([unit("1", "We waited.")], [unit("1", "We waited.", codes=NOTHING)], [unit("1", "We waited.")])
    assert dict(done.units[0].codings) == {"kim": ONE, "kim (file_2.csv)": NOTHING, "kim (file_3.csv)": ONE}
    apart = align([unit("1", "We waited.")], [unit("2", "We left.")])
    assert {coder for found in apart.units for coder in found.codings} == {"kim"}


TEXTS = st.lists(st.sampled_from(["Yeah.", "No.", "We waited.", "They left.", "…"]), max_size=12)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_or_doubled(mine, theirs):
    done = align(
        [unit(str(number), text) for number, text in enumerate(mine)],
        [unit(f"x{number}", text, "lou") for number, text in enumerate(theirs)],
    )
    said = [(coder, plain(found.text)) for found in done.units for coder in found.codings]
    assert sorted(said) == sorted([("kim", plain(text)) for text in mine] + [("lou", plain(text)) for text in theirs])
    assert sum(done.matched["file_2.csv"].values()) + done.left["file_2.csv"] == len(theirs)

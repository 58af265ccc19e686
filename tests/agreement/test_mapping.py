import pytest
from hypothesis import given
from hypothesis import strategies as st

from antinomy.agreement.codings import CodedUnit
from antinomy.agreement.mapping import map_segments
from antinomy.agreement.segments import MarkedSegment

TEXT = "We waited for tablets. Nobody asked us. Interviewer: And then? They trained the older ones."
SENTENCES = ["We waited for tablets.", "Nobody asked us.", "They trained the older ones."]
CODE = frozenset({"patching"})


def make_units():
    places = [(TEXT.index(words), TEXT.index(words) + len(words)) for words in SENTENCES]
    return [
        CodedUnit("talk", str(number), words, {"model": frozenset()}, place=place)
        for number, (words, place) in enumerate(zip(SENTENCES, places, strict=True))
    ]


def mark(words, *, coder="kim", text=True):
    start = TEXT.index(words)
    return MarkedSegment("talk", start, start + len(words), CODE, coder, words if text else "")


def coded(segments):
    units, counts = map_segments(segments, make_units())
    return [unit.id for unit in units if unit.codings["kim"]], counts["kim"].as_dict()


@pytest.mark.parametrize(
    ("words", "ids", "kind"),
    [
        ("Nobody asked us.", ["1"], "whole"),
        ("waited for tablets", ["0"], "whole"),
        ("We waited for tablets. Nobody asked us.", ["0", "1"], "spread"),
        ("tablets. Nobody asked", ["1"], "whole"),
        ("tablets.", ["0"], "held"),
        ("And then?", [], "dropped"),
        ("us. Interviewer: And then? They trained the older", ["2"], "whole"),
    ],
)
def test_half_of_a_sentence_is_enough(words, ids, kind):
    found, count = coded([mark(words)])
    assert found == ids
    assert (count["segments"], count[kind], count["sentences"]) == (1, 1, 3)
    assert count["coded"] == len(ids)


def test_words_that_stand_elsewhere_are_left_out():
    start = TEXT.index("Nobody")
    wrong = MarkedSegment("talk", start + 3, start + 16, CODE, "kim", "Nobody asked")
    found, count = coded([wrong])
    assert (found, count["misquoted"], count["coded"]) == ([], 1, 0)


def test_quotes_may_be_cut_from_a_copy_with_other_spaces():
    start = TEXT.index("Nobody")
    found, count = coded([MarkedSegment("talk", start, start + 16, CODE, "kim", "NOBODY\u00a0asked\nus .")])
    assert (found, count["misquoted"]) == (["1"], 0)


def test_who_read_and_marked_nothing_coded_none():
    units, counts = map_segments([MarkedSegment("talk", 0, 0, frozenset(), "kim")], make_units())
    assert [unit.codings for unit in units] == [{"kim": frozenset()}] * 3
    assert counts["kim"].as_dict() | {"segments": 0, "sentences": 3, "coded": 0} == counts["kim"].as_dict()


def test_each_coder_codes_only_what_they_read():
    units, _ = map_segments([mark("Nobody asked us."), mark("tablets.", coder="lou")], make_units())
    assert [{coder: bool(codes) for coder, codes in unit.codings.items()} for unit in units] == [
        {"kim": False, "lou": True},
        {"kim": True, "lou": False},
        {"kim": False, "lou": False},
    ]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_every_segment_is_accounted_for(start, length):
    end = min(len(TEXT), start + length)
    found, count = coded([MarkedSegment("talk", start, end, CODE, "kim", TEXT[start:end])])
    assert count["whole"] + count["spread"] + count["held"] + count["dropped"] == count["segments"] == 1
    assert bool(found) == (not count["dropped"])
    assert count["misquoted"] == 0

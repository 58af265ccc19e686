import pytest
from hypothesis import given
from hypothesis import strategies as st

from antinomy.codebook import load_codebook
from antinomy.records import Cue, Sentence
from antinomy.report.marks import MAX_CHARACTERS, cut_pieces, describe_cue

CODEBOOK = load_codebook()


def sentence(text, start=100):
    place = {"document": "a", "turn": 0, "index": 0, "start": start, "end": start + len(text)}
    return Sentence(**place, text=text, speaker=None, role="document")


def cue(start, end, kind="horizon", code="long", **more):
    return Cue(document="a", sentence=0, kind=kind, code=code, start=start, end=end, rule="r.1", text="", **more)


def cut(text, *cues):
    return [(piece.text, piece.kinds) for piece in cut_pieces(sentence(text), cues, CODEBOOK)]


def test_a_sentence_without_cues_is_one_piece():
    assert cut("Nothing here.") == [("Nothing here.", ())]
    assert cut("") == []


def test_cues_that_overlap_share_a_piece():
    pieces = cut("by the end of next year", cue(103, 113, "marker"), cue(110, 123))
    assert pieces == [
        ("by ", ()),
        ("the end", ("marker",)),
        (" of", ("marker", "horizon")),
        (" next year", ("horizon",)),
    ]


def test_offsets_count_code_points():
    assert cut("🏭 lasts long", cue(108, 112)) == [("🏭 lasts ", ()), ("long", ("horizon",))]


def test_a_holding_marks_both_of_its_places():
    held = cue(112, 116, "holding", holder="production", holder_start=100, holder_end=105)
    assert cut("Lines live for days", held) == [
        ("Lines", ("holding",)),
        (" live f", ()),
        ("or d", ("holding",)),
        ("ays", ()),
    ]


def test_cues_beyond_the_sentence_are_cut_off():
    assert cut("short", cue(50, 102), cue(104, 900), cue(10, 20)) == [
        ("sh", ("horizon",)),
        ("or", ()),
        ("t", ("horizon",)),
    ]


def test_an_endless_sentence_ends():
    pieces = cut_pieces(sentence("x" * 5000), [cue(100, 5100)], CODEBOOK)
    assert sum(len(piece.text) for piece in pieces) == MAX_CHARACTERS + 2
    assert pieces[-1].text == " …"


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(90, 150), st.integers(90, 150)), max_size=6))
def test_pieces_are_the_sentence(text, spans):
    pieces = cut_pieces(sentence(text), [cue(start, end) for start, end in spans], CODEBOOK)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("given_cue", "words"),
    [
        (cue(0, 1, "stakeholder", "sp_team"), "stakeholder: SP-team"),
        (cue(0, 1, duration="P5Y", resolved="2029"), "horizon: Long (P5Y, 2029)"),
        (cue(0, 1, "holding", holder="production", negated=True), "holding: Production → Long negated"),
        (cue(0, 1, "holding"), "holding: the speaker → Long"),
        (cue(0, 1, "marker", "either_or", hypothetical=True), "marker: either or hypothetical"),
        (cue(0, 1, "negation", "negation"), "negation"),
    ],
)
def test_a_cue_is_said_in_words(given_cue, words):
    assert describe_cue(given_cue, CODEBOOK) == words

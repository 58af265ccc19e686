import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antinomy.records import Anchor, Document, Turn
from antinomy.segment import segment_document
from antinomy.segment.boundaries import repair_starts


def make_document(*turns, roles=(), anchors=()):
    text, spans = "", []
    for number, words in enumerate(turns):
        start = len(text)
        text += words + "\n\n"
        role = roles[number] if roles else "respondent"
        spans.append(Turn(start=start, end=start + len(words), speaker="Eva", role=role, start_time=float(number)))
    return Document(
        id="d", path="d.txt", format="txt", sha256="", text=text, turns=tuple(spans), anchors=tuple(anchors)
    )


def split(words):
    return [sentence.text for sentence in segment_document(make_document(words))]


def test_abbreviations_initials_and_numbers_do_not_end_a_sentence():
    words = "We saw Dr. Olsen, e.g. at the press. It runs at approx. 5.5 bar. J. Smith was there at 6 a.m. as well."
    assert split(words) == [
        "We saw Dr. Olsen, e.g. at the press.",
        "It runs at approx. 5.5 bar.",
        "J. Smith was there at 6 a.m. as well.",
    ]


def test_fillers_and_pauses_do_not_cut_a_sentence():
    words = "Um, we, uh, we waited for... well, for the part. Then it came."
    assert split(words) == ["Um, we, uh, we waited for... well, for the part.", "Then it came."]


def test_brackets_are_not_cut():
    assert split("It was loud [laughs. everybody laughs] in there. We left.") == [
        "It was loud [laughs. everybody laughs] in there.",
        "We left.",
    ]


def test_talk_without_punctuation_is_cut_at_clauses():
    clause = "and then we went to the other hall because nobody had told us where the spare rollers are kept "
    pieces = split(clause * 8)
    assert len(pieces) >= 5
    assert all(4 <= len(piece.split()) <= 60 for piece in pieces)


def test_one_endless_word_salad_still_ends():
    pieces = split(" ".join(["valve"] * 5_000))
    assert len(pieces) > 10
    assert sum(len(piece.split()) for piece in pieces) == 5_000


def test_sentences_never_cross_turns_and_take_over_what_the_turn_knows():
    document = make_document("And who decides", "the board does.", roles=("interviewer", "respondent"))
    first, second = segment_document(document)
    assert (first.status, second.status) == ("interviewer", "coded")
    assert (first.turn, second.turn, second.index) == (0, 1, 1)
    assert second.time == 1.0


def test_pages_hold_until_the_next_anchor_and_times_only_within_their_turn():
    document = make_document("One here. Two here.", "Three here.", anchors=[Anchor(0, 3, 9.5), Anchor(10, 4, None)])
    assert [(s.page, s.time) for s in segment_document(document)] == [(3, 9.5), (4, 0.0), (4, 1.0)]


def test_foreign_turns_are_not_coded():
    document = make_document("Vi hinner inte med det nya.")
    turn = Turn(start=0, end=27, speaker="Eva", role="respondent", language="sv")
    foreign = Document(id="d", path="", format="txt", sha256="", text=document.text, turns=(turn,))
    assert [s.status for s in segment_document(foreign)] == ["not_english"]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300)
WORDS = st.lists(
    st.sampled_from(["so", "e.g.", "Um,", "(", "the line.", "why?", "…", "\u00e5r", "🙂", "[00:01:02]", "Mr.", "5.5"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TEXT, WORDS.map(" ".join)), max_size=5))
def test_offsets_are_exact_and_nothing_but_white_space_is_lost(turns):
    document = make_document(*turns)
    sentences = list(segment_document(document))
    assert all(document.text[s.start : s.end] == s.text and s.text == s.text.strip() for s in sentences)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    assert [s.index for s in sentences] == list(range(len(sentences)))
    covered = "".join(s.text for s in sentences)
    assert "".join(covered.split()) == "".join("".join(turns).split())


@pytest.mark.parametrize("words", [". ", "A. ", "and i ", "( x. ", "x.) ", "e.g. a "])
def test_time_grows_with_the_length_alone(words):
    text = words * (20_000 // len(words))
    starts = [0, *(offset + 1 for offset, character in enumerate(text[:-1]) if character == " ")]
    began = time.perf_counter()
    repair_starts(text, starts)
    repair_starts(text, [0])
    assert time.perf_counter() - began < 0.5


def test_a_bracket_that_closes_too_late_or_never_swallows_nothing():
    far = "We left (one. " + "and two " * 40 + "three). We came. "
    assert repair_starts(far, [0, 14, len(far) - 9])[:2] == [0, 14]
    assert repair_starts("We left (one. Two came. ", [0, 14]) == [0, 14]
    assert repair_starts("We left (one. Two came.) We", [0, 14, 25]) == [0, 25]

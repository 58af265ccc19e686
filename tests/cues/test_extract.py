import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.markup import make_sentence

from antinomy.codebook import load_codebook
from antinomy.cues import CueExtractor

TALK = [
    "Production looks at this week, but the board has a five-year plan.",
    "If the vendor leaves, nobody can fix it within two years.",
    "We were never asked.",
]


def place(texts):
    start, sentences = 7, []
    for index, text in enumerate(texts):
        sentences.append(make_sentence(text, start=start, index=index))
        start += len(text) + 1
    return sentences


def test_offsets_are_the_document_s(extractor):
    document = "x" * 7 + " ".join(TALK)
    sentences = place(TALK)
    found = extractor.extract(sentences)
    assert len(found) == len(sentences)
    for sentence, cues in zip(sentences, found, strict=True):
        assert cues
        for cue in cues:
            assert document[cue.start : cue.end] == cue.text
            assert (cue.document, cue.sentence) == ("talk", sentence.index)
            if cue.holder_start is not None:
                assert sentence.start <= cue.holder_start < cue.holder_end <= sentence.end


def test_cues_come_in_order(extractor):
    for cues in extractor.extract(place(TALK)):
        assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)


def test_every_cue_says_which_rule_found_it(extractor):
    for cues in extractor.extract(place(TALK)):
        for cue in cues:
            family, _, name = cue.rule.partition(".")
            assert family in ("stakeholder", "horizon", "marker", "scope", "holding")
            assert name
            assert name != "not"


def test_sentences_that_are_not_english_have_no_cues(extractor):
    sentence = make_sentence("In die boardroom IT der Vision.", status="not_english")
    assert extractor.extract([sentence]) == [()]


def test_no_sentences(extractor):
    assert extractor.extract([], parse=lambda texts: pytest.fail("nothing to parse")) == []


def test_pickled_extractor_finds_the_same(extractor):
    again = pickle.loads(pickle.dumps(extractor))
    assert again.extract(place(TALK)) == extractor.extract(place(TALK))


def test_what_was_read_before_changes_nothing(extractor):
    fresh = CueExtractor(load_codebook())
    assert fresh.extract(place(TALK[::-1])) == extractor.extract(place(TALK[::-1]))


@pytest.mark.parametrize(
    "piece",
    [
        "in the next ",
        "one two three ",
        "a half a ",
        "no not enough ",
        "production and ",
        "in 2025 ",
        "12,5-",
        "five to ten years or so ",
        "for at least about up to more than five ",
        "within five years we planned had ",
        "if we would not, ",
        "day-to-day-",
        "a" * 50 + " ",
        " ",
        "in\n\n\nthe\n\n\n",
        "ıİß’",
        "we look at this week and ",
    ],
)
def test_nasty_input_ends_soon(extractor, piece):
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    (cues,) = extractor.extract([make_sentence(text, speaker="Kari")], speakers={"Kari": "production"})
    assert time.perf_counter() - start < 2
    assert all(text[cue.start : cue.end] == cue.text for cue in cues)


PIECES = (
    "the operators|production|IT|it|the board|on board|lean team|vendor|quality|department|within|in the next|five|"
    "a couple of|half a|years|year|18 months|by Friday|May|may|2030|in|next|last|this|week|shift|ago|long-term|vision|"
    "not|never|if|would|but|although|no time|either|or|we|and|while|at the end of the day|system|Q3|,|.|-|’|\n|ß|İ|①"
).split("|")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=25),
    st.sampled_from([" ", "", "  "]),
    st.sampled_from([None, "2023", "2023-05-10"]),
)
def test_spans_slice_to_their_text_and_do_not_overlap(extractor, pieces, glue, date):
    text = glue.join(pieces)
    (cues,) = extractor.extract(
        [make_sentence(text, start=11, speaker="Kari")], document_date=date, speakers={"Kari": "production"}
    )
    horizons = {(cue.start, cue.end) for cue in cues if cue.kind == "horizon"}
    for cue in cues:
        assert cue.text
        assert text[cue.start - 11 : cue.end - 11] == cue.text
        assert (cue.kind == "holding") == (cue.holder is not None)
        assert cue.kind != "holding" or (cue.start, cue.end) in horizons
    for kind in ("stakeholder", "horizon", "marker"):
        spans = [(cue.start, cue.end) for cue in cues if cue.kind == kind]
        assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(extractor, text):
    (cues,) = extractor.extract([make_sentence(text)])
    assert all(text[cue.start : cue.end] == cue.text for cue in cues)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antinomy.classify.passages import BEFORE, MAX_CORE, MAX_SENTENCE, build_passages
from antinomy.classify.predict import decide, pad_passages
from antinomy.codebook import load_codebook
from antinomy.records import Sentence


class Letters:
    """Tokenizer whose tokens are characters, so that a passage can be read."""

    start, end = ord("<"), ord("|")

    def ids(self, texts):
        return [[ord(letter) for letter in text] for text in texts]


def make(*texts, roles=None):
    roles = roles or ["respondent"] * len(texts)
    return [
        Sentence(
            document="d", turn=n, index=n, start=0, end=0, text=text, speaker=None, role=role,
            status="interviewer" if role == "interviewer" else "coded",
        )
        for n, (text, role) in enumerate(zip(texts, roles, strict=True))
    ]  # fmt: skip


def read(passage):
    """Show a passage with the sentences to be coded in capitals."""
    letters = [chr(i) for i in passage.ids]
    for start, end in passage.spans:
        letters[start:end] = "".join(letters[start:end]).upper()
    return "".join(letters)


def cut(sentences, **options):
    return {positions: read(passage) for positions, passage in build_passages(sentences, Letters(), **options)}


def test_neighbours_are_read_together():
    assert cut(make("a", "b", "c")) == {(0, 1, 2): "<respondent:A|B|C|"}


def test_a_lone_sentence_has_two_before_and_one_after():
    sentences = make("a", "b", "c", "d", "e", "f")
    assert cut(sentences, only={3}) == {(3,): "<respondent:b|c|D|e|"}
    assert cut(sentences, only={0}) == {(0,): "<respondent:A|b|"}
    assert cut(sentences, only={5}) == {(5,): "<respondent:d|e|F|"}


def test_sentences_far_apart_do_not_share_a_passage():
    assert list(cut(make(*"abcdefg"), only={1, 4})) == [(1, 4)]
    assert list(cut(make(*"abcdefg"), only={1, 5})) == [(1,), (5,)]


def test_the_question_stays_in_reach_and_the_interviewer_is_never_coded():
    sentences = make("w", "a", "b", "c", "d", roles=["interviewer"] + ["respondent"] * 4)
    assert cut(sentences) == {(1, 2, 3, 4): "<question:w|respondent:A|B|C|D|"}
    assert cut(sentences, only={4}) == {(4,): "<question:w|respondent:b|c|D|"}


def test_a_question_in_between_is_context():
    sentences = make("a", "w", "b", roles=["respondent", "interviewer", "respondent"])
    assert cut(sentences) == {(0, 2): "<respondent:A|question:w|respondent:B|"}


def test_reports_are_marked_as_documents():
    assert cut(make("a", roles=["document"])) == {(0,): "<document:A|"}


def test_padding_hides_nothing():
    passages = [p for _, p in build_passages(make("a", "b", "c", "d", "bcd"), Letters(), only={0, 4})]
    feed = pad_passages(passages, 7)
    assert feed["input_ids"].shape == feed["attention_mask"].shape
    assert feed["attention_mask"].sum(axis=1).tolist() == [len(p.ids) for p in passages]
    assert set(feed["input_ids"][feed["attention_mask"] == 0]) <= {7}
    assert feed["pool"].sum(axis=2).ravel().tolist() == pytest.approx([1, 1])


@given(st.lists(st.tuples(st.text("ab ", max_size=400), st.sampled_from(["respondent", "interviewer"])), max_size=40))
def test_every_sentence_to_be_coded_has_one_place_and_its_context(drawn):
    sentences = make(*(text for text, _ in drawn), roles=[role for _, role in drawn])
    passages = list(build_passages(sentences, Letters()))
    places = [position for positions, _ in passages for position in positions]
    assert places == [n for n, sentence in enumerate(sentences) if sentence.role != "interviewer"]
    for positions, passage in passages:
        assert len(passage.spans) == len(positions)
        assert sum(end - start for start, end in passage.spans) <= max(MAX_CORE, MAX_SENTENCE)
        assert all(later - earlier <= BEFORE + 1 for earlier, later in zip(positions, positions[1:], strict=False))
        for position, (start, end) in zip(positions, passage.spans, strict=True):
            shown = "".join(chr(i) for i in passage.ids[start:end])
            assert shown == (sentences[position].text[:MAX_SENTENCE] or "|")


def test_a_tension_never_stands_without_its_paradox():
    codebook = load_codebook()
    probabilities = dict.fromkeys(codebook.code_ids, 0.1) | {"pull_vs_push": 0.9, "myopia": 0.8}
    thresholds = dict.fromkeys(codebook.code_ids, 0.5)
    alone = decide(probabilities, thresholds, codebook)
    assert alone.codes == ("myopia",)
    assert alone.probabilities["pull_vs_push"] == 0.1
    both = decide(probabilities | {"organising": 0.7}, thresholds, codebook)
    assert both.codes == ("organising", "pull_vs_push", "myopia")
    assert both.probabilities["pull_vs_push"] == 0.7

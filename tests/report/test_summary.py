import pytest

from antinomy.records import CodedSentence, Cue, Prediction, Sentence
from antinomy.report.summary import count_codes, index_cues


def sentence(index, text="Three short words.", *, document="a", speaker="Ann", status="coded", role="respondent"):
    place = {"document": document, "turn": index, "index": index, "start": 0, "end": len(text)}
    return Sentence(**place, text=text, speaker=speaker, role=role, status=status)


def coded(index, *codes, **probabilities):
    return CodedSentence(sentence(index), Prediction(probabilities, codes), ())


def cue(index, kind, code, **more):
    return Cue(document="a", sentence=index, kind=kind, code=code, start=0, end=5, rule="r.1", text="Three", **more)


def test_sentences_words_and_codes_are_counted():
    question = CodedSentence(sentence(2, "Why?", speaker="Ida", status="interviewer", role="interviewer"), None, ())
    foreign = CodedSentence(sentence(3, "Mais oui.", status="not_english"), None, ())
    counted = [coded(0, "learning", "dogma", dogma=0.75, myopia=0.25), coded(1, dogma=0.5), question, foreign]
    summary = count_codes(counted, index_cues([]))
    assert summary.statuses == {"coded": 2, "interviewer": 1, "not_english": 1}
    assert (summary.sentences, summary.words, summary.speakers) == (4, 9, 1)
    assert (summary.total.sentences, summary.total.with_code) == (2, 1)
    assert summary.total.rate("dogma") == 50
    assert summary.total.rate("myopia") == 0
    assert summary.expected == {"dogma": 1.25, "myopia": 0.25}
    assert "learning" not in summary.expected


def test_a_sentence_counts_for_every_stakeholder_that_it_mentions_once():
    cues = [cue(0, "stakeholder", "production"), cue(0, "stakeholder", "production"), cue(0, "stakeholder", "external")]
    summary = count_codes([coded(0, "dogma"), coded(1, "dogma")], index_cues([*cues, cue(1, "marker", "contrast")]))
    assert {name: tally.sentences for name, tally in summary.by_mention.items()} == {"production": 1, "external": 1}


def test_interviewers_hold_no_horizon():
    question = CodedSentence(sentence(1, status="interviewer"), None, ())
    held = cue(0, "holding", "long", holder="production", holder_start=0, holder_end=2)
    summary = count_codes([coded(0), question], index_cues([held, cue(1, "holding", "long", holder="production")]))
    assert summary.holdings == (held,)


def test_nothing_counts_as_nothing():
    summary = count_codes([], index_cues([]))
    assert (summary.sentences, summary.total.sentences, summary.total.rate("dogma")) == (0, 0, 0)


def test_expected_counts_add_up_over_many_sentences():
    summary = count_codes([coded(index, dogma=0.1) for index in range(1000)], index_cues([]))
    assert summary.expected["dogma"] == pytest.approx(100)

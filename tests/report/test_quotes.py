from antinomy.report import load_run
from antinomy.report.quotes import (
    Candidate,
    collect_quotes,
    spread_over_documents,
    watch_candidates,
)
from antinomy.run_tables import iterate_sentences


def spread(limit, **documents):
    candidates = {
        name: [Candidate(name, index, probability) for index, probability in enumerate(probabilities)]
        for name, probabilities in documents.items()
    }
    return [(chosen.document, chosen.sentence) for chosen in spread_over_documents(candidates, limit=limit)]


def test_each_document_is_quoted_once_before_any_is_quoted_twice():
    assert spread(3, a=[0.9, 0.95, 0.99], b=[0.5], c=[0.6, 0.7]) == [("a", 2), ("c", 1), ("b", 0)]
    assert spread(5, a=[0.9, 0.95, 0.99], b=[0.5], c=[0.6, 0.7]) == [
        ("a", 2),
        ("a", 1),
        ("c", 1),
        ("c", 0),
        ("b", 0),
    ]


def test_the_most_certain_documents_come_first_where_there_are_too_many():
    assert spread(2, a=[0.5], b=[0.7], c=[0.6]) == [("b", 0), ("c", 0)]


def test_an_unknown_probability_comes_last(make_run, said, spoken):
    sentences = [said("One.", {"dogma": float("nan")}), said("Two.", {"dogma": 0.51})]
    tables = load_run(make_run([spoken("a", sentences)]))
    found = {}
    assert len(list(watch_candidates(iterate_sentences(tables), found))) == 2
    assert [chosen.sentence for chosen in spread_over_documents(found["dogma"], limit=9)] == [1, 0]


def test_context_stays_within_the_document(make_run, said, spoken):
    first = spoken("a", [said("A0."), said("A1."), said("A2."), said("A3."), said("A4.")])
    second = spoken("b", [said("B0.")])
    tables = load_run(make_run([first, second]))
    quotes = collect_quotes(tables, {("a", 0), ("a", 3), ("a", 4), ("b", 0)})
    around = {
        key: ([other.text for other in quote.before], [other.text for other in quote.after])
        for key, quote in quotes.items()
    }
    assert around == {
        ("a", 0): ([], ["A1."]),
        ("a", 3): (["A1.", "A2."], ["A4."]),
        ("a", 4): (["A2.", "A3."], []),
        ("b", 0): ([], []),
    }


def test_quotes_bring_their_own_cues_only(make_run, said, spoken):
    sentences = [said("{s:production|Operators} wait."), said("{h:long|One day}, {m:contrast|but} not now.")]
    quotes = collect_quotes(load_run(make_run([spoken("a", sentences)])), {("a", 1)})
    assert [cue.kind for cue in quotes["a", 1].cues] == ["horizon", "marker"]

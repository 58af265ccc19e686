"""Coded sentences -> the few quotes per code that a report shows, with their context and cues."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from antinomy.records import CodedSentence, Cue, Prediction, Sentence
from antinomy.report.summary import SentenceKey
from antinomy.run_tables import RunTables, iterate_cues, iterate_sentences

BEFORE, AFTER = 2, 1
# in ranking, a sentence whose probability the run does not tell comes last
UNKNOWN = -1.0


@dataclass(slots=True, kw_only=True)
class Quote:
    """A sentence with what stands around it.

    Attributes:
        codes: Codes that it carries, in codebook order.
        probabilities: Code id -> probability, where they were read.
        before: Up to two sentences before it, also the interviewer's.
        after: The sentence after it.
        cues: What the rules found in it.
    """

    sentence: Sentence
    codes: tuple[str, ...]
    probabilities: Mapping[str, float]
    before: tuple[Sentence, ...]
    after: tuple[Sentence, ...] = ()
    cues: list[Cue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One coding that could be quoted."""

    document: str
    sentence: int
    probability: float

    @property
    def key(self) -> SentenceKey:
        """Where the sentence is."""
        return (self.document, self.sentence)


Found = dict[str, dict[str, list[Candidate]]]


def watch_candidates(sentences: Iterable[CodedSentence], found: Found) -> Iterator[CodedSentence]:
    """Pass sentences on and note every coding in ``found``, by code and document."""
    for coded in sentences:
        if coded.prediction is not None:
            place = coded.sentence
            for code in coded.prediction.codes:
                probability = coded.prediction.probabilities.get(code, UNKNOWN)
                candidates = found.setdefault(code, {}).setdefault(place.document, [])
                candidates.append(Candidate(place.document, place.index, probability))
        yield coded


def spread_over_documents(by_document: Mapping[str, Sequence[Candidate]], *, limit: int) -> list[Candidate]:
    """Take the best of each document, then the second best of each, until ``limit``; most certain first."""
    ranked = []
    for candidates in by_document.values():
        best = sorted(candidates, key=lambda candidate: (-candidate.probability, candidate.sentence))[:limit]
        ranked += [(place, -candidate.probability, candidate.key, candidate) for place, candidate in enumerate(best)]
    chosen = [candidate for *_, candidate in sorted(ranked, key=lambda entry: entry[:3])[:limit]]
    return sorted(chosen, key=lambda candidate: (-candidate.probability, candidate.key))


def collect_quotes(tables: RunTables, keys: set[SentenceKey]) -> dict[SentenceKey, Quote]:
    """Fetch the sentences at ``keys`` with their context and cues, in one pass over each file."""
    quotes = {
        (quote.sentence.document, quote.sentence.index): quote
        for quote in add_context(
            iterate_sentences(tables, probabilities=False),
            lambda coded: (coded.sentence.document, coded.sentence.index) in keys,
        )
    }
    for cue in iterate_cues(tables):
        if quote := quotes.get((cue.document, cue.sentence)):
            quote.cues.append(cue)
    return quotes


def add_context(sentences: Iterable[CodedSentence], is_wanted: Callable[[CodedSentence], bool]) -> Iterator[Quote]:
    """Yield the wanted sentences with their neighbours, which stand beside them in the file."""
    behind: list[Sentence] = []
    waiting: Quote | None = None
    for coded in sentences:
        sentence = coded.sentence
        if behind and behind[-1].document != sentence.document:
            behind = []
        if waiting is not None:
            waiting.after = (sentence,) if behind else ()
            yield waiting
            waiting = None
        if is_wanted(coded):
            prediction = coded.prediction or Prediction({}, ())
            waiting = Quote(
                sentence=sentence,
                codes=prediction.codes,
                probabilities=prediction.probabilities,
                before=tuple(behind),
            )
        behind = [*behind, sentence][-BEFORE:]
    if waiting is not None:
        yield waiting

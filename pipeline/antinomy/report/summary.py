"""Coded sentences and cues -> the numbers that a report shows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from antinomy.records import CodedSentence, Cue, Prediction, Sentence, Status

SentenceKey = tuple[str, int]
SpeakerKey = tuple[str, str | None]


@dataclass(slots=True)
class Tally:
    """Counts over some of the sentences that were to be coded.

    Attributes:
        sentences: Sentences that were to be coded.
        with_code: Those of them that carry at least one code.
        codes: Code id -> sentences that carry it.
    """

    sentences: int = 0
    with_code: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, codes: tuple[str, ...]) -> None:
        """Count one sentence and its codes."""
        self.sentences += 1
        self.with_code += bool(codes)
        self.codes.update(codes)

    def merge(self, other: "Tally") -> None:
        """Add the counts of other sentences."""
        self.sentences += other.sentences
        self.with_code += other.with_code
        self.codes.update(other.codes)

    def rate(self, code: str) -> float:
        """Return sentences with ``code`` per 100 sentences; 0 where there is no sentence."""
        return per_hundred(self.codes[code], self.sentences)


@dataclass(frozen=True, slots=True)
class CueIndex:
    """The cues that counting needs, by sentence.

    Attributes:
        mentions: The stakeholders that a sentence mentions.
        holdings: The holdings of a sentence.
    """

    mentions: Mapping[SentenceKey, frozenset[str]]
    holdings: Mapping[SentenceKey, tuple[Cue, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The numbers of one run.

    Attributes:
        statuses: Number of sentences by status.
        words: Words of all sentences, parted by white space.
        speakers: Named speakers of each document who are not interviewers.
        total: All sentences that were to be coded.
        expected: Code id -> sum of its probabilities; a code that the model does not know is not there.
        by_document: Document id -> counts.
        by_speaker: Document id and speaker -> counts.
        by_mention: Stakeholder id -> counts over the sentences that mention it.
        holdings: Holdings in sentences that were to be coded.
    """

    statuses: Mapping[Status, int]
    words: int
    speakers: int
    total: Tally
    expected: Mapping[str, float]
    by_document: Mapping[str, Tally]
    by_speaker: Mapping[SpeakerKey, Tally]
    by_mention: Mapping[str, Tally]
    holdings: tuple[Cue, ...]

    @property
    def sentences(self) -> int:
        """All sentences, whatever their status."""
        return sum(self.statuses.values())


def per_hundred(part: int | float, whole: int) -> float:
    """Return ``part`` per 100 of ``whole``; 0 of nothing is 0.

    >>> per_hundred(3, 40), per_hundred(0, 0)
    (7.5, 0.0)
    """
    return 100 * part / whole if whole else 0.0


def index_cues(cues: Iterable[Cue]) -> CueIndex:
    """Sort out the stakeholders that are mentioned and the horizons that are held."""
    mentions: dict[SentenceKey, frozenset[str]] = {}
    holdings: dict[SentenceKey, tuple[Cue, ...]] = {}
    sets: dict[frozenset[str], frozenset[str]] = {}
    for cue in cues:
        key = (cue.document, cue.sentence)
        if cue.kind == "stakeholder":
            together = mentions.get(key, frozenset()) | {cue.code}
            # the few different sets are shared: a large run has one entry per sentence here
            mentions[key] = sets.setdefault(together, together)
        elif cue.kind == "holding":
            holdings[key] = (*holdings.get(key, ()), cue)
    return CueIndex(mentions, holdings)


def count_codes(sentences: Iterable[CodedSentence], cues: CueIndex) -> Summary:
    """Count what the sentences carry; memory grows with documents and speakers, not with sentences."""
    counting = _Counting(cues)
    for coded in sentences:
        counting.add_text(coded.sentence)
        if coded.prediction is not None:
            counting.add_codes(coded.sentence, coded.prediction)
    return counting.summarise()


class _Counting:
    def __init__(self, cues: CueIndex) -> None:
        self.cues = cues
        self.statuses: Counter[Status] = Counter()
        self.words = 0
        self.speakers: set[SpeakerKey] = set()
        self.total = Tally()
        self.expected: dict[str, float] = {}
        self.by_document: dict[str, Tally] = {}
        self.by_speaker: dict[SpeakerKey, Tally] = {}
        self.by_mention: dict[str, Tally] = {}
        self.holdings: list[Cue] = []

    def add_text(self, sentence: Sentence) -> None:
        self.statuses[sentence.status] += 1
        self.words += len(sentence.text.split())
        if sentence.speaker is not None and sentence.role != "interviewer":
            self.speakers.add((sentence.document, sentence.speaker))

    def add_codes(self, sentence: Sentence, prediction: Prediction) -> None:
        key = (sentence.document, sentence.index)
        self.total.add(prediction.codes)
        self.by_document.setdefault(sentence.document, Tally()).add(prediction.codes)
        self.by_speaker.setdefault((sentence.document, sentence.speaker), Tally()).add(prediction.codes)
        for stakeholder in self.cues.mentions.get(key, ()):
            self.by_mention.setdefault(stakeholder, Tally()).add(prediction.codes)
        for code, probability in prediction.probabilities.items():
            self.expected[code] = self.expected.get(code, 0.0) + probability
        self.holdings += self.cues.holdings.get(key, ())

    def summarise(self) -> Summary:
        return Summary(
            statuses=self.statuses,
            words=self.words,
            speakers=len(self.speakers),
            total=self.total,
            expected=self.expected,
            by_document=self.by_document,
            by_speaker=self.by_speaker,
            by_mention=self.by_mention,
            holdings=tuple(self.holdings),
        )

"""The data model: frozen records that every stage receives and yields.

Offsets are Unicode code points, zero-based and half-open, over the frozen ``Document.text``:
``document.text[record.start:record.end]`` is what the record speaks about. Times are seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["interviewer", "respondent", "document"]
Status = Literal["coded", "interviewer", "not_english"]
CueKind = Literal["stakeholder", "horizon", "marker", "negation", "hypothesis", "holding"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One uninterrupted stretch of one speaker, or one paragraph of a document.

    Attributes:
        start: Offset of the first spoken character (a printed name is not part of the turn).
        end: Offset after the last one.
        speaker: Name as printed; None where the source names nobody.
        role: Who speaks: the interviewer, a respondent, or a document.
        start_time: Seconds from the start of the recording, where given.
        end_time: Seconds from the start of the recording, where given.
        language: ISO 639-1 code; only English is coded.
    """

    start: int
    end: int
    speaker: str | None = None
    role: Role = "document"
    start_time: float | None = None
    end_time: float | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the text whose page or time is known; it holds until the next anchor."""

    offset: int
    page: int | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One input file as text; the text never changes after ingest.

    Attributes:
        id: Name of the document within the run, unique, with forward slashes.
        path: Where the file was read from, as the person wrote it.
        format: Name of the reader, for example ``docx`` or ``vtt``.
        sha256: Hash of the file's bytes.
        text: NFC text with line feeds as newlines.
        turns: Turns in order of ``start``; they do not overlap.
        anchors: Known pages and times in order of ``offset``.
        language: ISO 639-1 code of the document's main language.
        metadata: Date, organisation, unit, role, ... as given beside or inside the file.
        notes: What a person should know about how the file was read.
    """

    id: str
    path: str
    format: str
    sha256: str
    text: str
    turns: tuple[Turn, ...]
    anchors: tuple[Anchor, ...] = ()
    language: str = "en"
    metadata: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The unit of coding: ``document.text[start:end] == text``.

    Attributes:
        document: ``Document.id``.
        turn: Index of the turn within the document.
        index: Index of the sentence within the document.
        page: Page on which it starts, from 1, where the source has pages.
        time: Seconds at which it is spoken, where known.
        status: Whether it is to be coded, or why not.
    """

    document: str
    turn: int
    index: int
    start: int
    end: int
    text: str
    speaker: str | None
    role: Role
    page: int | None = None
    time: float | None = None
    status: Status = "coded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One match of one rule; offsets are into the document's text.

    Attributes:
        document: ``Document.id``.
        sentence: ``Sentence.index``.
        kind: Family of the rule. A ``holding`` links a stakeholder to a horizon.
        code: Stakeholder id, horizon bin or kind of marker.
        rule: Id of the rule that matched.
        text: The matched text.
        duration: ISO 8601 duration of a horizon, where one is given (``P5Y``).
        resolved: ISO 8601 date, month, year or interval ``from/to`` that a horizon means, where the
            document's date or the text itself allows to say so.
        negated: Whether the cue lies in the scope of a negation.
        hypothetical: Whether the cue lies in the scope of a hypothesis.
        holder: For a holding, the stakeholder id; ``start``/``end`` then span the horizon.
        holder_start: For a holding, offset of the stakeholder's mention (None: the speaker).
        holder_end: For a holding, offset after the stakeholder's mention (None: the speaker).
    """

    document: str
    sentence: int
    kind: CueKind
    code: str
    start: int
    end: int
    rule: str
    text: str
    duration: str | None = None
    resolved: str | None = None
    negated: bool = False
    hypothetical: bool = False
    holder: str | None = None
    holder_start: int | None = None
    holder_end: int | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier says of one sentence.

    Attributes:
        probabilities: Code id -> probability, for every code that the model knows.
        codes: The codes at or above their threshold, in codebook order, parents included.
    """

    probabilities: Mapping[str, float]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """A sentence with everything that was found in it; ``prediction`` is None if it is not coded."""

    sentence: Sentence
    prediction: Prediction | None
    cues: tuple[Cue, ...]

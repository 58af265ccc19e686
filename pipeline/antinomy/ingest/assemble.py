"""What a reader returns -> a Document with speakers, roles, frozen text and languages."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import takewhile

from antinomy.errors import InputError
from antinomy.ingest.blocks import Block, Frozen, Reading, freeze
from antinomy.ingest.header import parse_iso_date, read_header
from antinomy.ingest.language import detect_language, detect_languages
from antinomy.ingest.marks import label_kind
from antinomy.ingest.printed_dates import parse_printed_date
from antinomy.ingest.roles import assign_roles, match_names
from antinomy.ingest.turns import split_speakers
from antinomy.ingest.unwrap import join_wrapped
from antinomy.records import Document, Turn

MAX_BLOCK = 10_000_000


def build_document(
    reading: Reading,
    *,
    id: str,
    path: str,
    format: str,
    sha256: str,
    interviewers: Collection[str],
    sidecar: Mapping[str, str],
) -> Document:
    """Return the document that a reading amounts to.

    Args:
        reading: What the reader found.
        id: Name of the document within the run.
        path: Where the file was read from.
        format: Name of the format it was read as.
        sha256: Hash of its bytes.
        interviewers: Interviewers that a person named for all files.
        sidecar: What the sidecar says of this file.

    Raises:
        InputError: There is no text, or a paragraph of more than ten million characters.
    """
    _check_sizes(reading.blocks, path)
    searched = reading.spoken is None and not any(block.speaker for block in reading.blocks)
    blocks = join_wrapped(split_speakers(reading.blocks)) if searched else reading.blocks
    inside = read_header(blocks) | _date_metadata(reading.metadata)
    named = _name_interviewers(blocks, interviewers, inside, sidecar)
    blocks, note = assign_roles(blocks, named, spoken=reading.spoken is True)
    frozen = freeze(blocks)
    if not frozen.turns:
        raise InputError("the file holds no text", where=path, fix="A scanned or empty file? Give one with text in it.")
    language, turns = _find_languages(frozen, sidecar.get("language", "").strip().lower())
    notes = (*reading.notes, *_note_header(blocks), *([note] if note else []), *_note_languages(language, turns))
    return Document(
        id=id,
        path=path,
        format=format,
        sha256=sha256,
        text=frozen.text,
        turns=turns,
        anchors=frozen.anchors,
        language=language,
        metadata=inside | dict(sidecar),
        notes=notes,
    )


def _check_sizes(blocks: tuple[Block, ...], path: str) -> None:
    for number, block in enumerate(blocks, 1):
        if len(block.text) > MAX_BLOCK:
            raise InputError(
                f"the paragraph has {len(block.text):,} characters; more than {MAX_BLOCK:,} are not read",
                where=f"{path}, paragraph {number}",
                fix="Break the text into paragraphs, or check that this is a text.",
            )


def _date_metadata(metadata: Mapping[str, str]) -> dict[str, str]:
    """Return the file's own metadata with its date in ISO 8601, or without a date that cannot be read."""
    date = metadata.get("date", "")
    found = parse_iso_date(date) or parse_printed_date(date)
    others = {key: value for key, value in metadata.items() if key != "date"}
    return others | {"date": found} if found else others


def _name_interviewers(
    blocks: tuple[Block, ...], given: Collection[str], inside: Mapping[str, str], sidecar: Mapping[str, str]
) -> list[str]:
    """Return the interviewers that the person named, else those of the sidecar, else of the file's header."""
    if given:
        return list(given)
    listed = [name.strip() for name in sidecar.get("interviewer", "").replace(";", ",").split(",") if name.strip()]
    roles = [key.partition(":")[2] for key, role in sidecar.items() if key.startswith("role:") and _asks(role)]
    speakers = {block.speaker for block in blocks if block.speaker}
    header = inside.get("interviewer", "")
    return [*listed, *roles] or ([header] if match_names(speakers, [header]) else [])


def _asks(role: str) -> bool:
    return label_kind(role) == "interviewer"


def _find_languages(frozen: Frozen, given: str) -> tuple[str, tuple[Turn, ...]]:
    texts = [frozen.text[turn.start : turn.end] for turn in frozen.turns]
    main = given if len(given) == 2 else detect_language(" ".join(texts))
    # Somebody who says that a file is English may know better than any test.
    languages = [main] * len(texts) if given == "en" else detect_languages(texts, main)
    turns = (replace(turn, language=language) for turn, language in zip(frozen.turns, languages, strict=True))
    return main, tuple(turns)


def _note_header(blocks: tuple[Block, ...]) -> list[str]:
    before = sum(1 for _ in takewhile(lambda block: block.speaker is None, blocks))
    if not 0 < before < len(blocks):
        return []
    return [f"Paragraphs before the first speaker, kept as a document's text: {before}"]


def _note_languages(language: str, turns: tuple[Turn, ...]) -> list[str]:
    foreign = Counter(turn.language for turn in turns if turn.language != "en")
    if not foreign:
        return []
    shown = ", ".join(f"{count} in '{code}'" for code, count in foreign.most_common(5))
    return [f"Only English is coded; turns or paragraphs in other languages: {shown}"]

"""Document -> Sentences with exact offsets."""

from bisect import bisect_right
from collections.abc import Iterator

from antinomy.language_model import load_segmenter
from antinomy.records import Anchor, Document, Sentence, Status, Turn
from antinomy.segment.boundaries import repair_starts

# spaCy's memory grows with the length of one text; a turn longer than this goes through in pieces.
PIECE = 20_000


def segment_document(document: Document) -> Iterator[Sentence]:
    """Yield the sentences of a document in order.

    ``document.text[s.start:s.end] == s.text`` holds for each; sentences never cross a turn, never
    overlap, and miss nothing but white space.
    """
    offsets = [anchor.offset for anchor in document.anchors]
    pieces = [piece for number, turn in enumerate(document.turns) for piece in _pieces(document.text, number, turn)]
    docs = load_segmenter().pipe((document.text[start:end] for _, start, end in pieces), batch_size=64)
    index = 0
    for (number, offset, _), doc in zip(pieces, docs, strict=True):
        turn = document.turns[number]
        starts = repair_starts(doc.text, [sentence.start_char for sentence in doc.sents] or [0])
        for start, end in zip(starts, [*starts[1:], len(doc.text)], strict=True):
            span = _strip(doc.text, start, end)
            if span is None:
                continue
            first, last = offset + span[0], offset + span[1]
            anchor = _anchor_at(document.anchors, offsets, first, turn)
            yield Sentence(
                document=document.id,
                turn=number,
                index=index,
                start=first,
                end=last,
                text=document.text[first:last],
                speaker=turn.speaker,
                role=turn.role,
                page=anchor.page,
                time=anchor.time if anchor.time is not None else turn.start_time,
                status=_status(turn),
            )
            index += 1


def _pieces(text: str, number: int, turn: Turn) -> Iterator[tuple[int, int, int]]:
    start = turn.start
    while turn.end - start > PIECE:
        cut = text.rfind(" ", start + PIECE // 2, start + PIECE)
        cut = cut + 1 if cut > 0 else start + PIECE
        yield number, start, cut
        start = cut
    yield number, start, turn.end


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _anchor_at(anchors: tuple[Anchor, ...], offsets: list[int], offset: int, turn: Turn) -> Anchor:
    """The last anchor at or before ``offset``, as far as it belongs to the same turn or page."""
    position = bisect_right(offsets, offset) - 1
    if position < 0:
        return Anchor(offset)
    anchor = anchors[position]
    # a time says when its own turn was spoken; a page holds until the next one
    return anchor if anchor.offset >= turn.start else Anchor(offset, anchor.page, None)


def _status(turn: Turn) -> Status:
    if turn.role == "interviewer":
        return "interviewer"
    return "coded" if turn.language == "en" else "not_english"

"""Segments that coders cut themselves -> how far they agree on where each code lies, as JSON data.

Nothing is forced into sentences here (``antinomy.agreement.mapping`` does that): a row per code, then one per dimension
(the segments of all its codes, those that overlap made one) ->

    id, given (coder -> segments), characters (share that anyone's segments cover), unitizing (Krippendorff's alpha for
    unitizing), character (Krippendorff's alpha, every character a unit), f1 (one per threshold of intersection over
    union: ``{"threshold", value, low, high}``), reason (why there is no value)

and ``joint``, alpha for unitizing over all codes. Only documents that two coders read count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antinomy.agreement.assess import Settings
from antinomy.codebook import Codebook
from antinomy.coefficients import tallies, unitizing
from antinomy.coefficients.cells import divide
from antinomy.resample import Drawing, Floats, draw_with_corrections


@dataclass(frozen=True, slots=True)
class MarkedSegment:
    """A stretch of a document that a coder gave codes.

    Attributes:
        start: First character; offsets are code points of the document's text.
        end: After the last one.
        codes: Parents included; none says that the coder read the document.
        text: The words as the coder's program quotes them; empty if it does not.
        where: File and row, for messages.
    """

    document: str
    start: int
    end: int
    codes: frozenset[str]
    coder: str
    text: str = ""
    where: str = ""


def assess_segments(
    segments: Sequence[MarkedSegment], lengths: Mapping[str, int], codebook: Codebook, settings: Settings
) -> dict[str, Any]:
    """Measure how far coders agree on segments.

    Args:
        segments: Of all coders, within the texts.
        lengths: Document -> characters of its text.
        codebook: Decides which rows there are.
        settings: Of the intervals.

    Returns:
        What the module says, with ``coders`` (coder -> documents, segments), ``documents`` and ``rows`` empty where no
        document was read by two.
    """
    read: dict[str, dict[str, list[MarkedSegment]]] = {}
    for segment in segments:
        read.setdefault(segment.document, {}).setdefault(segment.coder, []).append(segment)
    coders = list(dict.fromkeys(segment.coder for segment in segments))
    shared = {document: by_coder for document, by_coder in read.items() if len(by_coder) > 1}
    found: dict[str, Any] = {
        "settings": {"draws": settings.draws, "seed": settings.seed},
        "documents": len(shared),
        "coders": {
            coder: {
                "documents": sum(coder in by_coder for by_coder in read.values()),
                "segments": sum(bool(segment.codes) for segment in segments if segment.coder == coder),
            }
            for coder in coders
        },
        "rows": [],
        "joint": None,
    }
    if not shared:
        return found
    drawing = draw_with_corrections(len(shared), draws=settings.draws, seed=settings.seed)
    meant = {code.id: {code.id} for code in codebook.codes}
    observed, expected = np.zeros(len(drawing.weights)), np.zeros(len(drawing.weights))
    for dimension in codebook.dimensions:
        meant[dimension.id] = {code.id for code in codebook.codes_of(dimension.id)}
    for id, codes in meant.items():
        continua = [_lay_out(by_coder, codes, lengths[document]) for document, by_coder in shared.items()]
        mismatch = unitizing.compute_unitizing(continua, drawing.weights)
        if id in codebook.by_id:
            observed, expected = observed + mismatch[0], expected + np.nan_to_num(mismatch[1])
        found["rows"].append({"id": id, **_describe_row(continua, coders, mismatch, drawing)})
    found["joint"] = _describe(drawing, 1 - divide(observed, expected))
    return found


def _lay_out(by_coder: Mapping[str, Iterable[MarkedSegment]], codes: set[str], length: int) -> unitizing.Continuum:
    return unitizing.Continuum(
        length,
        {
            coder: unitizing.join_segments([(one.start, one.end) for one in segments if one.codes & codes])
            for coder, segments in by_coder.items()
        },
    )


def _describe_row(
    continua: Sequence[unitizing.Continuum], coders: Sequence[str], mismatch: tuple[Floats, Floats], drawing: Drawing
) -> dict[str, Any]:
    given = {coder: sum(len(one.segments.get(coder, ())) for one in continua) for coder in coders}
    characters = drawing.weights @ unitizing.tally_characters(continua, coders)
    matches = drawing.weights @ unitizing.count_matches(continua)
    observed, expected = mismatch
    return {
        "given": given,
        "characters": float(tallies.compute_prevalence(characters)[0]),
        "unitizing": _describe(drawing, 1 - divide(observed, expected)),
        "character": _describe(drawing, tallies.compute_alpha(characters)),
        "f1": [
            {"threshold": threshold, **_describe(drawing, divide(matches[:, place], matches[:, 0]))}
            for place, threshold in enumerate(unitizing.THRESHOLDS, start=1)
        ],
        "reason": "" if any(given.values()) else "nobody marked it, so there is nothing to agree on",
    }


def _describe(drawing: Drawing, values: Floats) -> dict[str, Any]:
    found = drawing.estimate(values)
    return {"value": found.value, "low": found.low, "high": found.high}

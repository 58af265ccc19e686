"""The coded sentences of one document -> counts that do not need its text any more.

Beside the codes there is what tells a change in the text or in the model from one in the organisation:

``words``, ``plain_words``   words, and those of them that any English text is held together by
``floors``                   per code, sum and sum of squares of the log odds that the model gives it, over the less
                             likely part of the sentences that stand more than ``AWAY`` from any that it gives it to.
                             A model that reads sentences together thinks the code likelier beside those that carry
                             it; further off, more talk that carries the code leaves the floor nearly as it was, while
                             another template, or a model that has become credulous, moves it.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from antinomy.codebook import Codebook
from antinomy.drift.cascade import NEAR
from antinomy.drift.dates import Span
from antinomy.drift.horizons import Horizons, tally_horizons
from antinomy.records import CodedSentence, Cue
from antinomy.resample import Floats

# Words that say little by themselves; how often they occur is a matter of style and template.
PLAIN = frozenset(
    "a about after all also an and any are as at be because been before but by can could did do does for from had has "
    "have he her him his how i if in into is it its just like many me more most much my no not of on one or our out "
    "over she so some such than that the their them then there these they this those to too up us very was we were "
    "what when where which who will with would you your".split()
)
# Further away dense talk lights the lamp less often by mistake, but too little text is left to see a new template
# (scripts/simulate_drift.py --only lamps).
AWAY = 3
# Of these the less likely part is taken, which varies less; of fewer than so many sentences it would be another part.
LOWER_PART, LEAST_LOWER = 0.75, 4
PARADOX, TENSION, ANSWERS = "paradox", "tension", ("action", "strategy")
_LEAST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DocumentTally:
    """One dated document.

    Attributes:
        unit: Organisation, plant, team, ... it belongs to.
        span: Days that its date can mean.
        dated_by: Where the date comes from.
        sentences: Sentences that were to be coded.
        codes: Sentences with each code, then with any code of each dimension, (codes + dimensions,).
        words: In these sentences.
        plain_words: Of them, those in ``PLAIN``.
        floors: See above: sentences, sum, sum of squares; (3, codes).
        answered: Sentences with an action or strategy near each paradox (``drift.cascade``), (paradoxes,).
        horizons: Who looks how far ahead (``drift.horizons``).
    """

    id: str
    unit: str
    span: Span
    dated_by: str
    sentences: int
    codes: Floats
    words: int
    plain_words: int
    floors: Floats
    answered: Floats
    horizons: Horizons


def tally_document(
    id: str,
    unit: str,
    span: Span,
    dated_by: str,
    sentences: Iterable[CodedSentence],
    cues: Iterable[Cue],
    codebook: Codebook,
) -> DocumentTally:
    """Count one document.

    Args:
        id: Name of the document.
        unit: Where it belongs.
        span: Its date.
        dated_by: Where that comes from.
        sentences: Of the document; those that were not to be coded are left out.
        cues: Of the document.
        codebook: Names codes and dimensions.
    """
    columns = [{code} for code in codebook.code_ids]
    columns += [{code.id for code in codebook.codes_of(dimension.id)} for dimension in codebook.dimensions]
    said = [(item.sentence.text, item.prediction) for item in sentences if item.prediction is not None]
    given = [set(prediction.codes) for _, prediction in said]
    tokens = [word.strip(".,;:!?\"'()").casefold() for text, _ in said for word in text.split()]
    floors = []
    for code in codebook.code_ids:
        near = [place for place, own in enumerate(given) if code in own]
        odds = [_log_odds(prediction.probabilities.get(code, 0.0)) for _, prediction in said]
        floors.append(sum_floor([value for place, value in enumerate(odds) if _is_away(place, near)]))
    return DocumentTally(
        id=id,
        unit=unit,
        span=span,
        dated_by=dated_by,
        sentences=len(said),
        codes=np.array([sum(bool(own & column) for own in given) for column in columns], dtype=float),
        words=len(tokens),
        plain_words=sum(token in PLAIN for token in tokens),
        floors=np.array(floors).T,
        answered=np.array(count_answers(given, codebook), dtype=float),
        horizons=tally_horizons(cues, codebook),
    )


def count_answers(given: Sequence[set[str]], codebook: Codebook) -> list[int]:
    """Count, per paradox, the sentences with an action or strategy that stand near one with the paradox.

    Args:
        given: Codes of each sentence, in their order.
        codebook: Names paradoxes, actions and strategies.
    """
    answers = {code.id for dimension in ANSWERS for code in codebook.codes_of(dimension)}
    places = [place for place, own in enumerate(given) if own & answers]
    return [
        sum(any(paradox.id in own for own in given[max(0, place - NEAR) : place + NEAR + 1]) for place in places)
        for paradox in codebook.codes_of(PARADOX)
    ]


def _is_away(place: int, near: Sequence[int]) -> bool:
    after = bisect_left(near, place)
    return all(abs(place - other) > AWAY for other in near[max(0, after - 1) : after + 1])


def sum_floor(odds: Sequence[float]) -> tuple[float, float, float]:
    """Return count, sum and sum of squares of the less likely part; nothing of too few."""
    if len(odds) < LEAST_LOWER:
        return 0.0, 0.0, 0.0
    low = sorted(odds)[: math.ceil(LOWER_PART * len(odds))]
    return float(len(low)), sum(low), sum(value**2 for value in low)


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))

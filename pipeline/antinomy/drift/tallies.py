"""The coded sentences of one document -> counts that do not need its text any more.

Beside the codes there is what tells a change in the text or in the model from one in the organisation:

``words``, ``plain_words``   words, and those of them that any English text is held together by
``floors``                   per code, sum and sum of squares of the log odds that the model gives it, over the less
                             likely three quarters of the sentences that it does not give it to. More talk that
                             carries the code leaves these nearly as they were; another template, or a model that
                             has become credulous, moves them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from antinomy.drift.dates import Span
from antinomy.records import CodedSentence
from antinomy.resample import Floats

# Words that say little by themselves; how often they occur is a matter of style and template.
PLAIN = frozenset(
    "a about after all also an and any are as at be because been before but by can could did do does for from had has "
    "have he her him his how i if in into is it its just like many me more most much my no not of on one or our out "
    "over she so some such than that the their them then there these they this those to too up us very was we were "
    "what when where which who will with would you your".split()
)
LOWER_PART = 0.75
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


def tally_document(
    id: str, unit: str, span: Span, dated_by: str, sentences: Iterable[CodedSentence], groups: Sequence[Sequence[str]]
) -> DocumentTally:
    """Count one document.

    Args:
        id: Name of the document.
        unit: Where it belongs.
        span: Its date.
        dated_by: Where that comes from.
        sentences: Of the document; those that were not to be coded are left out.
        groups: Codes of each dimension, in the order of the codebook.
    """
    order = [code for group in groups for code in group]
    columns = [{code} for code in order] + [set(group) for group in groups]
    codes = np.zeros(len(columns))
    odds: list[list[float]] = [[] for _ in order]
    words = plain = count = 0
    for item in sentences:
        if item.prediction is None:
            continue
        count += 1
        given = set(item.prediction.codes)
        codes += [bool(given & column) for column in columns]
        tokens = [word.strip(".,;:!?\"'()").casefold() for word in item.sentence.text.split()]
        words += len(tokens)
        plain += sum(token in PLAIN for token in tokens)
        for own, code in zip(odds, order, strict=True):
            if code not in given:
                own.append(_log_odds(item.prediction.probabilities.get(code, 0.0)))
    return DocumentTally(
        id=id,
        unit=unit,
        span=span,
        dated_by=dated_by,
        sentences=count,
        codes=codes,
        words=words,
        plain_words=plain,
        floors=np.array([_sum_floor(own) for own in odds]).reshape(len(order), 3).T,
    )


def _sum_floor(odds: list[float]) -> tuple[float, float, float]:
    low = sorted(odds)[: math.ceil(LOWER_PART * len(odds))]
    return float(len(low)), sum(low), sum(value**2 for value in low)


def _log_odds(probability: float) -> float:
    held = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))

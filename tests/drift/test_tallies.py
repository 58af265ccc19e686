"""The model's floor is taken away from what it codes."""

import math
from datetime import date

import numpy as np
import pytest

from antinomy.codebook import load_codebook
from antinomy.drift.dates import Span
from antinomy.drift.tallies import AWAY, LOWER_PART, tally_document
from antinomy.records import CodedSentence, Prediction, Sentence

BOOK = load_codebook()
DAY = date(2024, 1, 1)


def say(number, probability, codes=()):
    sentence = Sentence(document="a", turn=0, index=number, start=0, end=4, text="Talk", speaker=None, role="document")
    return CodedSentence(sentence, Prediction({"myopia": probability}, codes), ())


@pytest.mark.parametrize("place", [0, 12, 24])
def test_the_floor_is_taken_away_from_what_carries_the_code(place):
    items = []
    for number in range(25):
        distance = abs(number - place)
        items.append(say(number, 0.3 if distance <= AWAY else 0.01) if distance else say(number, 0.9, ("myopia",)))
    tally = tally_document("a", "Halm", Span(DAY, DAY), "metadata", items, [], BOOK)
    count, total, squares = tally.floors[:, BOOK.code_ids.index("myopia")]
    far = math.ceil(LOWER_PART * sum(abs(number - place) > AWAY for number in range(25)))
    odds = np.log(0.01 / 0.99)
    assert (count, total, squares) == (far, pytest.approx(far * odds), pytest.approx(far * odds**2))

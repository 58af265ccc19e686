"""Sentences coded by two coders and a model, written as three sets of codes."""

import pytest

from antinomy.codebook import load_codebook
from antinomy.evaluate.comparison import GoldSentence, prepare_comparison
from antinomy.records import Prediction

CODEBOOK = load_codebook()


@pytest.fixture
def codebook():
    return CODEBOOK


@pytest.fixture
def close():
    """Codes with their parents."""
    return lambda *codes: frozenset(CODEBOOK.close_upwards(set(codes)))


@pytest.fixture
def say(close):
    """A prediction: code -> probability; given from one half on."""

    def predict(**probabilities):
        given = close(*(code for code, p in probabilities.items() if p >= 0.5))
        everything = {code: probabilities.get(code, 1.0 if code in given else 0.0) for code in CODEBOOK.code_ids}
        return Prediction(everything, tuple(code for code in CODEBOOK.code_ids if code in given))

    return predict


@pytest.fixture
def sentence():
    """A gold sentence; two coders are references as long as nobody adjudicates."""

    def describe(document, *coders, adjudicated=None, **attributes):
        references = coders if adjudicated is None else (adjudicated,)
        return GoldSentence(document, tuple(references), tuple(coders), attributes)

    return describe


@pytest.fixture
def compare():
    """The arrays of predictions and gold, with few draws."""

    def prepare(predictions, gold, draws=20):
        return prepare_comparison(predictions, gold, CODEBOOK, draws=draws, seed=1)

    return prepare

"""Counts and word lists -> codes: the majority, which gives none, and a dictionary."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from antinomy.codebook import Codebook
from antinomy.records import Prediction
from baselines.parts import Part, Predict

DICTIONARY = Path(__file__).with_name("dictionary.toml")


def fit_majority(train: Part, codebook: Codebook) -> Predict:
    """Give no code ever: most sentences carry none. Probabilities are the codes' shares in training."""
    shares = dict(zip(codebook.code_ids, train.truth.mean(axis=0).tolist(), strict=True))
    return lambda part: [Prediction(shares, ()) for _ in part.texts]


def fit_dictionary(train: Part, codebook: Codebook) -> Predict:
    """Give the codes whose words are there; probabilities are the codes' shares in training, with and without them."""
    patterns = read_dictionary(DICTIONARY)
    found = [find_codes(text, patterns, codebook) for text in train.texts]
    shares: dict[str, tuple[float, float]] = {}
    for place, code in enumerate(codebook.code_ids):
        listed = np.array([code in codes for codes in found])
        base = train.truth[:, place].mean()
        # as if one more sentence had been seen on each side
        without, within = ((train.truth[side, place].sum() + base) / (side.sum() + 1) for side in (~listed, listed))
        shares[code] = (float(without), float(within))

    def predict(part: Part) -> list[Prediction]:
        given = [find_codes(text, patterns, codebook) for text in part.texts]
        return [Prediction({code: pair[code in codes] for code, pair in shares.items()}, codes) for codes in given]

    return predict


def read_dictionary(path: Path) -> list[tuple[str, list[re.Pattern[str]]]]:
    """Return (code, patterns that must all be found) for every way to see a code."""
    data = tomllib.loads(path.read_text("utf-8"))
    lists: Mapping[str, list[str]] = data["lists"]
    patterns = {name: compile_phrases(phrases) for name, phrases in lists.items()}
    return [(entry["id"], [patterns[name] for name in entry["all"]]) for entry in data["code"]]


def compile_phrases(phrases: list[str]) -> re.Pattern[str]:
    """Match any of some phrases as whole words; ``*`` stands for any ending.

    >>> bool(compile_phrases(["trade-off*"]).search("Two Trade-offs.")), bool(compile_phrases(["now"]).search("know"))
    (True, False)
    """
    escaped = (re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(escaped)})\b", re.IGNORECASE)


def find_codes(text: str, patterns: list[tuple[str, list[re.Pattern[str]]]], codebook: Codebook) -> tuple[str, ...]:
    """Return the codes whose words are in a text, with their parents."""
    plain = text.replace("’", "'")
    return codebook.close_upwards({code for code, needed in patterns if all(each.search(plain) for each in needed)})

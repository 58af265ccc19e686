"""What a model said of hand-coded sentences, as far as acceptance needs it <-> JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antinomy.resample import Floats

# Where a sentence without the code scores less, no code will ever be accepted: only counted.
LEAST = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationScores:
    """Probabilities on hand-coded sentences that the model was not trained on.

    Attributes:
        sentences, documents: How many.
        source: Which.
        wrong: Code -> probabilities of sentences that do not carry it, ascending, from ``LEAST`` on.
        without: Code -> how many sentences do not carry it.
        highest: Of sentences that carry any code, the highest probability of any code, ascending.
    """

    sentences: int
    documents: int
    source: str
    wrong: Mapping[str, Floats]
    without: Mapping[str, int]
    highest: Floats

    def to_json(self) -> dict[str, Any]:
        """Return JSON data; probabilities are rounded up to four digits, which can only make acceptance stricter."""
        return {
            "source": self.source,
            "sentences": self.sentences,
            "documents": self.documents,
            "codes": {
                code: {"without": self.without[code], "wrong": _round_up(self.wrong[code])} for code in self.wrong
            },
            "highest": [float(np.floor(value * 1e4) / 1e4) for value in self.highest],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CalibrationScores":
        """Read what ``to_json`` returned.

        Raises:
            KeyError, TypeError, ValueError: If it is something else.
        """
        codes = data["codes"]
        return cls(
            int(data["sentences"]),
            int(data["documents"]),
            str(data["source"]),
            {code: np.sort(np.asarray(row["wrong"], dtype=float)) for code, row in codes.items()},
            {code: int(row["without"]) for code, row in codes.items()},
            np.sort(np.asarray(data["highest"], dtype=float)),
        )


def collect_scores(
    probabilities: Floats, truth: Floats, labels: Sequence[str], *, documents: int, source: str
) -> CalibrationScores:
    """Collect what acceptance needs.

    Args:
        probabilities: Shape (sentences, labels).
        truth: 0/1, the same shape.
        labels: Code ids.
        documents: Of how many documents the sentences are.
        source: Where they come from, for people.
    """
    given = truth > 0.5
    wrong = {}
    for column, label in enumerate(labels):
        scores = np.sort(probabilities[~given[:, column], column])
        wrong[label] = scores[scores >= LEAST]
    without = {label: int((~given[:, column]).sum()) for column, label in enumerate(labels)}
    highest = np.sort(probabilities[given.any(axis=1)].max(axis=1, initial=0.0))
    return CalibrationScores(len(truth), documents, source, wrong, without, highest)


def _round_up(values: Floats) -> list[float]:
    return [float(min(1.0, np.ceil(value * 1e4) / 1e4)) for value in values]

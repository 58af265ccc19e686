"""Sentences of a document -> Predictions, by onnxruntime on the CPU."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from antinomy.classify.artefact import TOKENIZER, WEIGHTS, Artefact
from antinomy.classify.windows import FileTokenizer, Window, build_windows
from antinomy.codebook import Codebook
from antinomy.records import Prediction, Sentence

BATCH = 32
# Windows are sorted by length within a stretch of so many, so that batches waste little padding.
STRETCH = 1024
DECIMALS = 4


class Classifier:
    """A loaded model: gives every sentence that is to be coded its codes and probabilities."""

    def __init__(self, artefact: Artefact, codebook: Codebook, *, threads: int = 0) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self.artefact = artefact
        self._codebook = codebook
        self._tokenizer = FileTokenizer(str(artefact.folder / TOKENIZER))
        self._session = onnxruntime.InferenceSession(
            str(artefact.folder / WEIGHTS), options, providers=["CPUExecutionProvider"]
        )

    def predict(self, sentences: Sequence[Sentence]) -> Iterator[Prediction | None]:
        """Yield one prediction per sentence of one document, None for those that are not to be coded.

        The result depends on the document alone: batches are formed within it.
        """
        windows = build_windows(sentences, self._tokenizer)
        done = 0
        while stretch := list(islice(windows, STRETCH)):
            rows = self.probabilities([window for _, window in stretch])
            for (position, _), row in zip(stretch, rows, strict=True):
                yield from (None for _ in range(done, position))
                yield self._decide(row)
                done = position + 1
        yield from (None for _ in range(done, len(sentences)))

    def probabilities(self, windows: list[Window]) -> npt.NDArray[np.float64]:
        """Return probabilities of shape (windows, labels), before parents cap their children."""
        order = sorted(range(len(windows)), key=lambda i: (len(windows[i].ids), i))
        result = np.zeros((len(windows), len(self.artefact.labels)))
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            feed = pad_windows([windows[i] for i in chosen])
            logits = self._session.run(["logits"], feed)[0].astype(np.float64)
            result[chosen] = 1 / (1 + np.exp(-logits))
        return result.round(DECIMALS)

    def _decide(self, row: npt.NDArray[np.float64]) -> Prediction:
        probabilities = dict(zip(self.artefact.labels, row.tolist(), strict=True))
        return decide(probabilities, self.artefact.thresholds, self._codebook)


def decide(probabilities: dict[str, float], thresholds: dict[str, float], codebook: Codebook) -> Prediction:
    """Give the codes whose probability reaches the threshold and whose parent is given too.

    A child is never more probable than its parent: its probability is capped.
    """
    capped: dict[str, float] = {}
    given: set[str] = set()
    for code in codebook.codes:
        if code.id not in probabilities:
            continue
        probability = probabilities[code.id]
        if code.parent is not None and code.parent in capped:
            probability = min(probability, capped[code.parent])
        capped[code.id] = probability
        if probability >= thresholds[code.id] and (code.parent is None or code.parent in given):
            given.add(code.id)
    return Prediction(capped, tuple(code for code in codebook.code_ids if code in given))


def pad_windows(windows: Sequence[Window]) -> dict[str, npt.NDArray[np.int64]]:
    """Return the model's inputs, each of shape (windows, longest window)."""
    shape = (len(windows), max(len(window.ids) for window in windows))
    ids, mask, types = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for row, window in enumerate(windows):
        length = len(window.ids)
        ids[row, :length] = window.ids
        mask[row, :length] = 1
        types[row, :length] = window.types
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}

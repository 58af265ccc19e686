"""Sentences of a document -> Predictions, by onnxruntime on the CPU."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from antinomy.classify.artefact import TOKENIZER, Artefact, read_weights
from antinomy.classify.passages import FileTokenizer, Passage, build_passages
from antinomy.codebook import Codebook
from antinomy.records import Prediction, Sentence

BATCH = 8
# Passages are sorted by length within a stretch of so many, so that batches waste little padding.
STRETCH = 256
DECIMALS = 4


class Classifier:
    """A loaded model: gives every sentence that is to be coded its codes and probabilities."""

    def __init__(self, artefact: Artefact, codebook: Codebook, *, threads: int = 0) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Without it, sums of int8 products saturate on processors that have no VNNI, and the codes are wrong.
        options.add_session_config_entry("session.x64quantprecision", "1")
        self.artefact = artefact
        self._codebook = codebook
        self._tokenizer = FileTokenizer(str(artefact.folder / TOKENIZER))
        self._session = onnxruntime.InferenceSession(
            read_weights(artefact.folder), options, providers=["CPUExecutionProvider"]
        )

    def predict(self, sentences: Sequence[Sentence]) -> Iterator[Prediction | None]:
        """Yield one prediction per sentence of one document, None for those that are not to be coded.

        The result depends on the document alone: batches are formed within it.
        """
        passages = build_passages(sentences, self._tokenizer)
        done = 0
        while stretch := list(islice(passages, STRETCH)):
            rows = self.probabilities([passage for _, passage in stretch])
            for position, row in zip((p for positions, _ in stretch for p in positions), rows, strict=True):
                yield from (None for _ in range(done, position))
                yield self._decide(row)
                done = position + 1
        yield from (None for _ in range(done, len(sentences)))

    def probabilities(self, passages: Sequence[Passage]) -> npt.NDArray[np.float64]:
        """Return probabilities of shape (sentences of all passages, labels), before parents cap their children."""
        order = sorted(range(len(passages)), key=lambda i: (len(passages[i].ids), i))
        rows: dict[int, npt.NDArray[np.float64]] = {}
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            feed = pad_passages([passages[i] for i in chosen], self._tokenizer.padding)
            logits = self._session.run(["logits"], feed)[0].astype(np.float64)
            rows.update({i: logits[row, : len(passages[i].spans)] for row, i in enumerate(chosen)})
        stacked = np.concatenate([rows[i] for i in range(len(passages))])
        probabilities: npt.NDArray[np.float64] = 1 / (1 + np.exp(-stacked))
        return probabilities.round(DECIMALS)

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


def pad_passages(passages: Sequence[Passage], padding: int) -> dict[str, npt.NDArray[Any]]:
    """Return the model's inputs: ids and mask of shape (passages, tokens), shares (passages, sentences, tokens)."""
    tokens = max(len(passage.ids) for passage in passages)
    sentences = max(len(passage.spans) for passage in passages)
    ids = np.full((len(passages), tokens), padding, dtype=np.int64)
    mask = np.zeros_like(ids)
    pool = np.zeros((len(passages), sentences, tokens), dtype=np.float32)
    for row, passage in enumerate(passages):
        ids[row, : len(passage.ids)] = passage.ids
        mask[row, : len(passage.ids)] = 1
        for place, (start, end) in enumerate(passage.spans):
            pool[row, place, start:end] = 1 / (end - start)
    return {"input_ids": ids, "attention_mask": mask, "pool": pool}

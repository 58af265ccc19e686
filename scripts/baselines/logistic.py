"""Words, or frozen embeddings -> codes, by one logistic regression per code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from antinomy.classify.calibrate import choose_thresholds, fit_platt
from antinomy.classify.predict import decide
from antinomy.codebook import Codebook
from antinomy.coefficients.cells import Bools
from antinomy.evaluate.scores import mean_defined, score_average_precision
from antinomy.records import Prediction
from antinomy.resample import Floats
from baselines.parts import Part, Predict

STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
# The logit of a code that training never saw.
NEVER = -10.0

# A matrix of scipy or numpy, one row per sentence.
Features = Callable[[Part], Any]
Logits = Callable[[Any], Floats]


def fit_tfidf(train: Part, calibration: Part, codebook: Codebook) -> Predict:
    """Code by the words and pairs of words of the sentence, weighed by how rare they are."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    words.fit(train.texts)
    return fit_codes(lambda part: words.transform(part.texts), train, calibration, codebook, solver="liblinear")


def fit_frozen(train: Part, calibration: Part, codebook: Codebook, *, base: Path, padding: int) -> Predict:
    """Code by the sentence's embedding: the mean over its tokens in its passage, from an encoder left as it is."""
    import torch

    from antinomy.classify.network import Network, load_encoder
    from antinomy.classify.train import compute_logits

    encoder = load_encoder(base)
    network = Network(encoder, encoder.config.hidden_size, dropout=0.0)
    # with this head the network returns the pooled states themselves
    torch.nn.init.eye_(network.head.weight)
    torch.nn.init.zeros_(network.head.bias)

    def embed(part: Part) -> Floats:
        return compute_logits(network, [example.passage for example in part.examples], padding)

    return fit_codes(embed, train, calibration, codebook, solver="newton-cholesky")


def fit_codes(features: Features, train: Part, calibration: Part, codebook: Codebook, *, solver: str) -> Predict:
    """Fit one regression per code, with one strength of regularisation for all; calibrate as a model is calibrated.

    Args:
        features: What is known of each sentence.
        train: Decides the weights, both classes of a code counting the same.
        calibration: Decides strength (by mean average precision), scale and shift, and thresholds.
        codebook: Names the codes.
        solver: Of scikit-learn: the fastest for the kind of features.
    """
    known, seen = features(train), features(calibration)
    fitted = [fit_strength(known, train.truth, strength, solver) for strength in STRENGTHS]
    best = max(fitted, key=lambda logits: score_ranking(logits(seen), calibration.truth))
    labels, truth, logits = codebook.code_ids, calibration.truth.astype(float), best(seen)
    fits = np.array([fit_platt(logits[:, place], truth[:, place]) for place in range(len(labels))])

    def estimate(rows: Floats) -> Floats:
        return np.asarray(1 / (1 + np.exp(-np.clip(rows * fits[:, 0] + fits[:, 1], -30, 30))))

    thresholds = choose_thresholds(estimate(logits), truth, labels)

    def predict(part: Part) -> list[Prediction]:
        rows = estimate(best(features(part))).tolist()
        return [decide(dict(zip(labels, row, strict=True)), thresholds, codebook) for row in rows]

    return predict


def fit_strength(known: Any, truth: Bools, strength: float, solver: str) -> Logits:  # noqa: ANN401 - see Features
    """Fit all codes with one inverse strength of regularisation (scikit-learn's C)."""
    from sklearn.linear_model import LogisticRegression

    models = [
        LogisticRegression(C=strength, class_weight="balanced", solver=solver, max_iter=200).fit(known, wanted)
        if 0 < wanted.sum() < len(wanted)
        else None
        for wanted in truth.T
    ]

    def compute(rows: Any) -> Floats:  # noqa: ANN401 - see Features
        never = np.full(rows.shape[0], NEVER)
        return np.stack([model.decision_function(rows) if model else never for model in models], axis=1)

    return compute


def score_ranking(logits: Floats, truth: Bools) -> float:
    """Return the mean average precision over the codes that the truth has."""
    scores = [score_average_precision(logits[:, place], truth[:, place]) for place in range(truth.shape[1])]
    return mean_defined(scores) or 0.0

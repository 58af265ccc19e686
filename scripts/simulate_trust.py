"""Do intervals and budgets keep what they promise? ``python scripts/simulate_trust.py`` asks simulated corpora.

Documents differ in how often a code occurs, and in how often coders and models slip. Prints three tables: how often
95 % intervals of alpha hold the true value, drawn by document and by sentence; the share of errors under error budgets;
how often 95 % intervals of prevalence hold the true share, with and without correction.
"""

import argparse
from collections.abc import Callable

import numpy as np

from antinomy.accept.cutoffs import find_acceptance, find_emptiness
from antinomy.agreement.draws import Patterns
from antinomy.coefficients.tallies import Ratings, compute_alpha
from antinomy.prevalence.estimate import Prevalence, estimate_naive, estimate_prevalence
from antinomy.resample import Floats, Ints, draw_with_corrections, estimate

# documents, sentences of each, rate of the code, likeness within documents
CORPORA = ((30, 40, 0.15, 0.05), (30, 40, 0.05, 0.02), (60, 30, 0.30, 0.10), (100, 25, 0.05, 0.05))


def draw_truth(
    random: np.random.Generator, documents: int, size: int, rate: float, likeness: float
) -> tuple[Ints, Floats]:
    """Draw a corpus whose documents have rates of their own (beta-binomial): documents, truth."""
    scale = (1 - likeness) / likeness
    places = np.repeat(np.arange(documents), size)
    rates = random.beta(rate * scale, (1 - rate) * scale, documents)
    return places, (random.random(len(places)) < rates[places]).astype(float)


def draw_coders(random: np.random.Generator, places: Ints, truth: Floats, slips: float) -> Ratings:
    """Draw three coders who slip more in some documents than in others: (sentences, 3)."""
    rates = random.beta(2, 2 / slips - 2, int(places.max()) + 1)[places, None]
    return np.asarray((truth[:, None] == 1) ^ (random.random((len(truth), 3)) < rates), dtype=np.int8)


def simulate_alpha(worlds: int, draws: int) -> None:
    """Print the coverage of intervals of alpha."""
    print("Intervals of alpha, nominal 95 %          by document   by sentence")
    for number, corpus in enumerate(CORPORA):
        random = np.random.default_rng(number)
        places, truth = draw_truth(random, 20_000, *corpus[1:])
        large = Patterns(draw_coders(random, places, truth, 0.04), places, 20_000)
        true = compute_alpha(large.draw_documents(np.ones((1, 20_000))).many)[0]
        held = np.zeros((worlds, 2))
        for world in range(worlds):
            places, truth = draw_truth(random, *corpus)
            patterns = Patterns(draw_coders(random, places, truth, 0.04), places, corpus[0])
            drawing = draw_with_corrections(corpus[0], draws=draws, seed=world)
            by_document = compute_alpha(patterns.draw_documents(drawing.weights).many)
            by_unit = compute_alpha(patterns.draw_units(draws=draws, seed=world).many)
            for column, found in enumerate((drawing.estimate(by_document), estimate(by_unit))):
                if found.low is not None and found.high is not None:
                    held[world, column] = found.low <= true <= found.high
        print(f"  {name_corpus(corpus):38}{100 * held[:, 0].mean():9.1f} %{100 * held[:, 1].mean():12.1f} %")


def simulate_budget(worlds: int, budget: float = 0.10) -> None:
    """Print the share of wrong codes among accepted ones, and of lost sentences, on average over worlds."""
    print(f"Error budget {budget:.2f}                          wrong of accepted   accepted   lost of coded   empty")
    for number, corpus in enumerate(CORPORA):
        random = np.random.default_rng(100 + number)
        rows = []
        for _ in range(worlds):
            known_places, known = draw_truth(random, *corpus)
            places, truth = draw_truth(random, *corpus)
            known_scores, scores = draw_scores(random, known_places, known), draw_scores(random, places, truth)
            wrong = np.sort(known_scores[known == 0])
            cutoff = find_acceptance(scores, wrong, len(wrong), budget=budget)
            below = find_emptiness(known_scores[known == 1], budget=budget)
            taken = scores >= (np.inf if cutoff is None else cutoff)
            empty = scores < (0 if below is None else below)
            share = float((truth[taken] == 0).mean()) if taken.any() else 0.0
            lost = float(empty[truth == 1].mean()) if truth.any() else 0.0
            rows.append((share, float(taken.mean()), lost, float(empty.mean())))
        means = 100 * np.mean(rows, axis=0)
        print(f"  {name_corpus(corpus):38}" + "".join(f"{mean:11.1f} %" for mean in means))


def draw_scores(random: np.random.Generator, places: Ints, truth: Floats) -> Floats:
    """Draw probabilities of a model that does better in some documents than in others."""
    shift = random.normal(0, 0.3, int(places.max()) + 1)[places]
    return np.asarray(1 / (1 + np.exp(-(random.normal(0, 1.2, len(truth)) + shift + 4 * truth - 3))))


def simulate_prevalence(worlds: int, coded: int = 400) -> None:
    """Print the coverage of intervals of prevalence and how wide they are, in points."""
    print(f"Prevalence, {coded} coded by hand             model alone        people alone           corrected")
    kinds: dict[str, Callable[..., Prevalence]] = {"people": estimate_prevalence, "corrected": estimate_prevalence}
    for number, corpus in enumerate(CORPORA):
        random = np.random.default_rng(200 + number)
        held: dict[str, list[tuple[bool, float]]] = {name: [] for name in ("model", *kinds)}
        for _ in range(worlds):
            places, truth = draw_truth(random, *corpus)
            hit = np.where(truth == 1, random.random(len(truth)) < 0.75, random.random(len(truth)) < 0.03)
            said = hit.astype(float)
            some = random.choice(len(truth), min(coded, len(truth)), replace=False)
            known = (truth[some], said[some], places[some], said, places, corpus[0])
            found = {
                "model": estimate_naive(said, places, corpus[0]),
                "people": estimate_prevalence(*known, weight=0.0),
                "corrected": estimate_prevalence(*known, weight=None),
            }
            for name, one in found.items():
                if one.low is not None and one.high is not None:
                    held[name].append((one.low <= corpus[2] <= one.high, one.high - one.low))
        cells = [np.mean(held[name], axis=0) for name in ("model", "people", "corrected")]
        print(f"  {name_corpus(corpus):38}" + "".join(f"{100 * hit:9.1f} % ({100 * wide:4.1f})" for hit, wide in cells))


def name_corpus(corpus: tuple[int, int, float, float]) -> str:
    """Describe a corpus in a few words."""
    return f"{corpus[0]} x {corpus[1]}, rate {corpus[2]:.2f}, likeness {corpus[3]:.2f}"


def main() -> None:
    """Run all simulations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=2000)
    parser.add_argument("--draws", type=int, default=1000)
    chosen = parser.parse_args()
    simulate_alpha(chosen.worlds, chosen.draws)
    simulate_budget(chosen.worlds)
    simulate_prevalence(chosen.worlds)


if __name__ == "__main__":
    main()

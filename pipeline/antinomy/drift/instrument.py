"""The second lamp: has the text, its template or the model's behaviour changed, so that shares of codes cannot be read?

Each unit's documents are scanned, as for codes (``drift.scan``), for changes in

``length``    words per sentence
``style``     share of plain words (``tallies.PLAIN``)
``size``      sentences per document
``floor``     of one code: mean log odds that the model gives it in sentences where it is unlikely

Here documents change places, never whole periods: a lamp that lights too easily costs a look at a sample, one that
stays dark costs a false alarm. What a new template does to a model that was never trained on it is not known, so a
change of text or floor makes an alarm a question to the instrument, until people have coded a sample from before and
after.
"""

from collections.abc import Sequence

import numpy as np

from antinomy.drift.scan import Change, scan_changes
from antinomy.drift.tallies import DocumentTally
from antinomy.resample import Ints

TEXT = ("length", "style", "size")
FLOOR = "floor"
# Of the chance that the lamp of an alarm lights for nothing, shared out among its four tests.
LEVEL = 0.10
# Smaller changes do no harm, however sure one can be of them: relative ones of the text, and of the floor in standard
# deviations (where the share of wrong codes doubles from .03 to .06, the floor rises by more than half of one).
HARMLESS = {"length": 0.1, "style": 0.05, "size": 0.25, FLOOR: 0.2}


def scan_text(documents: Sequence[DocumentTally], periods: Ints, *, draws: int, seed: int) -> dict[str, Change | None]:
    """Look for a change in the text of one unit: one entry per kind in ``TEXT``, None for none that does harm."""
    sentences = np.array([document.sentences for document in documents], dtype=float)
    words = np.array([document.words for document in documents], dtype=float)
    plain = np.array([document.plain_words for document in documents], dtype=float)
    ones = np.ones(len(documents))
    pairs = {"length": (words, sentences), "style": (plain, words), "size": (sentences, ones)}
    found: dict[str, Change | None] = {}
    for kind, (above, below) in pairs.items():
        [change] = scan_changes(above[:, None], below, periods, draws=draws, seed=seed, whole_periods=False)
        large = change and abs(change.after - change.before) >= HARMLESS[kind] * abs(change.before)
        found[kind] = change if large else None
    return found


def scan_floors(documents: Sequence[DocumentTally], periods: Ints, *, draws: int, seed: int) -> list[Change | None]:
    """Look for a change in the model's floor: one entry per code, None for none that does harm."""
    count, sums, squares = np.moveaxis(np.array([document.floors for document in documents]), 1, 0)
    found: list[Change | None] = []
    for code in range(sums.shape[1]):
        change = None
        kept = count[:, code] > 0
        if kept.all():
            [change] = scan_changes(
                sums[:, code, None], count[:, code], periods, draws=draws, seed=seed, whole_periods=False
            )
        total = max(1.0, float(count[:, code].sum()))
        spread = np.sqrt(max(0.0, squares[:, code].sum() / total - (sums[:, code].sum() / total) ** 2))
        large = change and abs(change.after - change.before) >= HARMLESS[FLOOR] * spread
        found.append(change if large else None)
    return found


def light_lamp(text: dict[str, Change | None], floor: Change | None) -> list[str]:
    """Return what speaks against reading a code's share: kinds of changes; none if the lamp is off."""
    tests = {**text, FLOOR: floor}
    return [kind for kind, change in tests.items() if change is not None and change.p <= LEVEL / len(tests)]

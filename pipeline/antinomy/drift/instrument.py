"""The second lamp: has the text, its template or the model's behaviour changed, so that shares of codes cannot be read?

Each unit's documents are scanned, as for codes (``drift.scan``), for changes in

``length``    words per sentence
``style``     share of plain words (``tallies.PLAIN``)
``size``      sentences per document

and, where a code gives alarm, for lasting changes, or one in the time that the alarm is about, in

``floor``     mean log odds that the model gives the code in sentences away from those it gives it to (``tallies``)

A change that leaves too few such sentences to tell is ``unread``, and lights the lamp too.

Here documents change places, never whole periods: a lamp that lights too easily costs a look at a sample, one that
stays dark costs a false alarm. What a new template does to a model that was never trained on it is not known, so a
change of text or floor makes an alarm a question to the instrument, until people have coded a sample from before and
after.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from antinomy.drift.scan import Change, scan_changes
from antinomy.drift.tallies import DocumentTally
from antinomy.resample import Floats, Ints

TEXT = ("length", "style", "size")
FLOOR, UNREAD = "floor", "unread"
# Sentences away from the code that there must be in the time of an alarm, and outside it, to look at the floor.
LEAST_AWAY = 20
# Of the chance that the lamp of an alarm lights for nothing, shared out among its tests.
LEVEL = 0.20
TESTS = 4
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


def look_at_floor(floors: Floats, periods: Ints, spell: tuple[int, int | None], *, draws: int, seed: int) -> list[str]:
    """Say whether the model's floor of one code changed for good, or in the time of an alarm, by more than is harmless.

    Args:
        floors: Of a unit's documents for that code, as in ``DocumentTally.floors``, (documents, 3).
        periods: Period of each document.
        spell: First period of the alarm's time, and the first after it; None if it lasts.
        draws: Random orders.
        seed: Decides them.

    Returns:
        ``floor`` if it did, ``unread`` if there is too little text to tell, else nothing.
    """
    last = int(periods.max()) + 1
    count, sums, squares = floors.T
    own = (spell[0], spell[1] or last)
    # a new template lasts, so what lasts is looked for wherever it begins
    stretches = np.array([own, *((first, last) for first in range(1, last))])
    within = np.array([count[(periods >= first) & (periods < end)].sum() for first, end in stretches])
    enough = (within >= LEAST_AWAY) & (count.sum() - within >= LEAST_AWAY)
    if not enough[0]:
        return [UNREAD]
    [change] = scan_changes(
        sums[:, None], count, periods, draws=draws, seed=seed, whole_periods=False, stretches=stretches[enough]
    )
    spread = np.sqrt(max(0.0, squares.sum() / count.sum() - (sums.sum() / count.sum()) ** 2))
    harmful = change and abs(change.after - change.before) >= HARMLESS[FLOOR] * spread
    return light_lamp({FLOOR: change if harmful else None})


def light_lamp(found: Mapping[str, Change | None]) -> list[str]:
    """Return what speaks against reading a code's share: kinds of changes; none if the lamp is off."""
    return [kind for kind, change in found.items() if change is not None and change.p <= LEVEL / TESTS]

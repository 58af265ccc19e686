"""Are both poles still heard? Per unit and paradox, talk that has tilted against talk that names the contradiction.

A sentence with a paradox holds both poles in sight; one with an archetype that tilts that paradox
(``Code.tilts``) holds one. The *one-sided* share is tilted / (tilted + paradox): when it rises, one pole is
falling silent. An archetype that tilts two paradoxes counts in both, and a sentence with archetype and paradox on both
sides. Changes over time are found and tested as those of codes are (``drift.scan``).
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from antinomy.codebook import Codebook
from antinomy.drift.scan import scan_changes
from antinomy.drift.tallies import PARADOX, DocumentTally
from antinomy.resample import Ints

ARCHETYPE = "archetype"
# Sentences on either side, for a share to be worth a test.
LEAST = 10


def compare_poles(
    documents: Sequence[DocumentTally], periods: Ints, codebook: Codebook, *, draws: int, seed: int
) -> list[dict[str, Any]]:
    """Look for a change in the one-sided share of every paradox of one unit.

    Args:
        documents: Of the unit.
        periods: Period of each document.
        codebook: Names paradoxes and the archetypes that tilt them.
        draws: Random orders.
        seed: Decides them.

    Returns:
        ``{"paradox", "tilted", "named", "leading", "change", "q"}`` per paradox that archetypes tilt: sentences, the
        archetype voiced most (None: none is), and the ``Change``; None where either side is too small. ``q`` is left
        to whoever knows all tests.
    """
    place = {code: number for number, code in enumerate(codebook.code_ids)}
    counts = np.array([document.codes for document in documents])
    found: list[dict[str, Any]] = []
    for paradox in codebook.codes_of(PARADOX):
        tilting = [code.id for code in codebook.codes_of(ARCHETYPE) if paradox.id in code.tilts]
        if not tilting:
            continue
        each = counts[:, [place[code] for code in tilting]]
        tilted, named = each.sum(axis=1), counts[:, place[paradox.id]]
        small = min(tilted.sum(), named.sum()) < LEAST
        [change] = [None] if small else scan_changes(tilted[:, None], tilted + named, periods, draws=draws, seed=seed)
        found.append(
            {
                "paradox": paradox.id,
                "tilted": int(tilted.sum()),
                "named": int(named.sum()),
                "leading": tilting[int(each.sum(axis=0).argmax())] if tilted.any() else None,
                "change": asdict(change) if change else None,
                "q": None,
            }
        )
    return found

"""A gold set without splits -> the same set divided into train, calibration and test."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from antinomy.gold import GoldSet, Unit

# Share of the sentences, coded and all, that each split is to get.
SHARES = {"train": 0.70, "test": 0.15, "calibration": 0.15}
SEED = 1
# Fewer organisations than that say little of new ones.
LEAST_ORGANISATIONS = 6
# A single document is cut into so many stretches.
STRETCHES = 20
# Groups differ in size, so that a single deal may be far from the shares.
DEALS = 50


def divide_gold(gold: GoldSet, *, seed: int = SEED) -> GoldSet:
    """Divide by organisation where there are enough, else by document, else by stretches of consecutive sentences.

    Whatever is divided by, all its sentences are in one split, and each split gets coded ones where three groups have
    any. The order in which groups are dealt out is that of a hash of their names.
    """
    stretches = _cut_stretches(gold.units)

    def of_organisation(unit: Unit) -> str:
        return gold.metadata.get(unit.document, {}).get("organisation", unit.document)

    organisations = {cells["organisation"] for cells in gold.metadata.values() if "organisation" in cells}
    choices: list[tuple[str, Callable[[Unit], str]]] = [
        ("document", lambda unit: unit.document),
        ("stretches of consecutive sentences", lambda unit: stretches[unit.id]),
    ]
    if len(organisations) >= LEAST_ORGANISATIONS:
        choices.insert(0, ("organisation", of_organisation))
    name, group = next(
        (choice for choice in choices if _count_coded_groups(gold.units, choice[1]) >= len(SHARES)), choices[-1]
    )
    split = _deal(gold.units, group, seed)
    units = tuple(replace(unit, split=split[group(unit)]) for unit in gold.units)
    return replace(gold, units=units, notes=(*gold.notes, *_describe(units, name, gold.id)), about=_say(gold, name))


def _cut_stretches(units: Sequence[Unit]) -> dict[str, str]:
    """Return unit id -> name of its stretch."""
    length = max(1, len(units) // STRETCHES)
    counts: dict[str, int] = {}
    stretches = {}
    for unit in units:
        place = counts[unit.document] = counts.get(unit.document, -1) + 1
        stretches[unit.id] = f"{unit.document}\n{place // length}"
    return stretches


def _is_coded(unit: Unit) -> bool:
    return any(unit.codings.values())


def _count_coded_groups(units: Sequence[Unit], group: Callable[[Unit], str]) -> int:
    return len({group(unit) for unit in units if _is_coded(unit)})


def _deal(units: Sequence[Unit], group: Callable[[Unit], str], seed: int) -> dict[str, str]:
    """Return group -> split: of several deals the one whose shares come nearest."""
    carrying = Counter(group(unit) for unit in units if _is_coded(unit))
    # sentences with a code are few, and what is learnt and measured hangs on them: together they weigh as much as all
    heavy = len(units) / max(1, carrying.total())
    sizes = {name: count + heavy * carrying[name] for name, count in Counter(map(group, units)).items()}
    total = sum(sizes.values())

    def miss(dealt: dict[str, str]) -> float:
        """Say by how much of its share the worst split is off."""
        got = {split: sum(sizes[name] for name in sizes if dealt[name] == split) / total for split in SHARES}
        return max(abs(got[split] - share) / share for split, share in SHARES.items())

    return min((_deal_once(sizes, carrying, f"{seed}.{deal}") for deal in range(DEALS)), key=miss)


def _deal_once(sizes: Mapping[str, float], carrying: Collection[str], salt: str) -> dict[str, str]:
    """Give each group to the split that misses most, and the last coded ones to splits without any."""
    order = sorted(sizes, key=lambda name: (name not in carrying, hashlib.sha256(f"{salt}:{name}".encode()).digest()))
    missing = {split: share * sum(sizes.values()) for split, share in SHARES.items()}
    dealt: dict[str, str] = {}
    for place, name in enumerate(order):
        empty = [split for split in SHARES if split not in dealt.values()]
        is_needed = place < len(carrying) <= place + len(empty)
        dealt[name] = max(empty if is_needed else SHARES, key=lambda split: missing[split])
        missing[dealt[name]] -= sizes[name]
    return dealt


def _describe(units: Sequence[Unit], name: str, gold: str) -> list[str]:
    counts = ", ".join(
        f"{split} {sum(unit.split == split for unit in units):,}" for split in ("train", "calibration", "test")
    )
    notes = [f"{gold} names no splits, so it was divided by {name}: {counts} sentences"]
    if name.startswith("stretches"):
        notes.append("too few coded documents to divide by: scores will look better than on new documents")
    return notes


def _say(gold: GoldSet, name: str) -> str:
    return f"{gold.about} Divided by {name}."

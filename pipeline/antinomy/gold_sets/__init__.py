"""Gold folders and a person's own tables of codes -> gold sets."""

from antinomy.gold_sets.sources import find_gold_sets, open_gold_set

__all__ = ["find_gold_sets", "open_gold_set"]

"""Finds organisational paradoxes, imbalances and rebalancing in interviews and reports."""

__version__ = "0.1.0"

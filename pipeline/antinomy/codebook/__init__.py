"""The coding scheme: codes, definitions, order, boundary rules."""

from antinomy.codebook.model import Code, Codebook, Dimension, Horizon, Rule, Stakeholder
from antinomy.codebook.read import load_codebook

__all__ = ["Code", "Codebook", "Dimension", "Horizon", "Rule", "Stakeholder", "load_codebook"]

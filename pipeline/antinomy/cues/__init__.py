"""Sentences -> cues: stakeholders, time horizons, markers of tension, scope, and who holds which horizon."""

from antinomy.cues.extract import CueExtractor

__all__ = ["CueExtractor"]

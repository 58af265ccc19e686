"""Cuts documents into sentences."""

from antinomy.segment.sentences import segment_document

__all__ = ["segment_document"]

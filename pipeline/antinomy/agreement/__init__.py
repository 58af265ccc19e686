"""Codings of several coders -> how far they agree."""

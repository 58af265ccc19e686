"""Compares what the model says with what coders say."""

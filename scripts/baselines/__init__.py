"""Simple ways to code a sentence, which a model must beat; each is fitted, calibrated and measured as a model is."""

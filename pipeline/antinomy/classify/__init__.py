"""Gold to model, sentences to predictions."""

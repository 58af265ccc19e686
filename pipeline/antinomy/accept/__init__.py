"""Which of a model's codes may stand without a person, for a share of errors that the person allows."""

"""How often a code occurs, from a small hand-coded random sample and a model's opinion of everything."""

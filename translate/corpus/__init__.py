"""Corpora: sampling from a grammar, disjoint splits, minimal-pair suites, and a user's own parallel text."""

"""The suites of a corpus: sentences in which one thing at a time is varied."""

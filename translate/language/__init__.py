"""The language: lexicon, clauses, their English and their Czech, and which word agrees with which."""

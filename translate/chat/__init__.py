"""Talking to a model and looking inside while it answers; runs on numpy alone, so that the prompt opens at once."""

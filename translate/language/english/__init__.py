"""English: how it says a meaning, written as people do but for the capital of the first word."""

"""Drawing from the whole agreement grammar: a function a construction, all of them about anybody of the lexicon."""

"""Czech: how it says a meaning, and which of its words agree with whom."""

"""Can this translation be trusted? What in it is doubtful, and why, without a reference."""

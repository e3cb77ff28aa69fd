"""The tour in a terminal."""

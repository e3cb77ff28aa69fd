"""A user's own parallel text: its header, and which of its pairs are held back for dev."""

"""A document as a page of its own: its facts, its contents, and its whole text to read."""

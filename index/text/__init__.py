"""The normal form of a text, and its tokens."""

"""The library: the documents an office has taken in, as received, and how a clerk looks at one before that."""

"""What is said: evidence, citations, blocks of an answer."""

"""Which clauses come into question."""

"""Addresses read back: the clauses and parts that a text names."""

"""Addresses read back: the clauses and parts that a text names.

In reading order: `address` (one as read), `grammar` and `forms` (how they are written), `names` and `headings` (how
documents are named), `context` (what stands around a number), `book` (the tables of a corpus), `reader` (one pass over
a text), `findings` (what its addresses name), `clause_references` (the result), `references` (what others call).
"""

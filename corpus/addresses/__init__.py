"""Addresses read back: the clauses and parts that a text names.

In reading order: `address` (one as read), `grammar` and `forms` (how they are written), `names` (how documents are
named), `context` (what stands around a number), `book` (the tables of a corpus), `reader` (one pass over a text),
`clause_references` (what comes of it), `references` (what others call).
"""

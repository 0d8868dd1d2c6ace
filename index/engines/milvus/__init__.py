"""Milvus as the place of postings and vectors, for who outgrows one machine. The scores stay ours.

Milvus names candidates: the rows whose inner product with the query is highest, of term weights (sparse) or of
passages (dense). Their weights and vectors come with them, and every score that leaves this package is computed from
these as the embedded engine computes it, so that both give equal hits. What Milvus rounds only decides how many
candidates are asked for (`cut`). Its analysers, its BM25 and its fusion are not used.
"""

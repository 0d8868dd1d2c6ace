"""Trains the shipped encoder: `python -m index.encoder.training --data DIR --output index/encoder/model`.

Reading order: `held_out` (rows that nothing may learn), `sources` (files → pairs), `documents` (documents → clauses →
pairs), `mixture` (which pairs, how often), `fingerprint` (keys of what is kept), `derived` (files made of others),
`subwords` (the tokenizer), `dataset` (pairs → token ids → batches), `trainer` (the contrastive loop), `negatives` (hard
negatives), `devsets` and `evaluation` (development figures), `folder` (the sentence-transformers folder), `run` (all of
it in order), `__main__` (the command).
"""

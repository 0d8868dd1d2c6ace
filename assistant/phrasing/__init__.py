"""A language model in front of a gate: it may say in other words what an answer cites, and nothing else.

In reading order: `reply` (sentences with handles), `words` and `units` (a text as what is compared), `quoted` (what of
a quote may be left out), `gate` (whether a sentence stands in its quote), `endpoint` and `breaker` (the model, within
its time), `prompt`, `phrasing` (an answer in other words), `follow_up`, `record` (a draft), `told` (what callers use).
"""

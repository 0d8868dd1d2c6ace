"""Where a text shares words with a query, for showing why it was found."""

import unicodedata
from functools import lru_cache

from index.text.tokenizer import token_set


def highlights(query: str, text: str) -> list[tuple[int, int]]:
    """Spans `[start, end)` of `text` covered by tokens of `query`: ordered, disjoint, none empty.

    Compared without regard to case and character width, so offsets stay those of `text`. A single Chinese character
    says too little to be shown. A query in another language than the text gives none.
    """
    plain = "".join(map(_plain, text))
    covered = bytearray(len(text))
    for token in {token for token in token_set(query) if len(token) > 1}:
        at = plain.find(token)
        while at >= 0:
            covered[at : at + len(token)] = b"\1" * len(token)
            at = plain.find(token, at + 1)
    return _runs(covered)


@lru_cache(1 << 14)  # all texts are made of the same few thousand
def _plain(character: str) -> str:
    """One character for one, which keeps offsets."""
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _runs(covered: bytearray) -> list[tuple[int, int]]:
    runs = []
    start = covered.find(1)
    while start >= 0:
        end = covered.find(0, start)
        end = len(covered) if end < 0 else end
        runs.append((start, end))
        start = covered.find(1, end)
    return runs

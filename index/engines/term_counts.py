"""How often each term stands in each text: what BM25 is made of, without anything that other texts decide.

Counts of some texts and counts of others are joined without reading either again, and joined they equal the counts of
all of them read at once, down to the order of the terms.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Texts in compressed rows: the terms of text t are `ids[starts[t]:starts[t + 1]]`, each as often as `counts`."""

    terms: tuple[str, ...]  # the different ones of all texts, in the order in which they come
    starts: NDArray[np.int64]  # [texts + 1]
    ids: NDArray[np.int32]  # [occurrences] positions in `terms`, each once a text, in the order in which they come
    counts: NDArray[np.int32]  # [occurrences] 1 or more

    def lengths(self) -> NDArray[np.int64]:
        """How many terms each text has, repetitions counted, [texts]."""
        ends = np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])
        return np.diff(ends[self.starts])

    def owners(self) -> NDArray[np.int64]:
        """The text of each occurrence, [occurrences]."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def count_terms(texts: Iterable[Sequence[str]]) -> TermCounts:
    """The counts of tokenised texts; they are read one by one and not kept."""
    number: dict[str, int] = {}
    starts, ids, counts = [0], [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for tokens in texts:
        found = Counter(tokens)
        ids.append(np.fromiter((number.setdefault(term, len(number)) for term in found), np.int32, len(found)))
        counts.append(np.fromiter(found.values(), np.int32, len(found)))
        starts.append(starts[-1] + len(found))
    return TermCounts(tuple(number), np.array(starts, np.int64), np.concatenate(ids), np.concatenate(counts))


def joined_counts(parts: Sequence[TermCounts]) -> TermCounts:
    """The counts of the texts of all parts, one part behind the other."""
    terms = dict.fromkeys(chain.from_iterable(part.terms for part in parts))
    number = {term: n for n, term in enumerate(terms)}
    renumbered = [np.fromiter(map(number.__getitem__, part.terms), np.int32, len(part.terms)) for part in parts]
    return TermCounts(
        tuple(number),
        np.concatenate([[0], *(np.diff(part.starts) for part in parts)]).cumsum(dtype=np.int64),
        np.concatenate([new[part.ids] for new, part in zip(renumbered, parts, strict=True)]),
        np.concatenate([part.counts for part in parts]),
    )


def collected_counts(texts: TermCounts, owners: NDArray[np.integer], size: int) -> TermCounts:
    """The counts of `size` longer texts: text t belongs to the one at `owners[t]`, behind those before it."""
    rows = owners[texts.owners()].astype(np.int64)
    order = np.argsort(rows, kind="stable")
    rows, ids = rows[order], texts.ids[order]
    # A term that comes again in a longer text is counted where it comes first.
    _, first, same = np.unique(rows * len(texts.terms) + ids, return_index=True, return_inverse=True)
    sums = np.zeros(len(ids), np.int32)
    np.add.at(sums, first[same], texts.counts[order])
    kept = np.sort(first)
    rows, ids = rows[kept], ids[kept]
    # The terms in the order in which they come now.
    known, comes = np.unique(ids, return_index=True)
    order = known[np.argsort(comes)]
    place = np.empty(len(texts.terms), np.int32)
    place[order] = np.arange(len(order))
    starts = np.searchsorted(rows, np.arange(size + 1)).astype(np.int64)
    return TermCounts(tuple(texts.terms[n] for n in order), starts, place[ids], sums[kept])

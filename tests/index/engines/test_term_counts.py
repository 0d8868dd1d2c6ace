"""Laws of counted terms: joined or collected, they are those of the texts read at once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engines.term_counts import TermCounts, collected_counts, count_terms, joined_counts

Texts = list[list[str]]
texts = st.lists(st.lists(st.sampled_from("章程税证贷款"), max_size=5), max_size=6)


def same(one: TermCounts, other: TermCounts) -> bool:
    """Equal by value, in the order of the terms too."""
    names = ("starts", "ids", "counts")
    arrays = [(getattr(one, name), getattr(other, name)) for name in names]
    return one.terms == other.terms and all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in arrays)


@given(st.lists(texts, min_size=1, max_size=4))
def test_joined_they_are_the_counts_of_all_texts(parts: list[Texts]) -> None:
    whole = count_terms([text for part in parts for text in part])
    assert same(joined_counts([count_terms(part) for part in parts]), whole)


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.sampled_from("章程税证"), max_size=4)), max_size=8))
def test_collected_they_are_the_counts_of_the_longer_texts(pieces: list[tuple[int, list[str]]]) -> None:
    longer = [[term for owner, text in pieces if owner == row for term in text] for row in range(4)]
    owners = np.array([owner for owner, _ in pieces], np.int64)
    assert same(collected_counts(count_terms([text for _, text in pieces]), owners, 4), count_terms(longer))


@given(texts)
def test_lengths_count_repetitions(read: Texts) -> None:
    assert count_terms(read).lengths().tolist() == list(map(len, read))

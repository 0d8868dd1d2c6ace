"""Other words for the words of a question, out of the lexicon and the glossary.

「房本丢了」 is also looked up as 不动产权证书, "business license" as 营业执照. The longest known term at each place
counts, and the direction of a group is kept: what is said leads to what is written, and back only where both mean
the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer

from index.lexicon import lexicon
from index.text.normalizer import normalize

_LATIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term found in a text, and what else it is called, the best first."""

    found: str
    words: tuple[str, ...]
    english: bool


@lru_cache(maxsize=256)  # both legs ask for the same query
def expansions(text: str) -> tuple[Expansion, ...]:
    """What the text may also be looked up under, in reading order; terms do not overlap."""
    plain = normalize(text)
    return (*_chinese(plain), *_english(plain))


def _chinese(text: str) -> Iterator[Expansion]:
    known = _by_chinese()
    longest = max(map(len, known))
    start = 0
    while start < len(text):
        for length in range(min(longest, len(text) - start), 1, -1):
            if words := known.get(text[start : start + length]):
                yield Expansion(text[start : start + length], words, english=False)
                start += length
                break
        else:
            start += 1


def _english(text: str) -> Iterator[Expansion]:
    known = _by_english()
    longest = max(map(len, known))
    written = _LATIN.findall(text)
    stems = [_stem(word) for word in written]
    start = 0
    while start < len(stems):
        for length in range(min(longest, len(stems) - start), 0, -1):
            if words := known.get(tuple(stems[start : start + length])):
                yield Expansion(" ".join(written[start : start + length]), words, english=True)
                start += length
                break
        else:
            start += 1


@cache
def _by_chinese() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in lexicon.groups():
        for term in group.said:
            found.setdefault(term, {}).update(dict.fromkeys(group.official))
        for term in group.official:
            others = group.official + (group.said if group.both else ())
            found.setdefault(term, {}).update(dict.fromkeys(other for other in others if other != term))
    return {term: tuple(words) for term, words in found.items() if words and len(term) > 1}


@cache
def _by_english() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for term in lexicon.terms():
        for english in term.english:
            stems = tuple(map(_stem, _LATIN.findall(english)))
            found.setdefault(stems, {}).update(dict.fromkeys(term.chinese))
    return {stems: tuple(words) for stems, words in found.items() if stems}


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    # A stemmer keeps its word in itself, so threads cannot share one.
    stemmed: Sequence[str] = snowballstemmer.stemmer("english").stemWords([word])
    return stemmed[0]

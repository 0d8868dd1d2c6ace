"""Other words for the words of a question, out of the lexicon and the glossary.

「房本丢了」 is also looked up as 不动产权证书, "business license" as 营业执照. The longest known term at each place
counts, and the direction of a group is kept: what is said leads to what is written, and back only where both mean
the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

import snowballstemmer

from corpus.text.terms import Terms, longest_matches
from index.lexicon import lexicon
from index.lexicon.lexicon import Group, Term
from index.text.tokenizer import segment

_LATIN = re.compile(r"[a-z0-9]+")
_STEMS = 8192  # words whose stems are kept

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term found in a text, and what else it is called, the best first."""

    found: str
    words: tuple[str, ...]
    english: bool
    tokens: tuple[Tokens, ...] = field(default=(), repr=False, compare=False)  # of each of the words


class Lexicon:
    """The two lists, ready to be looked up. Immutable; safe from several threads."""

    def __init__(self, groups: Sequence[Group], terms: Sequence[Term], fingerprint: str) -> None:
        self.groups = tuple(groups)
        self.terms = tuple(terms)
        self.fingerprint = fingerprint  # of the files that they were read from
        self._stem = lru_cache(_STEMS)(_stem)
        self._chinese = _by_chinese(groups)
        self._english = self._by_english(terms)
        self._said, self._translated = _by_official(groups), _translations(terms)
        self._chinese_terms, self._english_terms = Terms(self._chinese), Terms(self._english)
        self._official_terms, self._translated_terms = Terms(self._said), Terms(self._translated)
        # Bounded by the lists: only their own words are asked for.
        self._tokens = cache(lambda words: tuple(segment(word).tokens for word in words))

    def expand(self, normal: str) -> tuple[Expansion, ...]:
        """What a text in normal form may also be looked up under: Chinese terms in reading order, then English ones.

        Terms of one language do not overlap.
        """
        return (*self._expand_chinese(normal), *self._expand_english(normal))

    def said(self, normal: str) -> tuple[Expansion, ...]:
        """The official terms of a text in normal form, in reading order, each with what people say instead.

        Whichever way a group leads: this is for what a text may be asked by, not for what a question may mean.
        """
        spans = longest_matches(normal, self._official_terms)
        found = ((normal[start:end], self._said[normal[start:end]]) for start, end in spans)
        return tuple(Expansion(term, words, english=False) for term, words in found)

    def spoken(self, official: str) -> tuple[str, ...]:
        """What people say instead of an official term, the best first; nothing for any other word."""
        return self._said.get(official, ())

    def english(self, normal: str) -> tuple[str, ...]:
        """The best English of each term of the glossary in a text in normal form, in reading order."""
        spans = longest_matches(normal, self._translated_terms)
        return tuple(dict.fromkeys(self._translated[normal[start:end]] for start, end in spans))

    def _expand_chinese(self, normal: str) -> Iterator[Expansion]:
        for start, end in longest_matches(normal, self._chinese_terms):
            words = self._chinese[normal[start:end]]
            yield Expansion(normal[start:end], words, english=False, tokens=self._tokens(words))

    def _expand_english(self, normal: str) -> Iterator[Expansion]:
        written = _LATIN.findall(normal)
        stems = [self._stem(word) for word in written]
        text = " ".join(stems)
        ends = list(accumulate((len(stem) + 1 for stem in stems), initial=0))  # of each word, with the blank behind it
        number = {end: n for n, end in enumerate(ends)}
        for start, end in longest_matches(text, self._english_terms, lambda s, e: s in number and e + 1 in number):
            words = self._english[text[start:end]]
            found = " ".join(written[number[start] : number[end + 1]])
            yield Expansion(found, words, english=True, tokens=self._tokens(words))

    def _by_english(self, terms: Sequence[Term]) -> Mapping[str, tuple[str, ...]]:
        """Stems, separated by blanks → the Chinese terms."""
        found: dict[str, dict[str, None]] = {}
        for term in terms:
            for english in term.english:
                stems = " ".join(map(self._stem, _LATIN.findall(english)))
                found.setdefault(stems, {}).update(dict.fromkeys(term.chinese))
        return {stems: tuple(words) for stems, words in found.items() if stems}


def load_lexicon(own: Path | None = None) -> Lexicon:
    """The shipped lexicon and glossary, loaded once, with the lines of an office where its file `own` is there.

    Raises DocumentError for a line of it that cannot be used.
    """
    written = lexicon.read_own(own) if own else None
    return _shipped() if written is None else lexicon_with(written, str(own))


@lru_cache(2)
def lexicon_with(own: str, name: str = lexicon.LEXICON) -> Lexicon:
    """The same with the content of such a file, whose name errors say."""
    lists = lexicon.lists_with(own, name)
    return Lexicon(lexicon.groups(lists), lexicon.terms(lists), lexicon.fingerprint(lists))


@cache
def _shipped() -> Lexicon:
    return Lexicon(lexicon.groups(), lexicon.terms(), lexicon.fingerprint())


def _by_chinese(groups: Sequence[Group]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for term in group.said:
            found.setdefault(term, {}).update(dict.fromkeys(group.official))
        for term in group.official:
            others = group.official + (group.said if group.both else ())
            found.setdefault(term, {}).update(dict.fromkeys(other for other in others if other != term))
    return {term: tuple(words) for term, words in found.items() if words and len(term) > 1}


def _by_official(groups: Sequence[Group]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for term in group.official:
            found.setdefault(term, {}).update(dict.fromkeys(group.said))
    return {term: tuple(words) for term, words in found.items() if words and len(term) > 1}


def _translations(terms: Sequence[Term]) -> Mapping[str, str]:
    """Chinese term → its first English one; of two lines the earlier counts."""
    found: dict[str, str] = {}
    for term in terms:
        for chinese in term.chinese:
            found.setdefault(chinese, term.english[0])
    return {chinese: english for chinese, english in found.items() if len(chinese) > 1}


def _stem(word: str) -> str:
    # A stemmer keeps its word in itself, so threads cannot share one.
    stemmed: Sequence[str] = snowballstemmer.stemmer("english").stemWords([word])
    return stemmed[0]

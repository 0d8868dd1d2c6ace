"""Pinyin typed without an input method: sd, sdai, shoud → 首贷. Initials, whole syllables and what lies between.

What may be meant are words of the plain names, of the clauses' titles and of their keywords, and the documents' places.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from pypinyin import lazy_pinyin

from corpus.corpus import Corpus
from index.text.normalizer import normalize
from index.text.tokenizer import segment

MOST = 6  # words offered
_LETTERS = re.compile(r"[a-z]{2,12}(?: [a-z]{2,12}){0,2}")
_HAN = re.compile(r"[\u3400-\u9fff]{2,8}")
_MOST_PIECES = 3  # of a segmented text that are said in one breath: 房贷 还清, 不动产 登记
_MOST_TEXTS = 5000  # titles and names read: beyond them, nobody knows them by heart
_NAMED = 3  # times that a word counts which stands in a name or keyword
_TITLED = 2  # the same of a clause's title


class Initials:
    """The words of one corpus by how they begin to sound. Worked out on first use; safe from several threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def words(self, typed: str) -> tuple[str, ...]:
        """The words that these letters may stand for, the likeliest first; of several, joined by a space.

        None where one of them stands for nothing, or where anything but small Latin letters is typed.
        """
        text = " ".join(typed.lower().split())
        if not _LETTERS.fullmatch(text):
            return ()
        found = [self._words(letters) for letters in text.split()]
        if not all(found):
            return ()
        behind = [words[0] for words in found[1:]]
        return tuple(" ".join((word, *behind)) for word in found[0][:MOST])

    def _words(self, letters: str) -> list[str]:
        fits = [word for word in self._by_letter.get(letters[0], ()) if _fits(self._sounds[word], letters)]
        # Initials alone are what is mostly typed; of words that sound so, the more frequent, then the shorter.
        return sorted(fits, key=lambda w: (len(w) != len(letters), -self._frequencies[w], len(w), w))

    @cached_property
    def _frequencies(self) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for text, weight in self._texts():
            pieces = segment(normalize(text)).pieces
            for length in range(1, _MOST_PIECES + 1):
                joined = map("".join, zip(*(pieces[first:] for first in range(length)), strict=False))
                counts.update({word: weight for word in joined if _HAN.fullmatch(word)})
        counts.update(dict.fromkeys(self._corpus.places, _NAMED))
        return counts

    def _texts(self) -> Iterator[tuple[str, int]]:
        for clause in self._corpus.clauses[:_MOST_TEXTS]:
            yield clause.title, _TITLED
            yield from ((heading, 1) for heading in clause.path)
            if record := self._corpus.plain.get(clause.id):
                yield record.name, _NAMED
                yield from ((keyword, _NAMED) for keyword in record.keywords)

    @cached_property
    def _sounds(self) -> Mapping[str, Sequence[str]]:
        return {word: lazy_pinyin(word) for word in self._frequencies}

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for word, syllables in self._sounds.items():
            found.setdefault(syllables[0][:1], []).append(word)
        return found


def _fits(syllables: Sequence[str], letters: str) -> bool:
    """Whether the letters are beginnings of all the syllables, in order, none left out: sd, shd, sdai, shoudai."""
    ends = {0}
    for syllable in syllables:
        ends = {
            end + length
            for end in ends
            for length in range(1, len(syllable) + 1)
            if letters.startswith(syllable[:length], end)
        }
    return len(letters) in ends

"""How words sound: pinyin without tones, and which words of the documents sound so.

The vocabulary is that of the index and the lexicon, so a sound is only ever heard as something that can be found.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from pypinyin import lazy_pinyin

from corpus.places.gazetteer import load_gazetteer
from index.index import Index
from index.text.tokenizer import is_word

_HAN = re.compile(r"[\u3400-\u9fff]{2,6}")
# Pairs that much of the country does not tell apart: 平舌 and 翘舌, 前鼻 and 后鼻.
_ALIKE = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"([ie])ng$"), r"\1n"))
FREQUENT = 50  # clauses from which a word is no likelier to be meant than another
Sound = tuple[str, ...]  # one syllable a character


@lru_cache(maxsize=65_536)
def pinyin_key(word: str) -> Sound:
    """The syllables of a word, those that are easily confused made equal."""
    return tuple(map(fuzzy_syllable, lazy_pinyin(word)))


def fuzzy_syllable(syllable: str) -> str:
    """Merges zh/z, ch/c, sh/s and in/ing, en/eng; zhong stays zong."""
    for pattern, instead in _ALIKE:
        syllable = pattern.sub(instead, syllable)
    return syllable


@cache
def syllables() -> frozenset[str]:
    """Every syllable of the language, as written."""
    return frozenset(
        syllable for code in range(0x4E00, 0x9FA6) for syllable in lazy_pinyin(chr(code)) if syllable.isascii()
    )


class Vocabulary:
    """The words of an index, of the lexicon and of the gazetteer by their sound.

    Worked out on first use and kept in this object; safe from several threads.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def words(self, sound: Sound) -> Sequence[str]:
        """The words that sound so, the most frequent first."""
        return self._by_sound.get(sound, ())

    def homophones(self, written: str) -> Iterator[str]:
        """Other words of the same sound that share at least half of the characters, the most frequent first."""
        for word in self.words(pinyin_key(written)):
            if word != written and 2 * sum(map(str.__eq__, word, written)) >= len(word) == len(written):
                yield word

    def frequency(self, word: str) -> int:
        """In how many clauses the word occurs, its plain-language records counted in."""
        return self._frequencies.get(word, 0)

    def contains(self, text: str) -> bool:
        """Whether some clause or record holds this word or pair of characters."""
        return self._index.contains(text)

    def is_official(self, word: str) -> bool:
        """Whether it is a word of the clauses themselves, or of official texts in general."""
        return self._index.contains(word, records=False) or word in self._official

    def is_english(self, word: str) -> bool:
        """Whether the glossary knows it as an English word."""
        return any(expansion.english for expansion in self._index.lexicon.expand(word))

    @cached_property
    def _frequencies(self) -> Mapping[str, int]:
        found = {
            word: frequency
            for word, frequency in self._index.vocabulary().items()
            if _HAN.fullmatch(word) and is_word(word)
        }
        groups = self._index.lexicon.groups
        for word in filter(_HAN.fullmatch, (term for group in groups for term in (*group.said, *group.official))):
            found.setdefault(word, 1)
        # A city that the documents do not cover must be heard too, or a question about it becomes one about others.
        # Of the counties, whose names sound like many words, only those of the documents' own cities are.
        covered = self._index.corpus.places
        for place in load_gazetteer().places:
            if place.level in ("province", "city") or place.name in covered or place.parent in covered:
                found.update({name: FREQUENT for name in place.names if _HAN.fullmatch(name)})
        return found

    @cached_property
    def _official(self) -> frozenset[str]:
        return frozenset(term for group in self._index.lexicon.groups for term in group.official)

    @cached_property
    def _by_sound(self) -> Mapping[Sound, Sequence[str]]:
        found: dict[Sound, list[str]] = {}
        for word in sorted(self._frequencies, key=lambda word: (-self._frequencies[word], word)):
            found.setdefault(pinyin_key(word), []).append(word)
        return found

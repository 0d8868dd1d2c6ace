"""How words sound: pinyin without tones, and which words of the documents sound so.

The vocabulary is that of the index and the lexicon, so a sound is only ever heard as something that can be found.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pypinyin import lazy_pinyin

from corpus.places.gazetteer import load_gazetteer
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.text.tokenizer import is_word

_HAN = re.compile(r"[\u3400-\u9fff]{2,6}")
# Pairs that much of the country does not tell apart: 平舌 and 翘舌, 前鼻 and 后鼻.
_ALIKE = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"([ie])ng$"), r"\1n"))

_PLACE = 50  # as good as a word of many clauses
Sound = tuple[str, ...]  # one syllable a character


@lru_cache(maxsize=65_536)
def sound_of(word: str) -> Sound:
    """The syllables of a word, those that are easily confused made equal."""
    return tuple(map(blur, lazy_pinyin(word)))


def blur(syllable: str) -> str:
    """Zhong → zon is not meant; zhang → zang, jing → jin are."""
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
    """The words of an index by their sound. Built on first use; safe from several threads."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def words(self, sound: Sound) -> Sequence[str]:
        """The words that sound so, the most frequent first."""
        return _by_sound(self._index).get(sound, ())

    def alike(self, written: str) -> Sequence[str]:
        """Other words of the same sound that share at least half of the characters, the most frequent first."""
        known = _by_character(self._index)
        sharing = {word for c in written for word in known.get((c, len(written)), ())}
        close = (w for w in sharing - {written} if 2 * sum(map(str.__eq__, w, written)) >= len(w))
        same = (word for word in close if sound_of(word) == sound_of(written))
        return sorted(same, key=lambda word: (-self.frequency(word), word))

    def frequency(self, word: str) -> int:
        """In how many clauses the word occurs, its plain-language records counted in."""
        return _frequencies(self._index).get(word, 0)

    def written(self, text: str) -> bool:
        """Whether some clause or record holds this word or pair of characters."""
        return self._index.contains(text)

    def official(self, word: str) -> bool:
        """Whether it is a word of the clauses themselves, or of official texts in general."""
        return self._index.contains(word, records=False) or word in _official()


@lru_cache(maxsize=4)
def _frequencies(index: Index) -> Mapping[str, int]:
    found = {word: n for word, n in index.vocabulary().items() if _HAN.fullmatch(word) and is_word(word)}
    for word in _lexicon_words():
        found.setdefault(word, 1)
    # A place that the documents do not cover must be heard too, or a question about it becomes one about others.
    for place in load_gazetteer().places:
        found.update({name: _PLACE for name in (place.name, *place.aliases) if _HAN.fullmatch(name)})
    return found


@lru_cache(maxsize=4)
def _by_sound(index: Index) -> Mapping[Sound, Sequence[str]]:
    found: dict[Sound, list[str]] = {}
    frequencies = _frequencies(index)
    for word in sorted(frequencies, key=lambda word: (-frequencies[word], word)):
        found.setdefault(sound_of(word), []).append(word)
    return found


@cache
def _official() -> frozenset[str]:
    return frozenset(term for group in load_lexicon().groups for term in group.official)


@lru_cache(maxsize=4)
def _by_character(index: Index) -> Mapping[tuple[str, int], Sequence[str]]:
    """Words by a character that they hold and their length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in _frequencies(index):
        for c in set(word):
            found.setdefault((c, len(word)), []).append(word)
    return found


def _lexicon_words() -> Iterator[str]:
    for group in load_lexicon().groups:
        yield from (term for term in (*group.said, *group.official) if _HAN.fullmatch(term))

"""Questions typed in pinyin: "gongsi qianyi zenme ban" → 公司迁移."""

import re
from functools import lru_cache

from assistant.sound import Vocabulary, blur, syllables
from index.expansion import expansions
from index.normalizer import normalize
from index.tokenizer import tokenize

_WORD = re.compile(r"[a-zü']+")
_LONGEST_SYLLABLE, _LONGEST_WORD = 6, 6
_ENGLISH = 0.5  # share of English words from which a text counts as English
_UNHEARD, _SHORT = 3.0, 1.5  # cost of a syllable that no word has, and of a word of one syllable; any other word is 1


def from_pinyin(text: str, vocabulary: Vocabulary) -> str | None:
    """The Chinese words that a question in pinyin says, separated by spaces; None when it is not pinyin."""
    plain = normalize(text)
    written = _WORD.findall(plain)
    if not written or not plain.isascii():
        return None
    split = [_split(word.replace("'", "")) for word in written]
    heard = [syllable for one in split if one for syllable in one]
    if len(heard) < 2 or not all(split) or _looks_english(written):
        return None
    words = _words(tuple(map(blur, heard)), vocabulary)
    return " ".join(words) or None


def _looks_english(written: list[str]) -> bool:
    known = sum(not tokenize(word) or any(e.english for e in expansions(word)) for word in written)
    return known >= _ENGLISH * len(written)


@lru_cache(maxsize=4096)
def _split(word: str) -> tuple[str, ...] | None:
    """The syllables of a run of letters, as few as possible; None when it is not made of syllables."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before = best[start]
            if before is not None and word[start:end] in syllables():
                candidate = (*before, word[start:end])
                if (current := best[end]) is None or len(candidate) < len(current):
                    best[end] = candidate
    return best[len(word)]


def _words(heard: tuple[str, ...], vocabulary: Vocabulary) -> list[str]:
    """The cheapest sequence of known words over the syllables; what no word says is left out."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(heard) + 1):
        cost, words = best[end - 1]
        options = [(cost + _UNHEARD, words)]
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            if found := vocabulary.words(heard[start:end]):
                frequent = vocabulary.frequency(found[0])
                options.append((best[start][0] + 1 - min(frequent, 50) / 100, [*best[start][1], found[0]]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]

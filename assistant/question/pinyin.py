"""Questions typed in pinyin: "gongsi qianyi zenme ban" → 公司迁移."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from assistant.question.sounds import FREQUENT, Vocabulary, fuzzy_syllable, syllables
from corpus.places.gazetteer import load_gazetteer
from index.text.normalizer import Normal
from index.text.tokenizer import tokenize

_BEYOND_PINYIN = re.compile(r"[\u2e80-\U0010ffff]")  # a Chinese character, for example
_WORD = re.compile(r"[a-z']+")
_ARTICLE = re.compile(r"\bdi ?(\d+) ?tiao\b")
_STRETCH = re.compile(r"([^\d]*)(\d+条?)?")
_LONGEST_SYLLABLE, _LONGEST_WORD = 6, 6
_NOT_PINYIN = 0.2  # share of words that may be misspelt or dialect: one slip in a question of five words
_ENGLISH = 0.5  # share of English words from which a text counts as English: he, men, long are syllables too
_UNHEARD = 3.0  # cost of a syllable that no word has; a word costs about 1, so that two words are tried before


def from_pinyin(text: Normal, vocabulary: Vocabulary) -> str | None:
    """The Chinese words that a question in pinyin says, separated by spaces; None when it is not pinyin."""
    if _BEYOND_PINYIN.search(text):
        return None
    plain = _without_tones(text)
    written = _WORD.findall(plain)
    if not written or not plain.isascii():
        return None
    split = [_split(word.replace("'", "")) for word in written]
    if (
        split.count(None) > _NOT_PINYIN * len(split)
        or sum(map(len, filter(None, split))) < 2
        or _looks_english(written, vocabulary)
    ):
        return None
    words: list[str] = []
    for stretch, number in _STRETCH.findall(_ARTICLE.sub(r" \1条 ", plain)):
        heard = [syllable for word in _WORD.findall(stretch) for syllable in _split(word.replace("'", "")) or ()]
        words += _words(tuple(map(fuzzy_syllable, heard)), vocabulary)
        words += [f"第{number}" if number.endswith("条") else number] if number else []
    return " ".join(words) or None


def _without_tones(text: Normal) -> str:
    """Without tone marks; ü is v, as it is typed."""
    marked = unicodedata.normalize("NFD", text).replace("u\u0308", "v")
    return "".join(c for c in marked if not unicodedata.combining(c))


def _looks_english(written: list[str], vocabulary: Vocabulary) -> bool:
    places = load_gazetteer()
    counts = Counter(written)
    known = sum(n for w, n in counts.items() if not tokenize(w) or (not places.get(w) and vocabulary.is_english(w)))
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
                before, words_before = best[start]
                bonus = min(vocabulary.frequency(found[0]), FREQUENT) / (2 * FREQUENT)
                options.append((before + 1 - bonus, [*words_before, found[0]]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]

"""One tokenizer for index and query: jieba words in search mode, with bigrams and characters as a net.

Words carry meaning; bigrams catch what the dictionary does not know (names, new coinages), single characters what
people shorten (贷 for 贷款) or mistype.
Question words and politeness (请问, 怎么, 咋) are cut out first, so that they neither score nor form bigrams.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import jieba

from index.text import normalizer

_RUN = re.compile(r"第\d+[编章节条款项]|[\u3400-\u9fff]+|[a-z0-9]+")  # 第26条 is one token
VERSION = "1"  # of the rules below; dictionary and stop words are counted in by `fingerprint`
_FIRST_HAN = "\u3400"
_CUT = " "  # stands where a stop word was, so that no bigram spans the gap


def _lines(name: str) -> list[str]:
    text = resources.files("index.text").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(_lines("stopwords.txt"))


@cache
def _jieba() -> jieba.Tokenizer:
    # Read the dictionary directly: jieba's own start-up trusts a cache file in the shared temp folder.
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in [*_lines("dictionary.txt"), *_lines("stopwords.txt")]:
        if word >= _FIRST_HAN and len(word) > 1:
            tokenizer.add_word(word)
    return tokenizer


@cache
def fingerprint() -> str:
    """Identifies normalizer, dictionary, stop words and jieba; an index built under another one is refused."""
    parts = [VERSION, normalizer.VERSION, jieba.__version__, *_lines("dictionary.txt"), *_lines("stopwords.txt")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def tokenize(text: str) -> list[str]:
    """Tokens of any text, normalised first; order follows the text, repetitions stay."""
    return [token for stretch, chinese in _content(text) for token in (_tokens(stretch) if chinese else [stretch])]


def words(text: str) -> list[str]:
    """The different content words of a text, in one segmentation, without bigrams and characters as a net."""
    found: dict[str, None] = {}
    for stretch, chinese in _content(text):
        found.update(dict.fromkeys(_jieba().cut(stretch, HMM=False) if chinese else [stretch]))
    return list(found)


def segments(text: str) -> list[str]:
    """The text as written, cut into words, single characters and whatever else it holds; joined they are the text."""
    return list(_jieba().cut(text, HMM=False))


def is_word(text: str) -> bool:
    """Whether the segmenter knows it as a word."""
    return bool(_jieba().FREQ.get(text))


def is_stopword(text: str) -> bool:
    """Whether it weighs nothing."""
    return text in _stopwords()


@lru_cache(maxsize=4096)
def token_set(text: str) -> frozenset[str]:
    """The different tokens of a text that comes again and again, such as a clause; remembered."""
    return frozenset(tokenize(text))


def _content(text: str) -> Iterator[tuple[str, bool]]:
    """What remains of a text when its stop words are cut out: stretches, and whether each is to be segmented."""
    for run in _RUN.findall(normalizer.normalize(text)):
        if run.isalpha() and run >= _FIRST_HAN:
            segments = _jieba().cut(run, HMM=False)
            kept = "".join(_CUT if word in _stopwords() else word for word in segments)
            yield from ((stretch, True) for stretch in kept.split())
        elif run not in _stopwords():
            yield run, False


def _tokens(stretch: str) -> list[str]:
    words = [word for word in _jieba().cut_for_search(stretch, HMM=False) if len(word) > 1]
    found = set(words)
    return words + [pair for pair in map("".join, pairwise(stretch)) if pair not in found] + list(stretch)

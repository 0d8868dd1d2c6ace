"""One tokenizer for index and query: jieba words in search mode, with bigrams and characters as a fallback.

Words carry meaning; bigrams catch what the dictionary does not know (names, new coinages), single characters what
people shorten (贷 for 贷款) or mistype.
Question words and politeness (请问, 怎么, 咋) are cut out first, so that they neither score nor form bigrams.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import jieba

from index.text import normalizer
from index.text.normalizer import normalize

_RUN = re.compile(r"第\d+[编章节条款项]|[\u3400-\u9fff]+|[a-z0-9]+")  # 第26条 is one token
VERSION = "1"  # of the rules below; dictionary and stop words are counted in by `fingerprint`
_FIRST_HAN = "\u3400"
# Chinese runs whose words are remembered: many of the length of a clause between two commas, a few of any length. A
# character takes some 200 bytes, so that whoever sends ever new texts fills 50 MB of each.
_SHORT, _SHORT_RUNS, _LONG_RUNS = 16, 1 << 14, 64


class Segmented(NamedTuple):
    """One segmentation of a text, read in two ways."""

    tokens: tuple[str, ...]  # what BM25 counts: words, the shorter words in them, bigrams, characters; repetitions stay
    words: tuple[str, ...]  # the different content words, without bigrams and characters
    pieces: tuple[str, ...]  # every word, character and mark as it stands; joined they are the text


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


def segment(normal: str) -> Segmented:
    """Tokens, words and pieces of a text in normal form; order follows the text."""
    tokens: list[str] = []
    words: dict[str, None] = {}
    pieces: list[str] = []
    end = 0
    for match in _RUN.finditer(normal):
        run = match[0]
        if match.start() > end:
            between = normal[end : match.start()]
            if _is_chinese(between):  # 𬶨, which no run holds and which joins those around it
                return _segment_across(normal)
            pieces.append(between)
        if _is_chinese(run):
            read = _read_han(run)
            tokens += read.tokens
            words.update(dict.fromkeys(read.words))
            pieces += read.pieces
        else:
            pieces.append(run)
            if run not in _stopwords():
                tokens.append(run)
                words[run] = None
        end = match.end()
    if end < len(normal):
        if _is_chinese(normal[end:]):
            return _segment_across(normal)
        pieces.append(normal[end:])
    return Segmented(tuple(tokens), tuple(words), tuple(pieces))


def _segment_across(normal: str) -> Segmented:
    """The same where words may reach from one run into the next."""
    tokens: list[str] = []
    words: dict[str, None] = {}
    pieces = list(_pieces(normal))
    for stretch in _content(pieces):
        words.update(dict.fromkeys(stretch))
        tokens += _tokens(stretch) if _is_chinese(stretch[0]) else stretch
    return Segmented(tuple(tokens), tuple(words), tuple(pieces))


def tokenize(text: str) -> list[str]:
    """Tokens of any text, normalised first; order follows the text, repetitions stay."""
    return list(segment(normalize(text)).tokens)


def words(text: str) -> list[str]:
    """The different content words of a text, normalised first, in one segmentation."""
    return list(segment(normalize(text)).words)


def is_word(text: str) -> bool:
    """Whether the segmenter knows it as a word."""
    return bool(_jieba().FREQ.get(text))


def is_stopword(text: str) -> bool:
    """Whether it weighs nothing."""
    return text in _stopwords()


@lru_cache(maxsize=512)
def token_set(text: str) -> frozenset[str]:
    """The different tokens of a text that comes again and again; remembered."""
    return frozenset(tokenize(text))


def _is_chinese(run: str) -> bool:
    return run.isalpha() and run >= _FIRST_HAN


def _read_han(run: str) -> Segmented:
    """A Chinese run by itself, which comes again within its text, for a sentence, and in others; remembered."""
    return _short_run(run) if len(run) <= _SHORT else _long_run(run)


def _cut(run: str) -> Segmented:
    pieces = tuple(_jieba().cut(run, HMM=False))
    tokens: list[str] = []
    words: dict[str, None] = {}
    for stretch in _content(pieces):
        words.update(dict.fromkeys(stretch))
        tokens += _tokens(stretch)
    return Segmented(tuple(tokens), tuple(words), pieces)


_short_run, _long_run = lru_cache(_SHORT_RUNS)(_cut), lru_cache(_LONG_RUNS)(_cut)


def _pieces(normal: str) -> Iterator[str]:
    """The words of each Chinese run, every other run, and what stands between them."""
    end = 0
    for run in _RUN.finditer(normal):
        if run.start() > end:
            yield normal[end : run.start()]
        if _is_chinese(run[0]):
            yield from _read_han(run[0]).pieces
        else:
            yield run[0]
        end = run.end()
    if end < len(normal):
        yield normal[end:]


def _content(pieces: Sequence[str]) -> Iterator[list[str]]:
    """What remains when stop words are cut out: the words of each stretch, which is Chinese or one run of the rest.

    The best segmentation of a stretch between two words is that part of the best one of the whole, so that cutting a
    run once serves stop words, words and search mode.
    """
    stopwords = _stopwords()
    stretch: list[str] = []
    for piece in pieces:
        if _is_chinese(piece) and piece not in stopwords:
            stretch.append(piece)
            continue
        if stretch:
            yield stretch
            stretch = []
        if _RUN.match(piece) and piece not in stopwords:
            yield [piece]
    if stretch:
        yield stretch


def _tokens(stretch: list[str]) -> list[str]:
    """The words of a Chinese stretch in jieba's search mode, then the pairs that are none of them, then characters."""
    known = _jieba().FREQ
    found: list[str] = []
    for word in stretch:
        for length in (2, 3):
            if len(word) > length:
                inner = (word[start : start + length] for start in range(len(word) - length + 1))
                found += [part for part in inner if known.get(part)]
        if len(word) > 1:
            found.append(word)
    text, different = "".join(stretch), set(found)
    return [*found, *(pair for pair in map("".join, pairwise(text)) if pair not in different), *text]

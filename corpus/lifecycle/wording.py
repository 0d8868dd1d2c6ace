"""What of two versions of a text differs, in stretches that a reader takes in: no single characters between marks."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from corpus.text.characters import fold

Span = tuple[int, int]

_HAN_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
_WORD = re.compile(rf"[A-Za-z]+|\d[\d,.]*%?|[{_HAN_NUMERAL}]+|\S")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?\n]*|[。；;！!？?\n]+")
_MOST_AT_ONCE = 2_000_000  # pairs of words that are compared; of longer texts whole sentences are
_LEAST = 3  # characters of a stretch between two marks that stays unmarked


def marks(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The stretches of each text that the other has not; offsets into the texts, half open, in order, apart.

    Law: without them and without blanks both texts are the same, folded (widths, simplified characters).
    """
    if _words(old) == _words(new):
        return (), ()
    pattern = _WORD
    first, second = _pieces(old, pattern), _pieces(new, pattern)
    if len(first) * len(second) > _MOST_AT_ONCE:
        pattern = _SENTENCE
        first, second = _pieces(old, pattern), _pieces(new, pattern)
    keys = [_words(old[slice(*one)]) for one in first], [_words(new[slice(*one)]) for one in second]
    matcher = SequenceMatcher(None, *keys, autojunk=pattern is _SENTENCE)
    changes = _merged([op[1:] for op in matcher.get_opcodes() if op[0] != "equal"], first)
    return (
        tuple((first[a][0], first[b - 1][1]) for a, b, _, _ in changes if b > a),
        tuple((second[c][0], second[d - 1][1]) for _, _, c, d in changes if d > c),
    )


Change = tuple[int, int, int, int]  # half open: words of the old text, words of the new one


def _pieces(text: str, pattern: re.Pattern[str]) -> list[Span]:
    return [match.span() for match in pattern.finditer(text) if match[0].strip()]


def _words(text: str) -> str:
    return "".join(fold(text).split())


def _merged(changes: Sequence[Change], words: Sequence[Span]) -> list[Change]:
    """The changes, those with hardly anything between them as one."""
    merged: list[Change] = []
    for change in changes:
        if merged and _is_little(merged[-1], change, words):
            merged[-1] = (merged[-1][0], change[1], merged[-1][2], change[3])
        else:
            merged.append(change)
    return merged


def _is_little(before: Change, after: Change, words: Sequence[Span]) -> bool:
    """Whether what stays the same between two changes is too little to be read as such."""
    between = sum(end - start for start, end in words[before[1] : after[0]])
    return between < _LEAST or between * 2 <= min(map(_size, (before, after)))


def _size(change: Change) -> int:
    return max(change[1] - change[0], change[3] - change[2])


def runs(text: str, marked: Sequence[Span], start: int = 0, end: int | None = None) -> Iterator[tuple[str, bool]]:
    """A text, or a stretch of it, in order: each piece with whether it is marked."""
    done, stop = start, len(text) if end is None else end
    for first, last in marked:
        begin, ends = max(first, done), min(last, stop)
        if begin < ends:
            if done < begin:
                yield text[done:begin], False
            yield text[begin:ends], True
            done = ends
    if done < stop:
        yield text[done:stop], False

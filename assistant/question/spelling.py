"""Wrong characters of the right sound: 住册 → 注册, 营叶执照 → 营业执照.

Only a stretch that the segmenter makes nothing of is looked at, and it is changed only into a word of the documents
that sounds the same and shares half of its characters; a correct question stays as it is.
"""

from assistant.question.sounds import Vocabulary
from index.text.normalizer import Normal
from index.text.tokenizer import is_stopword, is_word, segments

_LONGEST = 5  # characters of a mistake: no word of four is written with more
_READ = 400  # characters; a longer message tells a story, which is found by its other words


def correct(text: Normal, vocabulary: Vocabulary) -> Normal:
    """The text with homophones corrected, as far as `_READ` characters go."""
    cut, right, start = segments(text[:_READ]), "", 0
    ends = _ends(cut)
    while start < len(cut):
        for end in range(min(ends[start], start + _LONGEST), start + 1, -1):
            if instead := _correction(cut[start:end], vocabulary):
                right += instead
                start = end
                break
        else:
            right += cut[start]
            start += 1
    return Normal(right + text[_READ:])


def _ends(cut: list[str]) -> list[int]:
    """For each segment where a mistake beginning there must end: before what weighs nothing or is not Chinese."""
    ends, end = [0] * len(cut), len(cut)
    for position in range(len(cut) - 1, -1, -1):
        if is_stopword(cut[position]) or not all("\u3400" <= c <= "\u9fff" for c in cut[position]):
            end = position
        ends[position] = end
    return ends


def _correction(stretch: list[str], vocabulary: Vocabulary) -> str | None:
    written = "".join(stretch)
    if len(written) > _LONGEST or is_word(written) or not any(len(segment) == 1 for segment in stretch):
        return None
    if vocabulary.contains(written):
        return None
    return next(filter(vocabulary.is_official, vocabulary.homophones(written)), None)

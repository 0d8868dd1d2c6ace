"""Wrong characters of the right sound: 住册 → 注册, 营叶执照 → 营业执照.

Only a stretch that the segmenter makes nothing of is looked at, and it is changed only into a word of the documents
that sounds the same and shares half of its characters; a correct question stays as it is.
"""

from assistant.sound import Vocabulary
from index.normalizer import normalize
from index.tokenizer import is_stopword, is_word, segments

_LONGEST = 5  # characters


def correct(text: str, vocabulary: Vocabulary) -> str:
    """The text with homophones put right, then in normal form; as it stands where there are none."""
    plain = normalize(text)
    cut, right, start = segments(plain), "", 0
    while start < len(cut):
        for end in range(min(len(cut), start + _LONGEST), start + 1, -1):
            if instead := _meant(cut[start:end], vocabulary):
                right += instead
                start = end
                break
        else:
            right += cut[start]
            start += 1
    return text if right == plain else right


def _meant(stretch: list[str], vocabulary: Vocabulary) -> str | None:
    written = "".join(stretch)
    if len(written) > _LONGEST or is_word(written) or not any(len(segment) == 1 for segment in stretch):
        return None
    if (
        vocabulary.written(written)
        or any(is_stopword(segment) for segment in stretch)
        or not all("\u3400" <= c <= "\u9fff" for c in written)
    ):
        return None
    return next(filter(vocabulary.official, vocabulary.alike(written)), None)

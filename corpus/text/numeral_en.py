"""Numbers in English words, cardinal and ordinal: forty-two, twenty second, 31st; 1 … 999."""

import re

_DIGITS = "one two three four five six seven eight nine"
_ONES = f"{_DIGITS} ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_VALUES = {word: value for value, word in enumerate(_ONES.split(), 1)}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}


def _ordinal(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word.removesuffix('ve')}{'f' if word == 'twelve' else ''}th"


_ORDINALS = {_ordinal(word): value for word, value in _VALUES.items()}


def _pattern(last: dict[str, int]) -> str:
    """A pattern, without groups, of numbers below 100, or of so many hundred, whose last word is one of these."""
    digits, tens = ("|".join(words.split()) for words in (_DIGITS, _TENS))
    words = "|".join(sorted(last, key=len, reverse=True))
    return rf"(?:(?:{digits}) hundred (?:and )?)?(?:(?:{tens})[- ])?(?:{words})"


CARDINAL = rf"{_pattern(_VALUES)}\b"
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{_pattern(_ORDINALS)})\b"


def english_value(written: str) -> int:
    """The value of what one of the two patterns has matched, or of digits."""
    if digits := re.match(r"\d+", written):
        return int(digits[0])
    total = 0
    for word in re.findall(r"[a-z]+", written):
        if word == "hundred":
            total *= 100
        else:
            total += _VALUES.get(word, _ORDINALS.get(word, 0))
    return total

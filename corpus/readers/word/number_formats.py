"""A number as Word prints it in one of its formats (ST_NumberFormat of ECMA-376, part 1, 17.18.59)."""

from collections.abc import Callable

from corpus.text.numeral import DIGITS, to_chinese

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_BELOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 32_767  # so that no number grows without end
_MOST_LETTERS = 780  # as in Word: thirty times z
_MOST = 99_999
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FORMAL_TRADITIONAL = str.maketrans("一二三四五六七八九十百千万", "壹貳參肆伍陸柒捌玖拾佰仟萬")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS = str.maketrans("0123456789", "○" + DIGITS[1:])
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def format_number(value: int, form: str, picture: str = "") -> str:
    """The number as printed; in decimal where the format is unknown or does not reach it.

    `picture` is the pattern of a custom format: 001, 002, 003, … for numbers of three digits.
    """
    if form == "custom":
        return str(value).zfill(min(len(picture.partition(",")[0].strip()), 9))
    written = _FORMATS[form](value) if form in _FORMATS and 0 < value <= _MOST else ""
    return written or ("" if form == "none" else str(value))


def _roman(value: int) -> str:
    written = ""
    if value > _MOST_ROMAN:
        return written
    for worth, letters in (*_ROMAN, *_ROMAN_BELOW):
        written += letters * (value // worth)
        value %= worth
    return written


def _letters(value: int) -> str:
    """From a to z, then aa, bb … zz, aaa."""
    times, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * (times + 1) if value <= _MOST_LETTERS else ""


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if value <= len(characters) else ""


def _signs(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


def _by_digit(value: int) -> str:
    return str(value).translate(_DIGITS)


def _thousand(value: int) -> str:
    return to_chinese(value).replace("零", "〇")


def _counting(value: int) -> str:
    """As Word does it: 九十九, and digit by digit from 一○○ on."""
    return to_chinese(value) if value < 100 else _by_digit(value)


def _ordinal(value: int) -> str:
    return f"{value}{'th' if value % 100 in (11, 12, 13) else _ENDINGS.get(value % 10, 'th')}"


def _full(value: int) -> str:
    """With 一 in front of ten, as amounts are written: 壹拾."""
    written = to_chinese(value)
    return "一" + written if written.startswith("十") else written


_CIRCLED = _one_of(_signs("①", "⑳") + _signs("㉑", "㉟") + _signs("㊱", "㊿"))
_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _one_of(_signs("⒈", "⒛")),
    "decimalEnclosedParen": _one_of(_signs("⑴", "⒇")),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "japaneseCounting": to_chinese,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": lambda value: _full(value).translate(_FORMAL),
    "ideographLegalTraditional": lambda value: _full(value).translate(_FORMAL_TRADITIONAL),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _one_of(_signs("㊀", "㊉")),
}

"""Chinese numerals as official documents number with them: 二十六 ↔ 26."""

DIGITS = "零一二三四五六七八九"
NUMERAL = "零〇一二三四五六七八九十百千"  # every character an ordinary heading number may hold
ANY_NUMERAL = NUMERAL + "廿卅万"
_VALUES = {c: i for i, c in enumerate(DIGITS)} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"
LARGEST = 99_999_999  # that `to_chinese` writes


def from_chinese(numeral: str) -> int:
    """Value of a numeral: 二十六, 廿六 → 26, 一百零三 → 103, 二万零九十九 → 20099, digit by digit 二〇二三 → 2023.

    Raises KeyError on a character outside `NUMERAL`, 廿, 卅 and 万.
    """
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    above, myriad, below = numeral.rpartition(_MYRIAD)
    if myriad:
        return from_chinese(above or "一") * 10_000 + (from_chinese(below) if below else 0)
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_VALUES[c]) for c in numeral))
    total = digit = 0
    for c in numeral:
        if c in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[c], 0
        else:
            digit = _VALUES[c]
    return total + digit


def to_chinese(value: int) -> str:
    """The numeral of 1 … 99999999 as headings print it: 10 → 十, 26 → 二十六, 103 → 一百零三, 20099 → 二万零九十九.

    Raises ValueError outside that range.
    """
    if not 1 <= value <= LARGEST:
        raise ValueError(f"{value} is outside 1 … {LARGEST}; headings are numbered within it")
    above, below = divmod(value, 10_000)
    if above:
        rest = _below_ten_thousand(below)
        return to_chinese(above) + _MYRIAD + ("零" if below and below < 1000 else "") + rest
    written = _below_ten_thousand(value)
    return written[1:] if written.startswith("一十") else written


def _below_ten_thousand(value: int) -> str:
    written = ""
    for digit, unit in zip(f"{value:04d}", "千百十 ", strict=True):
        if digit != "0":
            written += DIGITS[int(digit)] + unit.strip()
        elif written and not written.endswith("零"):
            written += "零"
    return written.rstrip("零")

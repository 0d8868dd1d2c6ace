"""Chinese numerals as official documents number with them: 二十六 ↔ 26."""

DIGITS = "零一二三四五六七八九"
NUMERAL = "零〇一二三四五六七八九十百千"  # every character a heading number may hold
_VALUES = {c: i for i, c in enumerate(DIGITS)} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def from_chinese(numeral: str) -> int:
    """Value of a numeral below ten thousand: 二十六 → 26, 一百零三 → 103, and digit by digit 二〇二三 → 2023.

    Raises KeyError on a character outside `NUMERAL`.
    """
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
    """The numeral of 1 … 9999 as headings print it: 10 → 十, 26 → 二十六, 103 → 一百零三, 110 → 一百一十.

    Raises ValueError outside that range.
    """
    if not 1 <= value <= 9999:
        raise ValueError(f"{value} is outside 1 … 9999; headings are numbered within it")
    digits = f"{value:04d}"
    written = ""
    for digit, unit in zip(digits, "千百十 ", strict=True):
        if digit != "0":
            written += DIGITS[int(digit)] + unit.strip()
        elif written and not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    return written[1:] if written.startswith("一十") else written

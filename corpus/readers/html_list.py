"""The numbers that a browser puts before the items of an ordered list: they are words of the text, too."""

import re

from lxml import etree

_DIGITS = "零一二三四五六七八九"
_CHINESE = re.compile("cjk|chinese|trad-|simp-")
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|lower-alpha|upper-alpha|lower-latin|upper-latin|"
                    r"lower-roman|upper-roman|cjk[\w-]*|(?:simp|trad)-chinese[\w-]*)")  # fmt: skip
_BY_TYPE = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_NUMBERED = re.compile(r"\s*(?:第|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳])")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class ListCounter:
    """Counts the items of the lists that are open."""

    def __init__(self) -> None:
        self._open: list[tuple[etree._Element, list[int]]] = []

    def opens(self, element: etree._Element) -> None:
        """Notes an opening list."""
        if element.tag == "ol":
            self._open.append((element, [_whole(element.get("start"), 1)]))
        elif element.tag == "ul":
            self._open.append((element, []))

    def closes(self, element: etree._Element) -> None:
        """Forgets a closing list."""
        if self._open and self._open[-1][0] is element:
            self._open.pop()

    def number(self, item: etree._Element) -> str:
        """What stands before an item: "3. "; nothing before a bullet's, or where the item brings its own number."""
        if not self._open or not self._open[-1][1]:
            return ""
        element, count = self._open[-1]
        value = _whole(item.get("value"), count[0])
        count[0] = value + 1
        style = _style(item) or _style(element) or _BY_TYPE.get(element.get("type", "1"), "decimal")
        words = next((text for text in item.itertext() if text.strip()), "")
        if style == "none" or _NUMBERED.match(words):
            return ""
        return _written(value, style)


def _style(element: etree._Element) -> str | None:
    found = _STYLE.search(element.get("style", "").lower())
    return found[1] if found else None


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*[0-9]{1,6}\s*", value) else default


def _written(value: int, style: str) -> str:
    if _CHINESE.match(style) and 0 < value < 100:
        tens, ones = divmod(value, 10)
        ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return ten + (_DIGITS[ones] if ones else "") + "、"
    if style.endswith(("alpha", "latin")) and 0 < value <= 26:
        letter = chr(ord("a") + value - 1)
    elif style.endswith("roman") and 0 < value < 200:
        letter = _roman(value)
    else:
        return f"{value}. "
    return (letter.upper() if style.startswith("upper") else letter) + ". "


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        written += letters * times
    return written

"""Signs of symbol fonts, which stand in a file as characters of private use, as the characters they show."""

import re

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_OFFSET = 0xF000


def _run(first: int, characters: str) -> dict[int, str]:
    return {first + place: character for place, character in enumerate(characters)}


_WINGDINGS = {
    **_run(0x6C, "●○■□□□□◆◆◆❖◆"),
    **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **{0x46: "☞", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢"},
    **{0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_WINGDINGS_2 = {
    **_run(0x4F, "✗✓☒☑☒☒"),
    **_run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **{0x96: "•", 0x97: "●", 0x98: "●", 0xA2: "■", 0xA3: "□"},
}
_SYMBOL = {
    **_run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
    **_run(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    **{0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•"},
    **{0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·", 0xE5: "∑"},
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def shown(text: str, font: str) -> str:
    """The text with characters of private use as `font` shows them; those that are not known stay.

    In a font that has letters and no signs, U+F041 is A.
    """
    return _PRIVATE.sub(lambda match: _sign(ord(match[0]), font.strip().lower()) or match[0], text)


def sign(code: int, font: str) -> str:
    """The sign with this code in a font; empty where it is not known."""
    font = font.strip().lower()
    if font in _FONTS:
        return _sign(code, font)
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else _sign(code, font)


def _sign(code: int, font: str) -> str:
    low = code - _OFFSET if code >= _OFFSET else code
    if font in _FONTS:
        return _FONTS[font].get(low, "")
    if _OFFSET + 0x20 <= code < _OFFSET + 0x7F and font and "dings" not in font:
        return chr(low)
    return _WINGDINGS.get(low, "") if code >= _OFFSET else ""

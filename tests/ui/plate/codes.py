"""A QR code of a page as a camera reads it: the picture is drawn from the SVG, and another library decodes it."""

import re

import cv2
import numpy as np
from numpy.typing import NDArray

_PIXELS = 4  # a module


def decoded(html: str) -> str:
    """What the first code of the page holds; empty where it cannot be read. Raises ValueError without a code."""
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(_picture(html))
    return str(text)


def _picture(html: str) -> NDArray[np.uint8]:
    """The modules of segno's SVG, whose path draws rows of them as strokes: `M4 4.5h7m2 0h1m-9 1h1`."""
    size, path = re.search(r'viewBox="0 0 (\d+) \d+"', html), re.search(r'stroke="#000"[^>]* d="([^"]+)"', html)
    if size is None or path is None:
        raise ValueError("no code in this page")
    modules = np.full((int(size[1]), int(size[1])), 255, np.uint8)
    x = y = 0.0
    for act, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path[1]):
        if act == "h":
            modules[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
        else:
            start = (0.0, 0.0) if act == "M" else (x, y)
            x, y = start[0] + float(first), start[1] + float(second)
    return np.kron(modules, np.ones((_PIXELS, _PIXELS), np.uint8))

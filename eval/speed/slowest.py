"""A bounded search for the question of 2,000 characters that takes longest: random restarts, then small changes.

A question is a few segments of equal length, each a row of units repeated; most work that grows faster than the text
shows on texts of that shape. What is reported was measured twice, on the text and on the text turned by one
character, so that neither a pause of the machine nor a cache decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from eval.speed.hostile import LENGTH

# Characters and syllables on which patterns of addresses, numbers, places, pinyin and sentences turn.
UNITS = (
    *"零〇一二三四五六七八九十廿百千万亿两壹贰拾",
    *"不没未无非别可能是否有的了吗呢和与及或以把被在到",
    *"第条款项点章节附件之目（）()〔〕[]《》“”号年月日",
    *"0123456789.．,、-—/:：％%元",
    *"，。；？！;?!…·",
    *" \t\n\u3000\u00a0\u200b\ufeff",
    *"省市区县州盟旗海南北东西京",
    *"abenghijlnostuvxyz",
    *"éüß①㈠Ⅳ½№ﬁ\u0301\u20dd😀",
    *("zhang", "shi ", "ban li ", "xiong", "the ", "where ", "第一条", "什么", "公司", "营业执照", "怎么", "请问"),
)
SEGMENTS = 3  # most
ROW = 5  # most units of a segment
PATIENCE = 15  # changes without effect after which the search begins anew
_QUICK = 1e-9  # what a refused question counts as

Segments = tuple[tuple[str, ...], ...]
TimeOf = Callable[[str], float | None]  # question → seconds, None where it is refused as input


@dataclass(frozen=True, slots=True)
class Slowest:
    """The slowest question found, its seconds, and how many were tried."""

    question: str
    seconds: float
    tried: int


def search_slowest(time_of: TimeOf, rng: Random, goes_on: Callable[[], bool], length: int = LENGTH) -> Slowest:
    """Try questions as long as `goes_on`; at least one is tried."""
    best, tried = Slowest(to_text(((rng.choice(UNITS),),), length), 0.0, 0), 0
    while not tried or goes_on():
        current, slow, unmoved = _random(rng), 0.0, 0
        while unmoved < PATIENCE and (not tried or goes_on()):
            changed = _change(current, rng) if slow else current
            text = to_text(changed, length)
            seconds = _measured(time_of, text, slow)
            tried += 1
            unmoved += 1
            if seconds > slow:
                current, slow, unmoved = changed, seconds, 0
            if seconds > best.seconds:
                best = Slowest(text, seconds, tried)
    return Slowest(best.question, best.seconds, tried)


def to_text(segments: Segments, length: int) -> str:
    """The text of that many characters."""
    each = -(-length // len(segments))
    return "".join("".join(islice(cycle("".join(row)), each)) for row in segments)[:length]


def _measured(time_of: TimeOf, text: str, record: float) -> float:
    """Seconds; a record must be repeated, on the text turned by one character."""
    seconds = time_of(text) or _QUICK
    return min(seconds, time_of(text[1:] + text[0]) or _QUICK) if seconds > record else seconds


def _random(rng: Random) -> Segments:
    return tuple(_row(rng) for _ in range(rng.randint(1, SEGMENTS)))


def _row(rng: Random) -> tuple[str, ...]:
    return tuple(rng.choice(UNITS) for _ in range(rng.randint(1, ROW)))


def _change(segments: Segments, rng: Random) -> Segments:
    """A unit put in, taken out or replaced; or a segment more, another, or one less."""
    changed = [list(row) for row in segments]
    at = rng.randrange(len(changed))
    row, place = changed[at], rng.randrange(len(changed[at]))
    match rng.randrange(6):
        case 0 if len(row) < ROW:
            row.insert(place, rng.choice(UNITS))
        case 1 if len(row) > 1:
            row.pop(place)
        case 2 if len(changed) < SEGMENTS:
            changed.insert(at, list(_row(rng)))
        case 3 if len(changed) > 1:
            changed.pop(at)
        case 4:
            changed[at] = list(_row(rng))
        case _:
            row[place] = rng.choice(UNITS)
    return tuple(tuple(one) for one in changed)

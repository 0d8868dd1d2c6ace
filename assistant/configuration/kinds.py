"""The kinds of settings: a type, how it is read from text, and what a policyqa.toml may hold in its place.

What reads a kind raises ValueError(what to give, in Chinese and in English).
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from index.engines.names import ENGINES

PREFIX = "POLICYQA_"
DATA = Path("~/.local/share/policyqa")
FEEDBACK = DATA / "feedback.sqlite3"
SWITCH = {"on": True, "off": False, "true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}
_URL = re.compile(r"[a-z][a-z0-9+]+:")  # what a slip makes of "://" is no file name either: it may hold a password
_ROOT = re.compile(r"(?:/[A-Za-z0-9_.~-]+)+")


def switch(value: str) -> bool:
    """on, true, yes, 1 → True; off, false, no, 0 → False."""
    if value.lower() not in SWITCH:
        raise ValueError("on 或 off", "on or off")
    return SWITCH[value.lower()]


def whole(value: str) -> int:
    """A whole number."""
    try:
        return int(value)
    except ValueError:
        raise ValueError("整数", "a whole number") from None


def number(value: str) -> float:
    """A number."""
    try:
        return float(value)
    except ValueError:
        raise ValueError("数字", "a number") from None


def root(value: str) -> str:
    """A path such as /policy, also written policy or /policy/."""
    path = f"/{value.strip('/')}" if value.strip("/") else ""
    if path and not _ROOT.fullmatch(path):
        raise ValueError("路径，如 /policy", "a path such as /policy")
    return path


def names(value: str) -> tuple[str, ...]:
    """Items separated by commas or spaces."""
    return tuple(value.replace(",", " ").split())


def store(value: str) -> Path | str | None:
    """A switch: the default file, or nothing. Else a database URL, or the path of a file."""
    on = SWITCH.get(value.lower())
    if on is None:
        return value if _URL.match(value) else Path(value)
    return FEEDBACK if on else None


def access(value: str) -> str:
    """Who gets in: everybody on the machine itself, or by role."""
    if value.lower() not in ("open", "roles"):
        raise ValueError("open 或 roles", "open or roles")
    return value.lower()


def engine(value: str) -> str:
    """Where postings and vectors lie."""
    if value.lower() not in ENGINES:
        raise ValueError(" 或 ".join(ENGINES), " or ".join(ENGINES))
    return value.lower()


def rate(value: str) -> str:
    """How often, as `limits` writes it; "" where it is switched off."""
    if SWITCH.get(value.lower()) is False:
        return ""
    from limits import parse_many  # noqa: PLC0415  (takes its time to load)

    with suppress(ValueError):
        if all(one.amount > 0 for one in parse_many(value)):
            return value
    raise ValueError("次数，如 120/minute 或 off", "a rate such as 120/minute, several with ; between, or off")


Folder = Annotated[Path, Path]
MaybeFolder = Annotated[Path | None, Path]
Store = Annotated[Path | str | None, store]
Text = Annotated[str | None, str]
Word = Annotated[str, str]
Switch = Annotated[bool, switch]
Whole = Annotated[int, whole]
Number = Annotated[float, number]
Root = Annotated[str, root]
Names = Annotated[tuple[str, ...], names]
Access = Annotated[str, access]
Engine = Annotated[str, engine]
Rate = Annotated[str, rate]

# What a policyqa.toml may hold besides a text, by what reads it.
TOML_TYPES: dict[object, tuple[type, ...]] = {
    switch: (bool,),
    store: (bool,),
    whole: (int,),
    number: (int, float),
    names: (list,),
    rate: (bool,),
}

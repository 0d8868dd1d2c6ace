"""The file of settings, policyqa.toml: where it is looked for, and what stands in it by name and line."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.configuration.kinds import PREFIX, SWITCH
from corpus.errors import SettingsError

NAME = "policyqa.toml"
CONFIG = "CONFIG"  # behind the prefix: which file is read; `off`: none
PLACES = (Path(NAME), Path("/etc/policyqa") / NAME)  # the first that is there is read, and no other
_MOST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the file by one name."""

    name: str
    value: object
    line: int | None  # from 1; None where it cannot be told
    file: Path

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else str(self.file)


def settings_file(environment: Mapping[str, str], places: tuple[Path, ...] = PLACES) -> Path | None:
    """The file that POLICYQA_CONFIG names, else the first of `places` that is there; None: there is none, or `off`.

    Raises SettingsError where the file named is not there, and where one in the working folder is somebody else's:
    who may write into a folder must not decide for those who happen to work in it.
    """
    if named := environment.get(PREFIX + CONFIG, "").strip():
        if SWITCH.get(named.lower()) is False:
            return None
        file = _expanded(Path(named))
        if not file.is_file():
            raise SettingsError(
                f"{PREFIX}{CONFIG} 指的文件 {file} 不存在，请改正，或设为 off。"
                f"There is no file {file}, named by {PREFIX}{CONFIG}; correct it, or set it to off."
            )
        return file.absolute()
    for place in places:
        if place.is_file():
            if not place.is_absolute() and not _is_own(place):
                raise SettingsError(
                    f"{place.absolute()} 是别的用户的，没有读；要用它，请设 {PREFIX}{CONFIG}={place}，不用就设为 off。"
                    f"This file of the working folder belongs to another user and was not read: to use it, set "
                    f"{PREFIX}{CONFIG}={place}; otherwise set it to off."
                )
            return place.absolute()
    return None


def entries(file: Path) -> Iterator[Entry]:
    """Everything in the file, in its order. Raises SettingsError where it cannot be read or is no TOML."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST).decode("utf-8-sig")
        found = tomllib.loads(text)
    except (OSError, ValueError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        raise SettingsError(
            f"设置文件 {file} 读不了（{error}），请改正；文件是 UTF-8 编码的 TOML，样本见 policyqa settings --example。"
            f"The file of settings cannot be read; correct it: TOML in UTF-8, as `policyqa settings --example` prints."
        ) from error
    for name, value in found.items():
        yield Entry(name, value, _line(text, name), file)


def _line(text: str, name: str) -> int | None:
    """The line on which a name, or the table of that name, begins."""
    written = rf"""(?:{re.escape(name)}|"{re.escape(name)}"|'{re.escape(name)}')"""
    match = re.search(rf"^[ \t]*\[*[ \t]*{written}[ \t]*[=.\]]", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else None


def _is_own(file: Path) -> bool:
    """Whether it belongs to whoever runs the program, or to the machine's administrator."""
    return not hasattr(os, "geteuid") or file.stat().st_uid in {0, os.geteuid()}


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        return path  # said by the settings: there is no home folder

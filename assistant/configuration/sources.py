"""The values of the settings and where each comes from: policyqa.toml first, the environment over it.

A secret, or an address that may hold a password, is a field that is not in the repr of Settings. Such a one may be
named by file, in both places by one rule: its name with `_FILE` behind it, as containers and systemd hand secrets over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from assistant.configuration.file import CONFIG, Entry, entries
from assistant.configuration.kinds import PREFIX, TOML_TYPES
from assistant.configuration.refusals import BadSettingError, refusal
from corpus.errors import SettingsError

DEFAULT = "默认 default"
_FILE = "_file"
_MOST_SECRET = 10_000  # bytes


@dataclass(frozen=True, slots=True)
class Given:
    """A value that somebody has set, as text, and where."""

    text: str
    place: str  # `/etc/policyqa/policyqa.toml:3`, `POLICYQA_LIMIT`, or either with the file of a secret behind it
    folder: Path | None = None  # what a path in it is relative to; None: the working folder


class Sources:
    """What is set, by field: `given`, and `values` read by kind.

    Raises SettingsError for an unknown name (with line and the nearest that there is), a value of the wrong kind, or a
    secret whose file cannot be read.
    """

    def __init__(self, known: Sequence[Field[Any]], environment: Mapping[str, str], file: Path | None) -> None:
        self._known = {one.name: one for one in known}
        self.file = file
        in_file = self._resolved(dict(self._in_file(file))) if file else {}
        self.given = in_file | self._resolved(dict(self._in_environment(environment)))
        self.values: dict[str, Any] = {name: self._read(name, one) for name, one in self.given.items()}

    def place(self, name: str) -> str:
        """Where the value of a field comes from."""
        return self.given[name].place if name in self.given else DEFAULT

    def locate(self, error: BadSettingError) -> SettingsError:
        """The error with file and line before it, where the value stands in a file."""
        given = self.given.get(error.setting)
        return SettingsError(f"{given.place}：{error}") if given and given.folder else error

    def _in_environment(self, environment: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
        names = {key.removeprefix(PREFIX): key for key in environment if key.startswith(PREFIX)}
        names.pop(CONFIG, None)
        if unknown := sorted(name for name in names if name != name.upper() or not self._is_known(name.lower())):
            raise _unknown(f"{PREFIX}{unknown[0]}", [PREFIX + one.upper() for one in self._known], "")
        for name, key in names.items():
            if text := environment[key].strip():  # a blank behind a value, or a line end out of a file, belongs to none
                yield name.lower(), Given(text, key)

    def _in_file(self, file: Path) -> Iterator[tuple[str, Given]]:
        for entry in entries(file):
            if not self._is_known(entry.name):
                raise _unknown(entry.name, list(self._known), f"{entry.place}：")
            if text := self._text(entry).strip():
                yield entry.name, Given(text, entry.place, file.parent)

    def _is_known(self, name: str) -> bool:
        return name in self._known or self._secret(name) is not None

    def _secret(self, name: str) -> str | None:
        """The secret that a name with `_file` behind it stands for; None where the name is a setting, or nothing."""
        field = self._known.get(name.removesuffix(_FILE))
        is_file = name.endswith(_FILE) and name not in self._known
        return field.name if is_file and field and not field.repr else None

    def _resolved(self, given: dict[str, Given]) -> dict[str, Given]:
        """With the content of each file of a secret in place of its name."""
        found = {name: one for name, one in given.items() if name in self._known}
        for name, one in given.items():
            if (secret := self._secret(name)) is None:
                continue
            if secret in found:
                raise SettingsError(
                    f"{found[secret].place} 和 {one.place} 只能设一个，请删去其中一个。"
                    f"Only one of {found[secret].place} and {one.place} may be set; remove the other."
                )
            file = one.folder / Path(one.text).expanduser() if one.folder else Path(one.text).expanduser()
            found[secret] = Given(_content(file, one.place), f"{one.place} → {file}", one.folder)
        return found

    def _text(self, entry: Entry) -> str:
        """A value of the file as the environment would hold it."""
        value, field = entry.value, self._known.get(entry.name)
        accepted = TOML_TYPES.get(_reader(field), ()) if field else ()
        if isinstance(value, str):
            return value
        if type(value) in accepted:
            if isinstance(value, bool):
                return "on" if value else "off"
            if not isinstance(value, list):
                return str(value)
            if all(isinstance(item, str) and item and not set(item) & set(", \t\n") for item in value):
                return " ".join(value)
        chinese, english = {
            (bool,): ("true 或 false", "true or false"),
            (int,): ("整数", "a whole number"),
            (int, float): ("数字", "a number"),
            (list,): ('列表，如 ["a", "b"]', 'a list such as ["a", "b"]'),
        }.get(accepted, ("加引号的文字", "text in quotes"))
        raise SettingsError(
            f"{entry.place}：{entry.name} 的值有误，请给出{chinese}。"
            f"The value of {entry.name} is wrong; give {english}."
        )

    def _read(self, name: str, one: Given) -> object:
        field = self._known[name]
        try:
            value = _reader(field)(one.text)
        except ValueError as error:
            shown = one.text if field.repr else "***"
            raise self.locate(refusal(name, shown, *error.args)) from error
        if isinstance(value, Path) and one.folder and not str(value).startswith("~"):
            return one.folder / value  # written beside a file, it is meant from there
        return value


def _reader(field: Field[Any]) -> Callable[[str], Any]:
    """What reads the kind of a field from text."""
    reader: Callable[[str], Any] = get_args(field.type)[1]
    return reader


def _content(file: Path, place: str) -> str:
    """What a secret's file holds, without the line end that editors put behind it."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_MOST_SECRET).decode("utf-8-sig").strip()
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) else "UTF-8"  # what is in the file is nobody's business
        raise SettingsError(
            f"{place} 指的文件 {file} 读不了（{cause}），请检查路径和权限。"
            f"The file {file} named by {place} cannot be read; check its path and permissions."
        ) from None
    if not text:
        raise SettingsError(f"{place} 指的文件 {file} 是空的。The file {file} named by {place} is empty; write it.")
    return text


def _unknown(name: str, known: list[str], place: str) -> SettingsError:
    near = get_close_matches(name, known, 1)
    chinese = f"，是不是 {near[0]}？请改名或删去" if near else "，请改名或删去"
    english = f"did you mean {near[0]}? " if near else ""
    return SettingsError(
        f"{place}没有 {name} 这项设置{chinese}。There is no setting {name}; {english}rename or remove it. "
        f"可用的设置 known are: {', '.join(known)}"
    )

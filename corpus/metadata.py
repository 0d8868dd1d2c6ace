"""The facts about a document that stand beside its text, in a TOML file of the same name."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from corpus.errors import DocumentError
from corpus.parser.covering import ATTACHMENT, TEXT
from corpus.places.gazetteer import load_gazetteer
from corpus.readers.text import read_text

_TEXTS = (
    "title",
    "title_en",
    "number",
    "issuer",
    "replaced_by",
    "status",
    "audience",
    "source",
    "main",
    "attachment",
    "attachment_en",
)
_DATES = ("issued", "effective", "expires")
_LISTS = {  # and what each entry is, with an example
    "jurisdiction": ("地名", "place names", "安徽"),
    "replaces": ("旧文件的标题或文号", "titles or numbers of older texts", "某市住房管理办法"),
    "unknown": ("本文件的键", "keys of this file", "issued"),
}
_KEYS = (*_TEXTS, *_LISTS, *_DATES)
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document. A fact that is absent is unknown."""

    title: str | None = None
    title_en: str | None = None
    number: str | None = None
    issuer: str | None = None
    jurisdiction: tuple[str, ...] = ()
    issued: date | None = None
    effective: date | None = None  # the first day in force
    expires: date | None = None  # the last one
    replaces: tuple[str, ...] = ()  # title or 文号 of each older text that this one repeals
    replaced_by: str | None = None  # title or 文号 of the text that repeals this one
    status: str | None = None
    audience: str | None = None  # whom it is for, in its own words
    source: str | None = None
    main: str | None = None  # what people cite, where the parser must be told: "attachment", or "text" for its own
    attachment: str | None = None  # the short name by which the attachment's clauses are cited
    attachment_en: str | None = None  # what English calls one of them: case
    unknown: tuple[str, ...] = ()  # facts that somebody has looked for: what the text seems to state is not one


def read_metadata(path: Path) -> Metadata:
    """The facts in a TOML file. Raises DocumentError naming file and line of each entry that it does not know."""
    return parse_metadata(read_text(path, path.parent), str(path))


def parse_metadata(text: str, path: str) -> Metadata:
    """The same from the content of a file, which errors name."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = found[1] if found else text.count("\n") + 1
        raise DocumentError(
            f"{path}:{line}: 不是有效的 TOML，请改正这一行。not valid TOML ({error}); correct the line"
        ) from error
    except RecursionError as error:
        raise DocumentError(
            f"{path}:1: 列表嵌套太深，请按各键的要求填写。lists too deep to be read; write what the keys ask for"
        ) from error
    wrong = ((key, _problem(key, value)) for key, value in table.items())
    if problems := [f"{path}:{_line_of(text, key)}: {problem}" for key, problem in wrong if problem]:
        raise DocumentError("\n".join(problems))
    places = load_gazetteer().short_names(table.get("jurisdiction", ()))
    lists = {key: tuple(table.get(key, ())) for key in _LISTS} | {"jurisdiction": places}
    return Metadata(**{**table, **lists})


def _problem(key: str, value: object) -> str | None:
    """What is wrong with one entry, and what to do."""
    if key not in _KEYS:
        keys = ", ".join(_KEYS)
        return f"没有“{key}”这个键，请改用 {keys} 之一。unknown key {key!r}; use one of them"
    if key in _LISTS:
        return _problem_of_list(key, value)
    if key in _DATES:
        if not isinstance(value, date) or isinstance(value, datetime):
            return f"{key} 应是日期，请写 {key} = 2023-10-19。{key} must be a date; write it like this"
    elif not isinstance(value, str) or not value.strip():
        return (
            f"{key} 应是不空的文字，不知道就不写这个键。"
            f"{key} must be a text that is not empty; leave the key out where the fact is unknown"
        )
    elif key == "main" and value not in (ATTACHMENT, TEXT):
        return (
            'main 只能是 "attachment" 或 "text"，也可不写，由程序判断。'
            'main can only be "attachment" or "text"; leave it out and the parser finds what people cite'
        )
    return None


def _problem_of_list(key: str, value: object) -> str | None:
    chinese, english, example = _LISTS[key]
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        written = f'{key} = ["{example}"]'
        return f"{key} 应是{chinese}的列表，请写 {written}。{key} must be a list of {english}; write it like this"
    strange = [name for name in value if key == "unknown" and name not in _KEYS]
    if not strange:
        return None
    chinese = f"unknown 里的“{strange[0]}”不是键，请用 {', '.join(_KEYS)} 之一。"
    return f"{chinese}unknown names {strange[0]!r}, which is no key; use one of them"


def _line_of(text: str, key: str) -> int:
    found = re.search(rf"^\s*\[*\"?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1

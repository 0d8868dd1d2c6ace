"""Writes the policyqa.toml that `policyqa settings --example` prints, from the table of docs/settings.md.

A setting is added by a field of Settings, a row of that table, and `python -m eval.settings_example`.
"""

import re
from collections.abc import Iterator
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from assistant.configuration.example import EXAMPLE
from assistant.configuration.kinds import PREFIX
from assistant.settings import Settings

TABLE = Path(__file__).parents[1] / "docs" / "settings.md"
_ROW = re.compile(rf"^\| `{PREFIX}(\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
_PAGE = Console(width=110)  # columns; a Chinese character takes two
_HEAD = """\
# policyqa.toml：政策问答助手的设置 · the settings of policyqa
#
# 去掉行首的 # 再改值即可；空值即默认值。放在 /etc/policyqa/policyqa.toml、启动时的文件夹，或 POLICYQA_CONFIG 所指之处。
# 环境变量（如 POLICYQA_LIMIT）优先于本文件；policyqa settings 列出实际生效的值和来源。
# 相对路径从本文件所在的文件夹算起。密码可以放在单独的文件里，在名字后面加 _file：note_secret_file = "/run/secrets/note"
#
# Take the # off a line and change its value; an empty value is the default. Put the file at /etc/policyqa/policyqa.toml
# or into the folder where the program starts, or name it by POLICYQA_CONFIG. The environment (POLICYQA_LIMIT) wins over
# this file; `policyqa settings` prints what holds and from where. Relative paths start at the folder of this file.
# A secret may lie in a file of its own, named with _file behind the name: note_secret_file = "/run/secrets/note"
"""


def example(table: str) -> str:
    """The commented file: every setting, switched off, with its meaning and its default."""
    known = {field.name.upper(): field for field in fields(Settings)}
    rows = [(known[name], default, meaning) for name, default, meaning in _ROW.findall(table) if name in known]
    return _HEAD + "".join(f"\n{''.join(_comment(*row))}#{row[0].name} = {_value(row[0])}\n" for row in rows)


def _comment(field: Field[Any], default: str, meaning: str) -> Iterator[str]:
    words = re.sub(r"（见 \[[^]]*\]\([^)]*\)）| \(\[[^]]*\]\([^)]*\)\)", "", meaning)
    words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", words)
    for line in Text(words).wrap(_PAGE, _PAGE.width):
        yield f"# {line.plain.rstrip()}\n"
    if field.default in (None, "", ()) and default != "none":
        yield f"# 默认 default：{default}\n"
    if not field.repr:
        yield f"# 也可以用 or: {field.name}_file\n"


def _value(field: Field[Any]) -> str:
    default = field.default
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, int | float):
        return str(default)
    if isinstance(default, tuple):
        return str(list(default))
    return f'"{"" if default is None else default}"'


if __name__ == "__main__":
    EXAMPLE.write_text(example(TABLE.read_text(encoding="utf-8")), encoding="utf-8")
    print(EXAMPLE)

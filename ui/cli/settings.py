"""`policyqa settings`: every setting, the value that holds and where it comes from; or a file to begin with."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.settings import Settings
from ui.cli.json_output import print_json

_WIDEST = 60  # characters of the column of values; a longer value pushes what follows


def settings(
    example: Annotated[
        bool, typer.Option("--example", help="输出带说明的 policyqa.toml · print a policyqa.toml with every setting")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")] = False,
) -> None:
    """列出每项设置、实际生效的值和来源，密码不显示 · every setting, the value that holds, and from where; no secret.

    例 example: policyqa settings --example > policyqa.toml
    """
    from assistant.configuration.example import EXAMPLE

    if example:
        print(EXAMPLE.read_text(encoding="utf-8"), end="")
        return
    file, found = Settings.explained()
    if as_json:
        print_json({"file": str(file) if file else None, "settings": [asdict(one) for one in found]})
        return
    print(f"# 设置文件 file: {file or '无 none'}")
    names, values = (max(len(getattr(one, column)) for one in found) for column in ("name", "value"))
    for one in found:
        print(f"{one.name:{names}}  {one.value or '-':{min(values, _WIDEST)}}  {one.place}")

"""`python -m eval.guidance FILE…`: is the right clause shown for a field, and none where there is none?"""

from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings
from eval.guidance.measure import FIELDS, Shown, at_thresholds, figures, mapped, read_fields, unmapped

app = typer.Typer(add_completion=False, help=__doc__)
_GRID = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)


@app.command()
def main(
    files: Annotated[list[Path] | None, typer.Argument(help="有标注的栏 · labelled fields, JSONL")] = None,
    failures: Annotated[bool, typer.Option(help="列出不对的 · list what is wrong")] = True,
    grid: Annotated[bool, typer.Option(help="列出别的阈值 · what other thresholds would do")] = False,
) -> None:
    """查遍每一栏 · look every field up, as its form says and by its words alone."""
    from assistant.service import Assistant  # noqa: PLC0415  (heavy)

    assistant = Assistant.open(Settings.from_environment())
    for file in files or [FIELDS]:
        fields = read_fields(file)
        for name, shown in (
            ("as the form says", mapped(fields, assistant)),
            ("by its words alone", unmapped(fields, assistant)),
        ):
            for one in shown if failures else ():
                if not one.right:
                    print(_failure(one))
            print(f"{file.name}  {name}: {figures(shown)}")
        for value, found in at_thresholds(fields, assistant, _GRID).items() if grid else ():
            print(f"  at {value:g}: {found}")


def _failure(one: Shown) -> str:
    asked, wanted = one.field.asked, list(one.field.clauses)
    printed = " | ".join((asked.section, asked.label, "、".join(asked.options)))
    return f"  {one.field.id}  {printed}: {one.first}, wanted {wanted}"


if __name__ == "__main__":
    app()

"""`python -m eval.validity`: is the version that holds on the day cited, and is what does not hold said to be so?"""

from typing import Annotated

import typer

from assistant.settings import Settings
from corpus.load import load_corpus
from eval.validity.measure import TEXTS, Result, ask, read_questions, share
from index.building import build_index
from index.encoder.encoder import load_encoder

app = typer.Typer(add_completion=False, help=__doc__)
_FIGURES = {
    "is answered": lambda one: one.cites_the_version is not None,
    "cites the version of the day": lambda one: one.cites_the_version,
    "what does not hold is labelled": lambda one: one.labelled,
    "says what is wanted": lambda one: one.says,
}


@app.command()
def main(
    failures: Annotated[bool, typer.Option(help="列出没有通过的 · list what fails")] = True,
) -> None:
    """问遍三天的问题 · ask the questions of three days."""
    from assistant.service import Assistant  # noqa: PLC0415  (heavy)

    settings = Settings.from_environment()
    assistant = Assistant(build_index(load_corpus(TEXTS), load_encoder(settings.encoder)), settings)
    results = [ask(question, assistant) for question in read_questions()]
    for one in results if failures else ():
        if False in (one.cites_the_version, one.labelled, one.says):
            print(_failure(one))
    for name, figure in _FIGURES.items():
        for day in dict.fromkeys(one.question.as_of for one in results):
            right, of = share([one for one in results if one.question.as_of == day], figure)
            print(f"{name}  {day}  {right}/{of}")
        right, of = share(results, figure)
        print(f"{name}  all  {right}/{of}  {right / of if of else 0:.3f}")


def _failure(one: Result) -> str:
    asked = one.question
    text = " / ".join(line for line in one.answer.text.splitlines() if line)
    return "\n".join(
        (
            f"{asked.id}  {asked.as_of}  {' → '.join((*asked.history, asked.question))}",
            f"  wanted {' or '.join(asked.documents)} {asked.says!r}; cited {one.cited or one.answer.reason}",
            f"  version {one.cites_the_version}, labelled {one.labelled}, says {one.says}",
            f"  {text[:300]}\n",
        )
    )


if __name__ == "__main__":
    app()

"""`policyqa gaps`: what people asked and did not get, by meaning."""

from typing import Annotated

import typer

from assistant.settings import Settings
from ui.cli.json_output import print_json


def gaps(
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")] = False,
    state: Annotated[str | None, typer.Option(help="只看某状态，如 open、taken · only those in this state")] = None,
    place: Annotated[str | None, typer.Option(help="只看某地 · only those of this place")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="最多列出几个 · how many to list")] = 50,
) -> None:
    """列出缺口：没答上的问题按意思归类 · list the gaps: questions without a good answer, those of one meaning together.

    例 example: policyqa gaps --state open -n 20
    """
    from assistant.feedback.store import FeedbackStore
    from assistant.gaps.book import open_book
    from assistant.gaps.states import State
    from assistant.messages import messages
    from corpus.errors import InputError
    from index.encoder.encoder import load_encoder
    from index.lexicon.expansion import load_lexicon
    from index.query import QueryReader
    from ui.gaps.view import gap_view

    if state is not None and state not in list(State):
        known = "、".join(State)
        raise InputError(f"没有这种状态，可选 {known}。No such state; choose from {known}.", "state")
    settings = Settings.from_environment()
    book = open_book(FeedbackStore(settings.feedback, settings.feedback_days))
    book.refresh(QueryReader(load_encoder(settings.encoder), load_lexicon()).read)
    found = book.gaps(state=State(state) if state else None, place=place, limit=limit)
    if as_json:
        print_json([gap_view(gap) for gap in found])
        return
    for gap in found:
        example = "".join(character if character.isprintable() else " " for character in gap.example)
        state_name = messages("zh")(f"gaps.state.{gap.state}")
        print(f"{gap.id}  {gap.count:5}  {gap.last:%Y-%m-%d}  {state_name} {gap.state}  {example}")
    if not found:
        print("没有这样的缺口。There are no such gaps.")

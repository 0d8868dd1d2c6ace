"""The pages at `/gaps` and what their script asks for at `/v1/gaps`.

Nobody is asked who they are here: the Gate does (assistant/access/gate.py).
"""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.access.caller import signed
from assistant.gaps.book import Gap
from assistant.gaps.change import Change, LexiconChange, RecordChange, TermChange
from assistant.gaps.loop import Gaps
from assistant.gaps.states import MOVES, State
from assistant.messages import Messages
from corpus.errors import InputError
from index.lexicon.lexicon import DIRECTIONS
from ui.gaps.view import Table, gap_view, preview_view, retested_view, whole_view
from ui.page.languages import RequestedLanguage, with_language
from ui.page.templates import render

PAGE, API = "/gaps", "/v1/gaps"
BY_HAND = tuple(state for state in State if state not in (State.WRITTEN, State.RETESTED))
_SAID = "gaps.said."  # what the script says
_MOST = 200  # gaps that a page lists
_NO_STORE = {"Cache-Control": "no-store"}

_Line = Annotated[str, StringConstraints(max_length=2_000)]
_Lines = Annotated[list[_Line], Field(max_length=200)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MoveIn(_Body):
    """A state that a gap goes to, who says so, and why."""

    state: State
    who: _Line = ""
    note: _Line = ""


class RecordIn(_Body):
    """Lines for the record of a clause or part."""

    id: _Line
    name: _Line = ""
    plain: _Line = ""
    title_en: _Line = ""
    gist_en: _Line = ""
    ask: _Lines = []
    ask_en: _Lines = []
    keywords: _Lines = []
    not_ask: _Lines = []

    def change(self) -> Change:
        texts = {
            name: text for name in ("name", "plain", "title_en", "gist_en") if (text := getattr(self, name).strip())
        }
        lists = {name: getattr(self, name) for name in ("ask", "ask_en", "keywords", "not_ask")}
        lines = {name: kept for name, each in lists.items() if (kept := [line for line in each if line.strip()])}
        return RecordChange(self.id.strip(), texts, lines)


class LexiconIn(_Body):
    """A line of the office's lexicon; terms are separated by `|`."""

    official: _Line
    said: _Line
    direction: _Line = DIRECTIONS[0]

    def change(self) -> Change:
        return LexiconChange(self.official, self.said, self.direction)


class TermIn(_Body):
    """A term that is explained."""

    term: _Line
    zh: _Line
    english: _Line
    en: _Line
    source: _Line
    other: _Lines = []

    def change(self) -> Change:
        return TermChange(self.term, self.zh, self.english, self.en, self.source, tuple(self.other))


class ChangeIn(_Body):
    """One of the three, who writes it, and why."""

    record: RecordIn | None = None
    lexicon: LexiconIn | None = None
    term: TermIn | None = None
    who: _Line = ""
    note: _Line = ""

    def change(self) -> Change:
        """Raises InputError unless there is exactly one."""
        given = [one for one in (self.record, self.lexicon, self.term) if one is not None]
        if len(given) != 1:
            raise InputError(
                "请给出一项改动：record、lexicon 或 term。Give one change: record, lexicon or term.", "change"
            )
        return given[0].change()


class TakeOutIn(_Body):
    """The question that gets a gap of its own, by its key, and who says so."""

    key: _Line
    who: _Line = ""


class MergeIn(_Body):
    """The gap whose questions come to this one, and who says so."""

    other: _Line
    who: _Line = ""


class RetestIn(_Body):
    """Who asks again."""

    who: _Line = ""


def gaps_router(gaps: Gaps) -> APIRouter:
    """Pages and API over the gaps of an office."""
    router = APIRouter()
    router.include_router(_pages(gaps))
    router.include_router(_api(gaps))
    return router


def _api(gaps: Gaps) -> APIRouter:
    router = APIRouter(prefix=API)

    @router.get("")
    def listed(state: State | None = None, place: str | None = None, limit: int = _MOST) -> dict[str, list[Table]]:
        return {"gaps": [gap_view(one) for one in gaps.all(state=state, place=place, limit=max(limit, 1))]}

    @router.get("/{gap_id}")
    def one(gap_id: str) -> Table:
        return _whole(gaps, gap_id)

    @router.get("/{gap_id}/suggested")
    def suggested(gap_id: str, clause: str) -> dict[str, Any]:
        """What a record of a clause may say, to be corrected."""
        texts, lists = gaps.suggested(clause, gaps.gap(gap_id)[0])
        return {"is_new": bool(texts), **texts, **lists}

    @router.post("/{gap_id}/state")
    def move(request: Request, gap_id: str, body: MoveIn) -> Table:
        return gap_view(gaps.move(gap_id, body.state, who=signed(request.scope, body.who), note=body.note))

    @router.post("/{gap_id}/draft")
    def draft(gap_id: str, body: ChangeIn) -> Table:
        return preview_view(gaps.preview(gap_id, body.change()))

    @router.post("/{gap_id}/keep")
    def keep(request: Request, gap_id: str, body: ChangeIn) -> Table:
        return gap_view(gaps.keep(gap_id, body.change(), who=signed(request.scope, body.who), note=body.note))

    @router.post("/{gap_id}/take-out")
    def take_out(request: Request, gap_id: str, body: TakeOutIn) -> Table:
        return gap_view(gaps.take_out(gap_id, body.key, who=signed(request.scope, body.who)))

    @router.post("/{gap_id}/merge")
    def merge(request: Request, gap_id: str, body: MergeIn) -> Table:
        return gap_view(gaps.merge(gap_id, body.other.strip(), who=signed(request.scope, body.who)))

    @router.post("/{gap_id}/retest")
    def retest(request: Request, gap_id: str, body: RetestIn) -> Table:
        return retested_view(gaps.retest(gap_id, who=signed(request.scope, body.who)))

    return router


def _pages(gaps: Gaps) -> APIRouter:
    router = APIRouter(default_response_class=HTMLResponse)

    @router.get(PAGE)
    def listed(words: RequestedLanguage, state: str = "", place: str = "") -> HTMLResponse:
        chosen = State(state) if state in list(State) else None
        found = gaps.all(place=place or None, limit=_MOST)
        shown = [gap for gap in found if chosen in (None, gap.state)]
        query = tuple((name, value) for name, value in (("state", state), ("place", place)) if value)
        return _page(
            "gaps/list.html",
            words,
            lambda other: with_language(PAGE, other, query),
            rows=[_row(gap, words) for gap in shown],
            numbers={one: sum(gap.state is one for gap in found) for one in State},
            chosen=chosen,
            link=lambda one: with_language(PAGE, words, (("state", one),) if one else ()),
        )

    @router.get(f"{PAGE}/{{gap_id}}")
    def one(request: Request, gap_id: str, words: RequestedLanguage) -> HTMLResponse:
        gap = _whole(gaps, gap_id)
        state = State(gap["state"])
        return _page(
            "gaps/gap.html",
            words,
            lambda other: with_language(request.url.path, other),
            gap=gap,
            bars=_bars(gap["weeks"]),
            moves=[move for move in MOVES[state] if move in BY_HAND],
            may_write=state in (State.TAKEN, State.WRITTEN),
            may_retest=state is State.PUBLISHED,
            others=gaps.mergeable(gap_id),
            directions=DIRECTIONS,
        )

    return router


def _page(template: str, words: Messages, switch: Any, **values: object) -> HTMLResponse:  # noqa: ANN401
    said = [(key.removeprefix(_SAID), words(key)) for key in sorted(words.keys()) if key.startswith(_SAID)]
    html = render(template, words, home=with_language(PAGE, words), switch=switch, said=said, **values)
    return HTMLResponse(html, headers=_NO_STORE)


def _whole(gaps: Gaps, gap_id: str) -> Table:
    gap, history = gaps.gap(gap_id)
    return whole_view(gap, history, gaps.nearest(gap))


def _row(gap: Gap, words: Messages) -> Table:
    view = gap_view(gap)
    return {**view, "bars": _bars(view["weeks"]), "address": with_language(f"{PAGE}/{gap.id}", words)}


def _bars(weeks: dict[str, int]) -> list[tuple[str, int]]:
    """The last eight weeks in which it was asked, with how often."""
    return list(weeks.items())[-8:]

"""`/v1/profile` and `/v1/match`: the questions a profile is made of, and which clauses are for whom."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic_core import to_json

from assistant.api.matching_schemas import ChangesOut, MatchOut, MatchRequest, ProfileOut
from assistant.matching.answers import Answers, read_answers, read_written
from assistant.matching.changes import Change, Matching
from assistant.matching.evaluation import Evaluation
from assistant.matching.matcher import Match, Matcher
from assistant.matching.place import read_places
from assistant.matching.verdict import Applicability, Entry
from assistant.question.limits import RequestLimits, check_list
from assistant.service import Assistant
from corpus.records.condition import Leaf, Test
from corpus.records.profile import ProfileQuestion
from corpus.records.quotes import Quote
from corpus.validity import today


def matching_routes(assistant: Assistant, limits: RequestLimits) -> APIRouter:
    """The routes of matching. Without records they answer with empty lists."""
    router = APIRouter(prefix="/v1", tags=["匹配 · matching"])
    matching = Matching(assistant)

    @router.get("/profile", summary="画像的问题 · Questions of a profile", response_model=ProfileOut)
    def profile() -> Response:
        """匹配时要问的问题和可选的回答。The questions, and what can be answered."""
        matcher = matching.matcher
        questions = [_question_out(question) for question in matcher.profile.values()]
        return _response({"questions": questions, "places": matcher.corpus.places, "records": len(matcher)})

    @router.post("/match", summary="哪些条款适用 · Which clauses apply", response_model=MatchOut)
    def match(request: MatchRequest) -> Response:
        """按回答逐条判断：适用、可能适用、不适用，附起决定作用的原文。没有回答的不当作“否”。不保存任何内容。

        The verdict on every clause that says who it is for, with the words that decide. Nothing is stored.
        """
        matcher = matching.matcher
        check_list("jurisdiction", request.jurisdiction, limits.max_limit)
        answers = read_answers(request.answers, matcher.profile, "answers.")
        places = read_places(request.jurisdiction, matcher.corpus.places)
        as_of = request.as_of or today()
        return _response(_match_out(matcher.match(answers, places, as_of), matcher, answers, as_of))

    @router.get("/match/changes", summary="新公布的适用条款 · What is new for somebody", response_model=ChangesOut)
    def changes(
        request: Request,
        since: Annotated[date, Query(description="从哪一天起，含当天 · from this day on", examples=["2026-11-01"])],
        place: Annotated[list[str], Query(description="地方 · places")] = [],  # noqa: B006  (FastAPI copies it)
    ) -> Response:
        """从某天起新公布、新施行或改了内容，现在适用或可能适用的条款。其余参数是回答，与匹配页地址中的相同。

        Clauses that apply or may apply now and did not before that day. Other parameters are answers, as in the
        address of the page.
        """
        matcher = matching.matcher
        check_list("place", place, limits.max_limit)
        pairs = [(key, value) for key, value in request.query_params.multi_items() if key not in ("since", "place")]
        answers = read_written(pairs, matcher.profile)
        found = matching.changes(since, answers, read_places(place, matcher.corpus.places, "place"))
        evaluation = Evaluation(matcher.profile, answers)
        out = [_change_out(one, matcher, answers, evaluation) for one in found]
        return _response({"changes": out, "since": since, "as_of": today()})

    return router


Json = dict[str, object]


def _response(body: Json) -> Response:
    """Written as it is: to check against its model what was made here takes longer than to make it. A test does so."""
    return Response(to_json(body), media_type="application/json")


def _match_out(found: Match, matcher: Matcher, answers: Answers, as_of: date) -> Json:
    evaluation, next_ = Evaluation(matcher.profile, answers), found.next
    return {
        "entries": [_entry_out(entry, matcher, answers, evaluation) for entry in found.entries],
        "counts": _counts(found),
        "next": {
            "question": _question_out(next_.question),
            "settles": round(next_.settles, 3),
            "open": next_.open,
        }
        if next_
        else None,
        "settled": found.settled,
        "as_of": as_of,
    }


def _counts(found: Match) -> Json:
    return {
        **{verdict.value: len(found.of(verdict)) for verdict in Applicability},
        "of_which_office": sum(entry.open_to_office for entry in found.entries),
        "one_away": sum(bool(entry.one_away) for entry in found.entries),
        "not_in_force": found.not_in_force,
    }


def _change_out(change: Change, matcher: Matcher, answers: Answers, evaluation: Evaluation) -> Json:
    entry = _entry_out(change.entry, matcher, answers, evaluation)
    return {**entry, "change_id": change.id, "since": change.day}


def _entry_out(entry: Entry, matcher: Matcher, answers: Answers, evaluation: Evaluation) -> Json:
    corpus, clause = matcher.corpus, entry.clause
    plain = corpus.plain.get(entry.record.id) or corpus.plain.get(clause.id)

    def conditions(leaves: Iterable[Leaf]) -> list[Json]:
        return [_condition_out(leaf, answers, evaluation) for leaf in leaves]

    return {
        "id": entry.record.id,
        "clause_id": clause.id,
        "part_id": entry.part.id if entry.part else None,
        "label": entry.label,
        "title": clause.title,
        "name": plain.name if plain else None,
        "name_en": plain.title_en if plain else None,
        "document_id": clause.document_id,
        "document_title": corpus.document(clause.document_id).title,
        "jurisdiction": clause.jurisdiction,
        "verdict": entry.verdict,
        "in_place": entry.place,
        "settled": entry.settled,
        "reasons": conditions(entry.reasons),
        "met": conditions(entry.met),
        "one_away": conditions(entry.one_away),
        "gives": _quote_out(entry.record.gives) if entry.record.gives else None,
    }


def _condition_out(leaf: Leaf, answers: Answers, evaluation: Evaluation) -> Json:
    answer = answers.get(leaf.key)
    return {
        "quote": _quote_out(leaf.quote),
        "ask": leaf.key or None,
        "test": leaf.test,
        "values": leaf.values,
        "bound": leaf.bound if leaf.test in (Test.AT_LEAST, Test.AT_MOST) else None,
        "answer": sorted(answer) if isinstance(answer, frozenset) else answer,
        "next": evaluation.to_ask(leaf) if evaluation.of(leaf) is None else None,
        "excluded_by": evaluation.excluded_by(leaf),
    }


def _quote_out(quote: Quote) -> Json:
    return {"text": quote.text, "start": quote.start, "end": quote.end}


def _question_out(question: ProfileQuestion) -> Json:
    number = question.number
    return {
        "key": question.key,
        "question": question.question,
        "question_en": question.question_en,
        "choices": [{"value": choice.value, "en": choice.en} for choice in question.choices],
        "several": question.several,
        "number": {"least": number.least, "most": number.most, "unit": number.unit, "unit_en": number.unit_en}
        if number
        else None,
        "when": {key: list(values) for key, values in question.when},
        "help": question.help,
        "help_en": question.help_en,
    }

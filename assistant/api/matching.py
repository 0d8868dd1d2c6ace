"""`/v1/profile` and `/v1/match`: the questions a profile is made of, and which clauses are for whom."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request

from assistant.api.matching_schemas import (
    ChangeOut,
    ChangesOut,
    ChoiceOut,
    ConditionOut,
    CountsOut,
    EntryOut,
    MatchOut,
    MatchRequest,
    NextOut,
    ProfileOut,
    ProfileQuestionOut,
    QuoteOut,
    RangeOut,
)
from assistant.matching.answers import Answers, read_answers, read_written
from assistant.matching.changes import Change, Matching
from assistant.matching.evaluation import Evaluation
from assistant.matching.matcher import Match, Matcher
from assistant.matching.place import read_places
from assistant.matching.verdict import Entry, Verdict
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

    @router.get("/profile", summary="画像的问题 · Questions of a profile")
    def profile() -> ProfileOut:
        """匹配时要问的问题和可选的回答。The questions, and what can be answered."""
        matcher = matching.matcher
        return ProfileOut(
            questions=[_question_out(question) for question in matcher.profile.values()],
            places=list(matcher.corpus.places),
            records=len(matcher),
        )

    @router.post("/match", summary="哪些条款适用 · Which clauses apply")
    def match(request: MatchRequest) -> MatchOut:
        """按回答逐条判断：适用、可能适用、不适用，附起决定作用的原文。没有回答的不当作“否”。不保存任何内容。

        The verdict on every clause that says who it is for, with the words that decide. Nothing is stored.
        """
        matcher = matching.matcher
        check_list("jurisdiction", request.jurisdiction, limits.max_limit)
        answers = read_answers(request.answers, matcher.profile, "answers.")
        places = read_places(request.jurisdiction, matcher.corpus.places)
        as_of = request.as_of or today()
        return _match_out(matcher.match(answers, places, as_of), matcher, answers, as_of)

    @router.get("/match/changes", summary="新公布的适用条款 · What is new for somebody")
    def changes(
        request: Request,
        since: Annotated[date, Query(description="从哪一天起，含当天 · from this day on", examples=["2026-11-01"])],
        place: Annotated[list[str], Query(description="地方 · places")] = [],  # noqa: B006  (FastAPI copies it)
    ) -> ChangesOut:
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
        return ChangesOut(changes=out, since=since, as_of=today())

    return router


def _match_out(found: Match, matcher: Matcher, answers: Answers, as_of: date) -> MatchOut:
    evaluation = Evaluation(matcher.profile, answers)
    entries = [_entry_out(entry, matcher, answers, evaluation) for entry in found.entries]
    next_ = found.next
    return MatchOut.model_construct(
        entries=entries,
        counts=_counts(found),
        next=NextOut(question=_question_out(next_.question), settles=round(next_.settles, 3), open=next_.open)
        if next_
        else None,
        settled=found.settled,
        as_of=as_of,
    )


def _counts(found: Match) -> CountsOut:
    by_verdict = {verdict.value: len(found.of(verdict)) for verdict in Verdict}
    return CountsOut(
        **by_verdict,
        of_which_office=sum(entry.open_to_office for entry in found.entries),
        one_away=sum(bool(entry.one_away) for entry in found.entries),
        not_in_force=found.not_in_force,
    )


def _entry_out(entry: Entry, matcher: Matcher, answers: Answers, evaluation: Evaluation) -> EntryOut:
    return EntryOut.model_construct(**_entry_fields(entry, matcher, answers, evaluation))


def _change_out(change: Change, matcher: Matcher, answers: Answers, evaluation: Evaluation) -> ChangeOut:
    fields = _entry_fields(change.entry, matcher, answers, evaluation)
    return ChangeOut.model_construct(**fields, change_id=change.id, since=change.day)


def _entry_fields(entry: Entry, matcher: Matcher, answers: Answers, evaluation: Evaluation) -> dict[str, object]:
    corpus, clause = matcher.corpus, entry.clause
    plain = corpus.plain.get(entry.record.id) or corpus.plain.get(clause.id)

    def conditions(leaves: Iterable[Leaf]) -> list[ConditionOut]:
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
        "jurisdiction": list(clause.jurisdiction),
        "verdict": entry.verdict,
        "in_place": entry.place,
        "settled": entry.settled,
        "reasons": conditions(entry.reasons),
        "met": conditions(entry.met),
        "one_away": conditions(entry.one_away),
        "gives": _quote_out(entry.record.gives) if entry.record.gives else None,
    }


def _condition_out(leaf: Leaf, answers: Answers, evaluation: Evaluation) -> ConditionOut:
    answer = answers.get(leaf.key)
    return ConditionOut.model_construct(
        quote=_quote_out(leaf.quote),
        ask=leaf.key or None,
        test=leaf.test,
        values=list(leaf.values),
        bound=leaf.bound if leaf.test in (Test.AT_LEAST, Test.AT_MOST) else None,
        answer=sorted(answer) if isinstance(answer, frozenset) else answer,
        next=evaluation.to_ask(leaf) if evaluation.of(leaf) is None else None,
    )


def _quote_out(quote: Quote) -> QuoteOut:
    return QuoteOut.model_construct(text=quote.text, start=quote.start, end=quote.end)


def _question_out(question: ProfileQuestion) -> ProfileQuestionOut:
    number = question.number
    return ProfileQuestionOut(
        key=question.key,
        question=question.question,
        question_en=question.question_en,
        choices=[ChoiceOut(value=choice.value, en=choice.en) for choice in question.choices],
        several=question.several,
        number=RangeOut(least=number.least, most=number.most, unit=number.unit, unit_en=number.unit_en)
        if number
        else None,
        when={key: list(values) for key, values in question.when},
        help=question.help,
        help_en=question.help_en,
    )

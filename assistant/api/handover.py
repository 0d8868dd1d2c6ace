"""`/v1/handover`: anybody hands a conversation over; only the office reads one, by its code."""

import logging
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Path, Request, Response

from assistant.access.caller import caller_of
from assistant.api.links import clause_path
from assistant.api.problems import ProblemType, problem
from assistant.api.requests import HandoverRequest
from assistant.api.schemas import HandoverClause, HandoverOut, HandoverTurn, ReadHandover
from assistant.feedback.store import FeedbackStore
from assistant.handover.brake import LockedError
from assistant.handover.conversation import Conversation
from assistant.handover.store import Drawn, Handover, Handovers, open_handovers
from assistant.handover.taking import taken
from assistant.handover.telephone import Telephone, read_telephone
from assistant.operations.limits import check_handover
from assistant.question.limits import RequestLimits
from assistant.service import Assistant, Turn
from corpus.clause import Clause
from corpus.clock import CHINA
from corpus.errors import SettingsError
from corpus.label import label

PATH = "/v1/handover"
CODE = r"^\d{6}$"
NO_STORE = {"Cache-Control": "no-store"}
_LOG = logging.getLogger(__name__)
_OFF = ProblemType(503, "handover-off", "没有开启转人工 · Hand-over is switched off")
_NO_KEY = ProblemType(503, "no-call-back", "现在不能留电话 · No number can be left")
_LOCKED = ProblemType(429, "too-often", "次数太多 · Too often")
_OFF_WORDS = (
    "这里不保存对话，取不了接手码；请直接拨打12345。Nothing is kept here, so there is no code: please call 12345."
)
_NO_KEY_WORDS = (
    "现在不能登记回拨，没有保存您的号码；接手码照样可以取，或直接拨打12345。"
    "A call back cannot be arranged now, and your number was not kept; you can still get a code, or call 12345."
)


def handover_routes(assistant: Assistant, feedback: FeedbackStore, limits: RequestLimits) -> APIRouter:
    """What is open to everybody: to hand a conversation over."""
    router = APIRouter(tags=["转人工 · hand-over"])
    handovers = open_handovers(feedback, assistant.settings)

    @router.post(PATH, summary="转人工 · Hand over to a person", response_model=HandoverOut)
    def hand_over(asked: Annotated[HandoverRequest, Body()], request: Request, response: Response) -> object:
        """保存对话（个人信息隐去），给出 24 小时有效的六位接手码；愿意的话留下号码，下一个工作日回拨。

        Keeps the conversation, personal data masked, behind a code of six digits that is good for 24 hours; a number
        that is left is called back on the next working day. Limits as for `/v1/ask`.
        """
        check_handover(asked, limits)
        if handovers is None:
            return problem(_OFF, _OFF_WORDS)
        response.headers.update(NO_STORE)
        return keeping_count(lambda: _handed_over(asked, request, assistant, handovers))

    return router


def handover_reading(current: Callable[[], Assistant], handovers: Handovers) -> APIRouter:
    """What is the office's: to read a conversation. Whoever includes it sees to it that only the office reaches it."""
    router = APIRouter()

    @router.get(f"{PATH}/{{code}}", response_model=ReadHandover)
    def read(code: Annotated[str, Path(pattern=CODE)], request: Request, response: Response) -> object:
        response.headers.update(NO_STORE)
        return keeping_count(lambda: _read(handovers.read(code, caller_of(request.scope).counted_by), current()))

    return router


def keeping_count(work: Callable[[], object]) -> object:
    """What `work` gives, or the problem that it was done too often."""
    try:
        return work()
    except LockedError as locked:
        minutes = -(-locked.seconds // 60)
        words = (
            f"次数太多，请 {minutes} 分钟后再试；急事请拨打12345。"
            f"Too often; try again in {minutes} minutes, or call 12345."
        )
        return problem(_LOCKED, words, headers={"Retry-After": str(locked.seconds), **NO_STORE})


def _handed_over(asked: HandoverRequest, request: Request, assistant: Assistant, handovers: Handovers) -> object:
    phone = (asked.phone or "").strip()
    telephone = read_telephone(phone) if phone else None
    turns = [Turn(turn.role, turn.content, tuple(turn.clause_ids)) for turn in asked.history]

    def conversation(left: Telephone | None) -> Conversation:
        without = left.out_of if left else str
        return taken(turns, assistant.corpus, place=asked.place, wanted=asked.wanted, without=without)

    try:
        drawn = handovers.hand_over(
            conversation,
            caller_of(request.scope).counted_by,
            telephone=telephone,
            withdraw=asked.phone is not None and not phone,
            ticket=asked.ticket,
            calendar=assistant.services.calendar,
        )
    except SettingsError as error:
        _LOG.error("%s", error)
        return problem(_NO_KEY, _NO_KEY_WORDS, headers=NO_STORE)
    return _out(drawn)


def _out(drawn: Drawn) -> HandoverOut:
    call = drawn.call
    return HandoverOut(
        code=drawn.code,
        expires=drawn.until.astimezone(CHINA),
        ticket=drawn.ticket,
        phone=call.telephone.grouped if call and call.telephone else None,
        call_back=call.day if call else None,
        deleted=call.until.astimezone(CHINA).date() if call else None,
    )


def _read(one: Handover, assistant: Assistant) -> ReadHandover:
    said = one.conversation
    return ReadHandover(
        code=one.code or "",
        created=one.created.astimezone(CHINA),
        expires=one.until.astimezone(CHINA),
        place=said.place,
        wanted=said.wanted,
        turns=[HandoverTurn.model_validate(turn) for turn in said.turns],
        clauses=[_clause(clause, assistant) for id_ in said.clauses if (clause := assistant.corpus.clause_of(id_))],
        unanswered=list(said.unanswered),
        readings=one.readings,
        read=one.read and one.read.astimezone(CHINA),
        call_back=one.call.day if one.call else None,
    )


def _clause(clause: Clause, assistant: Assistant) -> HandoverClause:
    root = assistant.settings.root_path
    address = label(assistant.corpus.document(clause.document_id), clause)
    return HandoverClause(id=clause.id, label=address, url=root + clause_path(clause.id))

"""Follow-up questions: 「那多久能办完」 after 「房贷还清了怎么注销抵押」.

Whether a question depends on what was said before cannot be read off its form: 「收钱吗」 names no topic and points at
nothing. So it is searched alone and behind the earlier questions, and the scores decide: a question that finds its
clause better alone stands alone. One that depends on them is ranked by both, so that neither the topic nor what is new
gets lost; joining every turn blindly loses the second.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.question.limits import RequestLimits
from index.query import Query
from index.retriever import Hit, ranked

# What any procedure may be asked about; a question of nothing but these words and a place says not what it is about.
_ASPECTS = frozenset(
    (
        "需要 材料 流程 手续 步骤 条件 要求 时间 期限 多久 几天 费用 收费 收钱 交 交钱 收 钱 电话 地址 地点 窗口 部门 "
        "单位 网上 线上 线下 办 来办 办完 办好 办成 办理 申请 几 几步 次 几次 趟 几趟 跑 行 直接 具体 详细 换成 改成 "
        "那边 也 一样 同样 "
        "long take takes "
        "same there cost costs much many fee fees documents materials steps apply online phone office deadline "
        "required conditions"
    ).split()
)
# A question whose subject is a pronoun, at most two words behind its beginning: before it nothing gives it a meaning.
_POINTS_BACK = re.compile(
    r"^(?:and |but |so |then |ok,? )?(?:[a-z']+ ){0,2}"
    r"(?:is|are|was|were|does|do|did|can|could|will|would|must|should|has|have|may|need) "
    r"(?:it|they|that|this|those|these)\b"
    r"(?! [a-z]+s?\b (?:of|in|for)\b)"
)
_SHORT = 60  # characters; whoever writes more says what it is about
USER, ASSISTANT = "user", "assistant"
TURNS = 3  # of the user, the latest, that a question may depend on
TURN_CHARACTERS = 500  # of each of them; what a message is about stands at its beginning


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation."""

    role: str  # "user" | "assistant"
    content: str
    clause_ids: tuple[str, ...] = ()  # what an assistant's turn cited


def latest(turns: Sequence[Turn], limits: RequestLimits, *, room: int) -> list[Turn]:
    """The latest turns, oldest first, as many as may stand before a question that leaves `room` characters.

    For conversations that their keeper sends as a whole, however long they have become.
    """
    kept: list[Turn] = []
    for turn in reversed(turns[-limits.max_history :]):
        room -= len(turn.content)
        if room < 0 or len(turn.clause_ids) > limits.max_limit:
            break
        kept.insert(0, replace(turn, content=turn.content[: limits.max_question]))
    return kept


def user_messages(history: Sequence[Turn]) -> Iterator[str]:
    """What the user said, the latest first."""
    return (turn.content[:TURN_CHARACTERS] for turn in reversed(history) if turn.role == USER and turn.content.strip())


def last_answer(history: Sequence[Turn]) -> Turn | None:
    """The assistant's last turn that cited something, so that small talk between is passed over; else its last one."""
    answers = [turn for turn in reversed(history) if turn.role == ASSISTANT]
    return next((turn for turn in answers if turn.clause_ids), answers[0] if answers else None)


def names_no_topic(query: Query, places: frozenset[str]) -> bool:
    """Whether a question such as 「滁州呢」, 「需要什么材料」 has no word of its own; `places` are the names in it."""
    return not own_words(query, places)


def points_back(text: str) -> bool:
    """Whether a short question in normal form has a pronoun in the place of its matter: "Is it done online?"."""
    return len(text) <= _SHORT and bool(_POINTS_BACK.search(text))


def own_words(query: Query, places: frozenset[str]) -> frozenset[str]:
    """The words that say what a question is about: none that any procedure may be asked about, no name of a place."""
    return frozenset(query.words) - places - _ASPECTS


def is_only_a_place(query: Query, places: frozenset[str]) -> bool:
    """Whether a question names a place and says nothing else."""
    return bool(places) and places.issuperset(query.words)


def depends_on_history(alone: Sequence[Hit], joined: Sequence[Hit], margin: float) -> bool:
    """Whether a question with these hits, best first, depends on what gives the others."""
    best = [max((hit.score for hit in hits), default=0.0) for hits in (alone, joined)]
    return best[0] - best[1] < margin


def merge_by_mean(alone: Sequence[Hit], joined: Sequence[Hit]) -> list[Hit]:
    """Both results in one, each clause by the mean of its scores, with what the legs said of the joined question."""
    without = {hit.clause.id: hit for hit in alone}
    known = {hit.clause.id: hit for hit in (*alone, *joined)}  # the joined one's hit where both have it
    scores = dict.fromkeys(known, 0.0)
    for hit in (*without.values(), *joined):
        scores[hit.clause.id] += hit.score / 2
    return ranked(replace(hit, score=scores[key]) for key, hit in known.items())

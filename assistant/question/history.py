"""Follow-up questions: 「那多久能办完」 after 「房贷还清了怎么注销抵押」.

Whether a question leans on what was said before cannot be read off its form: 「收钱吗」 names no topic and points at
nothing. So it is looked up twice, alone and behind the earlier questions, and the scores decide: a question that finds
its clause better alone stands alone. One that leans is ranked by both halves, so that neither the topic nor what is new
gets lost; joining every turn blindly loses the second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.places.gazetteer import load_gazetteer
from index.retriever import Hit, ranked
from index.text.normalizer import normalize
from index.text.tokenizer import words

# What any procedure may be asked about; a question of nothing but these words and a place says not what it is about.
_ASPECTS = frozenset(
    (
        "需要 材料 流程 手续 步骤 条件 要求 时间 期限 多久 几天 费用 收费 收钱 交 交钱 收 钱 电话 地址 地点 窗口 部门 "
        "单位 网上 线上 线下 办 来办 办理 申请 几 几步 次 几次 趟 几趟 跑 行 直接 具体 详细 换成 那边 long take takes "
        "cost costs much many fee fees documents materials steps apply online phone office deadline required conditions"
    ).split()
)
_LONGEST_PLACE = 40  # characters of a place and the marks around it
USER, ASSISTANT = "user", "assistant"
TURNS = 3  # of the user, the latest, that a question may lean on
MARGIN = 0.06  # by which a question must score better alone to stand alone; chosen on eval/questions


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation."""

    role: str  # "user" | "assistant"
    content: str


def earlier_questions(history: Sequence[Turn]) -> list[str]:
    """The latest questions of the user, oldest first."""
    return [turn.content for turn in history if turn.role == USER and turn.content.strip()][-TURNS:]


def names_no_topic(question: str) -> bool:
    """Whether a question such as 「滁州呢」 or 「需要什么材料」 has no word of its own."""
    return set(words(question)) <= _ASPECTS | _places_in(question)


def is_only_a_place(text: str) -> bool:
    """Whether a text names a place and says nothing else."""
    places = _places_in(text) if len(text) <= _LONGEST_PLACE else set()
    return bool(places) and set(words(text)) <= places


def _places_in(text: str) -> set[str]:
    """Every name, in normal form, of the places that a text names."""
    return {normalize(name) for place in load_gazetteer().find(text) for name in (place.name, *place.aliases)}


def leans(alone: Sequence[Hit], joined: Sequence[Hit]) -> bool:
    """Whether a question with these hits, best first, leans on what gives the others."""
    best = [max((hit.score for hit in hits), default=0.0) for hits in (alone, joined)]
    return best[0] - best[1] < MARGIN


def blend(alone: Sequence[Hit], joined: Sequence[Hit]) -> list[Hit]:
    """Both results in one, each clause by the mean of its scores, with what the legs said of the joined question."""
    without = {hit.clause.id: hit for hit in alone}
    known = {hit.clause.id: hit for hit in (*alone, *joined)}  # the joined one's hit where both have it
    scores = dict.fromkeys(known, 0.0)
    for hit in (*without.values(), *joined):
        scores[hit.clause.id] += hit.score / 2
    return ranked(replace(hit, score=scores[key]) for key, hit in known.items())

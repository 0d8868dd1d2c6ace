"""Follow-up questions: decide whether a question stands alone, and if not, put the earlier one before it.

Joining every turn blindly lowers recall; only the last user turn is taken, and only when the question leans on it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.normalizer import normalize
from index.tokenizer import words

USER = "user"

# Openings and pronouns that point back at something said before.
_LEANS = re.compile(
    r"^(?:那|换成|换做|如果是|要是|还有|另外|除了|其中|上面|刚才|这个|这种|这样|这项|它|他们|这|此)"
    r"|^.{1,12}(?:呢|也行|也可以|也一样|也能)[?!吗么。]*$"
    r"|(?:这个|那个|这项|该项|上述)(?:政策|措施|服务|业务|条|事|手续|平台|机制)"
    r"|^(?:and|what about|how about|but|then|so|also)\b|\b(?:it|they|them|these|those)\b"
    r"|\b(?:this|that)\b(?=[?.!]?$| (?:is|one|apply|take|cost|work)\b)|(?<!\bis )(?<!\bare )\bthere(?=[?.!]?$)"
)
# What any procedure may be asked about; a question of nothing but these words says not what it is about.
_ASPECTS = frozenset(
    (
        "需要 材料 流程 手续 步骤 条件 要求 时间 期限 多久 几天 费用 收费 交 交钱 钱 电话 地址 地点 窗口 部门 单位 "
        "网上 线上 线下 办 办理 申请 几 几步 次 几次 趟 几趟 跑 行 直接 具体 详细 long take takes cost costs much many "
        "fee fees documents materials steps apply online phone office deadline required conditions"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation."""

    role: str  # "user" | "assistant"
    content: str


def stands_alone(question: str) -> bool:
    """Whether a question can be understood without what was said before: it names a topic and points at nothing."""
    plain = normalize(question)
    return not _LEANS.search(plain) and not _ASPECTS.issuperset(words(plain))


def with_history(question: str, history: Sequence[Turn]) -> tuple[str, bool]:
    """The question as it is to be searched, and whether the history was put before it."""
    earlier = [turn.content for turn in history if turn.role == USER and turn.content.strip()]
    if not earlier or stands_alone(question):
        return question, False
    topic = next((text for text in reversed(earlier) if stands_alone(text)), earlier[-1])
    return f"{topic} {question}", True

"""What is posted to the HTTP API, for FastAPI to check and to describe.

Sizes are checked in operations/limits.py, where the limits are known; here stand only names and types.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.answer import Audience
from assistant.feedback.store import REASONS, Verdict
from assistant.question.limits import has_lone_surrogates
from assistant.question.question import Law
from corpus.validity import today

QUESTION_ZH = "小微企业第一次贷款有哪些支持？"
QUESTION_EN = "What support is there for a small firm's first loan?"


def _encodable(text: str) -> str:
    if has_lone_surrogates(text):
        raise PydanticCustomError("string_unicode", "holds a lone surrogate")
    return text


Text = Annotated[str, AfterValidator(_encodable)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TurnIn(_Request):
    role: Literal["user", "assistant"] = Field(description="说话的一方 · who spoke")
    content: Text = Field(description="说了什么 · what was said")
    clause_ids: list[Text] = Field(
        default=[],
        description="assistant 这一轮引用的条款，“下一条”由此数起 · what this turn cited",
        examples=[["harbin-66:26"]],
    )


History = Annotated[list[TurnIn], Field(description="此前的对话，先说的在前 · earlier turns, oldest first")]
Places = Annotated[
    list[Text],
    Field(
        description="只看这些地区的条款，空表示不限 · only clauses of these places; empty: any", examples=[["哈尔滨"]]
    ),
]
Documents = Annotated[
    list[Text],
    Field(description="只看这些文件，空表示不限 · only these documents; empty: any", examples=[["harbin-66"]]),
]
Limit = Annotated[int | None, Field(description="最多几条，不填用默认值 · at most this many; absent: the default")]


class _OfTheLaw(_Request):
    """What is asked of the texts as they stand on a day."""

    as_of: date | None = Field(
        default=None,
        strict=False,
        description="按哪一天的效力回答，不填为今天（北京时间）· the day whose law counts; absent: today in China",
        examples=["2026-11-29"],
    )
    include_repealed: bool = Field(
        default=False, description="不在施行的文件也一并查找 · search texts that are not in force like any other"
    )

    @property
    def law(self) -> Law:
        """The same as a value."""
        return Law(self.as_of or today(), self.include_repealed)


class AskRequest(_OfTheLaw):
    question: Text = Field(description="问题，中文或英文 · the question, Chinese or English", examples=[QUESTION_ZH])
    history: History = []
    jurisdiction: Places = []
    documents: Documents = []
    limit: Limit = None
    language: Literal["zh", "en"] | None = Field(
        default=None,
        description="问题看不出语言时（如“26”）用它回答 · the language to answer in where the question shows none",
    )
    audience: Audience = Field(
        default=Audience.CITIZEN,
        strict=False,
        description="写给谁：citizen 先说结论，agent 先说出处 · a citizen reads the matter first, an agent the address",
    )


class SearchRequest(_OfTheLaw):
    query: Text = Field(description="要找什么 · what to look for", examples=["施工许可 告知承诺"])
    history: History = []
    limit: Limit = None
    jurisdiction: Places = []
    documents: Documents = []
    explain: bool = Field(
        default=False, description="附上各检索路的名次与得分 · add rank and score of each retrieval leg"
    )


class FeedbackRequest(_Request):
    answer_id: str = Field(pattern=r"^[0-9a-f]{32}$", description="答案的 id · the id of the answer")
    # JSON carries a string, which strict mode would refuse for an enumeration.
    verdict: Verdict = Field(strict=False, description="评价 · the verdict", examples=[Verdict.OUTDATED])
    reason: Text | None = Field(
        default=None,
        description=f"原因，网页发送其中之一 · why; free text, the page sends one of: {'、'.join(REASONS)}",
        examples=[REASONS[0]],
    )
    comment: Text | None = Field(default=None, description="补充说明 · anything else")


class HandoverRequest(_Request):
    history: History = []
    place: Text | None = Field(default=None, description="所选的地区 · the place that was chosen", examples=["哈尔滨"])
    wanted: Text | None = Field(default=None, description="想办什么事，用自己的话 · what is to be done, in one's words")
    phone: Text | None = Field(
        default=None,
        description="请人回拨的号码，内地手机或固定电话；空字符串撤回已留的号码 "
        "· a number to call back, of mainland China; an empty one withdraws the one that was left",
        examples=["138 0013 8000"],
    )
    ticket: Text | None = Field(
        default=None,
        description="上次收到的 ticket：对话和号码更新，接手码不变 · that of an earlier answer: the code stays",
    )

"""What is handed over holds nothing of a document that has gone."""

from assistant.feedback.store import FeedbackStore
from assistant.handover.conversation import Conversation
from assistant.handover.store import Handovers
from assistant.question.history import Turn
from tests.assistant.handover.handed import saying

OWN = "流动茶摊须在每月第一个工作日前登记摊位编号"
SAID = Conversation(
    (
        Turn("user", "茶摊怎么登记"),
        Turn("assistant", f"《茶摊管理办法》第一条：{OWN}。[1]", ("tea:1", "books:1")),
        Turn("user", f"那“{OWN}”是什么意思"),
        Turn("assistant", "书摊每周六。[1]", ("books:1",)),
    ),
    (f"那“{OWN}”是什么意思", "书摊呢"),
    "曲靖",
    f"照“{OWN}”办",
)


def _holds(text: str) -> bool:
    return OWN in text


def test_a_removed_document_is_taken_out_of_what_was_handed_over(feedback: FeedbackStore, handovers: Handovers) -> None:
    code = handovers.hand_over(saying(SAID), "a").code
    assert len(feedback.beside("tea", _holds)) == 1
    feedback.forget("tea", _holds)
    assert feedback.beside("tea", _holds) == []
    assert handovers.read(code, "agent").conversation == Conversation(
        (
            Turn("user", "茶摊怎么登记"),
            Turn("assistant", "", ("books:1",)),
            Turn("user", ""),
            Turn("assistant", "书摊每周六。[1]", ("books:1",)),
        ),
        ("书摊呢",),
        "曲靖",
    )


def test_another_document_leaves_it_as_it_is(feedback: FeedbackStore, handovers: Handovers) -> None:
    code = handovers.hand_over(saying(SAID), "a").code
    feedback.forget("tea stall", lambda _: False)
    assert handovers.read(code, "agent").conversation == SAID
    assert FeedbackStore(None).beside("tea", _holds) == []

"""What of a conversation is kept: masked, citing what there is, with what was left unanswered."""

from assistant.handover.conversation import Conversation, read_back, written
from assistant.handover.taking import taken
from assistant.handover.telephone import read_telephone
from assistant.question.history import Turn
from assistant.service import Assistant
from corpus.corpus import Corpus

LOAN = "anhui-2023-4:1.3"


def test_every_text_is_masked_before_it_is_kept(corpus: Corpus) -> None:
    history = [
        Turn("user", "我的手机是13900139000，怎么申请首贷"),
        Turn("assistant", "您留的邮箱 someone@example.com 不需要。[1]", (LOAN,)),
    ]
    said = taken(history, corpus, place="合肥 13900139000", wanted="身份证号110101199003070791要不要带")
    columns = written(said)
    kept = " ".join(filter(None, columns.values()))
    assert [word for word in ("139001", "example.com", "110101") if word in kept] == []
    assert "〔手机号〕" in said.turns[0].content
    assert read_back(columns["turns"] or "", columns["unanswered"] or "", said.place, said.wanted) == said


def test_the_number_that_is_left_stands_in_no_text(corpus: Corpus) -> None:
    without = read_telephone("0451-87654321").out_of
    said = taken([Turn("user", "单位电话 8765-4321，怎么开户")], corpus, wanted="打0451 8765 4321", without=without)
    assert "4321" not in " ".join(filter(None, written(said).values()))


def test_ids_that_there_are_not_are_dropped(corpus: Corpus) -> None:
    turn = Turn("assistant", "见第三条。", (LOAN, "anhui-2023-4:1.3.4", "13900139000", "nothing:1"))
    (kept,) = taken([turn], corpus).turns
    assert kept.clause_ids == (LOAN, "anhui-2023-4:1.3.4")


def test_what_no_clause_answered_is_left(corpus: Corpus) -> None:
    history = [
        Turn("user", "怎么申请首贷"),
        Turn("assistant", "首贷专区。[1]", (LOAN,)),
        Turn("user", "社保卡丢了怎么补"),
        Turn("assistant", "现有文件没有回答这个问题。"),
        Turn("user", "转人工"),
        Turn("assistant", "人工服务请拨打12345热线。"),
        Turn("user", "医保怎么转"),
    ]
    said = taken(history, corpus)
    assert said.unanswered == ("社保卡丢了怎么补", "医保怎么转")
    assert said.matter == "医保怎么转"
    assert said.clauses == (LOAN,)


def test_a_question_back_is_no_missing_answer_once_it_goes_on(assistant: Assistant) -> None:
    question = "二手房过户水电气能一起办吗"
    answer = assistant.ask(question)
    back = f"{question}\n请选：\n1. 滁州\n2. 合肥" if answer.status != "clarify" else answer.text
    asked_back = [Turn("user", question), Turn("assistant", back)]
    followed = [*asked_back, Turn("user", "滁州"), Turn("assistant", "可以。[1]", ("anhui-2023-4:4.3",))]
    left = taken(followed, assistant.corpus).unanswered
    assert question not in left or answer.status != "clarify"
    assert taken(asked_back, assistant.corpus).unanswered == (question,)


def test_what_it_is_about_is_what_is_wanted_else_the_last_question() -> None:
    turns = (Turn("user", "怎么申请首贷"), Turn("assistant", "…", (LOAN,)), Turn("user", "谢谢"))
    assert Conversation(turns).matter == "怎么申请首贷"
    assert Conversation(turns, wanted="想贷款").matter == "想贷款"
    assert Conversation().matter is None

"""What is asked of a document itself is told from its text where that states it, and never guessed."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, BlockKind, Reason, Status
from assistant.messages import messages
from assistant.question.document_questions import facts_asked
from assistant.question.history import Turn
from assistant.question.question import Law
from assistant.question.understand import QuestionReader
from assistant.replies.document_facts import DocumentFacts
from assistant.replies.reply import Message
from assistant.service import Assistant
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder
from index.text.normalizer import normalize
from tests.closing import before_closing

SPOKEN_OF = [Turn("user", "首贷"), Turn("assistant", "…", ("anhui-2023-4:1.3",))]


def quotes(answer: Answer) -> list[str]:
    assert answer.status is Status.ANSWERED, answer.text
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("谁发的", ["安徽省创建一流营商环境工作领导小组办公室"]),
        ("这份文件的文号是多少", ["皖营商环境办〔2023〕4号"]),
        ("它是哪年的", ["2023年10月19日"]),
        ("发文日期和文号", ["2023年10月19日", "皖营商环境办〔2023〕4号"]),
        ("when was this notice issued?", ["2023年10月19日"]),
        ("Who issued it?", ["安徽省创建一流营商环境工作领导小组办公室"]),
    ],
)
def test_what_the_text_states_of_the_document_last_spoken_of_is_quoted(
    assistant: Assistant, question: str, quoted: list[str]
) -> None:
    answer = assistant.ask(question, history=SPOKEN_OF)
    assert quotes(answer) == quoted
    document = assistant.corpus.document("anhui-2023-4")
    assert {citation.label for citation in answer.citations} == {f"《{document.title}》"}
    assert all(document.text[c.start : c.end] == c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question", ["66条是谁发的", "哈尔滨的措施什么时候出台的", "哈尔滨那份文件的文号", "who issued the Harbin measures"]
)
def test_what_nobody_knows_is_said_to_be_unknown(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, history=SPOKEN_OF)
    assert (answer.status, answer.reason) == (Status.NO_ANSWER, Reason.CONVERSATION)
    assert "原文没有写明" in answer.text or "does not state" in answer.text
    assert "安徽" not in answer.text


@pytest.mark.parametrize(
    "question", ["还有效吗", "这个政策现在还管用吗", "这份通知废止了没有", "is it still in force?"]
)
def test_validity_that_is_not_stated_is_not_guessed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, history=SPOKEN_OF)
    assert (answer.status, answer.reason) == (Status.NO_ANSWER, Reason.CONVERSATION)
    assert "未注明" in answer.text or "Not stated" in answer.text


def test_validity_that_is_registered_beside_the_text_is_told(second_assistant: Assistant) -> None:
    answer = second_assistant.ask("云渔发〔2021〕9号还有效吗")
    assert "现行有效（登记的状态）" in answer.text
    assert answer.reason is Reason.CONVERSATION


@pytest.mark.parametrize(
    ("today", "said"),
    [(date(2027, 4, 30), "现行有效"), (date(2027, 5, 1), "已到期"), (date(2022, 4, 1), "还没有开始施行")],
)
def test_a_term_that_the_text_states_is_counted_and_its_sentence_quoted(
    market: Assistant, encoder: Encoder, tmp_path: Path, today: date, said: str
) -> None:
    text = market.corpus.documents[0].text.replace("自发布之日起施行", "自2022年5月1日起施行，有效期五年")
    (tmp_path / "market.txt").write_text(text, encoding="utf-8")
    index = build_index(load_corpus(tmp_path), encoder)
    reading = QuestionReader(index).read("还有效吗", law=Law(today))
    reply = DocumentFacts(index)(Message(reading, messages("zh"), 5, lambda: pytest.fail("nothing is looked up")))
    assert reply is not None
    assert said in reply.blocks[0].text
    assert [citation.quote for citation in reply.citations] == ["第十一条 本办法自2022年5月1日起施行，有效期五年。"]


@pytest.mark.parametrize("question", ["一共几条", "这份文件有多少个案例", "how many clauses are there?"])
def test_clauses_are_counted_and_the_last_one_is_told(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, history=SPOKEN_OF)
    assert len(quotes(answer)) == 1
    assert "33" in answer.blocks[0].text
    assert "29" in answer.blocks[1].text


@pytest.mark.parametrize("question", ["一共几章", "这份文件分成几个部分", "how many parts are there?"])
def test_chapters_are_counted_and_the_headings_quoted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, history=SPOKEN_OF)
    assert quotes(answer)[1] == "二、合肥自选事项(7项)"
    assert len(answer.citations) == 4
    assert "33" in answer.blocks[0].text
    assert "29" in answer.blocks[1].text


def test_of_a_text_without_chapters_the_last_clause_is_told(market: Assistant) -> None:
    answer = market.ask("这个办法一共多少条")
    assert "共11条" in answer.text
    assert quotes(answer) == ["本办法自发布之日起施行"]


@pytest.mark.parametrize("question", ["你们收录了哪些文件", "库里有多少份文件", "which documents do you have?"])
def test_what_is_held_is_listed_by_title(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert quotes(answer) == [document.title for document in assistant.corpus.documents]
    assert "皖营商环境办〔2023〕4号" in answer.text
    assert [block.kind for block in before_closing(answer)[1:]] == [BlockKind.NAME, BlockKind.LIST] * 2


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("66条的最后一条", "harbin-66:66"),
        ("哈尔滨最后一条讲什么", "harbin-66:66"),
        ("哈尔滨倒数第二条", "harbin-66:65"),
        ("哈尔滨第三章最后一条", "harbin-66:18"),
        ("皖营商环境办〔2023〕4号的最后一个案例", "anhui-2023-4:4.5"),
        ("the last clause of the Harbin document", "harbin-66:66"),
    ],
)
def test_a_clause_counted_from_the_end_is_quoted(assistant: Assistant, question: str, clause: str) -> None:
    assert assistant.ask(question).understood.clause_reference == clause


@pytest.mark.parametrize("question", ["哪份文件最新", "最近发的是哪份文件", "which is your newest document?"])
def test_the_newest_document_is_told_by_its_day(assistant: Assistant, question: str) -> None:
    assert quotes(assistant.ask(question)) == [assistant.corpus.document("anhui-2023-4").title]


@pytest.mark.parametrize("question", ["能查哪些城市的政策", "你们收了哪几个地方的文件", "which cities do you cover?"])
def test_the_places_of_what_is_held_are_told(assistant: Assistant, question: str) -> None:
    said = assistant.ask(question).blocks[0].text
    assert ("哈尔滨" in said and "芜湖" in said) or ("Harbin" in said and "Wuhu" in said)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("谁在什么时候印发的", ("document_issuer", "document_issued")),
        ("到哪天为止", ("document_expires",)),
        ("开始施行了吗", ("document_validity",)),
        ("which office put it out", ("document_issuer",)),
        ("what number does it carry", ("document_number",)),
        ("when did it run out and who wrote it", ("document_expires", "document_issuer")),
    ],
)
def test_words_in_any_order_tell_what_is_asked(text: str, facts: tuple[str, ...]) -> None:
    assert facts_asked(normalize(text)) == facts


@pytest.mark.parametrize("question", ["国发〔2019〕8号是谁发的", "《票据法》还有效吗"])
def test_of_a_text_that_is_not_held_nothing_is_told(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.reason is Reason.NOT_IN_DOCUMENTS
    assert answer.text.startswith("没有收录")


@pytest.mark.parametrize(
    "text",
    ["营业执照谁发的", "房产证有效期多久", "补贴什么时候发", "要跑几趟", "需要带哪些文件", "身份证还能用吗", "谁",
     "首贷的文号", "", "？",
     "which documents do I need", "when will my licence be issued"],
)  # fmt: skip
def test_a_question_that_asks_anything_beside_is_not_about_a_document(text: str) -> None:
    assert facts_asked(normalize(text)) == ()


def test_a_validity_is_a_document_s_only_where_something_says_so(assistant: Assistant) -> None:
    assert facts_asked(normalize("有效期多久")) == ("document_expires",)
    assert assistant.ask("有效期多久").reason is not Reason.CONVERSATION
    assert assistant.ask("这个政策的有效期多久", history=SPOKEN_OF).reason is Reason.CONVERSATION


@pytest.mark.parametrize("row", ["这个文件的", "谁发的", "几条", "the document ", "还有效"])
def test_a_long_row_of_such_words_is_read_in_one_pass(row: str) -> None:
    assert facts_asked(normalize(row * 5000 + "贷")) == ()

"""Questions that want a list get every clause that fits, by its heading, and no other question is taken for one."""

from pathlib import Path

import pytest

from assistant.answer import Answer, BlockKind, Reason, Status
from assistant.question.history import Turn
from assistant.replies.headings import heading_span
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder
from tests.closing import before_closing

HARBOUR = """云泽市渔港管理条例

第一章　总则

第一条　为了加强渔港管理，保障渔船停泊安全，制定本条例。

第二条　本条例适用于本市渔港的停泊、加油和修船活动。

第二章　停泊

第三条　渔船进港应当登记，登记不收费。

第四条　台风期间，渔船应当进港避风，不得出海。

第三章　罚则

第五条　违反第三条规定，不登记进港的，处三百元罚款。

第六条　台风期间出海的，处二千元罚款，并责令停航三日。

第七条　本条例自2022年5月1日起施行，有效期五年。
"""
BEES = """云泽市蜜蜂养殖扶持办法

第一条　为了扶持养蜂，制定本办法。

第二条　新购蜂箱的养蜂户，每只补贴四十元。

第三条　养蜂户参加蜂病保险的，保费由财政承担一半。
"""


@pytest.fixture(scope="module")
def island(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over two made-up texts, without facts and records."""
    folder: Path = tmp_path_factory.mktemp("island")
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "bees.txt").write_text(BEES, encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))


def listed(answer: Answer) -> list[str]:
    """The ids of the clauses that an answer lists."""
    assert answer.status is Status.ANSWERED, answer.text
    entries = [block for block in answer.blocks if block.kind is BlockKind.LIST]
    assert len(entries) == len(answer.citations)
    return [citation.clause_id for citation in answer.citations]


def is_list(answer: Answer) -> bool:
    return any(block.kind is BlockKind.LIST for block in answer.blocks)


@pytest.mark.parametrize(
    "question", ["第二章有哪些条", "第二章讲了什么", "渔港管理条例第二章有什么", "What is in chapter 2?"]
)
def test_a_chapter_named_by_its_number_is_listed_whole(island: Assistant, question: str) -> None:
    assert listed(island.ask(question)) == ["harbour:3", "harbour:4"]


@pytest.mark.parametrize("question", ["第五章有哪些条", "第五章讲什么"])
def test_a_chapter_that_there_is_not_is_said_not_to_be(island: Assistant, question: str) -> None:
    answer = island.ask(question)
    assert (answer.status, answer.reason) == (Status.NO_ANSWER, Reason.NOT_IN_DOCUMENTS)
    assert "第一章" in answer.text
    assert "第三章" in answer.text


@pytest.mark.parametrize("question", ["跟罚款有关的有哪几条", "列出所有关于罚款的条款", "罚款方面有哪些规定"])
def test_a_matter_is_listed_in_the_order_of_the_text(island: Assistant, question: str) -> None:
    found = listed(island.ask(question))
    assert {"harbour:5", "harbour:6"} <= set(found)
    assert not any(id_.startswith("bees:") for id_ in found)
    assert found == sorted(found)


def test_why_a_text_was_made_is_no_entry_of_a_list_about_a_matter(island: Assistant) -> None:
    assert listed(island.ask("养蜂有哪些扶持政策")) == ["bees:2", "bees:3"]


@pytest.mark.parametrize(
    "question",
    ["蜜蜂扶持办法有哪些条款", "把蜜蜂养殖那份办法一条一条念一遍", "养殖扶持办法里都写了哪几条", "养殖扶持办法列一下"],
)
def test_a_text_named_by_some_words_of_its_title_is_listed_whole(island: Assistant, question: str) -> None:
    assert listed(island.ask(question)) == ["bees:1", "bees:2", "bees:3"]


@pytest.mark.parametrize("question", ["讲停泊的那一章有哪几条", "渔港条例停泊那章列一列", "条例里罚则都有哪些"])
def test_a_chapter_is_named_by_words_of_its_heading(island: Assistant, question: str) -> None:
    chapters = {"停": ["harbour:3", "harbour:4"], "罚": ["harbour:5", "harbour:6", "harbour:7"]}
    assert listed(island.ask(question)) == chapters["罚" if "罚" in question else "停"]


@pytest.mark.parametrize("question", ["渔港管理条例最后一条说什么", "渔港条例的末条", "渔港条例最末尾那条讲了啥"])
def test_the_last_clause_of_a_text_is_quoted(island: Assistant, question: str) -> None:
    answer = island.ask(question)
    assert [citation.clause_id for citation in answer.citations] == ["harbour:7"]


def test_a_matter_of_which_nothing_is_said_makes_no_list(island: Assistant) -> None:
    assert island.ask("跟滑雪有关的有哪几条").status is Status.NO_ANSWER


@pytest.mark.parametrize(
    "question", ["合肥有哪些措施", "合肥有哪些", "合肥一共有多少条措施", "what measures are there in Hefei"]
)
def test_a_place_is_listed_by_what_is_written_for_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert listed(answer) == ["anhui-2023-4:1.2", *(f"anhui-2023-4:2.{number}" for number in range(1, 8))]
    assert "8" in answer.blocks[0].text
    assert "9" in before_closing(answer)[-1].text  # without the four paragraphs of the notice itself


def test_a_document_named_is_listed_and_its_name_asks_for_no_place(assistant: Assistant) -> None:
    found = listed(assistant.ask("皖营商环境办〔2023〕4号里滁州的案例有哪些"))
    assert found == [f"anhui-2023-4:4.{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    "question",
    [
        "把芜湖自己选的改革逐项报一下",
        "芜湖独有的举措，逐个列明",
        "Run through all of Wuhu's own cases.",
    ],
)
def test_what_a_place_rules_for_itself_alone_leaves_the_province_out(assistant: Assistant, question: str) -> None:
    assert listed(assistant.ask(question)) == [f"anhui-2023-4:3.{number}" for number in range(1, 8)]


@pytest.mark.parametrize(
    "question",
    ["芜湖给了企业哪些好处", "芜湖那边有什么能用得上的都说说", "What does Wuhu offer businesses? List it all."],
)
def test_whom_anything_is_for_is_no_matter(assistant: Assistant, question: str) -> None:
    assert {f"anhui-2023-4:3.{number}" for number in range(1, 8)} <= set(listed(assistant.ask(question)))


@pytest.mark.parametrize(
    "question",
    ["要在哈尔滨开家奶茶店，能享受哪些政策", "I want to open a teahouse in Harbin. What could I benefit from?"],
)
def test_a_shop_of_any_kind_gets_what_is_held_about_opening_a_business(assistant: Assistant, question: str) -> None:
    assert {"harbin-66:2", "harbin-66:5", "harbin-66:6"} <= set(listed(assistant.ask(question)))


@pytest.mark.parametrize(
    "question", ["哈尔滨讲电和水的措施有哪些", "Everything Harbin has on water and electricity, please"]
)
def test_things_joined_by_and_are_looked_up_each_by_itself(assistant: Assistant, question: str) -> None:
    assert {"harbin-66:16", "harbin-66:17"} <= set(listed(assistant.ask(question)))


@pytest.mark.parametrize(
    "question", ["哪些城市改了电力接入", "Which cities have done something about electricity connection?"]
)
def test_cities_by_a_matter_get_one_clause_each(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    places = [citation.jurisdiction for citation in answer.citations]
    assert {"anhui-2023-4:3.3", "anhui-2023-4:4.3"} <= set(listed(answer))
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    "question", ["跟破产有关的有哪几条", "有哪些破产方面的措施", "which measures are about bankruptcy?"]
)
def test_all_clauses_about_a_matter_are_found_in_all_documents(assistant: Assistant, question: str) -> None:
    found = listed(assistant.ask(question))
    assert {"harbin-66:49", "harbin-66:50", "harbin-66:51", "harbin-66:52", "anhui-2023-4:3.6"} <= set(found)
    assert found == sorted(found, key=[clause.id for clause in assistant.corpus.clauses].index)
    assert "harbin-66:1" not in found


def test_an_entry_is_the_heading_as_printed_behind_its_plain_name(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨第七章有哪些措施")
    assert listed(answer)[0] == "harbin-66:31"
    name, entry = answer.blocks[2:4]
    assert (name.kind, entry.kind) == (BlockKind.NAME, BlockKind.LIST)
    assert name.text == assistant.corpus.plain["harbin-66:31"].name
    assert entry.text == "设置减税降费等优惠政策应享未享和违规享受双重监控指标"
    assert answer.blocks[1].text.endswith("七、提高税务服务满意度")


def test_a_list_longer_than_is_read_says_how_many_are_left(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨有哪些措施")
    assert len(listed(answer)) == 30
    assert "66" in answer.blocks[0].text
    assert "36" in before_closing(answer)[-1].text


@pytest.mark.parametrize(
    "question",
    ["首贷需要哪些材料", "办退休有哪些条件", "哪些企业可以享受首贷贴息", "第26条有哪些措施",
     "有哪些窗口可以办", "新车上牌要带哪些文件", "请把办退休的步骤列一下", "哪些行业能证照联办", "投标保函都有哪几种",
     "哪些债权案子能快审",
     "How many days does it take to go through?", "Which of the measures lets firms pay export tax online?",
     "which documents do I need for a first loan", "南京有哪些措施"],
)  # fmt: skip
def test_what_is_asked_inside_one_clause_is_no_list(assistant: Assistant, question: str) -> None:
    assert not is_list(assistant.ask(question))


def test_what_was_spoken_of_decides_the_document_of_a_chapter(assistant: Assistant) -> None:
    history = [Turn("user", "欠薪"), Turn("assistant", "…", ("harbin-66:42",))]
    assert listed(assistant.ask("第三章有哪些条", history=history)) == [f"harbin-66:{n}" for n in range(15, 19)]


def test_every_clause_has_a_heading_in_it(corpus: Corpus, second_corpus: Corpus) -> None:
    for one in (corpus, second_corpus):
        for clause in one.clauses:
            start, end = heading_span(clause)
            assert clause.start <= start < end <= clause.end
            assert one.document(clause.document_id).text[start:end].strip()

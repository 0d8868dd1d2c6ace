"""Tables as offices print them: the row that is asked about answers, with what its head says; no other row does."""

import pytest

from assistant.answer import BlockKind
from assistant.service import Assistant, Turn
from index.text.normalizer import normalize


def lead(assistant: Assistant, question: str) -> list[str]:
    return [block.text for block in assistant.ask(question).blocks if block.kind is BlockKind.LEAD]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("失能老人补贴多少元", "subsidies:r2"),
        ("重度残疾人能领多少补贴", "subsidies:r1"),
        ("蒸汽锅炉一年检查几次", "checks:r2"),
        ("西岭办事处的办公地点在哪", "offices:r2"),
        ("北湾办事处电话是多少", "offices:r3"),
        ("人民医院的急诊电话", "hospitals:r2"),
        ("妇幼保健院在哪条街", "hospitals:r3"),
    ],
)
def test_the_row_that_is_asked_about_answers(office: Assistant, question: str, row: str) -> None:
    answer = office.ask(question)
    clause = office.corpus.clause(row)
    assert [(citation.clause_id, citation.quote) for citation in answer.citations] == [(row, clause.text)]
    assert not [block for block in answer.blocks if block.text.startswith("您问的")], "nothing is said to be missing"


@pytest.mark.parametrize(
    ("question", "words"),
    [("失能老人补贴多少元", "补贴额（元）：300"), ("蒸汽锅炉一年检查几次", "检查次数：2")],
)
def test_the_first_line_says_the_cell_under_its_head(office: Assistant, question: str, words: str) -> None:
    [said] = lead(office, question)
    assert f"“{words}”" in said


@pytest.mark.parametrize(
    "question",
    [
        "第二医院急诊电话是多少",
        "中医院急诊电话是多少",
        "南山办事处在哪里",
        "退役军人补贴多少元",
        "自动扶梯检查几次",
    ],
)
def test_a_name_that_no_row_has_is_answered_by_none(office: Assistant, question: str) -> None:
    answer = office.ask(question)
    assert answer.citations == ()
    assert answer.confidence < office.settings.threshold


def test_a_question_that_names_no_row_is_judged_as_any_other(office: Assistant) -> None:
    found = office.look_up("检查次数和责任科室")
    assert found.result.hits[0].clause.cells
    assert found.confidence > 0


def test_the_row_named_in_what_was_said_before_answers(office: Assistant) -> None:
    history = [Turn("user", "第一医院的急诊电话是多少"), Turn("assistant", "……")]
    assert [one.clause_id for one in office.ask("地址在哪条街", history=history).citations] == ["hospitals:r1"]


def test_english_words_name_no_row(office: Assistant) -> None:
    assert office.look_up("phone number of 人民医院").result.hits[0].clause.id == "hospitals:r2"
    assert office.look_up("phone number of 人民医院").confidence > 0


def test_a_notice_that_only_issues_a_text_stands_behind_it(office: Assistant) -> None:
    found = office.look_up("云泽市竹编作坊奖励办法").result
    places = [hit.clause.id for hit in found.hits if hit.clause.document_id == "covered"]
    assert places[-1] == "covered:0.1"
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_a_notice_is_answered_with_when_it_is_asked_for_by_its_number(office: Assistant) -> None:
    [citation] = office.ask("竹编作坊奖励办法通知第一段").citations
    assert citation.clause_id == "covered:0.1"


def test_a_row_states_its_cells_under_their_heads(office: Assistant) -> None:
    view = office.index.view(office.corpus.clause("subsidies:r2"))
    stated = "序号:2;发放对象:失能老人;补贴额(元):300元;发放周期:每月一次;申请地点:养老服务窗口"
    assert view.stated == view.sentences[0] == stated
    plain = office.index.view(office.corpus.clause("covered:2"))
    assert (plain.stated, plain.cells) == (plain.normal, ())


def test_a_question_on_a_row_is_normalised_once(office: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    question, read = "人民医院的急诊电话", []
    office.ask(question)

    def counted(text: str) -> str:
        read.append(text)
        return normalize(text)

    monkeypatch.setattr("index.rows.normalize", counted)
    monkeypatch.setattr("index.view.normalize", counted)
    assert office.ask(question).citations
    assert read == [], "what is known of the rows of a table is remembered"

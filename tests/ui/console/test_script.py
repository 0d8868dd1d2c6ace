"""Addresses and refusals as they are said on the telephone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answer import Block, BlockKind, Choice, Reason
from corpus.clause import Document
from corpus.corpus import Corpus
from tests.ui.console_views import ZH
from ui.console.script import MOST_ASKED, spoken_answer, spoken_question, spoken_refusal, spoken_title

FACT = Block(BlockKind.QUOTE, "每周二 办理。", (1,))


def _source(corpus: Corpus, clause_id: str, **facts: Any) -> str:  # noqa: ANN401  (facts of a document)
    clause = corpus.clause(clause_id)
    document = replace(corpus.document(clause.document_id), **facts)
    return spoken_answer([FACT], clause, document, ZH)[2]


def test_the_source_is_said_without_brackets_and_with_its_day(corpus: Corpus) -> None:
    assert _source(corpus, "harbin-66:19") == (
        "这写在《哈尔滨市优化营商环境改革措施66条》第十九条里，文件没有写明日期。"
    )
    assert _source(corpus, "anhui-2023-4:2.1", issued=date(2024, 2, 9)) == (
        "这写在皖营商环境办2023年第4号文件典型案例第二部分第一项里，文件日期是2024年2月9日。"
    )


def test_a_document_that_is_not_in_force_is_said_to_be_so(corpus: Corpus) -> None:
    assert _source(corpus, "harbin-66:19", status="废止").endswith("请注意，这份文件注明：废止。")
    assert "注明" not in _source(corpus, "harbin-66:19", status="现行")


@pytest.mark.parametrize(
    ("title", "number", "said"),
    [
        ("停车管理办法", None, "《停车管理办法》"),
        ("停车管理办法", "甲政发〔2020〕7号", "《停车管理办法》"),
        ("关于" + "进一步" * 10 + "的通知", "甲政发〔2020〕7号", "甲政发2020年第7号文件"),
        ("关于" + "进一步" * 10 + "的通知", None, "《关于" + "进一步" * 10 + "的通知》"),
    ],
)
def test_a_long_title_is_called_by_its_number(title: str, number: str | None, said: str) -> None:
    assert spoken_title(Document("d", title, "", number=number)) == said


def test_a_rule_for_anywhere_names_no_place(corpus: Corpus) -> None:
    clause = replace(corpus.clause("harbin-66:19"), jurisdiction=())
    opening = spoken_answer([FACT], clause, corpus.document("harbin-66"), ZH)[0]
    assert opening == "您问的这件事，文件是这样写的。"


def test_a_question_back_names_places_all_and_matters_only_the_first() -> None:
    places = [Choice(name, name, (name,)) for name in "甲乙丙丁"]
    assert spoken_question(ZH("clarify.place"), places, ZH) == ("请问您问的是哪里？甲，还是乙，还是丙，还是丁？",)
    matters = [Choice(f"第{n}件（甲）", "问", ("甲",)) for n in range(MOST_ASKED + 2)]
    (said,) = spoken_question(ZH("clarify.matter"), matters, ZH)
    assert "甲的“第0件”" in said
    assert f"第{MOST_ASKED}件" not in said
    assert "（" not in said


def test_a_refusal_says_what_is_not_stated_whom_to_ask_and_offers_to_note_it() -> None:
    said = [
        Block(BlockKind.NOTICE, "没有写明。"),
        Block(BlockKind.NOTICE, "最接近的是某条。"),
        Block(BlockKind.CALL, "打给当地。"),
    ]
    what, whom, note = spoken_refusal(said, Reason.PLACE_NOT_COVERED, ZH)
    assert what.endswith("没有写明。")
    assert whom == "打给当地。"
    assert note == ZH("console.script.note")
    assert "最接近" not in what
    assert spoken_refusal(said, Reason.NOT_IN_DOCUMENTS, ZH)[1] == ZH("console.script.whom")
    assert "没有写明" not in spoken_refusal(said, Reason.OUT_OF_SCOPE, ZH)[0]

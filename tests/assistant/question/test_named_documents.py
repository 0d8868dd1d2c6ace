"""Documents are found by loose names, in Chinese by words of their titles, in English by meaning."""

import pytest

from assistant.question.named_documents import NamedDocuments
from assistant.service import Assistant

HARBIN, ANHUI = ("harbin-66",), ("anhui-2023-4",)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("哈尔滨那份文件第三条", HARBIN),
        ("安徽的通知说了什么", ANHUI),
        ("安徽2023年的文件", ANHUI),
        ("安徽4号文里怎么写", ANHUI),
        ("皖营商环境办2023年第4号", ANHUI),
        ("the Anhui notice", ANHUI),
        ("Anhui Notice No. 4 of 2023", ANHUI),
        ("Harbin's 66 measures", HARBIN),
        ("the measures of Harbin", HARBIN),
        ("Anhui Notice No. 8 of 2021", ()),
        ("State Council Order 701", ()),
    ],
)
def test_a_document_is_found_by_a_loose_name(assistant: Assistant, question: str, documents: tuple[str, ...]) -> None:
    assert [name.documents for name in NamedDocuments(assistant.index).find(question)] == [documents]


@pytest.mark.parametrize(
    "question",
    ["合肥的政策", "哈尔滨有没有办法快点办", "合肥有哪些措施", "安徽2021年的文件", "Does Harbin have rules on this?",
     "Harbin measure nine", "首贷有什么规定"],
)  # fmt: skip
def test_a_question_that_names_none_names_none(assistant: Assistant, question: str) -> None:
    assert NamedDocuments(assistant.index).find(question) == []

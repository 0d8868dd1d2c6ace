"""Laws of the names by which documents are meant."""

import pytest

from corpus.addresses.names import DocumentNames, HeldName
from corpus.clause import Document
from corpus.text.characters import fold

ORDER = Document("order", "合肥市夜市摊位管理办法（试行）", "甲。", number="合政办〔2022〕17号", jurisdiction=("合肥",))
LIST = Document("list", "云泽便民措施30条", "甲。", title_en="Thirty Measures for Yunze")
NOTICE = Document("notice", "云泽局关于印发《云泽集市规则》的通知", "甲。", number="云泽局令第3号")


@pytest.fixture(scope="module")
def names() -> DocumentNames:
    return DocumentNames((ORDER, LIST, NOTICE))


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("合肥市夜市摊位管理办法（试行）怎么说", "order"),
        ("《合肥市夜市摊位管理办法》怎么说", "order"),
        ("夜市摊位管理办法怎么说", "order"),
        ("合政办〔2022〕17号", "order"),
        ("合政办［２０２２］第 17 号文", "order"),
        ("合政办(2022)17号", "order"),
        ("合政办 2022年17号", "order"),
        ("〔2022〕17号文件", "order"),
        ("合政办二〇二二年十七号", "order"),
        ("合政办〔二〇二二〕17号", "order"),
        ("合政办{2022}17号", "order"),
        ("合政辦【2022】17號", "order"),
        ("合肥市夜市攤位管理辦法", "order"),
        ("30条里有什么", "list"),
        ("三十条措施", "list"),
        ("便民措施30条", "list"),
        ("thirty measures for yunze", "list"),
        ("云泽集市规则", "notice"),
        ("关于印发〈云泽集市规则〉的通知", "notice"),
        ("云泽局令第3号", "notice"),
    ],
)
def test_a_document_is_known_by_title_short_title_and_number(names: DocumentNames, text: str, document: str) -> None:
    assert [name.documents for name in names.find(fold(text))] == [(document,)]


@pytest.mark.parametrize(
    "text",
    [
        "南京市夜市摊位管理办法",
        "第30条",
        "130条",
        "29、30条",
        "夜市摊位",
        "办法",
        "2022年17号楼",
        "通知",
        "在2022年办的17号",
    ],
)
def test_what_only_looks_like_a_name_is_none(names: DocumentNames, text: str) -> None:
    assert names.find(fold(text)) == []


def test_a_number_of_another_document_is_a_name_of_none_of_ours(names: DocumentNames) -> None:
    [name] = names.find(fold("根据宁政办〔2022〕17号"))
    assert (name.words, name.documents) == ("宁政办[2022]17号", ())


def test_spans_take_the_quotation_marks_with_them(names: DocumentNames) -> None:
    text = "看《云泽集市规则》吧"
    [name] = names.find(fold(text))
    assert text[name.start : name.end] == "《云泽集市规则》"


def test_words_of_a_title_are_held(names: DocumentNames) -> None:
    assert names.held("摊位管理办法") == HeldName(("order",))
    assert names.held("城市道路条例") is None
    assert names.held("办法") is None


@pytest.mark.parametrize(
    ("words", "documents"),
    [
        ("合肥夜市管理办法", ("order",)),
        ("云泽集市规则", ("notice",)),
        ("合肥市夜市摊位管理办法实施细则", None),
        ("南京市夜市摊位管理办法", None),
        ("芜湖夜市管理办法", None),
    ],
)
def test_a_title_may_be_named_by_some_of_its_words_and_holds_no_others(
    names: DocumentNames, words: str, documents: tuple[str, ...] | None
) -> None:
    found = names.held(words)
    assert (found and found.documents) == documents


def test_words_that_too_many_titles_hold_are_ours_and_of_none_by_itself() -> None:
    many = DocumentNames([Document(f"d{n}", f"渡口{n}号安全管理办法", "甲。") for n in range(60)])
    assert many.held("安全管理办法") == HeldName(())

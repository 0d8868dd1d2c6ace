"""Laws of the surroundings of a number: whether it stands for itself, and whose it is."""

import pytest

from corpus.addresses.context import Context, follows, is_count
from corpus.corpus import Corpus
from corpus.text.characters import fold

LAW, NOTICE = "Yunze_Lake 湖泊条例", "notice_Fish-9"


def _before(text: str, corpus: Corpus) -> tuple[Context, int]:
    """The context of a text, and the place of its last 第."""
    folded = fold(text)
    return Context(folded, corpus.address_book), folded.rindex("第")


@pytest.mark.parametrize(
    ("text", "alone"), [("讲什么", True), ("。", True), ("", True), (" 条", False), ("万元", False), (".5", False)]
)
def test_a_number_stands_for_itself_by_what_follows(text: str, alone: bool) -> None:
    assert follows(text, 0) is alone


@pytest.mark.parametrize(("text", "counts"), [("地铁", True), (" 绿道", True), ("规定", False), ("", False)])
def test_a_number_counts_the_thing_behind_it(text: str, counts: bool) -> None:
    assert is_count(text, 0) is counts


@pytest.mark.parametrize(
    ("text", "documents", "key"),
    [
        ("云泽湖泊保护条例第三条", (LAW,), None),
        ("云泽湖泊条例的第三条", (LAW,), None),
        ("渔获交易办法里第三条", (NOTICE,), None),
        ("收费规则第一条", (NOTICE,), "1"),
        ("云渔发〔2021〕9号，第三条", (NOTICE,), None),
    ],
)
def test_the_name_before_a_number_says_whose_it_is(
    second_corpus: Corpus, text: str, documents: tuple[str, ...], key: str | None
) -> None:
    context, at = _before(text, second_corpus)
    assert context.behind_name(at)
    held, _ = context.scope(at)
    assert held.documents == documents
    assert (held.attachment and held.attachment[1]) == key


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("按照城市绿化条例第三条", "城市绿化条例"),
        ("《云泽湖泊保护条例实施细则》第三条", "云泽湖泊保护条例实施细则"),
        ("物业服务合同的第三条", "物业服务合同"),
        ("西渚湖泊条例第三条", "西渚湖泊条例"),
        ("本条例第三条", None),
        ("有什么办法第三条", None),
        ("第三条", None),
    ],
)
def test_a_name_that_no_title_holds_is_another_texts(second_corpus: Corpus, text: str, name: str | None) -> None:
    context, at = _before(text, second_corpus)
    found = context.other_text(at, at + 3)
    assert (found and text[found[0] : found[1]]) == name


def test_a_part_of_a_title_counts_only_where_an_address_follows(second_corpus: Corpus) -> None:
    context, at = _before("渔获交易办法第三条", second_corpus)
    assert context.behind_name(at)
    assert not context.partly_named
    context.taken(at, at + 3)
    assert list(context.partly_named) == [NOTICE]
    assert list(context.partly_named_spans) == [(0, at)]


def test_only_so_many_names_of_one_text_are_looked_for(second_corpus: Corpus) -> None:
    names = [f"{letter}区渔获交易办法" for letter in "甲乙丙丁戊己庚辛"]
    text = "，".join(f"{name}第一条" for name in [*names, "渔获交易办法"])
    context, at = _before(text, second_corpus)
    for position, character in enumerate(text[:at]):
        if character == "第":
            context.behind_name(position)
    assert not context.behind_name(at)

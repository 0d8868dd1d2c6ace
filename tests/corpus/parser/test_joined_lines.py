"""Laws of lines with several headings, and of headings that a page or a hand broke."""

import pytest

from tests.corpus.parser.parsed import clauses_of, keys_of

PARK = (
    "云泽市公园规定\n第一条 为了保护绿地，制定本规\n定。 第二条 夜间十点\n闭园。 第三条 禁止携犬。\n第四条 违者劝离。\n"
)
LIBRARY = "云泽市书屋办法\n第一章 总则 第一条 为了方便阅读，制定本办法。第二条 书屋由街道设立。\n第三条 凭证借书。\n"
FERRY = "云泽市渡口办法\n第 一 条 渡船应当检验。第 二 条 渡工应当持证。\n第 三 条 大风天停航。\n"


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (PARK, ["第一条 为了保护绿地，制定本规\n定。", "第二条 夜间十点\n闭园。",
         "第三条 禁止携犬。", "第四条 违者劝离。"]),
        (LIBRARY, ["第一条 为了方便阅读，制定本办法。", "第二条 书屋由街道设立。", "第三条 凭证借书。"]),
        (FERRY, ["第 一 条 渡船应当检验。", "第 二 条 渡工应当持证。", "第 三 条 大风天停航。"]),
    ],
)  # fmt: skip
def test_each_of_several_articles_on_a_line_is_a_clause(text: str, texts: list[str]) -> None:
    assert [clause.text for clause in clauses_of(text)] == texts


def test_a_chapter_on_the_line_of_its_first_article_is_the_heading_above() -> None:
    assert {clause.path for clause in clauses_of(LIBRARY)} == {("第一章 总则",)}


@pytest.mark.parametrize(
    "line",
    [
        "第一条 依照本办法。第三条规定的除外。",
        "第一条 甲。第一条的规定照旧。",
        "第一条 甲，第二条所称乙。",
        "第一条 甲（见上。第九条）乙。",
    ],
)
def test_a_number_that_is_not_the_next_or_is_spoken_of_begins_nothing(line: str) -> None:
    assert keys_of(f"云泽市办法\n{line}\n第二条 丙。\n") == ["1", "2"]


def test_a_number_that_a_line_of_its_own_begins_with_is_not_looked_for_inside() -> None:
    first, second = clauses_of("云泽市办法\n第一条 甲。第二条 乙见后文。\n第二条 丙。\n")
    assert (first.text, second.text) == ("第一条 甲。第二条 乙见后文。", "第二条 丙。")


def test_items_on_the_line_of_their_article_are_its_parts() -> None:
    (article,) = clauses_of("云泽市办法\n第一条（一）甲；（二）乙；（三）丙。\n")
    assert [part.text for part in article.parts] == ["（一）甲；", "（二）乙；", "（三）丙。"]


# What a printed page leaves between the lines is taken out by the reader, so that a sentence goes on over it.
PRINTED = [
    (
        "云泽市稳岗的通知\n（一）扩大范围，对用工满\n一年的企业“应补尽补”，并且按月拨付给参加培训的\n"
        "2025/3/4 09:12 云泽市稳岗的通知_云泽市政府网\nhttps://www.example.org/a/b_2.htm 1/3\n职工补贴和奖励。\n"
        "（二）简化手续。\n",
        ["（一）扩大范围，对用工满一年的企业“应补尽补”，并且按月拨付给参加培训的职工补贴和奖励。",
         "（二）简化手续。"],
    ),
    (
        "云泽市助餐办法\n第一条 老年人凭卡就餐，补助由区里和\n— 1 —\n市里各负担一半。\n第二条 每日公布菜单。\n— 2 —\n",
        ["第一条 老年人凭卡就餐，补助由区里和市里各负担一半。", "第二条 每日公布菜单。"],
    ),
    (
        "云泽市渔具办法\n第一条 渔网的网目应当大于\n- 3 -\n\n三指宽。\n第二条 禁用地笼。\n",
        ["第一条 渔网的网目应当大于三指宽。", "第二条 禁用地笼。"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "texts"), PRINTED)
def test_no_clause_holds_what_a_printed_page_left(text: str, texts: list[str]) -> None:
    assert ["".join(clause.text.split()) for clause in clauses_of(text)] == ["".join(one.split()) for one in texts]

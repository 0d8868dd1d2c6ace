"""Laws of tables: a row is citable with the words of its head, whatever its cells look like."""

import pytest

from corpus.parser.lines import split_lines
from corpus.parser.tables import mark_tables
from tests.corpus.parser.parsed import clauses_of, keys_of, titles_of

POINTS = """附件：

云泽市志愿服务计分表
项目	档次	分数	备注

植树	五棵以下	5分	每年累计
	五棵以上	10分
值守	每次	3分	全年封顶30分
注：①不足一次的不计。
②同一天只计一次。
"""
PARKING = """云泽市停车收费标准

区域	车型	每小时
城东	小车	4元
	大车	8元
城西	小车	2元
说明：夜间免费。
"""
FERRIES = """云泽市渡口办法
第一条 渡船分两类收费。
第二条 收费标准如下：
船型	单程	往返
木船	3元	5元
铁船	6元	10元
第三条 儿童免费。
"""


def test_a_row_is_a_clause_and_its_title_names_each_cell_by_its_column() -> None:
    assert titles_of(POINTS) == {
        "r1": "项目：植树；档次：五棵以下；分数：5分；备注：每年累计",
        "r2": "项目：植树；档次：五棵以上；分数：10分",
        "r3": "项目：值守；档次：每次；分数：3分；备注：全年封顶30分",
        "p1": "注",
    }


def test_a_merged_cell_is_carried_down_to_the_rows_that_it_covers() -> None:
    titles = titles_of(PARKING)
    assert [titles[key] for key in ("r1", "r2", "r3")] == [
        "区域：城东；车型：小车；每小时：4元",
        "区域：城东；车型：大车；每小时：8元",
        "区域：城西；车型：小车；每小时：2元",
    ]


def test_a_merged_cell_that_a_page_left_out_is_carried_down_too() -> None:
    titles = titles_of(PARKING.replace("\t大车", "大车"))
    assert titles["r2"] == "区域：城东；车型：大车；每小时：8元"


def test_the_notes_below_a_table_are_a_clause_of_their_own() -> None:
    assert [clause.text for clause in clauses_of(POINTS)][-1] == "注：①不足一次的不计。\n②同一天只计一次。"
    assert clauses_of(PARKING)[-1].text == "说明：夜间免费。"


@pytest.mark.parametrize(
    ("table", "last"),
    [
        ("条件\t分值\t要求\n论文\t5分\t1.公开。\n2.合著折半。\n获奖\t8分\t1.市级。\n2.五年以内。\n", "2.五年以内。"),
        ("类\t份\t明\n户口\t一\t（一）首页。\n（二）内页。\n房产\t二份\t（一）原件。\n（二）副本。\n", "（二）副本。"),
        ("序号\t事项\t依据\n1\t挂失\t第三条\n2\t补领\t第四条\n", "第四条"),
    ],
)  # fmt: skip
def test_numbers_in_cells_are_data_and_no_headings(table: str, last: str) -> None:
    found = clauses_of(f"附件\n云泽市评定标准\n{table}")
    assert [clause.id for clause in found] == ["d:r1", "d:r2"]
    assert found[-1].text.endswith(last)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("乙类名录\n序号\t代码\t品名\n1\tB10\t竹器\n2\tB20\t藤器\n3\tB30\t漆器\n", 3),
        ("云泽市窗口电话表\n窗口\t电话\t地址\n社保\t分机11\t一楼\n税务\t分机12\t二楼\n", 2),
        ("云泽市河长名单\n\n序号\t河流\t岸长\n\n1\t东河\t3公里\n\n2\t西河\t5公里\n", 2),
    ],
)
def test_a_text_that_is_a_table_has_a_clause_for_each_row(text: str, rows: int) -> None:
    assert keys_of(text) == [f"r{row}" for row in range(1, rows + 1)]


def test_the_rows_of_a_table_in_an_article_are_its_parts() -> None:
    first, second, third = clauses_of(FERRIES)
    assert [part.number for part in second.parts] == ["第一行", "第二行"]
    assert [part.text for part in second.parts] == ["木船\t3元\t5元", "铁船\t6元\t10元"]
    assert (first.parts, third.text) == ((), "第三条 儿童免费。")


def test_a_head_of_two_rows_names_a_column_by_both() -> None:
    rows = "档次\t补贴\t\t备注\n\t个人\t单位\t\n甲档\t10元\t20元\t按月\n乙档\t30元\t40元\t按年\n"
    assert titles_of(f"云泽市补贴表\n{rows}")["r1"] == "档次：甲档；补贴个人：10元；补贴单位：20元；备注：按月"


def test_facts_of_a_page_and_contents_with_a_tab_are_no_table() -> None:
    for text in ("发布机构：\t某局\n发布日期：\t2020-01-02\n", "第一章 总则\t1\n第二章 附则\t5\n", "甲。\t乙。\n"):
        assert not any(line.in_table for line in mark_tables(split_lines(text)))


def test_a_digit_string_of_any_length_is_a_cell() -> None:
    row = "1" * 5000 + "\t甲\t乙\n"
    assert len(keys_of("云泽市名录\n编号\t名\t地\n" + row * 3)) == 3


def test_a_form_has_no_head_and_each_row_is_a_label_and_what_is_filled_in() -> None:
    text = "云泽市办事卡\n\n事项名称\t旧船报废\n受理单位\t云泽市渡口所\n办理时限\t三个工作日\n"
    assert list(titles_of(text).values()) == ["事项名称：旧船报废", "受理单位：云泽市渡口所", "办理时限：三个工作日"]


def test_a_list_of_two_columns_keeps_its_head() -> None:
    text = "云泽市渡口一览表\n\n渡口\t开渡时间\n东渡\t六点\n西渡\t七点\n"
    assert list(titles_of(text).values()) == ["渡口：东渡；开渡时间：六点", "渡口：西渡；开渡时间：七点"]

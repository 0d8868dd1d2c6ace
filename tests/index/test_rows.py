import pytest

from corpus.clause import Clause
from index.rows import RowName, read_cells, row_names, unit_of


def row(*cells: tuple[str, str], path: tuple[str, ...] = ()) -> Clause:
    text = "\t".join(cell for _, cell in cells)
    return Clause("d:r1", "d", "第一行", "", path, text, 0, len(text), cells=cells)


def names(*rows: Clause) -> list[RowName]:
    return row_names(list(map(read_cells, rows)))


def read(*cells: tuple[str, str], path: tuple[str, ...] = ()) -> list[str]:
    return [cell.under_head for cell in read_cells(row(*cells, path=path))]


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("补贴额(元)", "元"),
        ("每月(单位:万元)", "万元"),
        ("限额(元/人)", "元/人"),
        ("检查次数", "次"),
        ("人数", "人"),
        ("补贴额", ""),
        ("人民医院(东院)", ""),
        ("系数", ""),
    ],
)
def test_a_head_may_give_a_unit(head: str, unit: str) -> None:
    assert unit_of(head) == unit


def test_a_bare_number_has_the_unit_of_its_head() -> None:
    cells = ("对象", "独居老人"), ("补贴额（元）", "12,000"), ("检查次数", "1"), ("备注", "满80岁")
    assert read(*cells) == ["对象:独居老人", "补贴额(元):12,000元", "检查次数:1次", "备注:满80岁"]


def test_the_unit_may_stand_in_the_row_or_above_the_table() -> None:
    assert read(("项目", "押金（元）"), ("大号车", "300")) == ["项目:押金(元)", "大号车:300元"]
    assert read(("街道", "河东"), ("计划", "75"), path=("安置计划（单位：户）",)) == ["街道:河东", "计划:75户"]


def test_without_a_head_the_words_before_it_call_a_cell() -> None:
    assert read(("", "咨询电话"), ("", "0599-6200100")) == ["咨询电话", "咨询电话:0599-6200100"]


def test_a_cell_is_written_as_printed() -> None:
    cells = read_cells(row(("对象", "独居老人"), ("补贴额（元）", "12,000"), ("备注", " ")))
    assert [cell.written for cell in cells] == ["对象：独居老人", "补贴额（元）：12,000"]
    cells = read_cells(row(("项目", "押金（元）"), ("大号车", "300")))
    assert cells[1].written == "押金（元） 大号车：300"


def test_a_clause_that_is_no_row_has_no_cells() -> None:
    assert read_cells(row()) == ()


def test_rows_are_told_by_the_first_words_that_differ_in_each() -> None:
    rows = [
        row(("序号", "1"), ("类别", "道路"), ("项目", "挖掘"), ("科室", "市政科")),
        row(("序号", "2"), ("类别", "道路"), ("项目", "占用"), ("科室", "园林科")),
    ]
    assert [one.name for one in names(*rows)] == ["挖掘", "占用"]
    assert [one.words for one in names(*rows)] == ["道路 挖掘", "道路 占用"]


def test_what_describes_a_row_tells_it_too() -> None:
    long = "因修建房屋需要临时堆放砂石材料并且不影响行人通行的"
    rows = [row(("项目", "占用"), ("说明", long)), row(("项目", "挖掘"), ("说明", "略"))]
    assert names(*rows)[0].words == f"占用 {long}"


def test_where_no_column_differs_in_every_row_all_words_tell_it() -> None:
    rows = [row(("项目", name), ("数", "1")) for name in ("占用", "占用", "挖掘")]
    assert [(one.name, one.words) for one in names(*rows)] == [("", "占用"), ("", "占用"), ("", "挖掘")]
    assert names() == []


def test_cells_without_heads_are_told_by_their_places() -> None:
    rows = [row(("", "窗口"), ("", "一楼")), row(("", "停车场"), ("", "一楼"))]
    assert [one.name for one in names(*rows)] == ["窗口", "停车场"]

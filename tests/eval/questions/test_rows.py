import csv
import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from assistant.service import Assistant
from corpus.errors import QuestionFileError
from eval.questions.questionset import GoldAnswer, LabelledQuestion, read_questions
from eval.questions.rows import read_rows

COLUMNS = ("id", "question", "history", "tags", "jurisdiction", "relevant", "answers", "quote")
CELLS = [
    ("1", "材料交齐了, 多久有结果", "你好; 我想办证", "citizen;easy", "合肥", "d:1; d:2", "", "三日"),
    ("2", "要交钱吗", "", "", "", "", "d: 不收取费用；免费办理 ;e:免费", ""),
    ("3", "今晚吃什么", "", "", "", "", "", ""),
]
QUESTIONS = (
    LabelledQuestion(
        "1",
        "材料交齐了, 多久有结果",
        ("d:1", "d:2"),
        history=("你好", "我想办证"),
        tags=("citizen", "easy"),
        jurisdiction="合肥",
        quote="三日",
    ),
    LabelledQuestion("2", "要交钱吗", (), answers=(GoldAnswer("d", "不收取费用；免费办理"), GoldAnswer("e", "免费"))),
    LabelledQuestion("3", "今晚吃什么", ()),
)
HEADS = ("序号", "市民问题（必填）", "应引条款", "地区", "标签")
OFFICE = [
    ("1", "还清房贷后抵押怎么销掉？", "harbin-66:11；harbin-66:26", "哈尔滨", "群众、房产"),
    ("2", "月球上怎么办证？", "无", "", ""),
]
READ = (
    LabelledQuestion(
        "1",
        "还清房贷后抵押怎么销掉？",
        ("harbin-66:11", "harbin-66:26"),
        jurisdiction="哈尔滨",
        tags=("群众", "房产"),
    ),
    LabelledQuestion("2", "月球上怎么办证？", ()),
)


def _csv(folder: Path, *rows: tuple[str, ...], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    path = folder / "questions.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def _xlsx(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    path = folder / "questions.XLSX"
    book.save(path)
    return path


def test_a_csv_file_holds_the_same_questions(tmp_path: Path) -> None:
    assert read_questions(_csv(tmp_path, COLUMNS, *CELLS)) == QUESTIONS


def test_a_workbook_holds_the_same_questions_and_numbers_are_texts(tmp_path: Path) -> None:
    rows = [(int(id_), *(cell or None for cell in rest)) for id_, *rest in CELLS]
    assert read_questions(_xlsx(tmp_path, COLUMNS, *rows)) == QUESTIONS


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_any_delimiter_and_encoding_of_an_office_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    assert read_questions(_csv(tmp_path, HEADS, *OFFICE, delimiter=delimiter, encoding=encoding)) == READ


def test_a_title_above_the_heads_and_empty_rows_do_not_count(tmp_path: Path) -> None:
    blank = ("",) * len(HEADS)
    title = ("2026年热线问题汇总表", *blank[1:])
    assert read_questions(_csv(tmp_path, title, blank, HEADS, OFFICE[0], blank, OFFICE[1])) == READ
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (title[:1], HEADS, OFFICE[0], (), OFFICE[1]):
        sheet.append(list(row))
    sheet.merge_cells("A1:E1")
    book.save(tmp_path / "q.xlsx")
    assert read_questions(tmp_path / "q.xlsx") == READ


def test_columns_of_their_own_are_named_once_and_passed_over(tmp_path: Path) -> None:
    told: list[str] = []
    rows = [(*row, "某科", "") for row in OFFICE]
    path = _csv(tmp_path, (*HEADS, "承办单位", "备注"), *rows)
    assert read_questions(path, report=told.append) == READ
    assert len(told) == 1
    assert "承办单位、备注" in told[0]


def test_cells_that_are_numbers_or_days_are_read_as_shown(tmp_path: Path) -> None:
    path = _xlsx(
        tmp_path, ("编号", "问题", "条款", "标签"), (7.0, "几天办完", None, datetime(2026, 3, 1)), (8, 12345, "", 2.5)
    )
    assert read_questions(path) == (
        LabelledQuestion("7", "几天办完", (), tags=("2026-03-01",)),
        LabelledQuestion("8", "12345", (), tags=("2.5",)),
    )


def test_without_a_column_of_ids_the_place_is_the_id(tmp_path: Path) -> None:
    assert [one.id for one in read_questions(_csv(tmp_path, ("问题", "条款"), ("一", ""), ("二", "")))] == ["2", "3"]
    assert [one.id for one in read_questions(_xlsx(tmp_path, ("问题", "条款"), ("一",)))] == ["Sheet!2"]


def test_every_sheet_with_heads_is_read_and_a_cell_merged_downwards_counts_for_each_row(tmp_path: Path) -> None:
    book = Workbook()
    first, second, third = book.worksheets[0], book.create_sheet("二月"), book.create_sheet("说明")
    first.title = "一月"
    for row in (("问题", "条款", "标签"), ("甲", "d:1", "窗口"), ("乙", "d:2", "")):
        first.append(row)
    first.merge_cells("C2:C3")
    second.append(("问题", "条款"))
    second.append(("丙", "d:3"))
    third.append(("填表说明",))
    book.save(tmp_path / "q.xlsx")
    told: list[str] = []
    questions = read_questions(tmp_path / "q.xlsx", report=told.append)
    assert [(one.id, one.relevant, one.tags) for one in questions] == [
        ("一月!2", ("d:1",), ("窗口",)),
        ("一月!3", ("d:2",), ("窗口",)),
        ("二月!2", ("d:3",), ()),
    ]
    assert "说明" in "".join(told)


def test_clauses_are_read_as_people_cite_them(tmp_path: Path, assistant: Assistant) -> None:
    title = "《哈尔滨市优化营商环境改革措施66条》"
    rows = [
        ("编", f"{title}第二十六条", ""),
        ("列", "第十一条、第二十六条", "harbin-66"),
        ("行", f"{title}第十一条\n典型案例 一、（三）", ""),
        ("点", "典型案例 一、（三）四是", "皖营商环境办〔2023〕4号"),
        ("号", "26", title),
        ("码", "harbin-66:11、anhui-2023-4:1.3", ""),
    ]
    read = read_questions(_csv(tmp_path, ("问题", "应引条款", "文件"), *rows), assistant.corpus)
    assert [one.relevant for one in read] == [
        ("harbin-66:26",),
        ("harbin-66:11", "harbin-66:26"),
        ("harbin-66:11", "anhui-2023-4:1.3"),
        ("anhui-2023-4:1.3",),
        ("harbin-66:26",),
        ("harbin-66:11", "anhui-2023-4:1.3"),
    ]
    assert read[3].relevant_parts == ("anhui-2023-4:1.3.4",)


def test_document_and_words_are_an_answer(tmp_path: Path, assistant: Assistant) -> None:
    words = assistant.corpus.clause("harbin-66:26").text[10:50]
    path = _csv(tmp_path, ("问题", "文件", "原文"), ("问", "《哈尔滨市优化营商环境改革措施66条》", words))
    (question,) = read_questions(path, assistant.corpus)
    assert question.answers == (GoldAnswer("harbin-66", words),)
    assert question.relevant == ("harbin-66:26",)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (("问", "第九十九条", "harbin-66", ""), "没有“第九十九条”"),
        (("问", "第一条", "没有的文件", ""), "没有文件“没有的文件”"),
        (("问", "随便", "", ""), "names '随便'"),
        (("问", "", "", "哪里的话"), "有原文而没有条款"),
    ],
)
def test_what_no_clause_is_cited_by_is_refused_with_what_to_write(
    tmp_path: Path, assistant: Assistant, cells: tuple[str, ...], fault: str
) -> None:
    path = _xlsx(tmp_path, ("问题", "应引条款", "文件", "原文"), cells)
    with pytest.raises(QuestionFileError) as raised:
        read_questions(path, assistant.corpus)
    assert str(raised.value).startswith(f"{path}:Sheet!2: ")
    assert fault in str(raised.value)


def test_rows_carry_the_place_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a"}\n\n{"id": "b"}\n', encoding="utf-8")
    assert list(read_rows(path)) == [("1", {"id": "a"}), ("3", {"id": "b"})]
    table = _csv(tmp_path, ("id", "question"), ("a", "一行\n两行"), ("", ""), ("b", "问"))
    assert [(place, row["id"]) for place, row in read_rows(table)] == [("3", "a"), ("5", "b")]


@pytest.mark.parametrize(("write", "place"), [(_csv, "2"), (_xlsx, "Sheet!2")])
def test_a_fault_in_a_table_names_file_and_place(tmp_path: Path, write: object, place: str) -> None:
    assert callable(write)
    bad = [
        ((COLUMNS[:3], ("1", "问", "", "多余")), "more cells than columns"),
        ((("id", "question", "answers"), ("1", "问", "没有冒号")), "write it as document: quote"),
        ((("id", "question"), ("1", "问")), "'relevant' or 'answers' is missing"),
        ((("id", "question", "relevant"), ("", "问", "")), "'id' is missing"),
        ((("id", "question", "relevant", "language"), ("1", "问", "", "法文")), "not one of zh, en"),
    ]
    for rows, fault in bad:
        path = write(tmp_path, *rows)
        with pytest.raises(QuestionFileError) as raised:
            read_questions(path)
        assert str(raised.value).startswith(f"{path}:{place}: ")
        assert fault in str(raised.value)


def test_languages_may_be_written_in_chinese(tmp_path: Path) -> None:
    path = _csv(tmp_path, ("问题", "条款", "语言"), *(("问", "", word) for word in ("中文", "英文", "ZH-hant", "繁体")))
    assert [one.language for one in read_questions(path)] == ["zh", "en", "zh-hant", "zh-hant"]


@pytest.mark.parametrize("write", [_csv, _xlsx])
def test_a_table_without_heads_is_refused_with_the_heads_there_are(tmp_path: Path, write: object) -> None:
    assert callable(write)
    path = write(tmp_path, ("怎么办执照", "harbin-66:1"), ("怎么办证", "harbin-66:2"))
    with pytest.raises(QuestionFileError, match=r"怎么办执照.*编号 id、问题 question、应引条款 relevant") as raised:
        read_questions(path)
    assert str(raised.value).startswith(f"{path}:")


def test_a_table_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "q.xlsx").write_text(json.dumps({}), encoding="utf-8")
    (tmp_path / "q.csv").write_bytes(b"PK\x03\x04 a workbook by another name")
    (tmp_path / "q.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "open.csv").write_text('问题,条款\n"没有收尾,\n', encoding="utf-8")
    faults = {
        "q.xlsx": "Save it again as .xlsx",
        "q.csv": ".xlsx",
        "q.xls": "save it as .xlsx",
        "open.csv": "Save it again",
    }
    for name, fault in faults.items():
        with pytest.raises(QuestionFileError, match=fault) as raised:
            list(read_rows(tmp_path / name))
        assert str(raised.value).startswith(str(tmp_path / name))

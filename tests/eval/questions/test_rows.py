import csv
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

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


def _csv(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "questions.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
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


def test_rows_carry_the_line_they_stand_on(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a"}\n\n{"id": "b"}\n', encoding="utf-8")
    assert list(read_rows(path)) == [(1, {"id": "a"}), (3, {"id": "b"})]
    table = _csv(tmp_path, ("id", "question"), ("a", "一行\n两行"), ("", ""), ("b", "问"))
    assert [(line, row["id"]) for line, row in read_rows(table)] == [(3, "a"), (5, "b")]


@pytest.mark.parametrize("write", [_csv, _xlsx])
def test_a_fault_in_a_table_names_file_and_line(tmp_path: Path, write: object) -> None:
    assert callable(write)
    bad = [
        ((COLUMNS[:3], ("1", "问", "", "多余")), "more cells than columns"),
        ((("id", "question", "answers"), ("1", "问", "没有冒号")), "write it as document: quote"),
        ((("id", "question"), ("1", "问")), "'relevant' or 'answers' is missing"),
        ((("id", "question", "relevant"), ("", "问", "")), "'id' is missing"),
    ]
    for rows, fault in bad:
        path = write(tmp_path, *rows)
        with pytest.raises(QuestionFileError) as raised:
            read_questions(path)
        assert str(raised.value).startswith(f"{path}:2: ")
        assert fault in str(raised.value)


def test_a_table_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "q.xlsx").write_text(json.dumps({}), encoding="utf-8")
    (tmp_path / "q.csv").write_bytes("id,question\n1,问\n".encode("gbk"))
    for name, fault in (("q.xlsx", "Save it again as .xlsx"), ("q.csv", "Save it as UTF-8")):
        with pytest.raises(QuestionFileError, match=fault) as raised:
            list(read_rows(tmp_path / name))
        assert str(raised.value).startswith(str(tmp_path / name))

"""Saved questions as files: added, removed, marked, imported; nothing is lost, every fault has its line."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.errors import InputError, NotFoundError, QuestionFileError
from eval.questions.saved import Imported, SavedQuestions

COLUMNS = ("id", "question", "relevant", "jurisdiction", "备注")


@pytest.fixture
def saved(tmp_path: Path) -> SavedQuestions:
    return SavedQuestions(tmp_path / "questions", shipped=None)


def _ids(saved: SavedQuestions) -> list[str]:
    return [one.labelled.id for one in saved.all()]


def _csv(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(row) for row in (COLUMNS, *rows)).encode("utf-8-sig")


def _xlsx(path: Path, *rows: tuple[str | int | None, ...]) -> bytes:
    book = Workbook()
    for row in (COLUMNS, *rows):
        book.worksheets[0].append(list(row))
    book.save(path)
    return path.read_bytes()


def test_without_a_folder_there_are_only_the_shipped_questions(tmp_path: Path) -> None:
    saved = SavedQuestions(tmp_path / "none")
    assert len(saved.all()) == 2034
    assert (saved.own(), saved.known()) == ((), frozenset())


def test_a_question_is_added_found_and_removed(saved: SavedQuestions) -> None:
    first = saved.add("  菜园\n几点开门 ", ["g:4"], parts=["g:4.1"], jurisdiction=" 合肥 ")
    second = saved.add("养老金怎么算", [])
    assert _ids(saved) == ["q-1", "q-2"]
    assert first.labelled.question == "菜园 几点开门"
    assert (first.wanted, first.documents) == (("g:4",), frozenset({"g"}))
    assert first.labelled.jurisdiction == "合肥"
    assert first.labelled.relevant_parts == ("g:4.1",)
    assert not second.labelled.answerable
    saved.remove("q-1")
    assert _ids(saved) == ["q-2"]
    assert saved.add("又一个", ["g:1"]).labelled.id == "q-3", "an id is not given twice while a later one stands"
    with pytest.raises(NotFoundError, match="policyqa questions list"):
        saved.remove("q-1")
    saved.remove("q-2")
    saved.remove("q-3")
    assert saved.all() == ()


def test_the_same_question_is_saved_once(saved: SavedQuestions) -> None:
    assert saved.add("几点开门", ["g:4"]) == saved.add("几点开门", ["g:4"])
    saved.add("几点开门", ["g:4"], jurisdiction="合肥")
    assert _ids(saved) == ["q-1", "q-2"]


@pytest.mark.parametrize("question", [" \n", "\ud800", "问" * 2001])
def test_what_is_no_question_is_refused(saved: SavedQuestions, question: str) -> None:
    with pytest.raises(InputError) as raised:
        saved.add(question, ["g:4"])
    assert raised.value.field == "question"


def test_a_failure_is_known_until_that_is_taken_back_wherever_the_question_stands(saved: SavedQuestions) -> None:
    key = saved.add("几点开门", ["g:4"]).key
    saved.mark("q-1", known=True, why="下一版补上")
    saved.mark("q-1", known=True)
    assert saved.known() == {key}
    row = json.loads((saved.folder / "known.jsonl").read_text(encoding="utf-8"))
    assert (row["id"], row["question"], row["wanted"]) == ("q-1", "几点开门", ["g:4"])
    saved.import_file("office.csv", _csv(("k-1", "几点开门", "g:4", "", "")))
    saved.remove("q-1")
    assert [one.key for one in saved.all()] == [key]
    assert saved.known() == {key}
    saved.mark("k-1", known=False)
    assert saved.known() == frozenset()


def test_tables_as_offices_make_them_are_imported(saved: SavedQuestions, tmp_path: Path) -> None:
    sheet = _xlsx(
        tmp_path / "q.xlsx", (1, "几点开门", "g:4", None, "窗口常问"), (2, "养老金怎么算", None, "合肥", None)
    )
    assert saved.import_file("C:\\桌面\\窗口.XLSX", sheet) == Imported(saved.folder / "窗口.jsonl", 2, False)
    assert saved.import_file("热线.csv", _csv(("h-1", "钥匙丢了", "g:9;g:2", "", "")))
    assert [(one.labelled.id, one.wanted) for one in saved.all()] == [
        ("h-1", ("g:9", "g:2")),
        ("1", ("g:4",)),
        ("2", ()),
    ]
    assert saved.import_file("热线.csv", _csv(("h-2", "钥匙丢了", "g:9", "", ""))).replaced
    assert _ids(saved) == ["h-2", "1", "2"]
    saved.remove("1")
    assert _ids(saved) == ["h-2", "2"]


def test_tables_that_somebody_keeps_in_the_folder_are_read_as_they_stand(saved: SavedQuestions) -> None:
    saved.folder.mkdir()
    table = saved.folder / "手写.csv"
    table.write_bytes(_csv(("s-1", "几点开门", "g:4", "", "")))
    (saved.folder / "~$手写.xlsx").write_bytes(b"lock")
    (saved.folder / ".DS_Store").write_bytes(b"")
    assert _ids(saved) == ["s-1"]
    with pytest.raises(InputError, match=r"手写\.csv:2"):
        saved.remove("s-1")
    assert table.exists()


def test_shipped_questions_stay_and_can_be_marked(tmp_path: Path) -> None:
    saved = SavedQuestions(tmp_path / "questions")
    with pytest.raises(InputError, match="known own-c-001"):
        saved.remove("own-c-001")
    saved.mark("own-c-001", known=True)
    assert len(saved.known()) == 1


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("q.csv", _csv(("", "几点开门", "g:4", "", "")), "q.csv:2: "),
        ("q.jsonl", b'{"id": "1", "question": "x", "relevant": []}\n{', "q.jsonl:2: "),
        ("q.jsonl", b"", "q.jsonl:1: "),
        ("q.xlsx", b"no workbook", "q.xlsx: "),
        ("q.docx", b"", "q.docx: "),
        ("..", b"", "..: "),
        ("\0.csv", b"", "\0.csv: "),
        (f"{'长' * 80}.csv", b"", "长长"),
        ("known.csv", _csv(("1", "几点开门", "", "", "")), "known.csv: "),
        ("q.csv", _csv(("k-1", "几点开门", "g:4", "", "")), "q.csv:2: "),
    ],
)
def test_a_faulty_import_is_told_under_its_own_name_and_changes_nothing(
    saved: SavedQuestions, name: str, data: bytes, told: str
) -> None:
    saved.import_file("before.csv", _csv(("k-1", "钥匙丢了", "g:9", "", "")))
    with pytest.raises(QuestionFileError) as raised:
        saved.import_file(name, data)
    assert str(raised.value).startswith(told)
    assert _ids(saved) == ["k-1"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("旧表.xls", "", "旧表.xls:1: "),
        ("b.jsonl", '{"id": "a-1", "question": "x", "relevant": []}', "b.jsonl:1: "),
        ("known.jsonl", '{"question": "x"}', "known.jsonl:1: "),
    ],
)
def test_what_lies_there_and_is_no_question_file_is_told_by_file_and_line(
    saved: SavedQuestions, name: str, text: str, told: str
) -> None:
    saved.import_file("a.jsonl", b'{"id": "a-1", "question": "y", "relevant": []}')
    (saved.folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(QuestionFileError) as raised:
        saved.all(), saved.known()
    assert str(raised.value).startswith(f"{saved.folder / told}")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="无法写入"):
        SavedQuestions(tmp_path / "file" / "questions", shipped=None).add("几点开门", [])

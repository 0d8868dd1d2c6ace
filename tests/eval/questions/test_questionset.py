import json
from pathlib import Path

import pytest

from corpus.clause import Clause, Document, Part
from corpus.errors import QuestionFileError
from corpus.corpus import Corpus
from eval.questions.questionset import Question, read_questions

WHOLE = {
    "id": "q1",
    "question": "首贷怎么申请",
    "history": ["你好"],
    "language": "zh",
    "tags": ["easy"],
    "jurisdiction": "安徽",
    "relevant": ["d:1"],
    "relevant_parts": ["d:1.2"],
    "related": ["d:3"],
    "quote": "银行",
}


def _file(folder: Path, *rows: object) -> Path:
    path = folder / "questions.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _corpus() -> Corpus:
    part = Part("d:1.2", "二是", "文", 0, 1)
    clause = Clause("d:1", "d", "1", "题", (), "文", 0, 1, parts=(part,))
    return Corpus((Document("d", "题", "文"),), (clause,))


def test_every_field_of_the_contract_is_read(tmp_path: Path) -> None:
    (question,) = read_questions(_file(tmp_path, WHOLE), _corpus())
    assert question == Question(
        id="q1",
        question="首贷怎么申请",
        relevant=("d:1",),
        history=("你好",),
        language="zh",
        tags=("easy",),
        jurisdiction="安徽",
        relevant_parts=("d:1.2",),
        related=("d:3",),
        quote="银行",
    )


def test_optional_fields_may_be_absent_and_empty_relevant_means_unanswerable(tmp_path: Path) -> None:
    (question,) = read_questions(_file(tmp_path, {"id": "q", "question": "天气?", "relevant": []}))
    assert question == Question("q", "天气?", ())
    assert not question.answerable


def test_order_is_kept_and_blank_lines_and_a_byte_order_mark_are_skipped(tmp_path: Path) -> None:
    rows = [{"id": str(i), "question": "问", "relevant": []} for i in range(3)]
    path = _file(tmp_path, rows[0], "", rows[1], "  ", rows[2])
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert [question.id for question in read_questions(path)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{not json", "not JSON"),
        ("[1]", "not a JSON object"),
        ({"question": "问", "relevant": []}, "'id' is missing"),
        ({"id": "a", "question": " ", "relevant": []}, "'question' is missing or empty"),
        ({"id": "a", "question": "问"}, "'relevant' is missing"),
        ({"id": "a", "question": "问", "relevant": "d:1"}, "'relevant' must be a list"),
        ({"id": "a", "question": "问", "relevant": [1]}, "'relevant' must be a list"),
        ({"id": "a", "question": "问", "relevant": [], "quote": 3}, "'quote' must be a string"),
        ({"id": "a", "question": "问", "relevant": [], "language": "fr"}, "'fr' is not one of zh, en, mixed, zh-hant"),
        ({"id": "first", "question": "问", "relevant": []}, "'first' stands on line 1 too"),
        ({"id": "a", "question": "问", "relevant": ["d:9"]}, "'relevant' names 'd:9', which the corpus does not hold"),
        (
            {"id": "a", "question": "问", "relevant": ["d:1"], "relevant_parts": ["d:1.9"]},
            "'relevant_parts' names 'd:1.9'",
        ),
    ],
)
def test_every_fault_names_file_and_line_and_what_is_wrong(tmp_path: Path, row: object, fault: str) -> None:
    path = _file(tmp_path, {"id": "first", "question": "问", "relevant": []}, row)
    with pytest.raises(QuestionFileError) as raised:
        read_questions(path, _corpus())
    assert str(raised.value).startswith(f"{path}:2: ")
    assert fault in str(raised.value)


def test_a_file_that_is_absent_empty_or_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"absent\.jsonl: no such file"):
        read_questions(tmp_path / "absent.jsonl")
    with pytest.raises(QuestionFileError, match="holds no question"):
        read_questions(_file(tmp_path, ""))
    path = tmp_path / "gbk.jsonl"
    path.write_bytes("问".encode("gbk"))
    with pytest.raises(QuestionFileError, match=r"gbk\.jsonl: cannot be read"):
        read_questions(path)

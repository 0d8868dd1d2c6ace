import json
from pathlib import Path

import pytest

from corpus.clause import Clause, Document, Part
from corpus.corpus import Corpus
from corpus.errors import QuestionFileError
from eval.questions.questionset import GoldAnswer, LabelledQuestion, read_questions

WHOLE = {
    "id": "q1",
    "question": "首贷怎么申请",
    "history": ["你好"],
    "language": "zh",
    "tags": ["easy"],
    "jurisdiction": "安徽",
    "relevant": ["d:1"],
    "relevant_parts": ["d:1.2"],
    "related": ["d:2"],
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
    other = Clause("d:2", "d", "2", "题", (), "由银行一次\n性放款 3 万元。", 0, 1)
    return Corpus((Document("d", "题", "文"),), (clause, other))


def test_every_field_of_the_contract_is_read(tmp_path: Path) -> None:
    (question,) = read_questions(_file(tmp_path, WHOLE), _corpus())
    assert question == LabelledQuestion(
        id="q1",
        question="首贷怎么申请",
        relevant=("d:1",),
        history=("你好",),
        language="zh",
        tags=("easy",),
        jurisdiction="安徽",
        relevant_parts=("d:1.2",),
        related=("d:2",),
        quote="银行",
    )


def test_optional_fields_may_be_absent_and_empty_relevant_means_unanswerable(tmp_path: Path) -> None:
    (question,) = read_questions(_file(tmp_path, {"id": "q", "question": "天气?", "relevant": []}))
    assert question == LabelledQuestion("q", "天气?", ())
    assert not question.answerable


def test_order_is_kept_and_blank_lines_and_a_byte_order_mark_are_skipped(tmp_path: Path) -> None:
    rows = [{"id": str(i), "question": "问", "relevant": []} for i in range(3)]
    path = _file(tmp_path, rows[0], "", rows[1], "  ", rows[2])
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert [question.id for question in read_questions(path)] == ["0", "1", "2"]


def test_a_turn_said_twice_stays_twice_in_the_history(tmp_path: Path) -> None:
    row = {"id": "q", "question": "那第三呢", "relevant": [], "history": ["再说一遍", "好", "再说一遍"]}
    (question,) = read_questions(_file(tmp_path, row))
    assert question.history == ("再说一遍", "好", "再说一遍")


def test_every_clause_that_holds_a_quote_is_relevant(tmp_path: Path) -> None:
    answers = [{"document": "d", "quote": "银行一次性放款３万元"}]
    (question,) = read_questions(_file(tmp_path, {"id": "q", "question": "放款几次", "answers": answers}), _corpus())
    assert question.relevant == ("d:2",)
    assert question.answers == (GoldAnswer("d", "银行一次性放款３万元"),)


def test_a_question_stays_answerable_where_no_clause_holds_its_quote(tmp_path: Path) -> None:
    lost = {"id": "q", "question": "问", "answers": [{"document": "d", "quote": "表格里的一行字"}]}
    none = {"id": "r", "question": "问", "answers": []}
    first, second = read_questions(_file(tmp_path, lost, none), _corpus())
    assert (first.relevant, first.answerable, second.answerable) == ((), True, False)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{not json", "not JSON"),
        ("[1]", "not a JSON object"),
        ({"question": "问", "relevant": []}, "'id' is missing"),
        ({"id": "a", "question": " ", "relevant": []}, "'question' is missing or empty"),
        ({"id": "a", "question": "问"}, "'relevant' or 'answers' is missing"),
        ({"id": "a", "question": "问", "relevant": "d:1"}, "'relevant' must be a list"),
        ({"id": "a", "question": "问", "relevant": [1]}, "'relevant' must be a list"),
        ({"id": "a", "question": "问", "relevant": [], "quote": 3}, "'quote' must be a string"),
        ({"id": "a", "question": "问", "relevant": [], "language": "fr"}, "'fr' is not one of zh, en, mixed, zh-hant"),
        ({"id": "first", "question": "问", "relevant": []}, "'first' stands on line 1 too"),
        ({"id": "a", "question": "问", "relevant": ["d:9"]}, "'relevant' names 'd:9', which the corpus does not hold"),
        ({"id": "a", "question": "问", "relevant": ["d"]}, "'relevant' names 'd'"),
        ({"id": "a", "question": "问", "relevant": [], "related": ["d:9"]}, "'related' names 'd:9'"),
        ({"id": "a", "question": "问", "answers": "文"}, "'answers' must be a list of objects"),
        ({"id": "a", "question": "问", "answers": [{"quote": "文"}]}, "'document' is missing"),
        ({"id": "a", "question": "问", "answers": [{"document": "d", "quote": " "}]}, "has no quote"),
        ({"id": "a", "question": "问", "answers": [{"document": "e", "quote": "文"}]}, "'answers' names 'e'"),
        (
            {"id": "a", "question": "问", "relevant": ["d:1"], "answers": [{"document": "d", "quote": "文"}]},
            "'relevant' and 'answers' are both given",
        ),
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
    with pytest.raises(QuestionFileError, match=r"absent\.jsonl: .*no such file"):
        read_questions(tmp_path / "absent.jsonl")
    with pytest.raises(QuestionFileError, match="holds no question"):
        read_questions(_file(tmp_path, ""))
    path = tmp_path / "gbk.jsonl"
    path.write_bytes("问".encode("gbk"))
    with pytest.raises(QuestionFileError, match=r"gbk\.jsonl: cannot be read"):
        read_questions(path)

"""Laws of corpora of rows, a document and a clause each."""

import gzip
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.load import read_jsonl_corpus

ROWS = (
    '{"id": "r1", "title": "甲", "text": "第一条\\u3000子。"}\n\n{"id": "r2", "title": "乙", "text": "丑", "more": 1}\n'
)


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_rows_become_one_document_and_one_clause_each(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = ROWS.encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    corpus = read_jsonl_corpus(path)
    assert [(clause.id, clause.document_id, clause.title, clause.text) for clause in corpus.clauses] == [
        ("r1", "r1", "甲", "第一条 子。"),
        ("r2", "r2", "乙", "丑"),
    ]
    assert corpus.document("r1").text == "第一条 子。"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{", "not a row"),
        ("[1]", "not a row"),
        ('{"id": "r2", "title": "甲"}', "not a row"),
        ('{"id": 2, "title": "甲", "text": "子"}', "id, title and text must be texts"),
        ('{"id": "r1", "title": "甲", "text": "子"}', "id 'r1' comes twice"),
    ],
)
def test_a_malformed_row_is_refused_with_file_and_line(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "r1", "title": "甲", "text": "子"}\n' + row + "\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_jsonl_corpus(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert problem in str(caught.value)


def test_a_row_may_say_where_it_applies(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    places = ('"哈尔滨"', '["哈尔滨", "长春"]', "null", "[]")
    rows = [f'{{"id": "{n}", "title": "甲", "text": "子", "jurisdiction": {one}}}' for n, one in enumerate(places)]
    path.write_text("\n".join(rows), encoding="utf-8")
    found = read_jsonl_corpus(path)
    assert [clause.jurisdiction for clause in found.clauses] == [("哈尔滨",), ("哈尔滨", "长春"), (), ()]
    assert [document.jurisdiction for document in found.documents] == [("哈尔滨",), ("哈尔滨", "长春"), (), ()]


def test_a_damaged_or_empty_file_of_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(ROWS.encode())[:-12])
    with pytest.raises(DocumentError, match="cannot be read"):
        read_jsonl_corpus(path)
    path.write_bytes(gzip.compress(b"\n"))
    with pytest.raises(DocumentError, match="holds no row"):
        read_jsonl_corpus(path)

"""A build goes on where it was, says what is wrong, and leaves the index in use alone until it is done."""

from pathlib import Path

import pytest

from corpus.errors import DocumentError, IndexDamagedError, IndexMismatchError, IndexMissingError, StoreError
from corpus.rows import is_rows_file
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.streaming.building import KEPT, Built, Silent, build_stream
from index.streaming.opening import open_stream, verify
from index.streaming.rows import RowsFile
from tests.bigram_encoder import BigramEncoder
from tests.index.streaming.made_laws import BATCH, row, write_rows


class Stopped(BaseException):
    """As a signal that ends a build."""


class Counting(Silent):
    """Counts what is encoded, and stops behind so many documents."""

    def __init__(self, most: int = 1_000) -> None:
        self.documents = 0
        self._most = most

    def read(self, position: int, documents: int) -> None:
        assert position > 0
        self.documents += documents
        if self.documents >= self._most:
            raise Stopped


@pytest.fixture
def reader(bigram_encoder: BigramEncoder) -> QueryReader:
    return QueryReader(bigram_encoder, load_lexicon())


def test_a_build_that_was_killed_goes_on(rows: Path, built: Built, reader: QueryReader, tmp_path: Path) -> None:
    path, source = tmp_path / "index", RowsFile(rows, BATCH)
    with pytest.raises(Stopped):
        build_stream(source, path, reader.encoder, progress=Counting(3 * BATCH))
    with pytest.raises(IndexMissingError):
        open_stream(path, source, reader)
    rest = Counting()
    again = build_stream(source, path, reader.encoder, progress=rest)
    assert rest.documents == 60 - 3 * BATCH
    assert again.version == built.version
    assert not (path / KEPT).exists()


def test_an_altered_chunk_is_made_anew(rows: Path, built: Built, reader: QueryReader, tmp_path: Path) -> None:
    path, source = tmp_path / "index", RowsFile(rows, BATCH)
    with pytest.raises(Stopped):
        build_stream(source, path, reader.encoder, progress=Counting(60))
    altered = sorted((path / KEPT).iterdir())[2]
    altered.write_bytes(altered.read_bytes()[:-1] + b"?")
    assert build_stream(source, path, reader.encoder).version == built.version


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"id": "x", "title": "t"}', ":4: "),
        ('{"id": "row-001", "title": "t", "text": "同一编号。"}', "row-001"),
        ('{"id": "x", "title": "t", "text": "s", "jurisdiction": 3}', ":4: jurisdiction"),
        ('{"id": "x", "title": "t", "text": "\\ud800"}', "不能保存"),
        ("[]", ":4: "),
    ],
)
def test_bad_rows_are_named_and_the_index_in_use_stays(
    line: str, named: str, reader: QueryReader, tmp_path: Path
) -> None:
    file, path = write_rows(tmp_path / "laws.jsonl", [row(0), row(1), row(2)]), tmp_path / "index"
    source = RowsFile(file, 2)
    good = build_stream(source, path, reader.encoder)
    content = file.read_text("utf-8")
    file.write_text(f"{content}{line}\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=named):
        build_stream(source, path, reader.encoder)
    file.write_text(content, encoding="utf-8")
    assert open_stream(path, source, reader).version == good.version


def test_an_empty_file_is_no_corpus(reader: QueryReader, tmp_path: Path) -> None:
    (tmp_path / "laws.jsonl").write_text("\n\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="文件里没有内容"):
        build_stream(RowsFile(tmp_path / "laws.jsonl"), tmp_path / "index", reader.encoder)


def test_a_file_without_a_word_is_refused(reader: QueryReader, tmp_path: Path) -> None:
    (tmp_path / "dots.jsonl").write_text('{"id": "a", "title": "。", "text": "……"}\n', encoding="utf-8")
    with pytest.raises(StoreError, match="no clause to search"):
        build_stream(RowsFile(tmp_path / "dots.jsonl"), tmp_path / "index", reader.encoder)


def test_a_file_touched_is_the_same_and_one_changed_is_not(reader: QueryReader, tmp_path: Path) -> None:
    file, path = write_rows(tmp_path / "laws.jsonl", [row(n) for n in range(5)]), tmp_path / "index"
    built = build_stream(RowsFile(file), path, reader.encoder)
    write_rows(file, [row(n) for n in range(5)])
    assert open_stream(path, RowsFile(file), reader).version == built.version
    write_rows(file, [row(n) for n in range(6)])
    with pytest.raises(IndexMismatchError, match="another corpus"):
        open_stream(path, RowsFile(file), reader)


def test_damage_is_noticed(reader: QueryReader, rows: Path, tmp_path: Path) -> None:
    path, source = tmp_path / "index", RowsFile(rows)
    folder = build_stream(source, path, reader.encoder).folder
    assert verify(path) > 10_000
    vectors = folder / "text.vectors.npy"
    whole = vectors.read_bytes()
    vectors.write_bytes(whole[:-1])
    with pytest.raises(IndexDamagedError, match=r"text\.vectors"):
        open_stream(path, source, reader)
    vectors.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(IndexDamagedError, match=r"text\.vectors"):
        verify(path)
    vectors.unlink()
    with pytest.raises(IndexDamagedError, match=r"text\.vectors\.npy is missing"):
        open_stream(path, source, reader)


def test_what_is_read_as_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("{}", encoding="utf-8")
    (tmp_path / "folder.jsonl").mkdir()
    assert is_rows_file(tmp_path / "a.txt")
    assert is_rows_file(tmp_path / "missing.jsonl.gz")
    assert not is_rows_file(tmp_path / "missing")
    assert not is_rows_file(tmp_path / "folder.jsonl")

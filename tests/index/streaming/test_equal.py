"""What a stream builds equals what is built in memory, array by array, and answers as that does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import pytest

from corpus.corpus import Corpus
from corpus.errors import IndexDamagedError
from corpus.load import read_jsonl_corpus
from corpus.packed.corpus import PackedCorpus
from corpus.parsed import ParsedDocument
from index.building import build_index
from index.engines import ann, dense
from index.engines.dense import DenseRetriever
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.retriever import Scope
from index.streaming import opening
from index.streaming.building import Built, build_stream
from index.streaming.opening import open_stream
from index.streaming.rows import RowsFile
from index.streaming.source import SourceState
from tests.bigram_encoder import BigramEncoder
from tests.index.streaming.made_laws import BATCH

QUESTIONS = ("试用期最长多少日", "加班的工资", "劳动者乙1办法第二条", "逾期罚款")
SCOPES = (
    Scope(),
    Scope(jurisdictions=frozenset({"哈尔滨"})),
    Scope(jurisdictions=frozenset({"", "全国"})),
    Scope(documents=frozenset({"row-003", "row-041", "row-none"})),
)


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents in memory as a batch of a source."""

    held: tuple[ParsedDocument, ...]
    read: int = 0

    @property
    def digest(self) -> str:
        return repr([one.document.id for one in self.held]).ljust(64, "0")

    def documents(self) -> tuple[ParsedDocument, ...]:
        return self.held


@dataclass(frozen=True, slots=True)
class InMemory:
    """A source over a corpus, one document a batch."""

    corpus: Corpus

    def state(self) -> SourceState:
        return SourceState("0" * 64, 1, 1)

    def batches(self) -> Iterator[Documents]:
        for document in self.corpus.documents:
            yield Documents((ParsedDocument(document, self.corpus.clauses_of(document.id), ()),))


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Corpora of any size stay packed."""
    monkeypatch.setattr(opening, "WALKED", 0)


def assert_equal(one: Index, other: Index) -> None:
    """The text layers and the words of two indexes, by value."""
    weights, others = one.text.lexical.weights, other.text.lexical.weights
    assert list(weights.vocabulary) == list(others.vocabulary)
    for name in ("indptr", "clauses", "weights", "idf", "highest"):
        assert np.array_equal(getattr(weights, name), getattr(others, name)), name
    owners, theirs = _dense(one).owners, _dense(other).owners
    assert all(np.array_equal(getattr(owners, field.name), getattr(theirs, field.name)) for field in fields(owners))
    assert np.array_equal(_dense(one).vectors, _dense(other).vectors)
    assert np.array_equal(one.alignment.vectors, other.alignment.vectors)
    for name in ("text", "context"):
        said, says = getattr(one.alignment, name), getattr(other.alignment, name)
        assert all(np.array_equal(getattr(said, field.name), getattr(says, field.name)) for field in fields(said))


@pytest.mark.usefixtures("packed")
def test_rows_give_the_same_index_as_in_memory(rows: Path, built: Built, bigram_encoder: BigramEncoder) -> None:
    whole = build_index(read_jsonl_corpus(rows), bigram_encoder)
    streamed = open_stream(built.folder.parent, RowsFile(rows), QueryReader(bigram_encoder, load_lexicon()))
    assert isinstance(streamed.corpus, PackedCorpus)
    assert_equal(streamed, whole)
    for scope in SCOPES:
        for question in QUESTIONS:
            found, wanted = (one.search(question, limit=30, scope=scope) for one in (streamed, whole))
            assert [(hit.clause, hit.score) for hit in found] == [(hit.clause, hit.score) for hit in wanted]


@pytest.mark.usefixtures("packed")
def test_over_many_passages_both_have_the_same_approximate_index(
    rows: Path, bigram_encoder: BigramEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ann, "APPROXIMATE", 20)
    monkeypatch.setattr(ann, "CANDIDATES", 15)
    monkeypatch.setattr(dense, "EXHAUSTIVE", 10)
    whole = build_index(read_jsonl_corpus(rows), bigram_encoder)
    built = build_stream(RowsFile(rows, BATCH), tmp_path / "index", bigram_encoder)
    streamed = open_stream(tmp_path / "index", RowsFile(rows), QueryReader(bigram_encoder, load_lexicon()))
    theirs, ours = (_dense(one).ann for one in (whole, streamed))
    assert theirs
    assert ours
    assert all(np.array_equal(array, theirs.to_arrays()[name]) for name, array in ours.to_arrays().items())
    assert json.loads((built.folder / "manifest.json").read_bytes())["recall"] == {"text": ours.describe()}
    for scope in SCOPES:
        for question in QUESTIONS:
            found, wanted = (_dense(one).search(question, limit=30, scope=scope) for one in (streamed, whole))
            assert found == wanted
            assert len(found) <= 15 or not scope.admits_everything
    monkeypatch.undo()
    (built.folder / "text.ann.npy").unlink()
    with pytest.raises(IndexDamagedError, match=r"text\.ann"):
        open_stream(tmp_path / "index", RowsFile(rows), QueryReader(bigram_encoder, load_lexicon()))


def _dense(index: Index) -> DenseRetriever:
    assert isinstance(index.text.semantic, DenseRetriever)
    return index.text.semantic


@pytest.mark.usefixtures("packed")
def test_documents_of_many_clauses_too(second_corpus: Corpus, bigram_encoder: BigramEncoder, tmp_path: Path) -> None:
    corpus = replace(second_corpus, plain={})
    source = InMemory(corpus)
    build_stream(source, tmp_path / "index", bigram_encoder)
    streamed = open_stream(tmp_path / "index", source, QueryReader(bigram_encoder, load_lexicon()))
    assert_equal(streamed, build_index(corpus, bigram_encoder))
    assert tuple(streamed.corpus.documents) == tuple(corpus.documents)
    assert tuple(streamed.corpus.clauses) == tuple(corpus.clauses)
    for clause in corpus.clauses:
        assert streamed.corpus.position_of(clause.id) == corpus.position_of(clause.id)
        assert streamed.corpus.neighbour(clause, 1) == corpus.neighbour(clause, 1)
        for part in clause.all_parts():
            assert streamed.corpus.find(part.id) == (clause, part)


def test_several_processes_build_the_same(rows: Path, built: Built, tmp_path: Path) -> None:
    """With the shipped encoder, which another process can load."""
    from index.encoder.encoder import load_encoder  # noqa: PLC0415

    one, two = (build_stream(RowsFile(rows, 20), tmp_path / str(n), load_encoder(), workers=n) for n in (1, 2))
    for path in sorted(one.folder.glob("*.np*")):
        assert path.read_bytes() == (two.folder / path.name).read_bytes(), path.name
    assert one.version == two.version != built.version

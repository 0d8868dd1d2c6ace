"""Laws of segments: built from them an index is the same by value, and only what changed is encoded again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from corpus.segment_store import SegmentFolder
from index.building import build_index
from index.encoder.encoder import Encoder
from index.engines.dense import DenseRetriever
from index.generation import write_generation
from index.index import Index
from index.lexicon.expansion import Lexicon, load_lexicon
from index.segments.key import segment_keys, vectors_key
from index.segments.segment import Makers, documents_of, keys_of
from index.text.tokenizer import tokenize
from tests.bigram_encoder import BigramEncoder


class Counting(BigramEncoder):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return self.encode_queries(texts)


@pytest.fixture
def store(tmp_path: Path) -> SegmentFolder:
    return SegmentFolder(tmp_path / "segments")


@pytest.fixture(scope="module")
def small(second_corpus: Corpus) -> Corpus:
    """The second corpus with records of two documents."""
    clauses = [next(documents_of(second_corpus)).clauses[0], second_corpus.clauses[-1]]
    records = {
        one.id: PlainRecord(
            one.id, "湖边规矩", f"{one.title}怎么办", "Lake", "What to do", ("能不能下水",), (), ("游泳",), 1
        )
        for one in clauses
    }
    return replace(second_corpus, plain=records)


def files(index: Index, folder: Path) -> dict[str, bytes]:
    """What the index is on disk, byte by byte."""
    folder.mkdir(parents=True, exist_ok=True)
    write_generation(index, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def built(corpus: Corpus, store: SegmentFolder, tmp_path: Path, second: Encoder | None = None) -> list[str]:
    """The ids of documents that were encoded; checks that nobody can tell whether the rest was."""
    encoded: list[str] = []
    encoder = BigramEncoder()
    kept = build_index(corpus, encoder, second=second, segments=store, encoded=encoded.append)
    whole = build_index(corpus, encoder, second=second)
    assert files(kept, tmp_path / "kept") == files(whole, tmp_path / "whole")
    return encoded


def without(corpus: Corpus, id_: str) -> Corpus:
    documents = tuple(one for one in corpus.documents if one.id != id_)
    clauses = tuple(one for one in corpus.clauses if one.document_id != id_)
    return replace(corpus, documents=documents, clauses=clauses)


def test_the_shipped_index_is_the_same_from_segments(
    index: Index, corpus: Corpus, encoder: Encoder, store: SegmentFolder, tmp_path: Path
) -> None:
    whole, encoded = files(index, tmp_path / "whole"), list[str]()
    for _ in range(2):
        kept = build_index(corpus, encoder, segments=store, encoded=encoded.append)
        assert files(kept, tmp_path / "kept") == whole
    assert encoded == [document.id for document in corpus.documents], "each once"


def test_whichever_document_is_added_changed_or_removed_it_alone_is_encoded(
    small: Corpus, store: SegmentFolder, tmp_path: Path
) -> None:
    ids = [document.id for document in small.documents]
    for id_ in ids:
        position = next(n for n, one in enumerate(small.clauses) if one.document_id == id_)
        clause = small.clauses[position]
        other = replace(clause, text=clause.text + "逾期不候。")
        changed = replace(small, clauses=(*small.clauses[:position], other, *small.clauses[position + 1 :]))
        built(without(small, id_), store, tmp_path)
        built(small, store, tmp_path)
        assert built(changed, store, tmp_path) == [id_]
        assert built(without(small, id_), store, tmp_path) == []
        assert built(small, store, tmp_path) == []
        store.drop([segment_keys(one, BigramEncoder(), load_lexicon()).said for one in documents_of(small)][:1])
        assert built(small, store, tmp_path) == ids[:1]


def test_a_second_encoder_is_asked_for_what_it_has_not_seen_alone(
    small: Corpus, store: SegmentFolder, tmp_path: Path
) -> None:
    built(small, store, tmp_path)
    first, second = Counting(), Counting()
    build_index(small, first, second=second, segments=store)
    assert second.texts
    assert not first.texts, "what the first encoder has seen stays"
    assert built(small, store, tmp_path, Counting()) == []


def test_of_what_has_not_changed_not_one_text_is_encoded(small: Corpus, store: SegmentFolder) -> None:
    build_index(small, BigramEncoder(), segments=store)
    counting = Counting()
    build_index(small, counting, segments=store)
    assert counting.texts == []


def test_facts_that_no_search_sees_encode_nothing(small: Corpus, store: SegmentFolder, tmp_path: Path) -> None:
    built(small, store, tmp_path)
    documents = tuple(replace(one, status="废止", issued=date(2020, 1, 1), source="") for one in small.documents)
    assert built(replace(small, documents=documents), store, tmp_path) == []


def test_a_title_a_place_and_a_record_are_searched(small: Corpus, store: SegmentFolder, tmp_path: Path) -> None:
    built(small, store, tmp_path)
    first, *rest = small.documents
    assert built(replace(small, documents=(replace(first, title="题"), *rest)), store, tmp_path) == [first.id]
    *others, last = small.clauses
    moved = replace(small, clauses=(*others, replace(last, jurisdiction=("东州",))))
    assert built(moved, store, tmp_path) == [last.document_id]
    assert built(replace(small, plain={}), store, tmp_path) == [first.id, last.document_id]


def test_another_lexicon_leaves_what_the_clauses_say(small: Corpus, store: SegmentFolder) -> None:
    shipped = load_lexicon()
    other = Lexicon(shipped.groups[: len(shipped.groups) // 2], shipped.terms, "another")
    for one in documents_of(small):
        before, after = (segment_keys(one, BigramEncoder(), lexicon) for lexicon in (shipped, other))
        assert (before.said, before.second) == (after.said, after.second)
        assert before.induced != after.induced
    build_index(small, BigramEncoder(), segments=store)
    counting = Counting()
    kept = build_index(small, counting, other, segments=store)
    whole = build_index(small, BigramEncoder(), other)
    assert not {small.clauses[0].text, small.clauses[-1].text} & set(counting.texts)
    assert kept.version == whole.version
    assert kept.induced is not None
    assert whole.induced is not None
    ours, theirs = kept.induced.semantic, whole.induced.semantic
    assert isinstance(ours, DenseRetriever)
    assert isinstance(theirs, DenseRetriever)
    assert np.array_equal(ours.vectors, theirs.vectors)


def test_clauses_of_a_document_that_lie_apart_stay_in_their_order(
    small: Corpus, store: SegmentFolder, tmp_path: Path
) -> None:
    turned = replace(small, clauses=(*small.clauses[1:], small.clauses[0]))
    assert built(turned, store, tmp_path)
    assert built(turned, store, tmp_path) == []


@pytest.mark.parametrize("cut", [0, 40, -7])
def test_damaged_entries_are_encoded_again(small: Corpus, store: SegmentFolder, tmp_path: Path, cut: int) -> None:
    built(small, store, tmp_path)
    for path in store.folder.iterdir():
        path.write_bytes(path.read_bytes()[:cut])
    assert len(built(small, store, tmp_path)) == len(small.documents)
    assert built(small, store, tmp_path) == []


def test_an_entry_of_another_make_is_encoded_again(small: Corpus, store: SegmentFolder, tmp_path: Path) -> None:
    built(small, store, tmp_path)
    for n, key in enumerate(sorted(store.keys())):
        store.put(key, b"not a record of arrays" if n % 2 else (store.get(vectors_key(BigramEncoder())) or b""))
    assert len(built(small, store, tmp_path)) == len(small.documents)


def test_a_store_that_keeps_nothing_costs_time_alone(small: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    ids = [document.id for document in small.documents]
    assert built(small, SegmentFolder(tmp_path / "file"), tmp_path) == ids


def test_what_is_removed_leaves_with_its_segment(small: Corpus, store: SegmentFolder) -> None:
    gone = small.documents[0].id
    rest = without(small, gone)
    everything = build_index(small, BigramEncoder(), segments=store)
    left = build_index(rest, BigramEncoder(), segments=store)
    makers = Makers(BigramEncoder(), load_lexicon())
    assert keys_of(rest, makers) < keys_of(small, makers) == store.keys()
    store.keep_only(keys_of(rest, makers))
    assert store.keys() == keys_of(rest, makers)
    kept = b"".join(path.read_bytes() for path in store.folder.iterdir())
    assert left.induced is not None
    words = set(everything.vocabulary()) - set(left.vocabulary()) - set(left.induced.lexical.weights.vocabulary)
    assert len(words) > 100
    assert not [word for word in words if b'"%s"' % word.encode("unicode-escape") in kept]


def test_the_tokens_of_spoken_words_in_a_line_are_those_of_each() -> None:
    words = [word for group in load_lexicon().groups for word in group.said]
    assert len(words) > 100
    assert tokenize(" ".join(words)) == [token for word in words for part in word.split() for token in tokenize(part)]

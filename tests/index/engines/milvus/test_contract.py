"""The laws of `Retriever` over Milvus."""

import pytest

from index.engines.contract import Build, RetrieverContract, contract_corpus
from index.engines.milvus.cut import MOST
from index.index import Index
from index.retriever import Retriever
from tests.index.engines.milvus.conftest import Opened

SHALLOW = 4  # rows in one answer: fewer than there are clauses, so that searches are deepened and divided


class MilvusContract(RetrieverContract):
    """Of one leg, or of all together."""

    leg = ""
    most = MOST

    def of(self, index: Index) -> Retriever:
        return index.legs[self.leg] if self.leg else index

    @pytest.fixture
    def build(self, opened: Opened) -> Build:
        return lambda corpus: self.of(opened(corpus, self.most))

    @pytest.fixture
    def reopened(self, opened: Opened) -> Retriever:
        return self.of(opened(contract_corpus(), self.most, again=True))


class TestMilvusBM25(MilvusContract):
    leg = "bm25"


class TestMilvusDense(MilvusContract):
    leg = "dense"


class TestMilvusFused(MilvusContract):
    scores_depend_on_scope = True


class TestMilvusBM25InShortAnswers(MilvusContract):
    leg = "bm25"
    most = SHALLOW


class TestMilvusDenseInShortAnswers(MilvusContract):
    leg = "dense"
    most = SHALLOW

import numpy as np
import pytest

from index.index import Index
from index.text.tokenizer import words

QUERIES = [
    "没贷过款的小店咋能贷到款",
    "不动产抵押权注销登记",
    "how do I get first-loan support",
    "12345热线升级了多少功能",
]


def by_definition(index: Index, query: str, said: str) -> float:
    asked = words(query)
    weights = index.idf(asked)
    best = [
        max(float(a @ s) for s in index.encoder.encode_documents(words(said)))
        for a in index.encoder.encode_queries(asked)
    ]
    return float(np.average(best, weights=weights))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("id_", ["anhui-2023-4:1.3", "harbin-66:26"])
def test_a_score_is_the_weighted_mean_of_the_best_counterparts(index: Index, query: str, id_: str) -> None:
    clause = index.corpus.clause(id_)
    text = f"{clause.title}\n{clause.text}"
    records = "\n".join(line for record in index.corpus.records(clause) for _, line in record.lines())
    [read] = index.read([query])
    assert index.maxsim(read, clause, records=False) == pytest.approx(by_definition(index, query, text), abs=1e-5)
    assert index.maxsim(read, clause, records=True) == pytest.approx(
        by_definition(index, query, f"{text}\n{records}"), abs=1e-5
    )
    assert index.maxsim_text(read, clause.title) == pytest.approx(by_definition(index, query, clause.title), abs=1e-5)


def test_a_clause_that_holds_every_word_scores_one(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    [query] = index.read([clause.title])
    assert index.maxsim(query, clause, records=False) == pytest.approx(1, abs=1e-5)


def test_a_word_without_a_counterpart_lowers_the_score(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    more, less = index.read(["首贷户贷款的利率", "首贷户贷款"])
    assert index.maxsim(more, clause, records=False) < index.maxsim(less, clause, records=False)


@pytest.mark.parametrize("query", ["", "？", "请问怎么办"])
def test_nothing_to_compare_scores_zero(index: Index, query: str) -> None:
    [read] = index.read([query])
    assert index.maxsim(read, index.corpus.clauses[0], records=True) == 0
    assert index.maxsim_text(read, "首贷") == 0
    assert index.maxsim_text(index.read(["首贷"])[0], "") == 0


def test_where_records_are_not_looked_at_they_count_for_nothing(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    [query] = index.read(["没贷过款的小店咋能贷到款"])
    bare = index.without_plain()
    assert bare.maxsim(query, clause, records=True) == index.maxsim(query, clause, records=False)


def test_no_clause_is_tokenised_or_encoded_at_question_time(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    [query] = index.read(["首贷户贷款的利率"])
    monkeypatch.setattr(type(index.encoder), "encode_documents", lambda *_: pytest.fail("encoded"))
    for clause in index.corpus.clauses:
        index.maxsim(query, clause, records=True)

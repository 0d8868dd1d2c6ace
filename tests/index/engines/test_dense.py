import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, Part
from index.engines.dense import PASSAGE, build_dense, passages, units
from index.retriever import EVERYTHING, Scope
from tests.bigram_encoder import BigramEncoder


def row(number: int, text: str, title: str = "") -> Clause:
    return Clause(f"r{number:04}", f"r{number:04}", title, title, (), text, 0, len(text))


@given(st.text("甲乙。；\n", max_size=2000))
def test_passages_cut_a_long_text_without_losing_a_character(text: str) -> None:
    found = passages(text)
    assert not found if len(text) <= 2 * PASSAGE else "".join(found) == text


def test_passages_end_with_sentences_and_stay_short() -> None:
    found = passages("一句话说完了。" * 200)
    assert all(len(passage) <= PASSAGE and passage.endswith("。") for passage in found)


def test_a_clause_is_embedded_whole_and_by_its_parts_under_its_title() -> None:
    text = "（三）首贷。一是建库。二是开专区。"
    parts = (Part("d:1.1", "一是", "一是建库。", 6, 11), Part("d:1.2", "二是", "二是开专区。", 11, 17))
    found = units([Clause("d:1", "d", "一、", "首贷", (), text, 0, len(text), (), parts)])
    assert found == [
        (0, -1, "text", text),
        (0, 0, "part", "首贷\n一是建库。"),
        (0, 1, "part", "首贷\n二是开专区。"),
    ]


def test_a_title_that_the_text_lacks_is_put_before_it() -> None:
    assert [unit.text for unit in units([row(0, "应当支付工资。", "劳动法")])] == ["劳动法\n应当支付工资。"]


def test_the_best_part_is_named(bigram_encoder: BigramEncoder) -> None:
    text = "（三）首贷。一是建立名单。二是开设专区。"
    parts = (Part("d:1.1", "一是", "一是建立名单。", 6, 13), Part("d:1.2", "二是", "二是开设专区。", 13, 20))
    clause = Clause("d:1", "d", "一、", "首贷", (), text, 0, len(text), (), parts)
    [hit] = build_dense([clause], bigram_encoder).search("二是开设专区", limit=1)
    assert hit.legs["dense"].part_id == "d:1.2"


@pytest.mark.parametrize("limit", [1, 3, 10, 40])
@pytest.mark.parametrize("scope", [EVERYTHING, Scope(documents=frozenset(f"r{i:04}" for i in range(0, 900, 3)))])
def test_the_half_precision_scan_loses_nothing_against_brute_force(
    bigram_encoder: BigramEncoder, limit: int, scope: Scope
) -> None:
    # Few letters and many equal texts: near ties and ties everywhere.
    numbers = np.random.default_rng(0)
    clauses = [row(i, "".join(numbers.choice(list("甲乙丙丁"), 6))) for i in range(900)]
    dense = build_dense(clauses, bigram_encoder)
    for query in ("甲乙丙", "丁丁甲", "乙"):
        asked = bigram_encoder.encode_queries([query])[0]
        scores = {
            c.id: float((v * asked).sum()) for c, v in zip(clauses, dense.vectors, strict=True) if scope.admits(c)
        }
        expected = sorted(scores, key=lambda id_: (-scores[id_], id_))[:limit] if asked.any() else []
        assert [hit.clause.id for hit in dense.search(query, limit=limit, scope=scope)] == expected

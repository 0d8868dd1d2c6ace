import numpy as np
import pytest

from assistant.service import Assistant
from eval.fitting.ranking import SPREAD, FoundList, RankingData, collect_lists, ranked
from eval.questions.questionset import LabelledQuestion
from index.reranking.reranker import DEPTH


def _lists(number: int = 60) -> list[FoundList]:
    """Of five clauses the right one has the highest `telling`; `fused` is noise."""
    rng = np.random.default_rng(5)
    found = []
    for i in range(number):
        telling, fused = rng.random(5), rng.random(5)
        features = [{"telling": t, "fused": f, "constant": 1.0} for t, f in zip(telling, fused, strict=True)]
        found.append(FoundList(features, telling == telling.max(), f"document {i % 7}"))
    return found


def test_what_tells_gets_the_weight_and_puts_the_right_clause_first() -> None:
    data = RankingData(_lists(), [1.0] * 60)
    weights = dict(zip(data.names, found := data.fit(np.ones(60, dtype=bool)), strict=True))
    assert weights["telling"] > 10 * abs(weights["fused"])
    assert weights["constant"] == pytest.approx(0, abs=1e-6), "what is the same for all clauses orders none"
    figures = ranked(data.ranks(found))
    assert figures.first > 0.95
    assert figures.first_three == 1


def test_lists_that_are_left_out_or_weigh_nothing_do_not_count() -> None:
    turned = [FoundList(one.features, ~one.right, one.source) for one in _lists(20)]
    data = RankingData([*_lists(), *turned], [1.0] * 80)
    kept = np.arange(80) < 60
    light = RankingData([*_lists(), *turned], [1.0] * 60 + [0.0] * 20)
    assert light.fit(np.ones(80, dtype=bool)) == pytest.approx(data.fit(kept), abs=1e-3)


def test_a_list_without_a_right_clause_is_a_miss_and_teaches_nothing() -> None:
    lost = FoundList(_lists(1)[0].features, np.zeros(5, dtype=bool), "lost")
    data, plain = RankingData([*_lists(), lost], [1.0] * 61), RankingData(_lists(), [1.0] * 60)
    weights = data.fit(np.ones(61, dtype=bool))
    assert weights == pytest.approx(plain.fit(np.ones(60, dtype=bool)), rel=0.05, abs=0.02)
    assert ranked(data.ranks(weights)[-1:]).first_three == 0


def test_the_table_orders_as_the_weights_do_at_the_level_of_fused_scores() -> None:
    data = RankingData(_lists(), [1.0] * 60)
    weights = data.fit(np.ones(60, dtype=bool))
    table = data.to_table(weights)
    scores = np.array(
        [
            table["bias"]
            + sum(table["weights"].get(name, 0.0) * value for name, value in zip(data.names, row, strict=True))
            for row in data.values
        ]
    )
    assert np.argsort(scores[:5]).tolist() == np.argsort((data.values / data.spread @ weights)[:5]).tolist()
    best = scores.reshape(60, 5).max(axis=1).mean()
    fused = data.values[:, data.names.index("fused")].reshape(60, 5).max(axis=1).mean()
    assert best == pytest.approx(fused, abs=1e-3)
    assert table["temperature"] == pytest.approx(1 / SPREAD)


def test_lists_hold_what_the_reranker_looked_at_of_answerable_questions(assistant: Assistant) -> None:
    asked = [
        LabelledQuestion("q1", "首贷怎么申请", ("anhui-2023-4:1.3",)),
        LabelledQuestion("q2", "垃圾分类怎么分", ()),
        LabelledQuestion("q3", "第26条讲什么", ("harbin-66:26",)),
    ]
    (found,) = collect_lists(assistant, asked)
    assert found.right.sum() == 1
    assert len(found.features) == len(found.right) <= DEPTH
    assert found.source == "anhui-2023-4"

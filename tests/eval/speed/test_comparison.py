import json
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.corpus import Corpus
from corpus.errors import EngineError
from eval.speed.__main__ import main, retrieval
from eval.speed.baselines import build_flat, import_bm25s, search_bm25s, search_by_hand, search_rank_bm25
from eval.speed.systems import OUR_BM25, OUR_HYBRID, SYSTEM_NAMES, build_systems, largest_difference
from index.encoder.encoder import Encoder
from index.engines.dense import DenseRetriever

QUESTION = "小微企业首次贷款谁来辅导"


def _silent(_: str) -> None:
    pass


def test_our_bm25_scores_equal_those_of_rank_bm25(small_corpus: Corpus, bigram_encoder: Encoder) -> None:
    systems = build_systems(small_corpus, bigram_encoder, _silent)
    assert largest_difference(systems, [QUESTION, "出口退税", "审批 审批"]) < 1e-6


def test_every_baseline_finds_the_row_that_shares_the_words(small_corpus: Corpus, bigram_encoder: Encoder) -> None:
    systems = build_systems(small_corpus, bigram_encoder, _silent)
    for search in (
        search_rank_bm25(systems.okapi, systems.ids),
        search_bm25s(systems.bm25s, systems.ids),
        search_by_hand(
            systems.bm25s, systems.flat, systems.index.text.semantic.owners.clause, systems.ids, bigram_encoder
        ),
    ):
        found = search(QUESTION, 3)
        assert found[0][0] == "r1"
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_all_systems_hold_the_same_vectors(small_corpus: Corpus, bigram_encoder: Encoder) -> None:
    systems = build_systems(small_corpus, bigram_encoder, _silent)
    semantic = systems.index.text.semantic
    assert isinstance(semantic, DenseRetriever)
    mine = semantic.vectors
    assert np.array_equal(mine, systems.flat.reconstruct_n(0, 10))
    assert build_flat(mine).ntotal == 10


def test_build_time_of_a_system_is_the_sum_of_its_steps(small_corpus: Corpus, bigram_encoder: Encoder) -> None:
    systems = build_systems(small_corpus, bigram_encoder, _silent)
    total = systems.build_seconds()
    assert set(total) == set(SYSTEM_NAMES)
    dense = systems.seconds["vectors"] + systems.seconds["our approximate index"]
    assert total[OUR_HYBRID] - total[OUR_BM25] == pytest.approx(dense)


def test_a_missing_bm25s_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    with pytest.raises(EngineError, match=r"policyqa\[test\]"):
        import_bm25s()


def test_the_command_measures_every_system_and_prints_json_or_tables(
    rows: Path, bigram_encoder: Encoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.speed.comparison.load_encoder", lambda _: bigram_encoder)
    monkeypatch.setattr("eval.speed.comparison.serving_megabytes", lambda *_: dict.fromkeys(SYSTEM_NAMES, 1.0))
    retrieval(rows, as_json=True)
    result = json.loads(capsys.readouterr().out)
    assert (result["clauses"], result["faiss_threads"]) == (10, 1)
    assert [(comparison["ours"], comparison["theirs"]) for comparison in result["comparisons"]] == [
        ("policyqa bm25", "rank_bm25"),
        ("policyqa bm25", "bm25s"),
        ("policyqa hybrid", "bm25s + faiss + rrf"),
    ]
    for comparison in result["comparisons"]:
        assert comparison["ratio"] == pytest.approx(
            comparison["our_ms"]["p50"] / comparison["their_ms"]["p50"], rel=0.05
        )
    retrieval(rows)
    printed = capsys.readouterr().out
    assert all(name in printed for name in SYSTEM_NAMES)


def test_a_bad_corpus_ends_the_command_with_the_code_of_its_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["speed", "retrieval", "--documents", str(tmp_path / "absent.jsonl")])
    with pytest.raises(SystemExit) as raised:
        main()
    assert raised.value.code == 2

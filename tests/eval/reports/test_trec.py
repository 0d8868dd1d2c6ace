from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import ir_measures
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from corpus.errors import InputError
from eval.questions.questionset import GoldAnswer, LabelledQuestion
from eval.reports.trec import QRELS, README, decoded, encoded, prepare_folder, write_trec
from eval.summary import Evaluation, summarise
from tests.eval.answered import after, before, result

OURS = {"success@1": "success_1", "success@3": "success_3", "success@5": "success_5", "recall@5": "recall_5"}
OURS |= {"recall@10": "recall_10", "recall@100": "recall_100", "ndcg@10": "ndcg_cut_10"}


@cache
def _evaluation() -> Evaluation:
    lost = LabelledQuestion("失 落", "表格里的", (), answers=(GoldAnswer("d", "一行"),))
    long = LabelledQuestion("long", "排在后面", ("办法 二:3", "d:2%20"))
    found = (*(f"文 件:{n}" for n in range(11)), "办法 二:3", *(f"e:{n}" for n in range(80)), "d:2%20")
    more = [
        result(lost, ("d:1",), None),
        result(long, found, None),
        result(LabelledQuestion("空", "无", ("d:1",)), (), None),
    ]
    return summarise([*(replace(one, answer=None) for one in after().results), *more], index_version="v", encoder="e")


@given(st.text(min_size=1))
def test_ids_survive_and_hold_no_blank(id_: str) -> None:
    written = encoded(id_)
    assert decoded(written) == id_
    assert written.isascii()
    assert written.split() == [written]


def test_ordinary_ids_are_written_as_they_are() -> None:
    assert encoded("harbin-66:26") == "harbin-66:26"


def _read(path: Path) -> dict[str, dict[str, str]]:
    """Question → id → the last but one or last column, read by hand."""
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        question, _, id_, *rest = line.split(" ")
        table[question][id_] = rest[0] if len(rest) == 1 else rest[1]
    return dict(table)


@pytest.mark.parametrize("leg", ["bm25", "hybrid"])
def test_trec_eval_gives_our_figures(tmp_path: Path, leg: str) -> None:
    evaluation = _evaluation()
    write_trec(tmp_path, evaluation.results)
    truth = {question: {id_: int(one) for id_, one in ids.items()} for question, ids in _read(tmp_path / QRELS).items()}
    run = {
        question: {id_: float(score) for id_, score in ids.items()}
        for question, ids in _read(tmp_path / f"{leg}.run").items()
    }
    names = {"success.1,3,5", "recall.5,10,100", "ndcg_cut.10"}
    values = pytrec_eval.RelevanceEvaluator(truth, names).evaluate(run)
    first_ten = {question: dict(sorted(ids.items(), key=lambda pair: -pair[1])[:10]) for question, ids in run.items()}
    ranks = pytrec_eval.RelevanceEvaluator(truth, {"recip_rank"}).evaluate(first_ten)  # trec_eval -M 10
    ours = evaluation.overall.legs[leg]
    for name, theirs in OURS.items():
        estimate = ours[name]
        assert estimate is not None
        assert estimate.value == pytest.approx(sum(one[theirs] for one in values.values()) / len(truth), abs=1e-9)
    reciprocal = ours["mrr@10"]
    assert reciprocal is not None
    assert reciprocal.value == pytest.approx(sum(one["recip_rank"] for one in ranks.values()) / len(truth), abs=1e-9)


def test_ir_measures_reads_the_files_and_gives_our_figures(tmp_path: Path) -> None:
    evaluation = _evaluation()
    write_trec(tmp_path, evaluation.results)
    qrels = ir_measures.read_trec_qrels(str(tmp_path / QRELS))  # type: ignore[no-untyped-call]
    run = ir_measures.read_trec_run(str(tmp_path / "hybrid.run"))  # type: ignore[no-untyped-call]
    metrics = {"success@1": Success @ 1, "recall@100": R @ 100, "mrr@10": RR @ 10, "ndcg@10": nDCG @ 10}
    values = ir_measures.calc_aggregate(list(metrics.values()), qrels, run)
    for name, metric in metrics.items():
        estimate = evaluation.overall.legs["hybrid"][name]
        assert estimate is not None
        assert estimate.value == pytest.approx(values[metric], abs=1e-9)


def test_order_is_kept_without_ties_and_unanswerable_questions_are_in_the_runs_alone(tmp_path: Path) -> None:
    files = write_trec(tmp_path, before().results)
    assert [path.name for path in files] == [QRELS, "bm25.run", "hybrid.run", README]
    late = [line.split() for line in (tmp_path / "hybrid.run").read_text().splitlines() if line.startswith("%E9%97%AE")]
    assert [(decoded(line[2]), line[3], line[4]) for line in late] == [
        ("d:7", "1", "100"),
        ("d:8", "2", "99"),
        ("d:9", "3", "98"),
        ("d:4", "4", "97"),
    ]
    assert "q3" not in _read(tmp_path / QRELS)
    assert "q3" in _read(tmp_path / "hybrid.run")
    assert "percent-encoded" in (tmp_path / README).read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_told_beforehand(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="--trec"):
        prepare_folder(tmp_path / "file" / "inside")
    prepare_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()

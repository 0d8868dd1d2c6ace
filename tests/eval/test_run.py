import json
import math
from pathlib import Path

import pytest

from assistant.service import Assistant, Turn
from assistant.settings import Settings
from corpus.errors import InputError, QuestionFileError
from eval.measures.answers import FIGURES
from eval.measures.bootstrap import Estimate
from eval.questions.questionset import LabelledQuestion
from eval.run import LEGS, evaluate, evaluate_answers, evaluate_index
from eval.summary import Evaluation
from index.encoder.encoder import Encoder
from index.index import Index

QUESTIONS = (
    LabelledQuestion("a", "小微企业首次贷款谁来辅导", ("r1",), tags=("easy",)),
    LabelledQuestion("b", "出口退税几天办结", ("r8",), tags=("easy",)),
    LabelledQuestion("c", "今晚吃什么", ()),
)


def test_every_leg_finds_the_row_that_shares_the_words(small_index: Index) -> None:
    evaluation = evaluate_index(small_index, QUESTIONS)
    assert tuple(evaluation.overall.legs) == LEGS
    assert evaluation.overall.n == 3
    for values in evaluation.overall.legs.values():
        assert values["success@1"] is not None
        assert values["success@1"].value == 1.0
    assert evaluation.misses == ()


def test_another_corpus_has_no_figures_of_answers(small_index: Index) -> None:
    result = evaluate_index(small_index, QUESTIONS).to_dict()
    assert result["answers"] == dict.fromkeys(FIGURES)
    assert result["latency_ms"]["ask"] is None
    assert result["latency_ms"]["search"]["p50"] > 0


def test_legs_can_be_left_out_and_keep_their_order(small_index: Index) -> None:
    assert tuple(evaluate_index(small_index, QUESTIONS, ("dense", "bm25")).overall.legs) == ("bm25", "dense")


def test_answers_are_judged_over_the_documents_of_the_assistant(small_index: Index) -> None:
    assistant = Assistant(small_index, Settings())
    evaluation = evaluate_answers(assistant, QUESTIONS)
    assert tuple(evaluation.overall.legs) == LEGS
    assert evaluation.index_version == small_index.version
    assert evaluation.encoder == "bigrams"
    coverage = evaluation.overall.answers["coverage"]
    assert coverage is not None
    answered = [assistant.ask(q.question).status == "answered" for q in QUESTIONS if q.answerable]
    assert math.isclose(coverage.value, sum(answered) / len(answered))
    assert evaluation.latency_ms["ask"] is not None


def test_a_follow_up_is_searched_with_its_history(small_index: Index) -> None:
    history = ("小微企业首次贷款谁来辅导",)
    question = LabelledQuestion("f", "那要多久呢", ("r1",), history=history)
    assistant = Assistant(small_index, Settings())
    turns = [Turn("user", history[0])]
    wanted = {hit.clause.id for hit in assistant.search(question.question, history=turns, limit=1)}
    for leg, values in evaluate_answers(assistant, [question]).overall.legs.items():
        assert values["success@1"] is not None
        assert values["success@1"].value == ("r1" in wanted) == 1.0, leg


def test_rows_are_indexed_and_questions_asked_with_progress_told(
    rows: Path, bigram_encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.run.load_encoder", lambda _: bigram_encoder)
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "question": "小微企业首次贷款", "relevant": ["r1"]}\n', encoding="utf-8")
    lines: list[str] = []
    evaluation = evaluate(Settings(), questions, rows, ["hybrid"], lines.append)
    assert tuple(evaluation.overall.legs) == ("hybrid",)
    assert evaluation.misses == ()
    assert "10" in lines[0]
    assert "Index ready" in lines[-1]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Two towns' rules for the same matter, of which only the place tells which is asked for."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, place, days in (("hz", "杭州", "三"), ("nj", "南京", "七")):
        lines = (
            f"第{number}条　{text}"
            for number, text in zip("一二", (f"补贴在{days}日内发放。", "本办法自公布之日起施行。"), strict=True)
        )
        (folder / f"{name}.txt").write_text(f"{place}市补贴发放办法\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
        (folder / f"{name}.toml").write_text(f'jurisdiction = ["{place}"]\n', encoding="utf-8")
    return folder


def _evaluate_in(folder: Path, documents: Path, *towns: tuple[str, str, str]) -> Evaluation:
    rows = [
        {
            "id": place,
            "question": "补贴几日内发放",
            "jurisdiction": place,
            "answers": [{"document": id_, "quote": quote}],
        }
        for place, id_, quote in towns
    ]
    questions = folder / "questions.jsonl"
    questions.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return evaluate(Settings(), questions, documents, report=lambda _: None)


def test_a_folder_of_documents_is_answered_from_in_the_place_chosen(
    documents: Path, bigram_encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.run.load_encoder", lambda _: bigram_encoder)
    overall = _evaluate_in(
        tmp_path, documents, ("杭州", "hz", "三日内发放"), ("南京", "nj", "补贴在七日内发放")
    ).overall
    assert overall.answers["coverage"] is not None
    assert overall.legs["hybrid"]["success@1"] == Estimate(1.0, 1.0, 1.0)


def test_a_place_nobody_knows_cannot_be_chosen_and_the_question_is_asked_without_it(
    documents: Path, bigram_encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.run.load_encoder", lambda _: bigram_encoder)
    overall = _evaluate_in(tmp_path, documents, ("桃花源", "hz", "在三日内发放")).overall
    assert overall.legs["hybrid"]["success@3"] == Estimate(1.0, 1.0, 1.0)


def test_an_unknown_leg_or_relevant_row_is_refused_before_anything_is_built(rows: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "question": "问", "relevant": ["r99"]}\n', encoding="utf-8")
    with pytest.raises(InputError, match="no leg 'splade'; choose from bm25, dense, hybrid"):
        evaluate(Settings(), questions, rows, ["splade"])
    with pytest.raises(QuestionFileError, match=r":1: .*'relevant' names 'r99'"):
        evaluate(Settings(), questions, rows)

import math
from pathlib import Path

from assistant.service import Assistant, Turn
from assistant.settings import Settings
from eval.answers import FIGURES
from eval.questionset import Question
from eval.run import LEGS, evaluate, evaluate_index, index_rows
from index.encoder import Encoder
from index.hybrid import Index

QUESTIONS = (
    Question("a", "小微企业首次贷款谁来辅导", ("r1",), tags=("easy",)),
    Question("b", "出口退税几天办结", ("r8",), tags=("easy",)),
    Question("c", "今晚吃什么", ()),
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
    evaluation = evaluate(assistant, QUESTIONS)
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
    question = Question("f", "那要多久呢", ("r1",), history=history)
    assistant = Assistant(small_index, Settings())
    turns = [Turn("user", history[0])]
    wanted = {hit.clause.id for hit in assistant.search(question.question, history=turns, limit=1)}
    for leg, values in evaluate(assistant, [question]).overall.legs.items():
        assert values["success@1"] is not None
        assert values["success@1"].value == ("r1" in wanted) == 1.0, leg


def test_rows_become_an_index_and_progress_is_told(rows: Path, bigram_encoder: Encoder) -> None:
    lines: list[str] = []
    built = index_rows(rows, bigram_encoder, lines.append)
    assert len(built.corpus.clauses) == 10
    assert "10" in lines[0]
    assert "Index ready" in lines[-1]

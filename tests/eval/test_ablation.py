import pytest

from assistant.service import Assistant
from eval.ablation import SECOND_ENCODER, UNDERSTANDING, Stage, main, measure, stages, success_by_tag, whole_stages
from eval.questions.questionset import LabelledQuestion
from index.building import build_index
from index.encoder.encoder import Encoder
from index.engines import bm25, dense
from index.layer import INDUCED, LEG_NAMES, RECORDS
from index.second import NAME
from tests.bigram_encoder import BigramEncoder

QUESTIONS = [
    LabelledQuestion("a", "房贷还完了那个抵押咋去掉", relevant=("harbin-66:11",), tags=("spoken",)),
    LabelledQuestion("b", "how do I get first-loan support", relevant=("anhui-2023-4:1.3",), tags=("english",)),
    LabelledQuestion("c", "首贷的利率是多少", relevant=(), tags=("spoken",)),
]
FOLLOW_UP = LabelledQuestion("d", "在手机上能办吗", (), history=("房贷还清了抵押怎么注销",))


def _legs(stage: Stage, question: LabelledQuestion = QUESTIONS[0]) -> set[str]:
    return {leg for hit in stage(question) for leg in hit.legs}


def test_each_stage_searches_with_what_the_one_before_lacks(assistant: Assistant) -> None:
    lexical, both, induced, lexicon, plain, understood, reranked = stages(whole_stages(assistant)).values()
    assert not lexical(QUESTIONS[1]), "Chinese texts share no word with an English question"
    assert dense.NAME in _legs(both)
    assert not _legs(both) & set(LEG_NAMES[INDUCED])
    assert _legs(induced) & set(LEG_NAMES[INDUCED])
    (expanded,) = lexicon(QUESTIONS[1])
    assert bm25.NAME in expanded.legs, "the glossary gives an English question Chinese words"
    assert not _legs(lexicon) & set(LEG_NAMES[RECORDS])
    assert _legs(plain) & set(LEG_NAMES[RECORDS])
    assert (
        [hit.clause.id for hit in understood(FOLLOW_UP)]
        == ["harbin-66:11"]
        != [hit.clause.id for hit in plain(FOLLOW_UP)]
    ), "only understanding looks at what was asked before"
    assert not understood(FOLLOW_UP)[0].features
    assert reranked(FOLLOW_UP)[0].features


def test_unanswerable_questions_do_not_count_and_every_tag_has_its_row(assistant: Assistant) -> None:
    rows = success_by_tag(measure(assistant, QUESTIONS), QUESTIONS)
    assert list(rows) == ["all", "spoken", "english"]
    assert rows["english"]["BM25"] == 0
    assert rows["all"]["+ understanding"] == 1


def test_every_stage_is_timed_and_those_that_answer_say_how(assistant: Assistant) -> None:
    measured = measure(assistant, QUESTIONS)
    assert all(stage.milliseconds > 0 for stage in measured.values())
    assert measured["+ plain layer"].answers == {}
    assert measured[UNDERSTANDING].answers == {"answered_right": 1, "false_answers": 0}
    assert SECOND_ENCODER not in measured, "nobody has asked for one"


def test_a_second_encoder_is_the_last_stage(assistant: Assistant, encoder: Encoder) -> None:
    index = build_index(assistant.corpus, encoder, second=BigramEncoder())
    whole = whole_stages(Assistant(index, assistant.settings))
    understood, second = (stages(whole)[name] for name in (UNDERSTANDING, SECOND_ENCODER))
    assert list(stages(whole))[-1] == SECOND_ENCODER
    assert NAME not in _legs(understood)
    assert NAME in _legs(second)


def test_the_tables_are_printed(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Assistant, "open", lambda _: assistant)
    monkeypatch.setattr("eval.ablation.read_questions", lambda *_: QUESTIONS)
    main()
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("BM25", "english", "1.000", "false_answers"))

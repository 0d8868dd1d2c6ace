import pytest

from assistant.service import Assistant
from eval.ablation import Stage, main, stages, success_by_tag
from eval.questions.questionset import LabelledQuestion
from index.engines import bm25, dense
from index.layer import INDUCED, LEG_NAMES, RECORDS

QUESTIONS = [
    LabelledQuestion("a", "房贷还完了那个抵押咋去掉", relevant=("harbin-66:11",), tags=("spoken",)),
    LabelledQuestion("b", "how do I get first-loan support", relevant=("anhui-2023-4:1.3",), tags=("english",)),
    LabelledQuestion("c", "首贷的利率是多少", relevant=(), tags=("spoken",)),
]
FOLLOW_UP = LabelledQuestion("d", "在手机上能办吗", (), history=("房贷还清了抵押怎么注销",))


def _legs(stage: Stage, question: LabelledQuestion = QUESTIONS[0]) -> set[str]:
    return {leg for hit in stage(question) for leg in hit.legs}


def test_each_stage_searches_with_what_the_one_before_lacks(assistant: Assistant) -> None:
    lexical, both, induced, lexicon, plain, understood = stages(assistant).values()
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


def test_unanswerable_questions_do_not_count_and_every_tag_has_its_row(assistant: Assistant) -> None:
    rows = success_by_tag(assistant, QUESTIONS)
    assert list(rows) == ["all", "spoken", "english"]
    assert rows["english"]["BM25"] == 0
    assert rows["all"]["+ understanding"] == 1


def test_the_table_is_printed(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Assistant, "open", lambda _: assistant)
    monkeypatch.setattr("eval.ablation.read_questions", lambda *_: QUESTIONS)
    main()
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("BM25", "english", "1.000"))

from assistant.service import Assistant
from eval.ablation import stages, table
from eval.questions.questionset import LabelledQuestion

QUESTIONS = [
    LabelledQuestion("a", "房贷还完了那个抵押咋去掉", relevant=("harbin-66:11",), tags=("spoken",)),
    LabelledQuestion("b", "how do I get first-loan support", relevant=("anhui-2023-4:1.3",), tags=("english",)),
    LabelledQuestion("c", "首贷的利率是多少", relevant=(), tags=("spoken",)),
]


def test_the_stages_build_on_one_another(assistant: Assistant) -> None:
    assert list(stages(assistant)) == ["BM25", "+ dense", "+ lexicon", "+ plain layer", "+ understanding"]


def test_unanswerable_questions_do_not_count_and_every_tag_has_its_row(assistant: Assistant) -> None:
    rows = table(assistant, QUESTIONS)
    assert list(rows) == ["all", "spoken", "english"]
    assert rows["english"]["BM25"] == 0, "Chinese texts share no word with an English question"
    assert rows["all"]["+ understanding"] == 1

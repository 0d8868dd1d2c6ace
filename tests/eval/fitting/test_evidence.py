import numpy as np
import pytest

from assistant.service import Assistant
from corpus.clause import Clause
from eval.fitting.corpora import FittingCorpus
from eval.fitting.evidence import FOLDS, Case, EvidenceData, collect_cases, right_units
from eval.questions.questionset import LabelledQuestion
from index.quotable import units_of

TEXT = "第一条 摊位由开办者编排。申请备案的，应当在三十日内提交材料。逾期不提交的，视为放弃。"
CLAUSE = Clause("d:1", "d", "第一条", "摊位", (), f"前言。{TEXT}"[3:], 3, 3 + len(TEXT), number_length=3)


@pytest.fixture(scope="module")
def cases(second_assistant: Assistant) -> list[Case]:
    """Of every invented clause a question in the very words of one of its units."""
    index, asked = second_assistant.index, []
    for clause in index.corpus.clauses:
        longest = max(units_of(clause), key=lambda unit: len(unit.text))
        asked.append(LabelledQuestion(f"q{clause.id}", longest.text[:60], (clause.id,), quote=longest.text))
    return collect_cases(FittingCorpus("made up", second_assistant, asked, 1.0))


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ("应当在三十日内提交材料", [False, True, False]),
        ("三十日内\n提交材料。逾期不提交的，视为放弃。", [False, True, True]),
        ("摊位由开办者编排。申请", [True, False, False]),
        ("无关文字", [False, False, False]),
    ],
)
def test_the_units_that_hold_a_good_part_of_the_gold_words_are_right(quote: str, right: list[bool]) -> None:
    assert right_units(CLAUSE, units_of(CLAUSE), [quote]).tolist() == right


def test_questions_without_gold_words_in_the_clause_or_that_name_one_are_no_cases(assistant: Assistant) -> None:
    asked = [
        LabelledQuestion("q1", "首贷有贴息吗", ("anhui-2023-4:1.3",)),
        LabelledQuestion("q2", "首贷有贴息吗", ("anhui-2023-4:1.3",), quote="垃圾要分类投放"),
        LabelledQuestion("q3", "垃圾分类怎么分", ()),
        LabelledQuestion("q4", "第26条讲什么", ("harbin-66:26",), quote=assistant.corpus.clause("harbin-66:26").text),
    ]
    assert not collect_cases(FittingCorpus("own", assistant, asked, 1.0))


def test_the_unit_whose_words_are_asked_for_is_best_and_its_words_are_quoted(cases: list[Case]) -> None:
    data = EvidenceData(cases)
    figures = data.measure([data.fit(np.ones(len(cases), dtype=bool))] * len(cases))["made up"]
    assert figures.best_right > 0.9
    assert figures.held > 0.9
    assert 0 < figures.length <= max(len(case.clause.text) for case in cases)


def test_a_case_out_of_fold_is_judged_by_a_model_that_has_not_seen_its_document(cases: list[Case]) -> None:
    models = EvidenceData(cases).out_of_fold()
    by_document = {case.clause.document_id: model for case, model in zip(cases, models, strict=True)}
    assert all(by_document[case.clause.document_id] is model for case, model in zip(cases, models, strict=True))
    assert 1 < len({id(model) for model in models}) <= FOLDS

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Reason, Status, Understood, check

TEXTS = {"d": "一、开办企业。二、注销企业。"}
CITATION = Citation(1, "d:1", None, "《文件》一、", "文件", ("安徽",), "开办企业。", 2, 7, 0.9)
GOOD = Answer(
    "id",
    "怎么开办",
    "zh",
    Status.ANSWERED,
    None,
    "见《文件》：开办企业。[1]",
    (CITATION,),
    (),
    0.9,
    Understood("怎么开办"),
    "v",
)


def test_a_lawful_answer_passes() -> None:
    check(GOOD, TEXTS)
    check(replace(GOOD, status=Status.NO_ANSWER, reason=Reason.GREETING, text="您好", citations=()), TEXTS)


@pytest.mark.parametrize(
    ("spoil", "law"),
    [
        (lambda a: replace(a, citations=(), text="开办企业。"), "exactly when the status is answered"),
        (lambda a: replace(a, status=Status.NO_ANSWER, reason=Reason.GREETING), "exactly when the status is answered"),
        (lambda a: replace(a, reason=Reason.GREETING), "a reason"),
        (lambda a: replace(a, text="开办企业。"), "marks"),
        (lambda a: replace(a, text="开办企业。[1][2]"), "marks"),
        (lambda a: replace(a, citations=(CITATION, CITATION)), "marks"),
        (lambda a: replace(a, citations=(replace(CITATION, quote="开办公司。"),)), "offsets"),
        (lambda a: replace(a, citations=(replace(CITATION, start=3),)), "offsets"),
    ],
)
def test_a_broken_law_is_named(spoil: Callable[[Answer], Answer], law: str) -> None:
    with pytest.raises(ValueError, match=law):
        check(spoil(GOOD), TEXTS)


def test_the_json_has_the_fields_of_the_contract_in_order() -> None:
    assert list(GOOD.to_dict()) == [
        "id", "question", "language", "status", "reason", "text", "citations", "related", "confidence", "understood",
        "index_version", "timings_ms",
    ]  # fmt: skip
    assert list(GOOD.to_dict()["citations"][0]) == [
        "number", "clause_id", "part_id", "label", "document_title", "jurisdiction", "quote", "start", "end", "score",
    ]  # fmt: skip

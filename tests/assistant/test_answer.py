from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Answer, Block, BlockKind, Citation, Reason, Status, Understood, check

TEXTS = {"d:x": "一、开办企业。二、注销企业。"}
CITATION = Citation(1, "d:x:1", None, "《文件》一、", "文件", ("安徽",), "开办企业。", 2, 7, 0.9)
GIST = Block(BlockKind.GIST, "可以开办企业。", (1,))
QUOTE = Block(BlockKind.QUOTE, "开办企业。", (1,))
GOOD = Answer(
    "id",
    "怎么开办",
    "zh",
    Status.ANSWERED,
    None,
    "可以开办企业。 [1]\n见《文件》：开办企业。[1]",
    (CITATION,),
    (),
    0.9,
    Understood("怎么开办"),
    "v",
    (GIST, QUOTE),
)
REFUSAL = replace(
    GOOD,
    status=Status.NO_ANSWER,
    reason=Reason.GREETING,
    text="您好",
    citations=(),
    blocks=(Block(BlockKind.NOTICE, "您好"),),
)


def judge(answer: Answer) -> None:
    check(answer, lambda id_: TEXTS[id_.rpartition(":")[0]])  # a colon in the document's own id


def test_a_lawful_answer_passes() -> None:
    judge(GOOD)
    judge(REFUSAL)


@pytest.mark.parametrize(
    ("spoil", "law"),
    [
        (lambda a: replace(a, citations=(), text="开办企业。"), "exactly when the status is answered"),
        (lambda a: replace(a, status=Status.NO_ANSWER, reason=Reason.GREETING), "exactly when the status is answered"),
        (lambda a: replace(a, reason=Reason.GREETING), "a reason"),
        (lambda _: replace(REFUSAL, reason=None), "a reason"),
        (lambda a: replace(a, text="开办企业。"), "marks"),
        (lambda a: replace(a, text="开办企业。[1][2]"), "marks"),
        (lambda a: replace(a, citations=(CITATION, CITATION)), "marks"),
        (lambda a: replace(a, blocks=(replace(GIST, citations=(2,)), QUOTE)), "a block names a citation"),
        (lambda a: replace(a, blocks=(GIST,)), "the quotes of the blocks"),
        (lambda a: replace(a, blocks=(GIST, replace(QUOTE, text=" 开办企业。"))), "the quotes of the blocks"),
        (lambda a: replace(a, blocks=(GIST, QUOTE, replace(QUOTE, text="注销企业。"))), "the quotes of the blocks"),
        (lambda a: _quoting(a, quote="开办公司。"), "offsets"),
        (lambda a: _quoting(a, start=3), "offsets"),
    ],
)
def test_a_broken_law_is_named(spoil: Callable[[Answer], Answer], law: str) -> None:
    with pytest.raises(ValueError, match=law):
        judge(spoil(GOOD))


def _quoting(answer: Answer, **changes: object) -> Answer:
    citation = replace(CITATION, **changes)  # type: ignore[arg-type]
    return replace(answer, citations=(citation,), blocks=(replace(QUOTE, text=citation.quote),))


def test_the_json_has_the_fields_of_the_contract_in_order() -> None:
    assert list(GOOD.to_dict()) == [
        "id", "question", "language", "status", "reason", "text", "citations", "related", "confidence", "understood",
        "index_version", "blocks", "choices", "unanswered", "as_of", "phrased_by", "timings_ms",
    ]  # fmt: skip
    assert list(GOOD.to_dict()["citations"][0]) == [
        "number", "clause_id", "part_id", "label", "document_title", "jurisdiction", "quote", "start", "end", "score",
        "places_in_quote", "validity",
    ]  # fmt: skip
    assert GOOD.to_dict()["blocks"][0] == {"kind": "gist", "text": "可以开办企业。", "citations": (1,)}

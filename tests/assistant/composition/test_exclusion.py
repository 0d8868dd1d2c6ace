"""What a question leaves out."""

import pytest

from assistant.composition.exclusion import exclusions_in, is_negated
from index.text.normalizer import normalize


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("非机动车能上牌吗", "机动车凭发票上牌。", "机动车"),
        ("非居民用水也打折吗", "居民用水打九折。", "居民用水"),
        ("困难户之外的家庭能减免吗", "困难户减免水费。", "困难户"),
        ("三公里以外的也送吗", "三公里以内免费送达。", "三公里"),
        ("不在开发区的工厂能申请吗", "开发区的工厂可以申请。", "开发区"),
        ("不属于高新技术企业能报吗", "高新技术企业可以申报。", "高新技术企业"),
        ("除了养殖户，其他人也能领吗", "养殖户每年领取一次。", "养殖户"),
        ("is it open to non-residents", "residents may apply", "residents"),
        ("Is it also free outside the harbour?", "the harbour", "harbour"),
    ],
)
def test_the_words_of_the_text_that_the_question_leaves_out_are_found(question: str, text: str, words: str) -> None:
    assert [one.named_in(normalize(text)) for one in exclusions_in(normalize(question))] == [words]


@pytest.mark.parametrize(
    "question",
    [
        "是不是要交押金",
        "有没有停车位",
        "除了身份证还要带什么",
        "能不能代办",
        "非得本人去吗",
        "算不算加班",
        "不是说免费吗",
        "可以网上办吗",
        "Can I do it online?",
        "How long does it take?",
    ],
)
def test_a_question_that_leaves_nothing_out_has_none(question: str) -> None:
    assert exclusions_in(normalize(question)) == []


def test_of_a_longer_name_a_piece_is_not_enough() -> None:
    [one] = exclusions_in("不属于规模以上工业企业的能报吗")
    assert one.named_in("工业园区的规模") == ""


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("非居民用水按三级价格", True),
        ("无需提供居民用水证明", True),
        ("居民用水打九折", False),
        ("非居民用水按三级价格,居民用水打九折", False),
        ("打九折", False),
    ],
)
def test_a_text_that_speaks_of_the_rest_itself_is_told(text: str, negated: bool) -> None:
    assert is_negated("居民用水", text) is negated

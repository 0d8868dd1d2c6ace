"""What is told of sentences and of questions, by examples; the types themselves are tested in test_answer_types."""

import pytest

from index.text.answer_types import answer_types
from index.text.normalizer import normalize
from index.text.statements import asked_for, asks_whether, fingerprint, rule_bit, statements_in


def bit(name: str) -> int:
    """The bit of a type, told by the first of its kind: types stand in the order of answer_types.toml."""
    return 1 << [one.name for one in answer_types()].index(name)


COUNT, RULE = 1 << len(answer_types()), rule_bit()


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("5个工作日内办结", bit("duration"), bit("telephone") | RULE),
        ("咨询电话87654321", bit("telephone"), bit("rate") | RULE),
        ("按3%贴息", bit("rate"), bit("duration") | RULE),
        ("提交身份证和申请表", bit("materials"), bit("rate") | RULE),
        ("不予受理", bit("refusal") | RULE, bit("rate")),
        ("每年可以补助三千元", bit("amount") | bit("duration") | COUNT | RULE, bit("telephone")),
        ("分为甲、乙、丙三类", COUNT | bit("names"), bit("penalty") | RULE),
        ("", 0, -1),
        ("你好", 0, -1),
    ],
)
def test_a_sentence_states_kinds_of_things(text: str, told: int, untold: int) -> None:
    assert statements_in(normalize(text)) & told == told
    assert statements_in(normalize(text)) & untold == 0


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("多久能办完", bit("duration")),
        ("办这个要交多少钱", bit("amount") | bit("fee")),
        ("低压接入标准是多少千瓦", COUNT),
        ("how many steps are there", COUNT),
        ("怎么办理", 0),
        ("可以网上办吗", 0),
        ("", 0),
    ],
)
def test_a_question_asks_for_kinds_of_things(question: str, asked: int) -> None:
    assert asked_for(normalize(question)) == asked


def test_what_is_asked_for_is_stated_by_the_examples_of_its_type() -> None:
    asked = asked_for(normalize("多久能办完"))
    assert statements_in(normalize("5个工作日内办结")) & asked == asked
    assert statements_in(normalize("尽快办结")) & asked == 0


def test_every_kind_has_a_bit_of_its_own_within_32() -> None:
    bits = [*(bit(one.name) for one in answer_types()), COUNT, RULE]
    assert len(set(bits)) == len(bits)
    assert max(bits) < 1 << 31


@pytest.mark.parametrize(
    "question",
    [
        "可以网上办吗",
        "能不能代办？",
        "要不要交钱",
        "会不会罚款",
        "是否需要年检",
        "外地人可否申请",
        "这个算不算",
        "有没有补贴",
        "户口在外地办得了么？",
        "非得本人去不？",
        "can I apply online",
        "if I move, do I need a new licence?",
        "is there a fee",
    ],
)
def test_a_question_wants_to_know_whether(question: str) -> None:
    assert asks_whether(normalize(question))


@pytest.mark.parametrize(
    "question",
    [
        "要带什么",
        "这个怎么弄？",
        "材料要什么？",
        "需要带哪些材料",
        "多久能办完",
        "找谁",
        "不让办怎么处理",
        "how do I apply",
        "what is the interest rate",
        "where can I apply",
        "",
    ],
)
def test_a_question_wants_to_know_something_else(question: str) -> None:
    assert not asks_whether(normalize(question))


@pytest.mark.parametrize(
    "text",
    [
        "可以在网上办理",
        "可按季度缴纳",
        "不得转租",
        "应当在30日内备案",
        "逾期不予受理",
        "必须本人到场",
        "符合条件的准予登记",
        "允许跨区迁移",
        "禁止占道经营",
        "无需提交证明",
        "不需要本人到场",
        "免收工本费",
        "免缴保证金",
        "对首次违法的予以警告",
    ],
)
def test_a_sentence_says_what_may_or_must_be_done(text: str) -> None:
    assert statements_in(normalize(text)) & RULE


@pytest.mark.parametrize("text", ["网上办理", "咨询电话87654321", "补贴标准为每户两千元", "免费", "可再生能源"])
def test_a_sentence_says_no_rule(text: str) -> None:
    assert not statements_in(normalize(text)) & RULE


def test_the_fingerprint_is_sixteen_digits_that_stay() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
    assert int(fingerprint(), 16) >= 0

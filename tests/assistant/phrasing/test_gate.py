"""What a language model may say: a sentence that stands in its quote, and nothing else. Of hostile replies none."""

import random

import pytest

from assistant.phrasing.gate import accept, stands_in
from assistant.phrasing.reply import RefusedError, read_reply
from corpus.corpus import Corpus
from eval.phrasing.held_out import HELD_OUT
from eval.phrasing.intrusions import INTRUSIONS
from eval.phrasing.measure import hostile, why_not
from eval.phrasing.mutations import FACTS
from eval.phrasing.well_formed import Said, by_hand, by_rule

LICENCE = (
    "第四条 停车许可证遗失的，车主应当在三十日内向管理站登记挂失，并凭回执补领。不得转让许可证，但是赠与近亲属的除外。"
)
LIST = "第七条 下列水域不得捕捞：\n（一）取水口周围三百米；\n（二）芦苇荡和鸟类繁殖地。\n捕捞许可证每张收费3万元。"
SHARES = "甲类企业补助10万元，乙类企业补助20万元。"


@pytest.fixture(scope="module")
def seeds(corpus: Corpus, second_corpus: Corpus) -> list[Said]:
    both = (corpus, second_corpus)
    return [*by_hand(both), *by_rule(both, 120, random.Random(7))]


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("停车许可证遗失的，车主要在30日内向管理站登记挂失", LICENCE),
        ("停车许可证遗失的，车主必须在30天以内向管理站登记挂失，并凭回执补领", LICENCE),
        ("不能转让许可证，但赠与近亲属的除外", LICENCE),
        ("下列水域禁止捕捞：芦苇荡和鸟类繁殖地", LIST),
        ("捕捞许可证每张收费三万元", LIST),
        ("捕捞许可证每张收费30,000元", LIST),
        ("甲类企业补助十万元", SHARES),
    ],
)
def test_what_a_quote_says_passes_in_other_words(said: str, quote: str) -> None:
    assert stands_in(said, quote)


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("停车许可证遗失的，车主应当在三十个工作日内向管理站登记挂失", LICENCE),
        ("停车许可证遗失的，车主可以在三十日内向管理站登记挂失", LICENCE),
        ("车主应当在三十日内向管理站登记挂失", LICENCE),  # the condition
        ("停车许可证遗失的，车主应当向管理站登记挂失", LICENCE),  # the time
        ("停车许可证遗失的，管理站应当在三十日内向车主登记挂失", LICENCE),
        ("停车许可证遗失的，并凭回执补领", LICENCE),  # by whom
        ("可以转让许可证，但是赠与近亲属的除外", LICENCE),
        ("不得转让许可证", LICENCE),  # the exception
        ("赠与近亲属的除外", LICENCE),
        ("芦苇荡和鸟类繁殖地", LIST),  # what is said of them
        ("取水口周围三千米不得捕捞", LIST),
        ("捕捞许可证每张收费3元", LIST),
        ("甲类企业补助20万元", SHARES),
        ("甲类企业补助10万元，乙类企业补助10万元", SHARES),
        ("所有企业补助10万元", SHARES),
        ("代码1234567890123的企业可以申请", "代码1234567890124的企业可以申请。"),
        ("代码20207的企业可以申请", "代码〔2020〕7的企业可以申请。"),
    ],
)
def test_what_a_quote_does_not_say_is_refused(said: str, quote: str) -> None:
    assert not stands_in(said, quote)


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "。",
        "可以申请补领。",
        "可以申请补领[2]。",
        "可以申请补领[1][1]。",
        "可以申请补领[１]。",
        "可以[1]申请补领。",
        "[1]可以申请补领。",
        "可以申请补领[1]。可以申请补领[1]。",
        "可以申请补领[1]。好的",
        "可以申请**补领**[1]。",
        "可以申请\u200b补领[1]。",
        "可以申請補領[1]。",
        "You may apply[1]。",
        "可以申请补领，[1]。",
        "可以申请“补领[1]。",
        "可以" * 90 + "[1]。",
    ],
)
def test_a_reply_of_another_form_is_refused_as_a_whole(reply: str) -> None:
    with pytest.raises(RefusedError):
        accept(reply, {1: "可以申请补领。"})


def test_the_same_in_the_right_form_passes() -> None:
    assert accept("可以申请补领[1]。", {1: "可以申请补领。"})


def test_one_sentence_that_is_refused_refuses_them_all() -> None:
    true, false = "甲类企业补助10万元[1]。", "乙类企业补助90万元[1]。"
    assert [one.number for one in accept(true, {1: SHARES})] == [1]
    with pytest.raises(RefusedError):
        accept(true + false, {1: SHARES})


def test_a_handle_may_stand_before_or_behind_the_full_stop() -> None:
    assert [(one.text, one.number) for one in read_reply("可以申请补领[1]。\n凭回执补领。[2]")] == [
        ("可以申请补领", 1),
        ("凭回执补领", 2),
    ]


def test_of_replies_made_false_none_passes(seeds: list[Said]) -> None:
    for kinds, count in ((FACTS, 160), (INTRUSIONS, 80)):
        found = hostile(seeds, kinds, count, seed=11)
        assert sum(found.made.values()) == count
        assert len(found.made) >= len(kinds) - 5  # some kinds find little to change in so few
        assert not found.passed


def test_what_was_thought_of_later_hardly_passes_either(seeds: list[Said]) -> None:
    found = hostile(seeds, HELD_OUT, 120, seed=11)
    passed = {kind for kind, _ in found.passed}
    assert passed <= {"halved", "middle_dropped", "spliced"}  # half a sentence may be true
    assert len(found.passed) <= 6


def test_true_replies_pass(corpus: Corpus, second_corpus: Corpus) -> None:
    said = by_rule((corpus, second_corpus), 120, random.Random(7))
    assert sum(not why_not(one) for one in said) / len(said) >= 0.95


def test_a_long_quote_is_compared_in_bounded_work() -> None:
    quote = "，".join(f"甲项{n}和乙项{n}" for n in range(200))
    assert not stands_in("，".join(f"甲项{n}和丙项{n}" for n in range(20))[:150], quote)

"""What one message asks, by its form alone."""

import pytest

from assistant.question.needs import LONGEST, Need, asks, beside_clauses, split_needs
from assistant.question.references import parse_references
from corpus.corpus import Corpus
from index.retriever import Scope


def _texts(message: str) -> list[str]:
    return [need.text for need in split_needs(message)]


@pytest.mark.parametrize(
    ("message", "needs"),
    [
        ("营业执照怎么改？另外发票去哪领？", ["营业执照怎么改？", "发票去哪领？"]),
        ("营业执照怎么改，还有电费单", ["营业执照怎么改", "电费单"]),
        ("执照怎么改以及破产管理人怎么选", ["执照怎么改", "破产管理人怎么选"]),
        ("我刚搬家。执照怎么改？顺便问一下，水表怎么过户", ["我刚搬家。执照怎么改？", "水表怎么过户"]),
        ("1. 执照怎么改 2. 发票去哪领 3、水表过户", ["执照怎么改", "发票去哪领", "水表过户"]),
        ("①换照 ②开发票", ["换照", "开发票"]),
        ("想问两件事：一、换照。二、开发票", ["换照", "开发票"]),
        ("第一，执照怎么改；第二，发票去哪领", ["执照怎么改", "发票去哪领"]),
        ("这份通知是谁发的，还有效吗", ["这份通知是谁发的", "还有效吗"]),
        ("执照怎么改，对了还有发票怎么领", ["执照怎么改", "发票怎么领"]),
        ("How do I move my firm? And also how do I bid?", ["How do I move my firm?", "how do I bid?"]),
        ("Who issues licences and what does article 9 say", ["Who issues licences", "what does article 9 say"]),
        ("I run a bar. Can I move it? Also, where are trademarks filed?",
         ["I run a bar. Can I move it?", "where are trademarks filed?"]),
    ],
)  # fmt: skip
def test_each_question_of_a_message_is_a_need(message: str, needs: list[str]) -> None:
    assert _texts(message) == needs


@pytest.mark.parametrize(
    "message",
    [
        "还有机会恢复信用吗",
        "旧的执照还有用吗",
        "你好！执照怎么改？",
        "另外发票去哪领",
        "房子卖了，户口还没迁，怎么办",
        "能不能另外多开一张发票",
        "版本1.5和2.5有什么不同",
        "Can I transfer water, power and gas in one go?",
        "",
    ],
)
def test_one_question_stays_one(message: str) -> None:
    assert _texts(message) == [message]


def test_words_that_lead_on_announce_a_need_and_and_alone_does_not() -> None:
    assert split_needs("执照怎么改？另外发票去哪领？")[1] == Need("发票去哪领？", announced=True, apart=True)
    assert split_needs("执照怎么改？发票去哪领？")[1] == Need("发票去哪领？", apart=True)
    assert split_needs("Who pays and how is it worked out?")[1] == Need("how is it worked out?", apart=True)
    assert all(need.numbered for need in split_needs("1、换照 2、开发票"))


@pytest.mark.parametrize(
    ("message", "needs"),
    [
        ("第7条和小额案件快审", ["第7条", "小额案件快审"]),
        ("小额案件快审以及第7条", ["小额案件快审", "第7条"]),
        ("第7条和第8条", []),
        ("第7条和小额案件快审有什么关系", []),
        ("第7条讲什么", []),
    ],
)
def test_a_clause_by_number_beside_a_matter_is_two(message: str, needs: list[str], corpus: Corpus) -> None:
    references = parse_references(message, corpus, Scope(), ())
    assert [need.text for need in beside_clauses(message, references)] == needs


def test_what_asks_by_its_words() -> None:
    assert all(map(asks, ("怎么改", "要不要钱", "改了吗", "how do I pay", "is it free")))
    assert not any(map(asks, ("执照", "我搬家了", "tax", "the whole list")))


def test_a_story_is_not_taken_apart() -> None:
    assert len(split_needs("怎么办？" * LONGEST)) == 1

"""Yes or no, where the nearest sentence of the quotes says so."""

import pytest

from assistant.answer import Citation
from assistant.composition.modality import Says
from assistant.composition.sentences import quoted_sentences
from assistant.composition.verdict import Verdict, verdict
from index.index import Index
from index.text.normalizer import normalize


def said(index: Index, question: str, quote: str, *, sure: float = 0.95, fee: bool = False) -> Verdict | None:
    [query] = index.read([question])
    citation = Citation(1, "d:1", None, "", "", (), quote, 0, len(quote), 1.0)
    sentences = quoted_sentences(query, [citation], index)
    return verdict(query, normalize(question), sentences, index, lambda: sure, fee=fee)


@pytest.mark.parametrize(
    ("question", "quote", "says"),
    [
        ("旧书缺页能退货吗", "读者发现旧书缺页的，可以自购买之日起七日内退货。", Says.MAY),
        ("退货可不可以邮寄", "退货可通过邮寄办理。", Says.MAY),
        ("Can I return a book by post?", "退货可通过邮寄办理。", Says.MAY),
        ("摊位能转租吗", "经营者不得转租摊位。", Says.MAY_NOT),
        ("May a stall be sublet?", "经营者不得转租摊位。", Says.MAY_NOT),
        ("转让摊位要不要备案", "转让摊位应当办理备案。", Says.MUST),
        ("备案还要交纸质表格吗", "备案在网上办理，无需提交纸质表格。", Says.NEED_NOT),
        ("Do I still have to hand in paper forms?", "备案在网上办理，无需提交纸质表格。", Says.NEED_NOT),
        ("备案能不交纸质表格吗", "备案在网上办理，无需提交纸质表格。", Says.NEED_NOT),
        ("市场有没有公平秤", "市场开办者设置公平秤和意见箱。", Says.HAS),
        ("旧书备案能在网上办理吗", "实现旧书备案网上办理。", Says.MAY),
        ("租摊位必须交现金押金吗", "经营者可以用保函代替现金押金。", Says.INSTEAD),
        ("Must a stall deposit be paid in cash?", "以保函代替现金押金。", Says.INSTEAD),
        ("租摊位能用保函吗", "经营者可以用保函代替现金押金。", Says.MAY),
        ("租摊位贷款的利息给不给贴", "租摊位贷款的利息不享受贴息。", Says.NOT),
        ("摊位能摆活禽吗", "摊位应当保持整洁，不得摆放活禽。", Says.MAY_NOT),  # the no is clearly nearer
    ],
)
def test_a_yes_or_no_is_said_in_the_words_that_say_it(index: Index, question: str, quote: str, says: Says) -> None:
    found = said(index, question, quote)
    assert found is not None
    assert found.says is says
    assert found.words in quote


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("退货一定要去现场吗", "退货可通过邮寄办理。"),  # that it may be so says not whether it must
        ("能不退货吗", "读者可以退货。"),  # the act itself is denied
        ("摊位能转租吗", "经营者不得转租摊位，但直系亲属之间可以转租。"),  # taken back
        ("摊位能转租吗", "摊位转租可以协商，转租后不得再次转租。"),  # says both
        ("摊位能转租20年吗", "摊位可以转租。"),  # a number that the text has not
        ("摊位能转租吗", "摊位租金每月一交。"),  # says neither
        ("备案要不要交押金", "备案无需提交纸质表格。"),  # something else need not be handed in
        ("旧书备案能在网上办理吗", "探索旧书备案网上办理。"),  # only tried
        ("市场有没有公平秤", "鼓励市场开办者设置公平秤。"),
        ("摊位能转租吗", "（三）可以转租的摊位；"),  # an entry of a list
        ("租摊位必须交保函吗", "以保函代替现金押金。"),  # it is what takes the other's place
    ],
)
def test_nothing_is_said_where_it_is_not_sure(index: Index, question: str, quote: str) -> None:
    assert said(index, question, quote) is None


def test_one_that_is_said_of_some_cases_is_told(index: Index) -> None:
    found = said(index, "旧书缺页能退货吗", "读者发现旧书缺页的，可以自购买之日起七日内退货。")
    assert found is not None
    assert found.conditional
    plain = said(index, "退货可不可以邮寄", "退货可通过邮寄办理。")
    assert plain is not None
    assert not plain.conditional


def test_a_permission_of_something_else_is_not_taken_for_one_where_the_answer_is_unsure(index: Index) -> None:
    quote = "市场开办者可以在入口设置公告栏。"
    assert said(index, "旧书缺页能退货吗", quote, sure=0.6) is None


@pytest.mark.parametrize(
    ("quote", "says"),
    [
        ("备案不收取费用。", Says.FREE),
        ("备案免费办理。", Says.FREE),
        ("备案由市场承担开支，经营者无需付费。", Says.FREE),
        ("备案收取工本费五十元。", Says.CHARGED),
        ("备案遗失的，补办收取工本费五十元。", None),  # only of some cases
        ("备案免费，补办收取工本费五十元。", None),
        ("备案当场办结。", None),
    ],
)
def test_whether_it_costs_something(index: Index, quote: str, says: Says | None) -> None:
    found = said(index, "备案要交费吗", quote, fee=True)
    assert (found.says if found else None) is says


def test_a_thing_that_is_free_is_not_asked_about(index: Index) -> None:
    assert said(index, "想找免费代办员，要不要预约", "代办员免费提供服务。") is None

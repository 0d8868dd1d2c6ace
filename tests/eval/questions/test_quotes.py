import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from eval.questions.quotes import SHARE, clauses_with_quote, fold, holds_quote

QUOTE = "窗口当场受理申请材料"  # ten characters, so that six of them are enough


def _longest_shared(text: str, quote: str) -> int:
    ends = [(i, j) for i in range(len(quote)) for j in range(i + 1, len(quote) + 1)]
    return max((j - i for i, j in ends if quote[i:j] in text), default=0)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (f"第一条 {QUOTE}。", True),
        ("窗口当场\n 受理 申请材料", True),
        ("窗口当场受理", True),
        ("理申请材料", False),
        ("窗口当场受；理申请材料", False),
        ("", False),
    ],
)
def test_six_tenths_in_one_stretch_are_enough(text: str, held: bool) -> None:
    assert holds_quote(text, QUOTE) is held


def test_width_and_white_space_do_not_count() -> None:
    assert holds_quote("共３项（含 ＡＢＣ）", "共3项(含ABC)")
    assert fold(" ＡＢ\n　１ ") == "AB1"


def test_an_empty_quote_is_held_by_nothing() -> None:
    assert not holds_quote("文", " \n")


@given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", min_size=1, max_size=12))
def test_the_rule_equals_the_longest_shared_stretch(text: str, quote: str) -> None:
    assert holds_quote(text, quote) == (100 * _longest_shared(text, quote) >= SHARE * len(quote))


def test_only_clauses_of_the_named_document_count() -> None:
    clauses = [Clause(id_, id_[0], "1", "题", (), QUOTE, 0, 1) for id_ in ("d:1", "e:1", "d:2")]
    corpus = Corpus((Document("d", "题", QUOTE), Document("e", "题", QUOTE)), tuple(clauses))
    assert clauses_with_quote(corpus, "d", QUOTE) == ("d:1", "d:2")
    assert clauses_with_quote(corpus, "d", "别的话") == ()

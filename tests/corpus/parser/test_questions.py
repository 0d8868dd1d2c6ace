"""Laws of questions and answers."""

import pytest

from tests.corpus.parser.parsed import clauses_of

ASKED = [
    ["Q1：谁能申领？\nA：租房青年。", "Q2：发多少？\nA：三百元。", "问题三：怎么发？\n回答：按季发。"],
    ["问题一：怎么算？\n解答：按年限算", "问题二：几月报？\n解答：三月", "问题三：在哪报？\n解答：网上"],
    ["【问】月票多少钱\n【答】三十元", "【问】怎么退\n【答】到窗口退", "【问】丢了怎么办\n【答】先挂失"],
    [
        "问题1、谁能申领？\n回答：青年。",
        "问题2、要什么？\n回答：\n1.合同；\n2.身份证。",
        "问题3、几时发？\n回答：按季发",
    ],
    ["问1：能带狗吗？\n答：不能。", "问2：能带车吗？\n答：能，分两类：\n（一）单车；\n（二）轮椅。"],
]


@pytest.mark.parametrize("pairs", ASKED)
def test_each_question_is_a_clause_with_its_answer(pairs: list[str]) -> None:
    found = clauses_of("云泽市渡船问答\n" + "\n".join(pairs) + "\n")
    assert [clause.text for clause in found] == pairs
    assert [clause.id for clause in found] == [f"d:p{place}" for place in range(1, len(pairs) + 1)]


def test_a_list_in_an_answer_is_made_of_parts_and_begins_again_below_the_next() -> None:
    text = "云泽市渡船问答\n问：带什么？\n答：\n1.票；\n2.证。\n问：不带什么？\n答：\n1.火；\n2.刀。\n"
    assert [[part.number for part in clause.parts] for clause in clauses_of(text)] == [["1.", "2."]] * 2


@pytest.mark.parametrize("line", ["问题不大的，当场改。", "问题清单另发。", "问责从严。"])
def test_a_sentence_that_begins_alike_asks_nothing(line: str) -> None:
    text = f"云泽市渡船通告\n先查船。\n{line}\n再开船。\n"
    assert [clause.text for clause in clauses_of(text)] == ["先查船。", line, "再开船。"]

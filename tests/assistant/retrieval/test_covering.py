import pytest

from assistant.retrieval.covering import transmitting_last
from corpus.clause import Clause
from index.retriever import Hit


def hit(key: str, text: str, score: float, document: str = "d") -> Hit:
    return Hit(Clause(f"{document}:{key}", document, "", "", (), text, 0, len(text)), score)


ISSUED = hit("0.1", "现将《集市摊位办法》印发给你们，请遵照执行。", 0.9)
ARTICLE = hit("3", "第三条　摊位费每月五十元。", 0.6)


def ids(*found: Hit) -> list[str]:
    return [one.clause.id for one in transmitting_last(found)]


def test_a_paragraph_that_only_hands_a_text_on_is_passed_over() -> None:
    assert ids(ISSUED, ARTICLE) == ["d:3", "d:0.1"]
    assert [one.score for one in transmitting_last([ISSUED, ARTICLE])] == [0.6, 0.6]


def test_it_stays_where_it_is_alone_or_does_not_come_first() -> None:
    assert ids(ISSUED) == ["d:0.1"]
    assert ids(ISSUED, hit("3", "第三条　不收费。", 0.6, "other")) == ["d:0.1", "other:3"]
    assert ids(ARTICLE, ISSUED) == ["d:3", "d:0.1"]
    assert ids() == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("0.1", "各县要在年底前建成一处集市，现将办法印发给你们。各县不得另收卫生费。"),
        ("0.1", "现将办法印发给你们，自2024年7月1日起施行。"),
        ("1", "现将《集市摊位办法》印发给你们，请遵照执行。"),
    ],
)
def test_what_states_something_competes(key: str, text: str) -> None:
    assert ids(hit(key, text, 0.9), ARTICLE)[0] == f"d:{key}"

"""Laws of names that are some words of a title, or of the headings above an attachment's clauses."""

import pytest

from corpus.addresses.headings import MOST_MEANT, Heading, Headings
from corpus.clause import Document
from corpus.numbering import NumberingStyle

RULES = Document("rules", "合肥市社区食堂运营扶持办法", "甲。", jurisdiction=("合肥",))
PLAN = Document("plan", "社区食堂建设三年方案", "甲。")
FEES = (NumberingStyle.ATTACHMENT, "2")
HEADINGS = Headings(
    (
        Heading("合肥市社区食堂运营扶持办法", RULES),
        Heading("社区食堂建设三年方案", PLAN),
        Heading("食堂收费标准", PLAN, FEES),
    )
)


@pytest.mark.parametrize(
    ("name", "documents"),
    [
        ("合肥食堂扶持办法", ["rules"]),
        ("合肥市社区食堂办法", ["rules"]),
        ("社区食堂扶持办法", ["rules"]),
        ("合肥扶持办法", ["rules"]),
        ("食堂建设方案", ["plan"]),
        ("食堂方案", []),  # too short to mean one, with no place
        ("南京食堂扶持办法", []),  # another city's
        ("合肥食堂扶持条例", []),  # another kind of text
        ("扶持食堂社区办法", []),  # another order
        ("合肥食堂安全扶持办法", []),  # a word more
        ("合肥社食营扶办法", []),  # single characters are no words
        ("合肥", []),
    ],
)
def test_a_name_may_leave_words_of_a_title_out_and_add_none(name: str, documents: list[str]) -> None:
    assert [heading.document.id for heading in HEADINGS.abridged(name)] == documents


def test_words_that_stand_together_in_a_heading_name_its_attachment() -> None:
    assert [(one.document.id, one.attachment) for one in HEADINGS.holding("收费标准")] == [("plan", FEES)]
    assert HEADINGS.holding("标准") == []


def test_a_title_goes_before_a_heading() -> None:
    both = Headings((Heading("食堂收费标准", PLAN, FEES), Heading("收费标准汇编", RULES)))
    assert [one.document.id for one in both.holding("收费标准")] == ["rules"]


def test_looking_stops_behind_as_many_as_a_name_can_mean() -> None:
    many = Headings(Heading(f"某街道便民服务办法{n}", PLAN) for n in range(MOST_MEANT * 3))
    assert len(many.holding("便民服务办法")) == MOST_MEANT + 1

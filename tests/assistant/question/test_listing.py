"""Which messages ask for a list is told by kinds of words side by side; what is of no kind is the matter."""

import pytest

from assistant.question.listing import opens_business, read_listing
from index.text.normalizer import normalize


@pytest.mark.parametrize(
    ("message", "matters"),
    [
        ("把跟校车有关的规定都列出来", ("校车",)),
        ("噪声方面都有哪些措施", ("噪声",)),
        ("讲殡葬的有哪些", ("殡葬",)),
        ("有哪些是管烟花的", ("烟花",)),
        ("凡是涉及民宿的，一条条念给我", ("民宿",)),
        ("献血和义诊的政策有几条", ("献血", "义诊")),
        ("which measures deal with noise", ("noise",)),
        ("everything about noise and dust, please", ("noise", "dust")),
        ("how many clauses are there on beekeeping, and which ones?", ("beekeeping",)),
    ],
)
def test_the_matter_is_what_no_kind_of_word_is(message: str, matters: tuple[str, ...]) -> None:
    listing = read_listing(normalize(message))
    assert listing is not None
    assert listing.matters == matters


@pytest.mark.parametrize(
    "message",
    ["办证需要哪些材料", "哪些企业可以享受政策", "违反什么规定", "把申请的材料列一下", "哪些住宅拿不到补助", "有政策吗",
     "补助怎么领", "which papers do i need", "what kinds of licence are there", "is there a rule on noise",
     "do all policies need a seal"],
)  # fmt: skip
def test_things_inside_a_clause_and_other_questions_ask_for_no_list(message: str) -> None:
    assert read_listing(normalize(message)) is None


def test_a_place_or_a_chapter_alone_is_enough_where_it_was_named() -> None:
    assert read_listing("有哪些") is None
    assert read_listing("有哪些", of_whole=True) is not None
    assert read_listing("讲了什么", in_chapter=True) is not None


def test_people_count_only_beside_nothing_else() -> None:
    alone = read_listing("给企业出了哪些政策", of_whole=True)
    assert alone is not None
    assert (alone.matters, alone.people) == ((), "企业")
    beside = read_listing("企业招学徒的措施有哪些")
    assert beside is not None
    assert beside.matters == ("招学徒",)


@pytest.mark.parametrize(
    ("message", "opens"), [("想开个修车店", True), ("starting a small hotel", True), ("关店", False)]
)
def test_opening_a_business_is_known_by_the_kind_of_place(message: str, opens: bool) -> None:
    assert opens_business(normalize(message)) is opens


@pytest.mark.parametrize("message", ["what about ?", "and how about", "so what about "])
def test_what_was_asked_before_is_no_list_of_another_place(message: str) -> None:
    assert read_listing(normalize(message), of_whole=True) is None

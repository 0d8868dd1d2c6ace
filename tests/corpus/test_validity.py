"""Whether a document is in force on a day, from its facts and from what later ones say of it."""

from datetime import date

import pytest

from corpus.clause import Document
from corpus.validity import Standing, Validities

OLD = Document("old", "云泽市集市管理暂行办法", "…", number="云府办发〔2018〕11号", effective=date(2018, 4, 1))
NEW = Document(
    "new",
    "云泽市集市管理办法",
    "…",
    number="云府办发〔2025〕7号",
    effective=date(2025, 5, 1),
    expires=date(2030, 4, 30),
    replaces=("《云泽市集市管理暂行办法》（云府办发〔2018〕11号）",),
)
DRAFT = Document(
    "draft", "云泽市集市管理办法（征求意见稿）", "…", status="征求意见稿", replaces=("云府办发〔2025〕7号",)
)
HELD = Validities([OLD, NEW, DRAFT])


@pytest.mark.parametrize(
    ("id_", "day", "status"),
    [
        ("old", date(2025, 4, 30), Standing.UNSTATED),
        ("old", date(2025, 5, 1), Standing.REPEALED),
        ("new", date(2025, 4, 30), Standing.NOT_YET),
        ("new", date(2025, 5, 1), Standing.IN_FORCE),
        ("new", date(2030, 4, 30), Standing.IN_FORCE),
        ("new", date(2030, 5, 1), Standing.EXPIRED),
        ("draft", date(2026, 1, 1), Standing.DRAFT),
    ],
)
def test_it_changes_with_the_day(id_: str, day: date, status: Standing) -> None:
    assert HELD.of(id_, day).status is status


def test_what_is_repealed_names_its_successor_and_since_when() -> None:
    found = HELD.of("old", date(2026, 1, 1))
    assert (found.replaced_by, found.since) == ("new", date(2025, 5, 1))
    assert HELD.of("old", date(2024, 1, 1)).replaced_by is None


def test_a_draft_repeals_nothing() -> None:
    assert HELD.of("new", date(2026, 1, 1)).replaced_by is None


@pytest.mark.parametrize("named", ["云府办发〔2018〕11号", "《云泽市集市管理暂行办法》", "云泽市集市管理暂行办法"])
def test_an_older_text_is_known_by_number_or_by_title(named: str) -> None:
    newer = Document("new", "云泽市集市管理办法", "…", effective=date(2025, 5, 1), replaces=(named,))
    assert Validities([OLD, newer]).of("old", date(2026, 1, 1)).status is Standing.REPEALED


def test_a_text_of_the_same_title_with_another_number_is_not_meant() -> None:
    newer = Document(
        "new",
        "新办法",
        "…",
        effective=date(2025, 5, 1),
        replaces=("《云泽市集市管理暂行办法》（云府办发〔2015〕3号）",),
    )
    assert Validities([OLD, newer]).of("old", date(2026, 1, 1)).status is Standing.UNSTATED


@pytest.mark.parametrize(
    ("stated", "status"), [("废止", Standing.REPEALED), ("已修改", Standing.AMENDED), (None, Standing.UNSTATED)]
)
def test_what_the_facts_state_holds_where_nothing_else_says_more(stated: str | None, status: Standing) -> None:
    document = Document("one", "某办法", "…", status=stated, effective=date(2020, 1, 1))
    assert Validities([document]).of("one", date(2026, 1, 1)).status is status


def test_a_clerk_may_say_of_the_older_text_what_has_replaced_it() -> None:
    older = Document("old", "云泽市集市管理暂行办法", "…", replaced_by="云府办发〔2025〕7号")
    newer = Document("new", "云泽市集市管理办法", "…", number="云府办发〔2025〕7号", effective=date(2025, 5, 1))
    held = Validities([older, newer])
    assert held.of("old", date(2025, 4, 30)).status is Standing.UNSTATED
    assert (held.of("old", date(2025, 5, 1)).status, held.of("old", date(2025, 5, 1)).replaced_by) == ("废止", "new")
    alone = Validities([older]).of("old", date(2025, 5, 1))
    assert (alone.status, alone.replaced_by, alone.successor) == ("废止", None, "云府办发〔2025〕7号")


def test_what_has_expired_is_not_repealed_later() -> None:
    older = Document("old", "旧办法", "…", expires=date(2023, 6, 30), replaced_by="新办法")
    newer = Document("new", "新办法", "…", effective=date(2025, 1, 1))
    found = Validities([older, newer]).of("old", date(2026, 1, 1))
    assert (found.status, found.replaced_by) == (Standing.EXPIRED, "new")


def test_in_the_place_of_a_text_stands_the_last_that_holds() -> None:
    third = Document("third", "云泽市集市条例", "…", effective=date(2026, 1, 1), replaces=("云府办发〔2025〕7号",))
    held = Validities([OLD, NEW, third])
    assert held.in_its_place("old", date(2025, 6, 1)) == "new"
    assert held.in_its_place("old", date(2026, 6, 1)) == "third"
    assert held.in_its_place("third", date(2026, 6, 1)) is None
    assert Validities([OLD, NEW]).in_its_place("old", date(2031, 1, 1)) is None
    round_ = [Document("a", "甲办法", "…", replaced_by="乙办法"), Document("b", "乙办法", "…", replaced_by="甲办法")]
    assert Validities(round_).in_its_place("a", date(2026, 1, 1)) is None

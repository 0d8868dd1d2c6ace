"""Questions of one meaning come together, stay together, and a new one finds them."""

import pytest

from assistant.gaps import clustering
from assistant.gaps.clustering import Groups, Rarity, alike
from index.encoder.encoder import Encoder
from index.lexicon.expansion import load_lexicon
from index.query import Query, QueryReader

LAMPS = ["巷口的路灯坏了找谁修", "路灯不亮怎么报修", "路灯坏了报修多久来"]
BOOKS = ["图书馆借书要押金吗", "图书馆一次能借几本书", "借书的期限是多久"]


@pytest.fixture(scope="module")
def reader(encoder: Encoder) -> QueryReader:
    return QueryReader(encoder, load_lexicon())


def test_questions_of_one_meaning_are_one_group(reader: QueryReader) -> None:
    assert Groups().add(reader.read([*LAMPS, *BOOKS])) == [0, 0, 0, 1, 1, 1]


def test_a_new_question_joins_the_group_that_there_is(reader: QueryReader) -> None:
    groups = Groups([reader.read(BOOKS), reader.read(LAMPS)])
    assert groups.add(reader.read(["路灯不亮了报修给谁", "办护照要几天", "护照几天能办好"])) == [1, 2, 2]


def test_blocks_find_one_another(reader: QueryReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "BLOCK", 3)
    assert Groups().add(reader.read([*LAMPS, *BOOKS, "路灯坏了报修找谁", "借书要不要押金"])) == [0, 0, 0, 1, 1, 1, 0, 1]


def test_likeness_is_symmetrical_and_bounded(reader: QueryReader) -> None:
    queries = reader.read([*LAMPS, "street light repair", "？"])
    found = alike(queries, Rarity(queries))
    assert found.shape == (5, 5)
    assert abs(found - found.T).max() < 1e-6
    assert abs(found).max() <= 1 + 1e-5


def test_none_and_one_question(reader: QueryReader) -> None:
    assert Groups().add([]) == []
    assert Groups().add(reader.read(["？"])) == [0]


def test_a_group_keeps_a_bounded_number_of_members(reader: QueryReader) -> None:
    queries: list[Query] = reader.read([f"路灯坏了找谁修{number}" for number in range(30)])
    groups = Groups()
    assert set(groups.add(queries)) == {0}
    assert len(groups._members[0]) == clustering.MEMBERS

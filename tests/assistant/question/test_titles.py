"""A document is named by some words of its title, in their order, before a word for a text."""

import pytest

from assistant.question.titles import named_by_title
from corpus.clause import Document
from index.lexicon.expansion import load_lexicon

HELD = (
    Document("parks", "云泽市公园广场噪声管理办法", ""),
    Document("lifts", "云泽市既有住宅加装电梯若干规定", ""),
    Document("dogs", "云泽市养犬管理条例", "", title_en="Rules on Keeping Dogs"),
)


@pytest.mark.parametrize(
    ("message", "document"),
    [
        ("公园噪声管理办法有哪些条款", "parks"),
        ("那个加装电梯的规定都写了啥", "lifts"),
        ("养犬的条例里有几条", "dogs"),
        ("what do the lift rules say", "lifts"),
        ("list the keeping dogs rules", "dogs"),
    ],
)
def test_half_a_title_is_enough(message: str, document: str) -> None:
    name = named_by_title(message, HELD, load_lexicon())
    assert name is not None
    assert [one.id for one in name.documents] == [document]
    assert len(message) > name.end - name.start


@pytest.mark.parametrize("message", ["有关噪声的规定", "猫的管理办法", "有哪些政策", "the cat rules", "办法"])
def test_a_matter_is_no_name(message: str) -> None:
    assert named_by_title(message, HELD, load_lexicon()) is None

"""What a message is taken apart into, and what nothing can be told of."""

import pytest

from assistant.question.talk_model import features, likeliest_act, load_model, ngrams, tokens
from index.text.normalizer import normalize


def test_a_message_is_characters_words_and_pauses() -> None:
    assert tokens(normalize("你好，再说一遍？")) == ("你", "好", "|", "再", "说", "一", "遍")
    assert tokens(normalize("I don't get it!")) == ("i", "dont", "get", "it")
    assert tokens(normalize("第3个 26")) == ("第", "#", "个", "##")
    assert tokens("😀") == ()


def test_only_a_short_message_is_known_whole() -> None:
    assert "^ 谢 谢 $" in ngrams(("谢", "谢"))
    assert "^ 谢 谢 老 师 $" not in ngrams(tuple("谢谢老师"))


def test_what_is_not_known_is_counted_and_gets_no_weight_of_its_own() -> None:
    found = features(("说", "盐"), {"说": 1, "^ 说": 1})
    assert set(found) == {"说", "^ 说", "", "?", "%"}
    assert found["%"] == 0.5


@pytest.mark.parametrize("text", ["", "???", "zyzzyva", "😀😀", "盐场", "warehouse"])
def test_of_unknown_words_nothing_is_told(text: str) -> None:
    assert likeliest_act(normalize(text)) is None


def test_probabilities_are_shares_of_one() -> None:
    found = load_model().probabilities(tokens(normalize("麻烦再讲一次")))
    assert sum(found) == pytest.approx(1)
    assert min(found) >= 0


def test_a_matter_among_the_words_of_the_talk_makes_it_a_question() -> None:
    for said, asked in (("再说一遍", "渔船检验再说一遍流程"), ("这个怎么理解，讲简单点", "盐业批发许可讲简单点")):
        assert likeliest_act(normalize(said)) is not None
        assert likeliest_act(normalize(asked)) is None

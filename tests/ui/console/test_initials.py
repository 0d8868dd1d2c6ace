"""Words by how they begin to sound, as agents type them without an input method."""

import pytest

from corpus.corpus import Corpus
from ui.console.initials import Initials


@pytest.fixture(scope="module")
def initials(corpus: Corpus) -> Initials:
    return Initials(corpus)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("sd", "首贷"),
        ("sdai", "首贷"),
        ("shoud", "首贷"),
        ("shoudai", "首贷"),
        ("SWZX", "税务注销"),
        ("bdcdj", "不动产登记"),
        ("xinyongxf", "信用修复"),
    ],
)
def test_initials_syllables_and_what_lies_between_are_read(initials: Initials, typed: str, word: str) -> None:
    assert word in initials.words(typed)


def test_several_words_are_read_side_by_side(initials: Initials) -> None:
    assert "首贷 合肥" in initials.words("sd hf")


@pytest.mark.parametrize("typed", ["", "s", "首贷", "sd33", "zzqx", "s d", "sd zzqx", "x" * 5000])
def test_what_stands_for_no_word_gives_none(initials: Initials, typed: str) -> None:
    assert initials.words(typed) == ()


def test_a_corpus_without_plain_names_is_read_by_its_titles(second_corpus: Corpus) -> None:
    assert any("鱼摊" in word for word in Initials(second_corpus).words("ytzz"))
    assert any("渡工" in word for word in Initials(second_corpus).words("dgpy"))

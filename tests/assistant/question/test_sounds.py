"""How words sound, and which words of the index, the lexicon and the gazetteer sound so."""

import gc
import weakref

import pytest

from assistant.question.sounds import Vocabulary, fuzzy_syllable, pinyin_key, syllables
from corpus.corpus import Corpus
from index.building import build_index
from tests.bigram_encoder import BigramEncoder


@pytest.fixture(scope="module")
def vocabulary(corpus: Corpus, bigram_encoder: BigramEncoder) -> Vocabulary:
    return Vocabulary(build_index(corpus, bigram_encoder))


@pytest.mark.parametrize(
    ("syllable", "merged"),
    [
        ("zhang", "zang"),
        ("chi", "ci"),
        ("shui", "sui"),
        ("jing", "jin"),
        ("sheng", "sen"),
        ("gong", "gong"),
        ("zhong", "zong"),
        ("hua", "hua"),
    ],
)
def test_confused_sounds_are_made_equal_and_stay_so(syllable: str, merged: str) -> None:
    assert fuzzy_syllable(syllable) == fuzzy_syllable(merged) == merged


def test_the_syllables_are_those_of_the_language() -> None:
    assert {"zhuang", "a", "lv", "nve", "er", "gong", "xian"} <= syllables()
    assert not {"", "b", "loan", "the", "v", "gongsi"} & syllables()
    assert all(syllable.isascii() and syllable.isalpha() and len(syllable) <= 6 for syllable in syllables())


def test_words_of_a_sound_come_the_most_frequent_first(vocabulary: Vocabulary) -> None:
    words = vocabulary.words(pinyin_key("申请"))
    assert words[0] == "申请"
    assert {pinyin_key(word) for word in words} == {pinyin_key("申请")}
    frequencies = [vocabulary.frequency(word) for word in words]
    assert frequencies == sorted(frequencies, reverse=True)
    assert vocabulary.words(("no", "such")) == ()


def test_homophones_share_their_sound_and_half_of_their_characters(vocabulary: Vocabulary) -> None:
    for written, word in (("住册", "注册"), ("营叶执照", "营业执照"), ("贷宽", "贷款")):
        found = list(vocabulary.homophones(written))
        assert word in found
        assert written not in found
        for one in found:
            assert pinyin_key(one) == pinyin_key(written)
            assert 2 * sum(a == b for a, b in zip(one, written, strict=True)) >= len(written)
        frequencies = [vocabulary.frequency(one) for one in found]
        assert frequencies == sorted(frequencies, reverse=True)
    assert list(vocabulary.homophones("魑魅")) == []


@pytest.mark.parametrize(("written", "word"), [("住测", "注册"), ("赢叶直照", "营业执照")])
def test_a_word_that_shares_less_than_half_is_no_homophone(vocabulary: Vocabulary, written: str, word: str) -> None:
    assert pinyin_key(written) == pinyin_key(word)
    assert word in vocabulary.words(pinyin_key(written))
    assert word not in vocabulary.homophones(written)


def test_words_of_records_and_of_clauses_are_told_apart(vocabulary: Vocabulary) -> None:
    assert vocabulary.contains("注册")
    assert vocabulary.is_official("注册")
    assert not vocabulary.contains("住册")
    assert not vocabulary.is_official("住册")
    assert vocabulary.frequency("注册") > vocabulary.frequency("住册") == 0


def test_the_lexicon_is_heard_too(vocabulary: Vocabulary) -> None:
    # No clause or record says 股权变更; only the lexicon does.
    assert vocabulary.frequency("股权变更") == 1
    assert vocabulary.is_official("股权变更")
    assert not vocabulary.contains("股权变更")


def test_a_place_that_the_documents_do_not_cover_is_heard_too(vocabulary: Vocabulary) -> None:
    assert "昆明" in vocabulary.words(pinyin_key("昆明"))


def test_english_words_are_those_of_the_glossary(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_english("loan")
    assert not vocabulary.is_english("gongsi")


def test_an_index_goes_with_its_vocabulary(corpus: Corpus, bigram_encoder: BigramEncoder) -> None:
    index = build_index(corpus, bigram_encoder)
    vocabulary = Vocabulary(index)
    assert vocabulary.words(pinyin_key("申请"))
    kept = weakref.ref(index)
    del vocabulary, index
    gc.collect()
    assert kept() is None, "a module-level cache would hold the index of an assistant that is gone"

"""Laws of questions typed in pinyin, over the words of the shipped documents."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from assistant.question.pinyin import from_pinyin
from assistant.question.sounds import Vocabulary, blur, sound_of, syllables
from corpus.corpus import Corpus
from index.index import build_index
from tests.bigram_encoder import BigramEncoder

HAN = re.compile(r"[\u3400-\u9fff]+")


@pytest.fixture(scope="module")
def vocabulary(corpus: Corpus, bigram_encoder: BigramEncoder) -> Vocabulary:
    return Vocabulary(build_index(corpus, bigram_encoder))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gongsi qianyi zenme ban", "公司 迁移 怎么办"),
        ("yingye zhizhao", "营业执照"),
        ("zenme shenqing shoudai", "怎么 申请 首贷"),
        ("shuiwu zhuxiao", "税务注销"),
        ("tuixiu zheng", "退休证"),
        ("daikuan", "贷款"),
        ("wuhu shoudai zhengce", "芜湖 首贷 政策"),
    ],
)
def test_pinyin_is_heard_as_words_of_the_documents(vocabulary: Vocabulary, text: str, words: str) -> None:
    assert from_pinyin(text, vocabulary) == words


@pytest.mark.parametrize("text", ["gongsi qianyi zenme ban", "yingye zhizhao", "shuiwu zhuxiao", "zenme shenqing"])
def test_spaces_case_and_marks_make_no_difference(vocabulary: Vocabulary, text: str) -> None:
    together = text.replace(" ", "")
    apart = " ".join(lazy_pinyin(from_pinyin(text, vocabulary) or ""))
    for written in (together, apart, text.upper(), text.title(), f" {text}? ", text.replace(" ", "  ")):
        assert from_pinyin(written, vocabulary) == from_pinyin(text, vocabulary)


def test_an_apostrophe_parts_syllables(vocabulary: Vocabulary) -> None:
    assert from_pinyin("shen'qing shou'dai", vocabulary) == from_pinyin("shenqing shoudai", vocabulary) == "申请 首贷"


@pytest.mark.parametrize("text", ["sui wu zu xiao", "shui wu zhu xiao", "shuiwu zuxiao", "suiwu zhuxiao"])
def test_sounds_that_people_confuse_are_one(vocabulary: Vocabulary, text: str) -> None:
    assert from_pinyin(text, vocabulary) == "税务注销"


@pytest.mark.parametrize(
    "text",
    [
        "how do I get a loan",
        "how to cancel a mortgage",
        "can I change the company name",
        "Is there any first-loan support for small firms?",
        "what about Wuhu?",
        "business license",
        "pension",
        "name",
        "change banking",
        "are we in",
        "long wait time",
        "women share the same dance song",
    ],
)
def test_english_stays_english(vocabulary: Vocabulary, text: str) -> None:
    assert from_pinyin(text, vocabulary) is None


def test_what_the_records_say_in_english_stays_english(vocabulary: Vocabulary, corpus: Corpus) -> None:
    english = [text for record in corpus.plain.values() for text in (record.title_en, *record.ask_en)]
    assert len(english) > 500
    assert [text for text in english if from_pinyin(text, vocabulary) is not None] == []


def test_chinese_is_not_pinyin(vocabulary: Vocabulary, corpus: Corpus) -> None:
    for text in ("公司 qianyi", "gongsi 迁移", "怎么办", *(clause.title for clause in corpus.clauses)):
        assert from_pinyin(text, vocabulary) is None


@pytest.mark.parametrize("text", ["", "  ", "12345", "?!", "a", "qwxz", "gongsi qwxz", "sdfgh jkl", "v1.0"])
def test_what_is_not_made_of_syllables_is_not_pinyin(vocabulary: Vocabulary, text: str) -> None:
    assert from_pinyin(text, vocabulary) is None


def test_one_syllable_is_not_enough(vocabulary: Vocabulary) -> None:
    assert from_pinyin("dai", vocabulary) is None


def test_syllables_that_no_word_has_are_left_out(vocabulary: Vocabulary) -> None:
    assert from_pinyin("gongsi ei qianyi", vocabulary) == "公司 迁移"
    assert from_pinyin("ei fo", vocabulary) is None


@pytest.mark.parametrize(
    ("text", "words"), [("zhengce mei luoshi", "政策 落实"), ("dai zhi biao mai di kuai kai gong", "指标 地块 开工")]
)
def test_of_two_ways_to_hear_it_the_more_frequent_words_win(vocabulary: Vocabulary, text: str, words: str) -> None:
    # 政策 没落, 卖地 开工 are as many words, but rarer ones.
    assert from_pinyin(text, vocabulary) == words


def is_within(few: list[str], many: list[str]) -> bool:
    """Whether the few stand among the many in their order."""
    rest = iter(many)
    return all(one in rest for one in few)


def test_every_title_in_pinyin_is_heard_as_words_that_sound_so(vocabulary: Vocabulary, corpus: Corpus) -> None:
    for clause in corpus.clauses:
        spoken = lazy_pinyin("".join(HAN.findall(clause.title)))
        words = (from_pinyin(" ".join(spoken), vocabulary) or "").split()
        heard = [syllable for word in words for syllable in sound_of(word)]
        assert heard, clause.id
        assert is_within(heard, list(map(blur, spoken))), clause.id
        assert all(vocabulary.frequency(word) for word in words), clause.id


@given(st.lists(st.sampled_from(["gong", "si", "qian", "yi", "xi", "an", "zhu", "xiao", "fang", "n", "e"]), max_size=9))
def test_what_is_heard_sounds_as_written_however_it_is_parted(vocabulary: Vocabulary, written: list[str]) -> None:
    apart, together = (from_pinyin(sep.join(written), vocabulary) for sep in (" ", ""))
    for heard in (apart, together):
        if heard is not None:
            sounds = [syllable for word in heard.split() for syllable in sound_of(word)]
            assert len(sounds) >= 2
            assert len("".join(sounds)) <= len("".join(written))
    if apart:
        assert is_within([s for word in apart.split() for s in sound_of(word)], list(map(blur, written)))


@pytest.mark.parametrize(
    ("syllable", "blurred"),
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
def test_confused_sounds_are_made_equal_and_stay_so(syllable: str, blurred: str) -> None:
    assert blur(syllable) == blur(blurred) == blurred


def test_the_syllables_are_those_of_the_language() -> None:
    assert {"zhuang", "a", "lv", "nve", "er", "gong", "xian"} <= syllables()
    assert not {"", "b", "loan", "the", "v", "gongsi"} & syllables()
    assert all(syllable.isascii() and syllable.isalpha() and len(syllable) <= 6 for syllable in syllables())


def test_words_of_a_sound_come_the_most_frequent_first(vocabulary: Vocabulary) -> None:
    words = vocabulary.words(sound_of("申请"))
    assert words[0] == "申请"
    assert {sound_of(word) for word in words} == {sound_of("申请")}
    frequencies = [vocabulary.frequency(word) for word in words]
    assert frequencies == sorted(frequencies, reverse=True)
    assert vocabulary.words(("no", "such")) == ()

"""Laws of questions typed in pinyin, over the words of the shipped documents."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from assistant.question.pinyin import from_pinyin
from assistant.question.sounds import Vocabulary, fuzzy_syllable, pinyin_key
from corpus.corpus import Corpus
from index.building import build_index
from index.text.normalizer import normalize
from tests.bigram_encoder import BigramEncoder

HAN = re.compile(r"[\u3400-\u9fff]+")


@pytest.fixture(scope="module")
def vocabulary(corpus: Corpus, bigram_encoder: BigramEncoder) -> Vocabulary:
    return Vocabulary(build_index(corpus, bigram_encoder))


def hear(text: str, vocabulary: Vocabulary) -> str | None:
    return from_pinyin(normalize(text), vocabulary)


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
    assert hear(text, vocabulary) == words


@pytest.mark.parametrize("text", ["gongsi qianyi zenme ban", "yingye zhizhao", "shuiwu zhuxiao", "zenme shenqing"])
def test_spaces_case_and_marks_make_no_difference(vocabulary: Vocabulary, text: str) -> None:
    together = text.replace(" ", "")
    apart = " ".join(lazy_pinyin(hear(text, vocabulary) or ""))
    for written in (together, apart, text.upper(), text.title(), f" {text}? ", text.replace(" ", "  ")):
        assert hear(written, vocabulary) == hear(text, vocabulary)


def test_an_apostrophe_separates_syllables(vocabulary: Vocabulary) -> None:
    assert hear("shen'qing shou'dai", vocabulary) == hear("shenqing shoudai", vocabulary) == "申请 首贷"


@pytest.mark.parametrize("text", ["sui wu zu xiao", "shui wu zhu xiao", "shuiwu zuxiao", "suiwu zhuxiao"])
def test_sounds_that_people_confuse_are_one(vocabulary: Vocabulary, text: str) -> None:
    assert hear(text, vocabulary) == "税务注销"


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
    assert hear(text, vocabulary) is None


def test_what_the_records_say_in_english_stays_english(vocabulary: Vocabulary, corpus: Corpus) -> None:
    english = [text for record in corpus.plain.values() for text in (record.title_en, *record.ask_en)]
    assert len(english) > 500
    assert [text for text in english if hear(text, vocabulary) is not None] == []


def test_chinese_is_not_pinyin(vocabulary: Vocabulary, corpus: Corpus) -> None:
    for text in ("公司 qianyi", "gongsi 迁移", "怎么办", *(clause.title for clause in corpus.clauses)):
        assert hear(text, vocabulary) is None


@pytest.mark.parametrize("text", ["", "  ", "12345", "?!", "a", "qwxz", "gongsi qwxz", "sdfgh jkl", "v1.0"])
def test_what_is_not_made_of_syllables_is_not_pinyin(vocabulary: Vocabulary, text: str) -> None:
    assert hear(text, vocabulary) is None


def test_one_syllable_is_not_enough(vocabulary: Vocabulary) -> None:
    assert hear("dai", vocabulary) is None


def test_syllables_that_no_word_has_are_left_out(vocabulary: Vocabulary) -> None:
    assert hear("gongsi ei qianyi", vocabulary) == "公司 迁移"
    assert hear("ei fo", vocabulary) is None


@pytest.mark.parametrize(
    ("text", "words"), [("zhengce mei luoshi", "政策 落实"), ("dai zhi biao mai di kuai kai gong", "指标 地块 开工")]
)
def test_of_two_ways_to_hear_it_the_more_frequent_words_win(vocabulary: Vocabulary, text: str, words: str) -> None:
    # 政策 没落, 卖地 开工 are as many words, but rarer ones.
    assert hear(text, vocabulary) == words


def is_within(few: list[str], many: list[str]) -> bool:
    """Whether the few stand among the many in their order."""
    rest = iter(many)
    return all(one in rest for one in few)


def test_every_title_in_pinyin_is_heard_as_words_that_sound_so(vocabulary: Vocabulary, corpus: Corpus) -> None:
    for clause in corpus.clauses:
        spoken = lazy_pinyin("".join(HAN.findall(clause.title)))
        words = (hear(" ".join(spoken), vocabulary) or "").split()
        heard = [syllable for word in words for syllable in pinyin_key(word)]
        assert heard, clause.id
        assert is_within(heard, list(map(fuzzy_syllable, spoken))), clause.id
        assert all(vocabulary.frequency(word) for word in words), clause.id


@given(st.lists(st.sampled_from(["gong", "si", "qian", "yi", "xi", "an", "zhu", "xiao", "fang", "n", "e"]), max_size=9))
def test_what_is_heard_sounds_as_written_however_it_is_divided(vocabulary: Vocabulary, written: list[str]) -> None:
    apart, together = (hear(sep.join(written), vocabulary) for sep in (" ", ""))
    for heard in (apart, together):
        if heard is not None:
            sounds = [syllable for word in heard.split() for syllable in pinyin_key(word)]
            assert len(sounds) >= 2
            assert len("".join(sounds)) <= len("".join(written))
    if apart:
        assert is_within([s for word in apart.split() for s in pinyin_key(word)], list(map(fuzzy_syllable, written)))

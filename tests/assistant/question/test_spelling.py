"""Laws of wrong characters of the right sound, over the words of the shipped documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.sounds import Vocabulary, pinyin_key
from assistant.question.spelling import correct
from corpus.corpus import Corpus
from index.building import build_index
from index.text.normalizer import Normal, normalize
from index.text.tokenizer import segment
from tests.bigram_encoder import BigramEncoder


@pytest.fixture(scope="module")
def vocabulary(corpus: Corpus, bigram_encoder: BigramEncoder) -> Vocabulary:
    return Vocabulary(build_index(corpus, bigram_encoder))


def put_right(text: str, vocabulary: Vocabulary) -> Normal:
    return correct(segment(normalize(text)).pieces, vocabulary)


MISTYPED = [
    ("住册公司", "注册公司"),
    ("营叶执照怎么办", "营业执照怎么办"),
    ("营业直照", "营业执照"),
    ("税物注销", "税务注销"),
    ("不懂产抵押", "不动产抵押"),
    ("退修证在哪领", "退休证在哪领"),
    ("贷宽怎么申请", "贷款怎么申请"),
    ("申情贷款", "申请贷款"),
    ("社饱卡", "社保卡"),
    ("公司千移", "公司迁移"),
    ("企业年斤备案", "企业年金备案"),
    ("芜胡的小微企业", "芜湖的小微企业"),
    ("申情贷宽", "申请贷款"),
]


@pytest.mark.parametrize(("text", "meant"), MISTYPED)
def test_a_typed_homophone_is_put_right(vocabulary: Vocabulary, text: str, meant: str) -> None:
    assert put_right(text, vocabulary) == meant


@pytest.mark.parametrize(("text", "meant"), MISTYPED)
def test_what_is_put_right_sounds_the_same_and_stays(vocabulary: Vocabulary, text: str, meant: str) -> None:
    assert pinyin_key(meant) == pinyin_key(text)
    assert put_right(meant, vocabulary) == meant


def test_every_occurrence_of_a_mistake_is_put_right(vocabulary: Vocabulary) -> None:
    assert put_right("住册公司，住册在哪", vocabulary) == "注册公司,注册在哪"


def test_a_mistake_leaves_the_text_in_normal_form(vocabulary: Vocabulary) -> None:
    assert put_right("營叶執照　ＡＢＣ", vocabulary) == "营业执照 abc"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "？！🙂",
        "首贷",
        "电费怎么交",
        "企业年金方案备案怎么办理",
        "房贷还清后网上怎么注销抵押登记",
        "没贷过款的小店咋能贷到款",
        "税务注销能不能提前预检",
        "12345热线升级了哪些功能",
        "哈尔滨措施第十二条是什么",
        "红烧肉怎么做才好吃",
        "明天会下雨吗",
        "狗证在哪里办",
        "换成合肥呢",
        "我叫王小明，住在南岗区",
        "how do I get a loan",
        "Is there any first-loan support for small firms?",
        "電子營業執照",
        "ＡＢＣ　公司",
        "《公司法》第二十条规定了什么",
    ],
)
def test_a_text_without_mistakes_is_returned_as_it_stands(vocabulary: Vocabulary, text: str) -> None:
    assert put_right(text, vocabulary) == normalize(text)


def test_what_the_documents_say_is_returned_as_it_stands(vocabulary: Vocabulary, corpus: Corpus) -> None:
    texts = [text for clause in corpus.clauses for text in (clause.title, clause.text, *clause.path)]
    assert [text for text in texts if put_right(text, vocabulary) != normalize(text)] == []


def test_what_the_records_ask_is_returned_as_it_stands(vocabulary: Vocabulary, corpus: Corpus) -> None:
    texts = [text for record in corpus.plain.values() for text in (record.name, *record.ask)]
    assert len(texts) > 500
    assert [text for text in texts if put_right(text, vocabulary) != normalize(text)] == []


@given(st.text("住册营叶执照直贷宽款申情请税物注销退修证怎么办的了，? a", max_size=20))
def test_no_character_is_lost_or_added_and_only_chinese_ones_change(vocabulary: Vocabulary, text: str) -> None:
    found, normal = put_right(text, vocabulary), normalize(text)
    assert len(found) == len(normal)
    assert all(a == b or min(a, b) >= "\u3400" for a, b in zip(found, normal, strict=True))


@pytest.mark.parametrize("text", ["工商", "公上", "怎么", "的了", "贷x宽", "1住2册", "住 册"])
def test_what_is_a_word_or_broken_up_is_not_a_mistake(vocabulary: Vocabulary, text: str) -> None:
    assert put_right(text, vocabulary) == text

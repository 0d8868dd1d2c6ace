"""Laws of the expansions, over a lexicon and a glossary of a few made-up lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon.expansion import Expansion, Lexicon, load_lexicon
from index.lexicon.lexicon import Group, Term
from index.text.normalizer import normalize
from index.text.tokenizer import tokenize

GROUPS = (
    Group(("不动产权证书", "不动产权证"), ("房本", "房产证"), both=True),
    Group(("个体工商户",), ("小老板",), both=False),
    Group(("企业注销", "注销登记"), ("注销公司",), both=False),
    Group(("企业",), ("公司",), both=True),
    Group(("法定代表人",), ("公司",), both=False),
    Group(("税",), ("税钱",), both=True),
)
TERMS = (
    Term(("business license", "business licence"), ("营业执照",)),
    Term(("license",), ("许可证", "执照")),
    Term(("register a company", "company registration"), ("设立登记", "企业登记")),
    Term(("company",), ("企业",)),
    Term(("e-commerce",), ("电子商务",)),
    Term(("license",), ("许可",)),
)


LEXICON = Lexicon(GROUPS, TERMS, "made up")


def expansions(text: str) -> tuple[Expansion, ...]:
    return LEXICON.expand(normalize(text))


def found(text: str) -> dict[str, tuple[str, ...]]:
    return {one.found: one.words for one in expansions(text)}


def test_what_is_said_leads_to_what_is_written() -> None:
    assert expansions("我的房本丢了") == (Expansion("房本", ("不动产权证书", "不动产权证"), english=False),)
    assert found("小老板贷款") == {"小老板": ("个体工商户",)}


def test_what_is_written_leads_back_only_where_both_mean_the_same() -> None:
    assert found("补发不动产权证书") == {"不动产权证书": ("不动产权证", "房本", "房产证")}
    assert found("个体工商户贷款") == {}


def test_official_terms_of_one_group_lead_to_each_other_in_either_direction() -> None:
    assert found("企业注销") == {"企业注销": ("注销登记",)}


def test_an_official_term_tells_what_people_say_whichever_way_its_group_leads() -> None:
    found = {one.found: one.words for one in LEXICON.said("个体工商户的不动产权证书和许可证")}
    assert found == {"个体工商户": ("小老板",), "不动产权证书": ("房本", "房产证")}


def test_a_text_has_the_first_english_of_each_of_its_terms() -> None:
    assert LEXICON.english("企业登记与营业执照、营业执照") == ("register a company", "business license")
    assert LEXICON.english("没有词") == ()


def test_a_spoken_term_does_not_lead_to_its_like() -> None:
    assert "房产证" not in found("房本")["房本"]


def test_a_term_of_two_groups_leads_to_both() -> None:
    assert found("公司") == {"公司": ("企业", "法定代表人")}


def test_one_character_is_not_looked_up() -> None:
    assert found("税怎么交") == {}
    assert found("税钱怎么交") == {"税钱": ("税",)}


def test_the_longest_term_wins() -> None:
    assert found("注销公司") == {"注销公司": ("企业注销", "注销登记")}
    assert found("business license") == {"business license": ("营业执照",)}


def test_terms_do_not_overlap() -> None:
    # 不动产权证书 begins with 不动产权证, and 企业注销 ends where 注销登记 begins.
    assert list(found("不动产权证书")) == ["不动产权证书"]
    assert list(found("企业注销登记")) == ["企业注销"]
    assert list(found("business license company registration")) == ["business license", "company registration"]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Business Licenses", "business licenses"),
        ("licensing of shops", "licensing"),
        ("registering a company", "registering a company"),
        ("she registered a company", "registered a company"),
        ("companies", "companies"),
        ("E-Commerce", "e commerce"),
        ("e commerce", "e commerce"),
    ],
)
def test_an_inflected_english_form_is_found_by_its_stem(text: str, term: str) -> None:
    [one] = expansions(text)
    assert (one.found, one.english) == (term, True)


def test_an_english_term_of_two_lines_leads_to_both() -> None:
    assert found("license") == {"license": ("许可证", "执照", "许可")}


@pytest.mark.parametrize(
    "text", ["", " ", "？！", "今天天气很好", "quantum chromodynamics", "registrar", "12345", "licen se", "公 司"]
)
def test_unknown_text_leads_nowhere(text: str) -> None:
    assert expansions(text) == ()


def test_a_term_is_found_however_it_is_written() -> None:
    assert found("房產證") == found("房产证") == {"房产证": ("不动产权证书", "不动产权证")}
    assert found("ＬＩＣＥＮＳＥ").keys() == {"license"}


def test_a_mixed_question_is_read_in_both_languages() -> None:
    assert [(one.found, one.english) for one in expansions("company的房本")] == [("房本", False), ("company", True)]


WORDS = [term for group in GROUPS for term in (*group.official, *group.said)]
pieces = st.sampled_from([*WORDS, *(english for term in TERMS for english in term.english), " ", "的", "证", "a"])


@given(st.lists(pieces, max_size=12).map("".join))
def test_what_is_found_stands_in_the_text_in_order_without_overlap(text: str) -> None:
    for english in (False, True):
        rest = normalize(text).replace("-", " ")
        for one in expansions(text):
            if one.english is english:
                before, term, rest = rest.partition(one.found)
                assert term == one.found, before


@given(st.lists(pieces, max_size=12).map("".join))
def test_a_term_never_leads_to_itself_and_always_somewhere(text: str) -> None:
    for one in expansions(text):
        assert one.words
        assert one.found not in one.words
        assert len(set(one.words)) == len(one.words)


def test_an_expansion_carries_the_tokens_of_its_words() -> None:
    for one in expansions("房本和 business license"):
        assert [list(tokens) for tokens in one.tokens] == [tokenize(word) for word in one.words]


def test_the_shipped_lexicon_is_loaded_once() -> None:
    assert load_lexicon() is load_lexicon()
    assert load_lexicon().groups

"""The shipped terms are whole and honest; terms are found as words of a text; an office adds its own."""

import re
from pathlib import Path

import pytest

from assistant.glossary.glossary import LONGEST, Glossary, Term, load_glossary, shipped_terms
from corpus.errors import DocumentError
from corpus.load import load_folder
from index.text.normalizer import normalize

GLOSSARY = load_glossary()
TERMS = [pytest.param(term, id=term.term) for term in shipped_terms()]
SOURCE = re.compile(
    r"《[^》]+》第[一二三四五六七八九十百零]+条|皖营商环境办〔2023〕4号 典型案例 [一二三四]、（[一二三四五六七八九十]）"
)
OWN = """[[term]]
term = "渡口码"
other = ["过渡码"]
zh = "过渡口时扫的码。"
english = "ferry code"
en = "A code that is scanned at the ferry."
source = "《某市渡口办法》第三条"
"""


def _names(text: str) -> list[str]:
    return [term.term for term in GLOSSARY.find(text)]


def test_there_are_enough_terms() -> None:
    assert len(GLOSSARY.terms) >= 140


@pytest.mark.parametrize("term", TERMS)
def test_every_term_has_a_short_sentence_in_both_languages_and_a_source(term: Term) -> None:
    assert 4 <= len(term.zh) <= LONGEST
    assert term.zh.endswith("。")
    assert "。" not in term.zh[:-1]
    assert term.en.endswith(".")
    assert not re.search(r"[\u3400-\u9fff]", term.english)
    assert SOURCE.fullmatch(term.source)


@pytest.mark.parametrize("term", TERMS)
def test_no_term_is_explained_by_itself(term: Term) -> None:
    assert not term.zh.startswith(term.term)


def test_no_name_is_there_twice_in_either_language() -> None:
    names = [name for term in GLOSSARY.terms for name in term.names]
    english = [normalize(term.english) for term in GLOSSARY.terms]
    assert len(set(names)) == len(names)
    assert len(set(english)) == len(english)


def test_common_words_are_no_terms_and_well_known_ones_wait_to_be_asked() -> None:
    # The twenty most frequent over 46 documents of many offices were looked at; these are known to those who read them.
    assert _names("申请人应当到窗口提交材料，由街道办事处审核，通知本人户籍所在地的派出所。") == []
    for name in ("公共租赁住房", "随迁子女", "定点医疗机构", "个人账户", "行政复议", "听证", "契税", "小微企业"):
        term = GLOSSARY.named(name)
        assert term
        assert term.on_request


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("推行容缺受理、容缺后补，实行一网通办", ["容缺办理", "一网通办"]),
        ("深化“标准地”改革和施工许可告知承诺制", ["标准地", "告知承诺制"]),
        ("市场准入负面清单以外的行业", ["市场准入负面清单"]),  # the longest
        ("首次登记和预告登记，再办首次登记", ["首次登记", "预告登记"]),  # each once, as they stand
        ("“双随机、一公开”监管", ["双随机、一公开"]),
        ("引入ＰＰＰ模式", ["政府和社会资本合作"]),
        ("标准地名的书写", []),  # inside other words
        ("经营范围标志牌", []),
        ("缴清税款后放行", []),
        ("严重整改不到位的", []),
        ("", []),
    ],
)
def test_terms_are_found_as_words_of_a_text(text: str, found: list[str]) -> None:
    assert _names(text) == found


@pytest.mark.parametrize(
    ("name", "term"),
    [("容缺受理", "容缺办理"), ("Standard Land Plot", "标准地"), ("vin", "VIN码"), ("没有的词", None), ("", None)],
)
def test_a_term_is_called_by_any_of_its_names(name: str, term: str | None) -> None:
    found = GLOSSARY.named(name)
    assert (found and found.term) == term


def test_a_glossary_without_terms_finds_none() -> None:
    assert Glossary(()).find("标准地") == ()


def test_an_office_adds_terms_and_explains_shipped_ones_anew(tmp_path: Path) -> None:
    anew = OWN.replace("渡口码", "标准地").replace("过渡码", "带标准的地")
    (tmp_path / "glossary.toml").write_text(OWN + anew, encoding="utf-8")
    glossary = load_glossary(tmp_path)
    assert [term.term for term in glossary.find("凭过渡码上船")] == ["渡口码"]
    assert [term.zh for term in glossary.find("“标准地”出让")] == ["过渡口时扫的码。"]
    assert len(glossary.terms) == len(GLOSSARY.terms) + 1


def test_a_folder_without_terms_of_its_own_has_the_shipped_ones(tmp_path: Path) -> None:
    assert load_glossary(tmp_path).terms == GLOSSARY.terms


def test_the_terms_of_an_office_are_no_document_and_no_facts(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "rules.txt").write_text("渡口办法\n\n第一条　渡口免费。\n", encoding="utf-8")
    loaded = load_folder(tmp_path)
    assert [read.document.id for read in loaded.documents] == ["rules"]
    assert loaded.failures == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[term]\n", "TOML"),
        (OWN.replace("english", "englisch"), "english"),
        (OWN.replace("source", "quelle"), "source"),
        (OWN + 'hint = "x"\n', "hint"),
        (OWN + OWN, "写了两次"),
        (OWN.replace("过渡口时扫的码。", "长" * 61), "60"),
        (OWN.replace("过渡码", "码"), "太短"),
        ("term = 1\n", "[[term]]"),
    ],
)
def test_what_is_wrong_in_it_is_said_with_the_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "glossary.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=re.escape(said)) as caught:
        load_glossary(tmp_path)
    assert str(caught.value).startswith(str(tmp_path / "glossary.toml"))


def test_terms_in_a_file_that_is_not_utf_8_are_named_as_unreadable(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_bytes(OWN.encode("gb18030"))
    with pytest.raises(DocumentError, match="UTF-8"):
        load_glossary(tmp_path)

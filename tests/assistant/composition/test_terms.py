"""Hard terms of the quoted words are explained once, to who needs it."""

import pytest

from assistant.answer import Audience, BlockKind, Citation
from assistant.composition.terms import defines, explained_terms
from assistant.glossary.glossary import load_glossary
from assistant.messages import messages
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.service import Assistant
from index.text.normalizer import normalize
from tests.closing import before_closing

GLOSSARY = load_glossary()
ZH, EN = messages("zh"), messages("en")
QUOTE = "对小微企业推行容缺受理，不动产登记实行一窗受理。"


def _cited(quote: str, title: str = "某市便民措施", label: str = "《某市便民措施》第二条") -> Citation:
    return Citation(1, "rules:2", None, label, title, (), quote, 0, len(quote), 1.0)


def _said(
    quote: str, asked: str = "怎么办", history: tuple[Turn, ...] = (), language: str = "zh", title: str = "某市便民措施"
) -> str:
    blocks = explained_terms(
        [_cited(quote, title)], asked, history, GLOSSARY, messages(language), audience=Audience.CITIZEN
    )
    assert all(block.kind is BlockKind.NOTICE for block in blocks)
    assert len(blocks) <= 1
    return blocks[0].text if blocks else ""


def test_the_terms_of_a_quote_are_explained_in_its_own_names_with_their_sources() -> None:
    assert _said(QUOTE) == (
        "词语解释（不是原文）：\n“容缺受理”：主要材料齐了就先办，缺的次要材料过后再补（据《广东省优化营商环境条例》第三十二条）。\n"
        "“一窗受理”：一个综合窗口收齐材料，由里面分给各部门去办，不用您一家家跑（据《上海市优化营商环境条例》第二十五条）。"
    )


def test_a_reader_of_english_is_told_the_term_and_its_english() -> None:
    said = _said("推行帮办代办。", language="en")
    assert said == (
        "Terms explained (our words): “帮办代办 · assisted and delegated handling”: Staff help you through the "
        "procedure or do it for you (as used in 《滨州市工程建设项目并联审批管理规定》第八条)."
    )


def test_at_most_three_terms_are_explained() -> None:
    assert _said("推行容缺受理、一窗受理、一网通办、跨省通办、免申即享。").count("\n") == 3


@pytest.mark.parametrize(
    "quote",
    ["申请人到窗口提交材料。", "小微企业免费。", "本办法所称容缺受理，是指先办后补。", "先办后补（以下简称容缺受理）。",
     "推行材料后补。容缺受理：主要材料齐全即可受理。"],
)  # fmt: skip
def test_what_is_no_hard_term_or_is_explained_by_the_quote_needs_no_words(quote: str) -> None:
    assert _said(quote) == ""


def test_a_clause_from_which_our_explanation_is_drawn_explains_itself() -> None:
    label = "《哈尔滨市优化营商环境改革措施66条》第五十七条（十一、推进政务守信践诺）"
    cited = _cited("全面推行“双书同达”。", label=label)
    assert explained_terms([cited], "怎么办", (), GLOSSARY, ZH, audience=Audience.CITIZEN) == ()


def test_who_uses_a_term_knows_it() -> None:
    assert _said("推行预约立案。", "预约立案要带什么") == ""
    assert _said("推行预约立案。", "立案能预约吗，我想先预约") == ""
    assert _said("推行预约立案。", "how does filing by appointment work", language="en") == ""
    assert _said("推行预约立案。", "那要带什么", (Turn(USER, "预约立案怎么办"),)) == ""
    assert _said("推行预约立案。", "打官司去哪") != ""


def test_a_term_in_the_title_is_what_the_document_is_about() -> None:
    assert _said("编制环境影响评价报告表。", title="建设项目环境影响评价管理办法") == ""


def test_a_term_is_explained_once_in_a_conversation() -> None:
    first = _said(QUOTE)
    assert _said(QUOTE, history=(Turn(USER, "怎么办"), Turn(ASSISTANT, "…\n\n" + first))) == ""
    assert _said(QUOTE, history=(Turn(ASSISTANT, _said(QUOTE, language="en")),)) == ""


def test_an_agent_is_told_none() -> None:
    assert explained_terms([_cited(QUOTE)], "怎么办", (), GLOSSARY, ZH, audience=Audience.AGENT) == ()


@pytest.mark.parametrize(
    ("text", "name", "defined"),
    [
        ("本条例所称渡船，是指载客的船。", "渡船", True),
        ("渡船指载客的船。", "渡船", True),
        ("渡船是载客的船。", "渡船", True),
        ("载客的船（以下简称“渡船”）", "渡船", True),
        ("实行“模拟办”模式,即:先审后补。", "“模拟办”模式", True),
        ("渡船（载客十人以上的船）不收费。", "渡船", True),
        ("不得乘坐渡船：（一）醉酒的。", "渡船", False),
        ("渡船指定停靠点。", "渡船", False),
        ("渡船是否收费，由县里定。", "渡船", False),
        ("乘渡船是免费的。", "渡船", False),
        ("没有船。", "渡船", False),
    ],
)
def test_a_definition_is_told_by_its_form(text: str, name: str, defined: bool) -> None:
    assert defines(normalize(text), normalize(name)) is defined


def test_an_answer_ends_with_the_terms_of_its_quotes(assistant: Assistant) -> None:
    answer = assistant.ask("公司关门前想先看看税有没有问题")
    assert answer.citations[0].clause_id == "harbin-66:33"
    assert "“容缺办理”：主要材料齐了就先办" in before_closing(answer)[-1].text
    again = assistant.ask("第33条讲什么", history=[Turn(USER, answer.question), Turn(ASSISTANT, answer.text)])
    assert "容缺办理”：" not in again.text
    assert "容缺办理”：" not in assistant.ask("第33条讲什么", audience=Audience.AGENT).text


def test_a_text_of_nothing_but_names_is_read_in_one_pass() -> None:
    assert len(GLOSSARY.find("标准地、" * 20_000)) == 1
    assert not defines("标准地" * 20_000, "标准地")


def test_simpler_words_come_with_the_hardest_terms_and_stay_shorter(assistant: Assistant) -> None:
    question = "哈尔滨注销公司前怎么自查税务问题"
    answer = assistant.ask(question)
    spoken = Turn("assistant", answer.text, tuple(citation.clause_id for citation in answer.citations))
    simpler = assistant.ask("说简单点", history=[Turn("user", question), spoken])
    assert "“税务注销”：" in simpler.text
    assert len(simpler.text) < len(answer.text)

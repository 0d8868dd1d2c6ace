"""Generated and mutated questions never break an answer.

500 questions by default; with a hypothesis profile of more examples, as many as it says.
"""

import json
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import Audience, check
from assistant.messages import messages
from assistant.service import Assistant
from corpus.errors import InputError
from corpus.label import label
from ui.chat.answer_view import answer_html, question_html

EXAMPLES = max(500, settings().max_examples)
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(many, max_examples=EXAMPLES // 10)  # where every question is long, or none is answered

QUESTIONS = (
    "首贷怎么申请", "第一次向银行贷款有没有贴息？", "房贷还完了，抵押登记在哪儿注销", "公司注销前税务要先查什么",
    "企业搬家到别的区怎么迁移", "新车上牌能不能在4S店办", "哈尔滨供热不好打什么电话", "合肥开饭店要办几个证",
    "在滁州招用退休人员怎么参保", "芜湖的金融顾问是做什么的", "北京的企业年金怎么备案", "道里区有帮办代办吗",
    "安徽2023年典型案例第三部分说了什么", "哈尔滨措施第十二条", "第（二）款第3项的原文", "皖营商环境办〔2023〕4号",
    "需要带哪些材料，几天能办完，收不收费？", "小孩出生一件事怎麼辦理", "你好", "今天晚上吃什么",
    "How do I apply for a first loan?", "where can I cancel a mortgage registration in Harbin",
    "Which documents do I need to register a company in Hefei?", "tax deregistration pre-check", "hello there",
    "What does article 26 say", "zenme shenqing shoudai", "gongsi zhuxiao yao ban shenme shouxu",
    "游船牌照要什么条件", "第三条第一款（二）项", "附件1第一条", "第十条之一", "云渔发〔2021〕9号第五条", "[1]怎么办",
    "禁渔期能钓鱼吗", "《云泽渔获交易管理办法》", "Yunze_Lake 湖泊条例:3.1.2", "notice_Fish-9:0.1.1~2 讲什么",
    "Article 3, paragraph 1",
    "tui xiu zheng zai na li ling", "haerbin gong re tou su", "shuiwu 注销 yujian 怎么弄 please",
)  # fmt: skip
MARKUP = (
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</p></div></h2><iframe src=//x.test>",
    '"><svg onload="alert(1)">', "<a href='javascript:alert(1)'>x</a>", "[x](javascript:alert(1))",
    "![x](javascript:alert(1))", "[x]: javascript:alert(1)", "<javascript:alert(1)>", "\n\n<style>*{}</style>\n\n",
    "&lt;b&gt;", "&#60;i&#62;", "&", "<!--", "-->", "<![CDATA[", "<?php ?>", "<!DOCTYPE html>", "**粗**", "\n\n# 题\n",
    "\n```\n", "\n| a | b |\n|--|--|\n", "$x^2$", "\\(x\\)", "[1]", "[99][0]", "〔1〕", "[bold red]", "\x1b[31m",
    "'; DROP TABLE clauses; --", '" OR ""="', "$(rm -rf /)", "`id`", "; cat /etc/passwd |", "../../x", "%s%n", "%00",
    "{{7*7}}", "${7*7}", "{% for %}", "<%= 1 %>", "{scope}", "{0.__class__}", "{", "(?P<x>", "\\", "*" * 40, "(" * 40,
)  # fmt: skip
WRAPS = (
    ("<b>", "</b>"), ("<div onclick=x()>", "</div>"), ("**", "**"), ("\n```\n", "\n```\n"), ("> ", "\n\n"), ("# ", ""),
    ("「", "」"), ("『「", "」』"), ("“‘", "’”"), ("《〈", "〉》"), ("（", "）"), ("((", "))"),
    ('{"q": "', '"}'), ("$(", ")"), ("\u202e", "\u202c"), ("\u2067", "\u2069"), ("<!--", "-->"),
    ("[", "](javascript:alert(1))"), ("![", "](x)"),
)  # fmt: skip

_REVERSING = "אבגשלום مرحبا كيف 12 \u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = "\0\b\t\n\v\f\r\x1b\x1c\x1f\x7f\x85\xa0\xad\u200b\u200c\u200d\u2028\u2029\u2060\u3164\ufe0f\ufeff\uffff"
_QUOTING = "「」『』“”‘’\"'《》〈〉（）()【】[]{}〔〕首贷"
_COUNTING = "〇零一二三十百千万亿壹两廿0123456789０９①㈠Ⅳ²½٣.,-+eE∞%第条款项章号年（）[]之至"

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
fragments = st.one_of(
    any_text.map(lambda text: text[:9]),
    *(st.text(alphabet, min_size=1, max_size=30) for alphabet in (_REVERSING, _UNSEEN, _QUOTING, _COUNTING)),
    st.text("〇零一二三四五六七八九十百千万0123456789", min_size=1, max_size=9).map("第{}条".format),
    st.integers().map(str) | st.floats().map(str),
    st.sampled_from(MARKUP),
)
MUTATIONS: tuple[Callable[[str, str, str, str], str], ...] = (
    lambda head, _piece, tail, _other: head + tail,  # delete
    lambda head, piece, tail, _other: head + piece + piece + tail,  # double
    lambda head, piece, tail, _other: head + piece[::-1] + tail,  # swap
    lambda head, piece, tail, _other: tail + piece + head,
    lambda head, piece, tail, other: head + other + piece + tail,  # insert
    lambda head, _piece, tail, other: head + other + tail,  # replace
    lambda head, piece, tail, other: head + other.join(piece) + tail,  # one after each character
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """One or two ordinary questions after up to four mutations."""
    question = draw(st.sampled_from(QUESTIONS))
    if draw(st.booleans()):
        question += draw(st.sampled_from(["", " ", "，", "？", "\n\n", " and "])) + draw(st.sampled_from(QUESTIONS))
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(question))] * 2)))
        mutate = draw(st.sampled_from(MUTATIONS))
        question = mutate(question[:start], question[start:end], question[end:], draw(fragments))
    left, right = draw(st.just(("", "")) | st.sampled_from(WRAPS))
    return left + question + right


class _Page(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.ends = 0
        self.text = ""
        self.feed(html)
        self.close()
        # Each is of an element: there is no comment, declaration or instruction, and none is left in the words.
        assert html.count("<") == len(self.elements) + self.ends

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.ends += bool(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _assert_question_is_shown_as_typed(question: str) -> None:
    html = question_html(question, messages("zh"))
    page = _Page(html)
    # One line that begins with a block element: Markdown reads nothing in it.
    assert html.startswith("<h2 ")
    assert len(html.splitlines()) == 1
    assert [element for element in page.elements if element != ("br", {})] == [
        ("h2", {"class": "pq-asked", "tabindex": "-1"}),
        ("span", {"class": "unseen"}),
    ]
    assert "".join(page.text.split()) == "".join(f"您问：{question}".split())


_ELEMENTS = {
    "div",
    "p",
    "h3",
    "strong",
    "a",
    "br",
    "details",
    "summary",
    "span",
    "blockquote",
    "ol",
    "ul",
    "li",
    "button",
}
_ATTRIBUTES = {"class", "lang", "href", "type", "role", "hidden", "open", "aria-label", "aria-pressed"}
_DATA = {
    f"data-{name}"
    for name in ("answer", "ask", "by-hand", "copy", "done", "print", "reason", "share", "title", "verdict")
}


def _assert_page_has_only_its_own_markup(html: str) -> None:
    page = _Page(html)
    assert html.startswith("<div ")
    assert len(html.splitlines()) == 1
    assert {tag for tag, _ in page.elements} <= _ELEMENTS
    assert {name for _, found in page.elements for name in found} <= _ATTRIBUTES | _DATA
    links = [found["href"] or "" for tag, found in page.elements if tag == "a"]
    assert all(link.startswith(("/clause/", "/document/", "/?q=", "/compare?q=", "tel:")) for link in links)


@pytest.fixture(scope="session", params=["assistant", "second_assistant"])
def either(request: pytest.FixtureRequest) -> Assistant:
    """The assistant over the shipped texts, and over the second corpus."""
    found: Assistant = request.getfixturevalue(request.param)
    return found


def _assert_lawful(assistant: Assistant, question: str, audience: Audience = Audience.CITIZEN) -> None:
    refused = assistant.assembler.law_violations  # a difference, or a first fault would fail every later question
    answer = assistant.ask(question, audience=audience)
    corpus = assistant.corpus
    check(answer, lambda id_: corpus.document(corpus.clause(id_).document_id).text)
    assert assistant.assembler.law_violations == refused
    assert answer.question == question
    assert 0 <= answer.confidence <= 1
    json.dumps(answer.to_dict(), ensure_ascii=False, allow_nan=False).encode("utf-8")
    _assert_page_has_only_its_own_markup(answer_html(answer, assistant.corpus, messages("zh"), [question]))
    _assert_question_is_shown_as_typed(question)


def _assert_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(InputError) as caught:
        assistant.ask(question)
    assert caught.value.field == "question"


@many
@given(
    st.one_of(any_text, fragments, st.lists(fragments, max_size=20).map("".join), mutated(), mutated(), mutated()),
    st.sampled_from(Audience),
)
def test_any_question_gets_a_lawful_answer_unless_blank_or_too_long(
    either: Assistant, question: str, audience: Audience
) -> None:
    if question.strip() and len(question) <= either.settings.max_question:
        _assert_lawful(either, question, audience)
    else:
        _assert_refused(either, question)


def test_every_clause_and_part_of_either_corpus_is_answered_by_its_label(either: Assistant) -> None:
    for clause in either.corpus.clauses:
        document = either.corpus.document(clause.document_id)
        for part in (None, *clause.all_parts()):
            for language in ("zh", "en"):
                question = label(document, clause, part, language)
                _assert_lawful(either, question)
                answer = either.ask(question)
                assert {citation.clause_id for citation in answer.citations} == {clause.id}, question
                if part:
                    assert [citation.part_id for citation in answer.citations] == [part.id], question


@pytest.mark.parametrize("markup", MARKUP)
def test_no_markup_of_a_question_becomes_markup_of_the_page(assistant: Assistant, markup: str) -> None:
    for question in (markup, f"{markup}怎么申请首贷", f"北京{markup}怎么申请首贷", f"how to get a first loan {markup}"):
        _assert_lawful(assistant, question)


@some
@given(st.sampled_from(QUESTIONS) | fragments | mutated(), st.integers(0, 3), st.integers(1, 9000))
def test_length_is_bounded_by_the_setting_alone(assistant: Assistant, piece: str, under: int, over: int) -> None:
    most = assistant.settings.max_question
    long = f"问{piece}" * (most + over)
    _assert_lawful(assistant, long[: most - under])
    _assert_refused(assistant, long[: most + over])


@some
@given(mutated() | fragments, st.characters(categories=["Cs"]), st.data())
def test_half_a_character_anywhere_is_refused(assistant: Assistant, text: str, half: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    _assert_refused(assistant, text[:at] + half + text[at:])

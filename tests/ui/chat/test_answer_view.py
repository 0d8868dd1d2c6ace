"""An answer as HTML: escaped, rendered from its blocks, every mark a link to its quote, every quote as it stands."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.answer import Answer, Block, BlockKind, Choice, Citation, Reason, Related, Status, Understood
from assistant.messages import Messages, messages
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from ui.chat.answer_view import answer_html, ask_url, notice_html, question_html
from ui.compare.address import compare_url

ZH, EN = messages("zh"), messages("en")
HOSTILE = '<img src=x onerror="alert(1)"> **粗** [1](x) &amp; $y$'
BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
QUOTES = ("  2. 申请 - 在 3. 个工作日内办结 [1] [2020]\n- 逾期* _退回_ `x`\t\u3000完", f"末段{HOSTILE}")


class _Reader(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, attribute: str, css: str | None = None) -> list[str | None]:
        found = [attributes for _, attributes in self.tags if attribute in attributes]
        return [one[attribute] for one in found if css is None or one.get("class") == css]


def _texts_of(tag: str, html: str) -> list[str]:
    """The text in each element of this name, as a browser reads it."""
    return [_Reader(found).text for found in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html)]


TEXT = f"总则\n1.{QUOTES[0]}\n{QUOTES[1]}"
DOCUMENT = Document("d", "办法", TEXT)
CLAUSE = Clause("d:1", "d", "第一条", HOSTILE, (), TEXT[3:], 3, len(TEXT), ("某市",))
OTHER = Clause("d:2", "d", "第二条", "末段", (), QUOTES[1], len(TEXT) - len(QUOTES[1]), len(TEXT))
CORPUS = Corpus((DOCUMENT,), (CLAUSE, OTHER))


def _citation(number: int, quote: str) -> Citation:
    start = TEXT.index(quote)
    return Citation(
        number, "d:1", None, f"《办法》第一条{number}", "办法", ("某市",), quote, start, start + len(quote), 1.0
    )


BLOCKS = (
    Block(BlockKind.LEAD, HOSTILE, (1,)),
    Block(BlockKind.NAME, "先行后补", (1, 2)),
    Block(BlockKind.GIST, "Apply online - then collect by 30 June 2025. Bring it", (1,)),
    Block(BlockKind.GIST, "2. 其二", (2,)),
    Block(BlockKind.SOURCE, "《办法》第一条", (1, 2)),
    Block(BlockKind.QUOTE, QUOTES[0], (1,)),
    Block(BlockKind.QUOTE, QUOTES[1], (2,)),
    Block(BlockKind.LIST, "甲"),
    Block(BlockKind.LIST, "乙"),
    Block(BlockKind.NOTICE, "12345热线另有规定。"),
)
ANSWER = Answer(
    id="a" * 32,
    question=HOSTILE,
    language="zh",
    status=Status.ANSWERED,
    reason=None,
    text="no page reads this",
    blocks=BLOCKS,
    citations=(_citation(1, QUOTES[0]), _citation(2, QUOTES[1])),
    related=(Related("d:2", "《办法》第二条", 0.1),),
    confidence=0.9,
    understood=Understood("x"),
    index_version="v",
)
REFUSAL = replace(
    ANSWER,
    status=Status.NO_ANSWER,
    reason=Reason.NOT_IN_DOCUMENTS,
    blocks=(Block(BlockKind.NOTICE, "没有规定。"), Block(BlockKind.CALL, "可拨打12345。")),
    citations=(),
)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_nothing_of_a_text_becomes_markup(words: Messages) -> None:
    html = answer_html(ANSWER, CORPUS, words, [HOSTILE]) + question_html(HOSTILE, words) + notice_html(HOSTILE, words)
    reader = _Reader(html)
    assert "img" not in {tag for tag, _ in reader.tags}
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith("on")]
    assert reader.text.count('<img src=x onerror="alert(1)"> **粗**') == 5  # lead, quote, next, asked, notice
    assert reader.all("data-ask") == [HOSTILE]


def test_each_piece_is_one_line_so_that_markdown_leaves_it_alone() -> None:
    broken = "第一行\n\n    第二行\r\n" + "行".join(BREAKS) + "末"
    html = answer_html(replace(ANSWER, question=broken), CORPUS, ZH, [broken])
    assert len(html.splitlines()) == 1
    assert len(question_html(broken, ZH).splitlines()) == 1


def test_a_quote_is_the_quote_of_the_citation_character_for_character() -> None:
    assert _texts_of("blockquote", answer_html(ANSWER, CORPUS, ZH)) == list(QUOTES)


def test_several_plain_sentences_are_bullets_and_lose_nothing() -> None:
    html = answer_html(ANSWER, CORPUS, ZH)
    assert "<ol" not in html
    assert "<p>Apply online - then collect by 30 June 2025. Bring it <a" in html, "the nearest first"
    assert _texts_of("li", html)[:3] == ["2. 其二 [2]", "甲", "乙"]


def test_a_single_plain_sentence_stands_in_its_line() -> None:
    alone = replace(ANSWER, blocks=(*BLOCKS[:3], *BLOCKS[4:]))
    assert "<p>Apply online" in answer_html(alone, CORPUS, ZH)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_every_mark_leads_to_its_quote_in_the_language_of_the_page(words: Messages) -> None:
    reader = _Reader(answer_html(ANSWER, CORPUS, words))
    spans = [f"/clause/d:1?quote={c.start}-{c.end}" for c in ANSWER.citations]
    both = f"{spans[0]}&quote={ANSWER.citations[1].start}-{ANSWER.citations[1].end}"
    tail = "" if words is ZH else "&lang=en"
    assert reader.all("href", "pq-mark") == [spans[n] + tail for n in (0, 0, 1, 0, 1)]  # lead, gists, quotes
    assert reader.all("href", "pq-source") == [both + tail]


def test_an_answer_speaks_its_own_language_on_a_page_of_another() -> None:
    html = answer_html(replace(ANSWER, language="en"), CORPUS, ZH)
    assert '<div class="pq-text" lang="en">' in html
    assert ">Above is our paraphrase; the text itself, " in html
    assert '<summary lang="zh-CN">看原文</summary>' in html


def test_every_citation_has_its_address_to_copy() -> None:
    copied = _Reader(answer_html(ANSWER, CORPUS, ZH)).all("data-copy")
    assert copied == ["《办法》第一条1", "《办法》第一条2", ask_url(HOSTILE, ZH)]


def test_related_clauses_are_folded_under_an_answer_and_open_under_a_refusal() -> None:
    assert "<summary>相关条款 1 条</summary>" in answer_html(ANSWER, CORPUS, ZH)
    refused = answer_html(REFUSAL, CORPUS, ZH)
    assert "<details" not in refused
    assert "<h3>相近的条款（没有直接回答，或不适用于您问的地方）</h3>" in refused
    assert 'href="/clause/d:2"' in refused


def test_what_is_offered_as_a_question_is_not_listed_as_related_too(assistant: Assistant) -> None:
    answer = assistant.ask("退休证可以自己在网上下载吗？")
    record = assistant.corpus.plain.get(answer.related[0].clause_id)
    assert record
    count = len(answer.related)
    assert f"相关条款 {count} 条" in answer_html(answer, assistant.corpus, ZH)
    asked = answer_html(answer, assistant.corpus, ZH, [record.name])
    assert f"相关条款 {count - 1} 条" in asked
    assert _Reader(asked).text.count(record.name) == 1


def test_an_example_is_not_named_where_questions_are_offered(assistant: Assistant) -> None:
    answer, [example, _] = assistant.ask("红烧肉怎么做才入味"), assistant.examples("zh")
    assert example in answer_html(answer, assistant.corpus, ZH)
    offered = answer_html(answer, assistant.corpus, ZH, ["退休证怎么领？"])
    assert example not in offered
    assert "<h3>可以这样问</h3>" in offered


def test_the_line_of_source_is_short_and_the_whole_address_stands_with_the_quote(assistant: Assistant) -> None:
    answer = assistant.ask("退休证可以自己在网上下载吗？")
    text = _Reader(answer_html(answer, assistant.corpus, ZH)).text
    assert "原文见《哈尔滨市优化营商环境改革措施66条》第十九条（日期未写明）" in text
    assert text.count("四、提高劳动就业公共服务质量") == 1


def test_the_source_of_a_list_is_a_heading(assistant: Assistant) -> None:
    html = answer_html(assistant.ask("哈尔滨第七章有哪些措施"), assistant.corpus, ZH)
    [heading] = [text for text in _texts_of("p", html) if "66条》" in text]
    assert heading.startswith("《哈尔滨市优化营商环境改革措施66条》")


def test_one_citation_is_marked_once_in_its_quote(assistant: Assistant) -> None:
    answer = assistant.ask("退休证可以自己在网上下载吗？")
    assert len(answer.citations) == 1
    assert len(_Reader(answer_html(answer, assistant.corpus, ZH)).all("href", "pq-mark")) == 1


def test_an_english_answer_names_its_source_in_english(assistant: Assistant) -> None:
    answer = assistant.ask("How is a credit record repaired after a penalty?")
    [source] = [text for text in _texts_of("p", answer_html(answer, assistant.corpus, EN)) if "our paraphrase" in text]
    assert "Harbin's 66 Reform Measures" in source
    assert source.isascii()


def test_a_refusal_has_no_sources_and_the_hotline_as_a_link() -> None:
    html = answer_html(REFUSAL, CORPUS, ZH)
    assert "pq-source" not in html
    assert '可拨打<a href="tel:12345">12345</a>。' in html


def test_a_number_to_call_can_be_dialled_and_one_in_a_notice_is_no_link() -> None:
    assert answer_html(ANSWER, CORPUS, ZH).count("tel:") == 0
    assert answer_html(REFUSAL, CORPUS, ZH).count("tel:") == 1
    assert "<p>12345热线另有规定。</p>" in answer_html(ANSWER, CORPUS, ZH)


def test_what_is_told_in_plain_words_is_folded_and_what_is_not_stands_open() -> None:
    assert '<details class="pq-original"><summary' in answer_html(ANSWER, CORPUS, ZH)
    bare = replace(ANSWER, blocks=(BLOCKS[1], *BLOCKS[4:7]))
    assert '<details class="pq-original" open>' in answer_html(bare, CORPUS, ZH)


def test_the_channels_of_the_clause_come_before_the_hotline_and_each_number_dials(assistant: Assistant) -> None:
    html = answer_html(assistant.ask("退休证可以自己在网上下载吗？"), assistant.corpus, ZH)
    text = _Reader(html).text
    assert "到哪里办、问谁：“哈尔滨市人社”公众号；12333人力资源社会保障服务热线" in text
    assert text.index("到哪里办") < text.index("咨询：12345政务服务便民热线（24小时）。")
    assert [href for href in _Reader(html).all("href") if href and href.startswith("tel:")] == [
        "tel:12333",
        "tel:12345",
    ]


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_a_choice_is_a_link_that_asks_its_question(words: Messages) -> None:
    choices = (Choice("合肥", "合肥怎么办？", ("合肥",)), Choice(HOSTILE, HOSTILE))
    blocks = (Block(BlockKind.LEAD, "哪里？"), *(Block(BlockKind.CHOICE, choice.label) for choice in choices))
    asked = replace(REFUSAL, status=Status.CLARIFY, reason=None, blocks=blocks, choices=choices, related=())
    reader = _Reader(answer_html(asked, CORPUS, words))
    assert reader.all("data-ask") == ["合肥怎么办？", HOSTILE]
    assert ask_url("合肥怎么办？", words) in reader.all("href")
    assert "img" not in {tag for tag, _ in reader.tags}


def test_a_greeting_is_neither_judged_nor_passed_on() -> None:
    greeting = replace(REFUSAL, reason=Reason.GREETING, related=())
    assert _Reader(answer_html(greeting, CORPUS, ZH)).all("data-verdict") == []
    assert _Reader(answer_html(REFUSAL, CORPUS, ZH)).all("data-verdict") == ["helpful", "unhelpful"]


@pytest.mark.parametrize("question", ["怎么申请首贷", "how do I get first-loan support", "今天天气", "你好"])
def test_any_answer_of_the_assistant_is_shown_with_all_its_quotes(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    html = answer_html(answer, assistant.corpus, ZH)
    assert _texts_of("blockquote", html) == [citation.quote for citation in answer.citations]


def test_an_entry_of_a_list_leads_to_its_clause_by_its_plain_name(assistant: Assistant) -> None:
    html = answer_html(assistant.ask("哈尔滨第七章有哪些措施"), assistant.corpus, ZH)
    name = assistant.corpus.plain["harbin-66:32"].name
    assert f">{name}</a>" in html
    assert '<span class="pq-heading" lang="zh-CN">建立风险管理任务合并处理机制</span>' in html
    assert html.count('href="/clause/harbin-66:') == 6
    assert "pq-original" not in html


def test_words_beside_the_clauses_are_cited_by_their_document(assistant: Assistant) -> None:
    html = answer_html(assistant.ask("安徽的通知是谁发的"), assistant.corpus, ZH)
    assert set(_Reader(html).all("href", "pq-mark")) == {"/document/anhui-2023-4"}
    assert f'<span lang="zh-CN">《{assistant.corpus.document("anhui-2023-4").title}》</span>' in html


def test_an_answer_from_several_places_links_to_them_side_by_side() -> None:
    other = replace(ANSWER.citations[1], jurisdiction=("别处",))
    several = replace(ANSWER, citations=(ANSWER.citations[0], other))
    [link] = _Reader(answer_html(several, CORPUS, EN)).all("href", "pq-compare")
    assert link == compare_url(HOSTILE, EN)
    assert _Reader(answer_html(ANSWER, CORPUS, EN)).all("href", "pq-compare") == []

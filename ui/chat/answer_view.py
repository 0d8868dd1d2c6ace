"""An Answer as HTML for the chat: its words, links to its sources, related clauses, what to ask next, and a verdict.

Everything that is not markup of this file is escaped. Each piece is a single line without a blank one, which
Markdown passes through untouched, so no character of a policy text is taken for formatting. A citation is a real
link to the page of its clause with the quote marked; scripts of the page open it beside the conversation.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

from assistant.answer import MARK, Answer, Citation, Reason, Related, Status
from assistant.composition.text import without_marks
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.gazetteer import english_name
from ui.clause.page import clause_url
from ui.page.messages import Words

# Every character that ends a line for Markdown or for str.splitlines.
_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_ITEM = re.compile(r"(?:-|(\d+)\.) ")
_LABEL = re.compile(r"^【[^】]*】")


def question_html(question: str, words: Words) -> str:
    """What the user asked, as typed; a heading, so that a screen reader can go from question to question."""
    asked = _text(question.strip())
    return f'<h2 class="pq-asked" tabindex="-1"><span class="unseen">{words.you_asked}</span>{asked}</h2>'


def notice_html(said: str) -> str:
    """Why there is no answer this time, and what to do."""
    return f'<p class="pq-notice">{_text(said)}</p>'


def answer_html(answer: Answer, corpus: Corpus, words: Words, more: Sequence[str] = ()) -> str:
    """The whole answer; `corpus` must hold every clause that it names, `more` are questions to ask next."""
    return "".join(
        (
            f'<div class="pq-answer pq-{answer.status}">',
            f'<p class="unseen">{words.answer}</p>',
            f'<div class="pq-text" lang="{_lang(answer)}">{"".join(_blocks(answer, corpus, words))}</div>',
            _sources(answer, corpus, words),
            _related(answer, corpus, words),
            _more(more, answer, words),
            _closing(answer, words),
            "</div>",
        )
    )


def _lang(answer: Answer) -> str:
    return "en" if answer.language == "en" else "zh-CN"


def _text(plain: str) -> str:
    """Escaped, on one line; blank lines are not worth their room in a chat."""
    return _BREAK.sub("<br>", escape(plain))


def _blocks(answer: Answer, corpus: Corpus, words: Words) -> Iterator[str]:
    """The answer's text, its lists as lists, every [n] a link to its quote."""
    lines = [line.strip() for line in answer.text.splitlines() if line.strip()]
    names = {name for citation in answer.citations for name in _plain_names(citation, corpus)}
    for listed, group in groupby(lines, key=_list_of):
        if listed:
            items = (f"<li>{_linked(_ITEM.sub('', line), answer, words)}</li>" for line in group)
            yield f"<{listed}>{''.join(items)}</{listed}>"
        else:
            yield from (_paragraph(line, answer, names, words) for line in group)


def _list_of(line: str) -> str:
    """Which kind of list the line is an item of; none for a paragraph."""
    item = _ITEM.match(line)
    return "" if item is None else "ol" if item[1] else "ul"


def _plain_names(citation: Citation, corpus: Corpus) -> tuple[str, ...]:
    record = corpus.plain.get(citation.clause_id)
    return (record.name, record.title_en) if record else ()


def _paragraph(line: str, answer: Answer, names: Collection[str], words: Words) -> str:
    """What is quoted looks so, and no paraphrase does; the name of a matter stands out."""
    said = MARK.sub("", line).strip()
    if any(said in without_marks(citation.quote) for citation in answer.citations):
        return f'<blockquote lang="zh-CN">{_linked(line, answer, words)}</blockquote>'
    kind = ' class="pq-name"' if _LABEL.sub("", said) in names else ""
    return f"<p{kind}>{_linked(line, answer, words)}</p>"


def _linked(line: str, answer: Answer, words: Words) -> str:
    cited = {citation.number: citation for citation in answer.citations}

    def link(match: re.Match[str]) -> str:
        citation = cited[int(match[1])]
        return f'<a class="pq-mark" href="{escape(_url([citation], words))}">[{match[1]}]</a>'

    html = MARK.sub(link, _text(line))
    if answer.status is Status.NO_ANSWER:
        html = html.replace("12345", '<a href="tel:12345">12345</a>')
    return html


def _url(citations: Sequence[Citation], words: Words) -> str:
    """The page of the clause with these quotes of it marked; a single one is addressed by its part."""
    id_ = citations[0].part_id if len(citations) == 1 else None
    return clause_url(id_ or citations[0].clause_id, [(c.start, c.end) for c in citations], english=words.english)


def _sources(answer: Answer, corpus: Corpus, words: Words) -> str:
    """One entry for neighbouring citations of one clause, with an address for each."""
    entries = []
    for clause_id, group in groupby(answer.citations, lambda citation: citation.clause_id):
        cited = list(group)
        numbers = "".join(f"[{citation.number}]" for citation in cited)
        name = _name(corpus.clause(clause_id), corpus, words)
        addresses = "".join(
            f'<li><span lang="zh-CN">{_text(label)}</span> {_copy(label, words.copy_address, words)}</li>'
            for label in (citation.label for citation in cited)
        )
        entries.append(
            f'<li><a class="pq-source" href="{escape(_url(cited, words))}">{numbers} {name}</a>'
            f"{_places(corpus.clause(clause_id), words)}<ul>{addresses}</ul></li>"
        )
    return f'<div class="pq-sources"><h3>{words.sources}</h3><ul>{"".join(entries)}</ul></div>' if entries else ""


def _copy(text: str, label: str, words: Words) -> str:
    return f'<button type="button" data-copy="{_attribute(text)}" data-done="{words.copied}">{label}</button>'


def _attribute(text: str) -> str:
    return escape(_BREAK.sub(" ", text))


def _places(clause: Clause, words: Words) -> str:
    names = (english_name(place) if words.english else place for place in clause.jurisdiction)
    return "".join(f' <span class="pq-place">{_text(name)}</span>' for name in names)


def _name(clause: Clause, corpus: Corpus, words: Words) -> str:
    """What a clause is called in the page's language: its plain name, or else its heading."""
    record = corpus.plain.get(clause.id)
    if record is None:
        return f'<span lang="zh-CN">{_text(f"{clause.number} {clause.title}")}</span>'
    return _text(record.title_en if words.english else record.name)


def _related(answer: Answer, corpus: Corpus, words: Words) -> str:
    """Folded under an answer; open under a refusal, where they may help further."""
    if not answer.related:
        return ""
    entries = f"<ul>{''.join(_near(item, corpus, words) for item in answer.related)}</ul>"
    if answer.status is Status.NO_ANSWER:
        return f'<div class="pq-related"><h3>{words.nearest}</h3>{entries}</div>'
    summary = words.related.format(count=len(answer.related))
    return f'<details class="pq-related"><summary>{summary}</summary>{entries}</details>'


def _near(item: Related, corpus: Corpus, words: Words) -> str:
    clause = corpus.clause(item.clause_id)
    url = escape(clause_url(clause.id, english=words.english))
    number = f' <span class="pq-number" lang="zh-CN">{_text(clause.number)}</span>'
    return f'<li><a href="{url}">{_name(clause, corpus, words)}</a>{number}{_places(clause, words)}</li>'


def _more(questions: Iterable[str], answer: Answer, words: Words) -> str:
    links = "".join(
        f'<li><a href="{escape(ask_url(question, words))}" data-ask="{_attribute(question)}">{_text(question)}</a></li>'
        for question in questions
    )
    return f'<div class="pq-more"><h3>{words.more}</h3><ul lang="{_lang(answer)}">{links}</ul></div>' if links else ""


def ask_url(question: str, words: Words) -> str:
    """The address that asks this question on arrival."""
    return f"{words.path}?q={quote(question)}"


def _ask_again(answer: Answer, words: Words) -> str:
    """The address that asks this again for somebody who has not seen the conversation: its place, what it leans on."""
    understood = answer.understood
    url = ask_url(understood.query if understood.rewritten_from_history else answer.question, words)
    return f"{url}&place={quote(understood.jurisdiction[0])}" if len(understood.jurisdiction) == 1 else url


def _closing(answer: Answer, words: Words) -> str:
    """Passing the answer on and judging it; a greeting is not worth either."""
    if answer.reason is Reason.GREETING:
        return ""
    reasons = "".join(f'<button type="button" data-reason="{name}">{said}</button>' for name, said in words.reasons)
    return (
        f'<div class="pq-closing" data-answer="{answer.id}"><div class="pq-verdict" role="group" '
        f'aria-label="{words.helpful_question}"><span>{words.helpful_question}</span> '
        f'<button type="button" data-verdict="helpful" aria-pressed="false">{words.helpful}</button> '
        f'<button type="button" data-verdict="unhelpful" aria-pressed="false">{words.unhelpful}</button></div>'
        f"{_copy(_ask_again(answer, words), words.copy_link, words)}"
        f'<div class="pq-why" role="group" aria-label="{words.why}" hidden><span>{words.why}</span> {reasons}</div>'
        '<p class="pq-thanks" hidden></p></div>'
    )

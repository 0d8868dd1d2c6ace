"""An Answer as HTML for the chat: its words, a card for each cited clause, and the related clauses.

Everything that is not markup of this file is escaped. Each piece is a single line without a blank one, which
Markdown passes through untouched, so no character of a policy text is taken for formatting. A mark [n] is a link
to its quote; browsers open the closed card (`details`) around the target of a link themselves, with mouse,
keyboard and screen reader alike, and without script.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from assistant.answer import MARK, Answer, Citation
from assistant.wording import without_marks
from corpus.clause import Clause
from corpus.library import Corpus

# Every character that ends a line for Markdown or for str.splitlines.
_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def question_html(question: str) -> str:
    """What the user asked, as typed; a heading, so that a screen reader can go from question to question."""
    return f'<h2 class="pq-asked"><span class="pq-unseen">您问 You asked:</span>{_text(question.strip())}</h2>'


def notice_html(words: str) -> str:
    """Why there is no answer this time, and what to do."""
    return f'<p class="pq-notice">{_text(words)}</p>'


def answer_html(answer: Answer, corpus: Corpus) -> str:
    """The whole answer; `corpus` must hold every clause that it cites."""
    cards = [_cited(list(group), answer, corpus) for _, group in groupby(answer.citations, lambda c: c.clause_id)]
    related = [_related(item.label, corpus, corpus.clause(item.clause_id)) for item in answer.related]
    return "".join(
        (
            f'<div class="pq-answer pq-{answer.status}">',
            '<p class="pq-unseen">回答 Answer:</p>',
            f'<div class="pq-text" lang="{_lang(answer)}">{_paragraphs(answer)}</div>',
            _section("pq-sources", "依据 Sources", cards),
            _section("pq-related", "相关条款（不一定回答了您的问题）Related, may not answer", related),
            "</div>",
        )
    )


def _lang(answer: Answer) -> str:
    return "en" if answer.language == "en" else "zh-CN"


def _text(plain: str) -> str:
    """Escaped, on one line; blank lines are not worth their room in a chat."""
    return _BREAK.sub("<br>", escape(plain))


def _paragraphs(answer: Answer) -> str:
    """The answer's text, every [n] linked to its quote; what is quoted looks so, and no paraphrase does."""
    quoted = [without_marks(citation.quote) for citation in answer.citations]

    def link(match: re.Match[str]) -> str:
        return f'<a class="pq-mark" href="#{_anchor(answer, int(match[1]))}">[{match[1]}]</a>'

    def paragraph(line: str) -> str:
        said = MARK.sub("", line).strip()
        linked = MARK.sub(link, _text(line.strip()))
        verbatim = any(said in quote for quote in quoted)
        return f'<p class="pq-quote" lang="zh-CN">{linked}</p>' if verbatim else f"<p>{linked}</p>"

    return "".join(paragraph(line) for line in answer.text.splitlines() if line.strip())


def _anchor(answer: Answer, number: int) -> str:
    return f"q-{answer.id}-{number}"


def _section(name: str, heading: str, cards: Sequence[str]) -> str:
    return f'<div class="{name}"><h3>{heading}</h3>{"".join(cards)}</div>' if cards else ""


def _cited(citations: Sequence[Citation], answer: Answer, corpus: Corpus) -> str:
    """One card for neighbouring citations of one clause, all their quotes marked in it."""
    clause = corpus.clause(citations[0].clause_id)
    quotes = [(citation.start - clause.start, citation.end - clause.start, citation.number) for citation in citations]
    numbers = "".join(f"[{citation.number}]" for citation in citations)
    addresses = [(f"[{citation.number}] ", citation.label) for citation in citations]
    title = f"{numbers} {clause.number} {clause.title}"
    return _card(title, corpus, clause, _marked(clause, quotes, answer), addresses)


def _related(label: str, corpus: Corpus, clause: Clause) -> str:
    return _card(f"{clause.number} {clause.title}", corpus, clause, _text(clause.text.strip()), [("", label)])


def _marked(clause: Clause, quotes: Iterable[tuple[int, int, int]], answer: Answer) -> str:
    """The clause with each quote `(start, end, number)` in a <mark>; where two overlap, the later one is cut."""
    pieces: list[str] = []
    done = 0
    for begin, end, number in sorted(quotes):
        start = max(begin, done)
        stop = max(start, end)
        pieces.append(_text(clause.text[done:start]))
        pieces.append(f'<mark id="{_anchor(answer, number)}">{_text(clause.text[start:stop])}</mark>')
        done = stop
    return "".join((*pieces, _text(clause.text[done:])))


def _card(title: str, corpus: Corpus, clause: Clause, body: str, addresses: Iterable[tuple[str, str]]) -> str:
    places = "".join(f' <span class="pq-place">{escape(place)}</span>' for place in clause.jurisdiction)
    lines = "".join(
        f'<li>{mark}<span class="pq-address">{escape(label)}</span> '
        '<button type="button" class="pq-copy">复制出处 Copy</button></li>'
        for mark, label in addresses
    )
    return (
        f'<details class="pq-card"><summary>{_text(title)}{places}</summary>'
        f'<p class="pq-document" lang="zh-CN">《{escape(corpus.document(clause.document_id).title)}》</p>'
        f'<div class="pq-clause" lang="zh-CN">{body}</div><ul class="pq-addresses">{lines}</ul></details>'
    )

"""An answer for the chat: its blocks in runs, each source a link, what is quoted folded beneath it.

The HTML is made by templates/answer.html. It is a single line, which Markdown passes through untouched, so that every
character of a quote arrives. A citation is a real link to the page of its clause with the quote marked; scripts of the
page open it beside the conversation.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple
from urllib.parse import quote

from assistant.answer import Answer, Block, BlockKind, Citation
from assistant.composition.answer_blocks import day_of, name_of
from assistant.composition.text import grouped, named
from assistant.feedback.store import REASONS
from assistant.messages import Messages, messages
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.label import label, number_in
from corpus.records.record import PlainRecord
from ui.clause.page import clause_url
from ui.compare.address import compare_url
from ui.document.address import document_url
from ui.page.languages import page_url
from ui.page.templates import render_line

_BLANK_LINES = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


@dataclass(frozen=True, slots=True)
class Near:
    """A clause near the question that is not claimed to answer it."""

    url: str
    clause: Clause
    record: PlainRecord | None


class Named(NamedTuple):
    """A block, of an entry of a list with the plain name that stands before it."""

    block: Block
    name: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What of an answer the template cannot read off it."""

    pieces: tuple[tuple[BlockKind, tuple[Named, ...]], ...]  # consecutive blocks of one kind and one clause
    citations: Mapping[int, Citation]
    mark_urls: Mapping[int, str]
    source_urls: Mapping[tuple[int, ...], str]  # by the citations that a source stands for
    source_names: Mapping[tuple[int, ...], str]  # the same, in short and in the language of the answer
    told: frozenset[int]  # citations whose words are said in a plain line too: they may be folded
    related: tuple[Near, ...]
    to_person: bool  # whether a person was asked for
    ask_again: str
    compare: str | None  # where the places that are cited stand side by side


def question_html(question: str, words: Messages) -> str:
    """What the user asked; a heading, so that a screen reader can go from question to question.

    Blank lines are not worth their room in a chat.
    """
    return render_line("chat/question.html", words, question=_BLANK_LINES.sub("\n", question.strip()))


def notice_html(notice: str, words: Messages) -> str:
    """Why there is no answer this time, and what to do."""
    return render_line("chat/notice.html", words, notice=notice)


def answer_html(answer: Answer, corpus: Corpus, words: Messages, follow_ups: Sequence[str] = ()) -> str:
    """The whole answer in the language of its question, on a page in the language of `words`.

    `corpus` must hold every clause that the answer names; `follow_ups` are questions to ask next.
    """
    return render_line(
        "chat/answer.html",
        words,
        answer=answer,
        view=_view(answer, corpus, words, follow_ups),
        said=messages(answer.language),
        follow_ups=follow_ups,
        reasons=REASONS,
        ask_url=ask_url,
    )


def ask_url(question: str, words: Messages, place: str = "") -> str:
    """The address that asks this question on arrival, in this place of the documents if one is given."""
    return f"{page_url(words)}?q={quote(question)}" + (f"&place={quote(place)}" if place else "")


def _view(answer: Answer, corpus: Corpus, words: Messages, follow_ups: Sequence[str]) -> AnswerView:
    known = {citation.number: citation for citation in answer.citations}
    sources = {block.citations for block in answer.blocks if block.kind is BlockKind.SOURCE and block.citations}
    plain = [block for block in answer.blocks if block.kind is BlockKind.GIST or _says(block, answer)]
    return AnswerView(
        pieces=tuple(_pieces(_without_example(answer) if follow_ups else answer)),
        citations=known,
        mark_urls={number: _quotes_url([citation], corpus, words) for number, citation in known.items()},
        source_urls={numbers: _quotes_url([known[n] for n in numbers], corpus, words) for numbers in sources},
        source_names=_source_names(answer, known, corpus),
        told=frozenset(number for block in plain for number in block.citations),
        related=tuple(
            Near(clause_url(n.clause_id, words=words), corpus.clause(n.clause_id), corpus.plain.get(n.clause_id))
            for n in answer.related
            if not _is_asked(n.clause_id, follow_ups, answer, corpus)
        ),
        to_person=any(block.text == messages(answer.language)("talk.person.call") for block in answer.blocks),
        ask_again=_ask_again(answer, words),
        compare=compare_url(_standing_alone(answer), words) if _of_several_places(answer) else None,
    )


def _source_names(answer: Answer, known: Mapping[int, Citation], corpus: Corpus) -> Mapping[tuple[int, ...], str]:
    """What the sources of quotes are called in one short line; the address to cite stands with the quote.

    That of a list is a heading, and stays as it is.
    """
    said = messages(answer.language)
    names: dict[tuple[int, ...], str] = {}
    sources = (one for one, after in pairwise(answer.blocks) if after.kind is BlockKind.QUOTE)
    for numbers in (block.citations for block in sources if block.kind is BlockKind.SOURCE):
        clauses = {known[number].clause_id for number in numbers}
        if len(clauses) == 1:
            clause = corpus.clause(clauses.pop())
            document = corpus.document(clause.document_id)
            name = _short_address(document, clause) if said.is_chinese else label(document, clause, language="en")
            names[numbers] = name if day_of(document) else said("answer.no_day", address=name)
    return names


def _short_address(document: Document, clause: Clause) -> str:
    """Document and number alone: the chapter's heading and the clause's own would fill three more lines of a phone."""
    if clause.number == document.title:
        return label(document, clause)
    title = f"{document.number} " if document.number else f"《{document.title}》"
    return title + number_in(document, clause, "zh")


def _says(block: Block, answer: Answer) -> bool:
    """Whether a first line tells what one clause says; what only counts or names several clauses does not."""
    cited = {citation.clause_id for citation in answer.citations if citation.number in block.citations}
    return block.kind is BlockKind.LEAD and len(cited) == 1


def _is_asked(clause_id: str, follow_ups: Sequence[str], answer: Answer, corpus: Corpus) -> bool:
    """Whether a clause is offered as a question already: it is not named twice."""
    record = corpus.plain.get(clause_id)
    return record is not None and name_of(record, messages(answer.language)) in follow_ups


def _without_example(answer: Answer) -> Answer:
    """The answer without the sentence that names a question to ask: questions are offered beneath it."""
    example = messages(answer.language)("refusal.example", question="\n").partition("\n")[0]
    shown = [b for b in answer.blocks if not (b.kind is BlockKind.NOTICE and b.text.startswith(example))]
    return replace(answer, blocks=tuple(shown))


def _pieces(answer: Answer) -> list[tuple[BlockKind, tuple[Named, ...]]]:
    pieces: list[tuple[BlockKind, tuple[Named, ...]]] = []
    for group in grouped(answer.blocks):
        entries = (Named(block, name) for block, name in named(group))
        for kind, run in groupby(entries, key=lambda entry: entry.block.kind):
            if pieces and kind is BlockKind.CHOICE and pieces[-1][0] is kind:  # choices stand in groups of their own
                pieces[-1] = (kind, (*pieces[-1][1], *run))
            else:
                pieces.append((kind, tuple(run)))
    return pieces


def _quotes_url(citations: Sequence[Citation], corpus: Corpus, words: Messages) -> str:
    """The page of the clause with these quotes of it marked; a single one is addressed by its part.

    Words of several clauses, or of none, are on the page of the document.
    """
    clause = corpus.clause(citations[0].clause_id)
    inside = all(clause.start <= citation.start and citation.end <= clause.end for citation in citations)
    if not inside or len({citation.clause_id for citation in citations}) > 1:
        return document_url(clause.document_id, words)
    id_ = citations[0].part_id if len(citations) == 1 else None
    return clause_url(id_ or citations[0].clause_id, [(c.start, c.end) for c in citations], words=words)


def _ask_again(answer: Answer, words: Messages) -> str:
    """The address that asks this again for somebody who has not seen the conversation: its place, what it leans on."""
    understood = answer.understood
    url = ask_url(_standing_alone(answer), words)
    return f"{url}&place={quote(understood.jurisdiction[0])}" if len(understood.jurisdiction) == 1 else url


def _standing_alone(answer: Answer) -> str:
    """The question for somebody who has not seen the conversation."""
    understood = answer.understood
    return understood.query if understood.rewritten_from_history else answer.question


def _of_several_places(answer: Answer) -> bool:
    return len({citation.jurisdiction for citation in answer.citations}) > 1

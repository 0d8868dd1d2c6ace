"""Clauses that a question names: by number within its scope and place, or by pointing at the last answer (下一条).

What an address is and which clause it fits is the address book's business (`corpus.addresses`); here stands only what
depends on the conversation.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from assistant.question.chapters import Chapters
from assistant.question.history import Turn
from assistant.question.places import without_places
from assistant.question.titles import named_by_title
from corpus.addresses.book import is_cited_first
from corpus.addresses.clause_references import ClauseReferences
from corpus.addresses.names import DocumentName
from corpus.addresses.references import read_parts, read_references
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.numbering import number_value
from corpus.text.characters import fold
from corpus.text.numeral import NUMERAL
from index.retriever import Scope
from index.text.normalizer import normalize

MOST = 6  # clauses in one answer
MOST_DOCUMENTS = 3  # whose clauses of one number are all meant where no document is named
# The clause that the last answer was about, the one before it or the one after: 这条, 下一条, that clause.
_SAME = re.compile(
    r"(?:这|该|那|刚才那?|上述|同)(?:一)?(?:条|个条款|条款|个案例|案例)(?!街|路|线|河|件|例)"
    r"|\b(?:this|that|the same) (?:clause|measure|article|case)\b"
)
_NEXT = re.compile(
    r"(?:下|后|接下来)(?:面)?(?:的)?一(?:条|个案例)|\b(?:next|following) (?:clause|measure|article|case|one)\b"
)
_LAST = re.compile(
    r"(?:上|前)(?:面)?(?:的)?一(?:条|个案例)|\b(?:previous|preceding) (?:clause|measure|article|case|one)\b"
)
# One counted from the end of a document: 最后一条, 倒数第二条, the last clause.
_FROM_END = re.compile(
    r"(?:最[后末]尾?|末尾?|结尾|收尾|压轴)(?:的|那){0,2}一?(?:条|个案例|项)(?!街|路|线|河|件)"
    rf"|倒数第(?P<n>[\d{NUMERAL}]{{1,3}})(?:条|个案例|项)"
    r"|\b(?:the )?(?:very )?(?:last|final|closing) (?:(?!(?:of|in|my|time|day|week|month|year) )[a-z'-]{1,20} ){0,2}?"
    r"(?:clause|measure|article|case|provision)\b"
)
# A part by its number and nothing else: it is one of the clause that was spoken of.
_PART = re.compile(
    r"(?:那|那么)?第?[\d一二三四五六七八九十]{1,3}个?(?:要点|[点款项])(?:是|讲|说)?(?:什么|啥)?[呢吗啊呀]?[?？。]?"
)
_FRAME = 24  # characters before a name that may say no more than where to look
_BEFORE = re.compile(
    r"(?:(?:根据|按照|依照|依据|参照|遵照|对照|按|照|依|据|在|请问|查一?下|看一?下)[《“\"\s]*"
    r"|\b(?:according to|as per|under|per|in|by|of|from|does|do|what does|what do)\s(?:the\s|this\s|that\s)?)$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[》”\"]?(?:的?(?:规定|要求|内容)(?=[，,、：:])|里[面头边]?|[之当]?中|内|上[面头边]?|头(?!一|[几两三四五]))?的?[，,、：:\s]*"
)
_MEANS = re.compile(r"[^\W呢吗啊呀吧的是讲说什么看下]")


def references_in(
    question: str,
    corpus: Corpus,
    scope: Scope,
    places: Sequence[str],
    last: Turn | None,
    *,
    set_aside: Container[str] = (),
    names: Sequence[DocumentName] | None = None,
) -> ClauseReferences:
    """What the question names, or else the clause that it points at from the last answer.

    A clause of the documents `set_aside`, which are not in force, is meant where no other one has its number. `names`
    are the documents named, where somebody has looked for them.
    """
    named = parse_references(question, corpus, scope, places, set_aside=set_aside, names=names)
    if named.names_clause:
        return named
    cited = (last.clause_ids or cited_by(last.content, corpus)) if last else ()
    if match := _FROM_END.search(fold(question)):
        documents = named.documents or _titled(question, corpus, scope) or _document_of(cited, corpus)
        among = [one for id_ in documents for one in corpus.clauses_of(id_)] if documents else corpus.browsable.clauses
        held = list(filter(scope.admits, among))
        ids = _from_end(question, number_value(match["n"] or "1"), _in_force(held, set_aside))
        return replace(named, ids=ids, spans=tuple(sorted((*named.spans, match.span()))))
    return replace(named, ids=resolve_anaphora(question, cited, corpus).ids) if last else named


def _titled(question: str, corpus: Corpus, scope: Scope) -> tuple[str, ...]:
    """The documents in scope that the question names by some words of their titles."""
    held = {clause.document_id for clause in corpus.browsable.clauses if scope.admits(clause)}
    documents = [document for document in corpus.browsable.documents if document.id in held]
    name = named_by_title(without_places(normalize(question)), documents, None)
    return tuple(document.id for document in name.documents) if name else ()


def _document_of(cited: Sequence[str], corpus: Corpus) -> tuple[str, ...]:
    """The document of the clause that was cited first."""
    found = (corpus.clause_of(id_) for id_ in cited)
    return tuple(clause.document_id for clause in list(filter(None, found))[:1])


def _in_force(clauses: Sequence[Clause], set_aside: Container[str]) -> Sequence[Clause]:
    """Those of the clauses whose documents are in force, or all where none is."""
    return [clause for clause in clauses if clause.document_id not in set_aside] or clauses


def _from_end(question: str, count: int, among: Sequence[Clause]) -> tuple[str, ...]:
    """The clause of this count from the end of the chapters named, or of each document, where these are few.

    Of a text with attachments and a covering notice the last clause of what people cite.
    """
    inside: dict[str, list[Clause]] = {}
    for clause in among:
        inside.setdefault(clause.document_id, []).append(clause)
    if len(inside) > MOST_DOCUMENTS:
        return ()
    named = Chapters([clause for own in inside.values() for clause in own]).named(normalize(question), inside)
    groups = [chapter.clauses for chapter in named] or list(map(tuple, inside.values()))
    cited_first = ([one for one in own if is_cited_first(one)] or own for own in groups)
    return tuple(own[-count].id for own in cited_first if 0 < count <= len(own))


def parse_references(
    question: str,
    corpus: Corpus,
    scope: Scope,
    places: Sequence[str],
    *,
    set_aside: Container[str] = (),
    names: Sequence[DocumentName] | None = None,
) -> ClauseReferences:
    """What the question names inside the scope, at most MOST clauses of it.

    A number that fits several clauses means the one that is in force and of the places asked for, or where it fits one
    in each of a few documents, all of these; otherwise they are `ambiguous`.
    """

    def choose(candidates: Sequence[Clause]) -> Sequence[Clause]:
        candidates = _in_force(candidates, set_aside)
        if len(candidates) > 1:
            here = [clause for clause in candidates if clause.jurisdiction == tuple(places)]
            candidates = here if len(here) == 1 else candidates
        apart = len({clause.document_id for clause in candidates}) == len(candidates)
        return candidates if apart and len(candidates) <= MOST_DOCUMENTS else ()

    found = read_references(question, corpus, admits=scope.admits, choose=choose, names=names)
    return replace(found, ids=found.ids[:MOST], absent=found.absent[:MOST], omitted=len(found.ids[MOST:]))


def without_addresses(question: str, found: ClauseReferences) -> str:
    """The question without the words that name documents and clauses.

    The question itself where no other is left, or where it names a number that no clause has: the rest asks for that.
    """
    if found.absent or not found.spans:
        return question
    rest, position = "", 0
    for start, end in (_with_frame(question, *span) for span in found.spans):
        rest, position = rest + question[position:start] + " ", max(position, end)
    rest += question[position:]
    return " ".join(rest.split()) if _MEANS.search(normalize(rest)) else question


def _with_frame(question: str, start: int, end: int) -> tuple[int, int]:
    """A name's span with the words that only say where to look: 根据…，; …里; under …,"""
    before = _BEFORE.search(question, max(0, start - _FRAME), start)
    behind = _BEHIND.match(question, end)
    return before.start() if before else start, behind.end() if behind else end


def cited_by(answer: str, corpus: Corpus) -> tuple[str, ...]:
    """The ids of the clauses that the text of an answer cites by their labels, in its order.

    For callers that hand back the words of an answer without the ids; a number within a quote is no citation. Behind a
    label its clause's title may stand, after a blank.
    """
    return tuple(dict.fromkeys(id_ for line in answer.splitlines() for id_ in _labelled(line, corpus)))


def _labelled(line: str, corpus: Corpus) -> tuple[str, ...]:
    found = read_references(line, corpus)
    while found.documents and not found.ids and " " in line:
        line = line.rpartition(" ")[0]
        found = read_references(line, corpus)
    return found.ids if found.documents else ()


def is_bare_anaphor(text: str) -> bool:
    """Whether a question in normal form says nothing but 下一条呢: without an answer before it, it means nothing."""
    pointed = next((match for pattern in (_NEXT, _LAST, _SAME) if (match := pattern.search(text))), None)
    return pointed is not None and not _MEANS.search(text.replace(pointed.group(), "", 1))


def resolve_anaphora(question: str, cited_ids: Sequence[str], corpus: Corpus) -> ClauseReferences:
    """The clause that a question points at from the last answer, which cited `cited_ids`: 这条, 下一条, that one.

    A part named by its number alone (第二点呢) is one of that clause. The first id is what that answer was about; ids
    that the corpus does not hold are passed over.
    """
    text = normalize(question)
    same = _SAME.search(text) or _PART.fullmatch(text)
    step = 1 if _NEXT.search(text) else -1 if _LAST.search(text) else 0 if same else None
    here = next((clause for id_ in cited_ids if (clause := corpus.clause_of(id_))), None)
    there = corpus.neighbour(here, step) if here and step is not None else None
    return ClauseReferences(read_parts(question, there) or (there.id,)) if there else ClauseReferences()

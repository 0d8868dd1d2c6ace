"""What a hotline agent sees of a look-up: rows with the reasons for them, and one clause ready to be read out.

Nothing is ranked here: rows stand in the order of the assistant's hits.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Audience, Reason
from assistant.api.highlight import highlights
from corpus.label import label
from assistant.composition.evidence import Evidence, choose_evidence
from assistant.composition.refusal_blocks import refusal_blocks
from assistant.composition.text import render_text
from assistant.confidence.model import said
from assistant.messages import messages
from assistant.question.answer_types import AnswerType, expected_types, missing_types
from assistant.retrieval.retrieve import Found
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.places.gazetteer import english_name
from corpus.records.record import PlainRecord
from index.engines import bm25, dense
from index.index import Index
from index.layer import LEG_NAMES, RECORDS
from index.retriever import Hit, LegScore
from index.text.normalizer import normalize
from index.text.tokenizer import token_set
from ui.clause.page import Run, Span, runs

ROWS = 10
_NEAR = 0.15  # score below which nothing is shown; the right clauses of the own questions score .23 and more
_TOP = 3  # rank up to which a leg lists a clause near the top
_LEGS = {"words": (bm25.NAME,), "meaning": (dense.NAME,), "plain": LEG_NAMES[RECORDS]}
_SENTENCE = re.compile(r"[^。；;!?！？\n]+[。；;!?！？]*")
_IN_SHORT = ("{place}的文件，通俗地说：", "For {place}, in short (our paraphrase): ")
_WORDING = ("{place}的文件，原文：", "For {place}, the text in Chinese: ")
_UNANSWERED = (
    "文件没有直接回答来电人问的事，相近的规定如下，仅供参考。",
    "The documents do not answer this directly; what follows is only near it.",
)
_LACKING = ("您问的{kind}，这里没有写明。", "It does not state {kind}.")
_ADDRESS = ("出处：", "Source: ")


@dataclass(frozen=True, slots=True)
class Row:
    """One clause in the list."""

    clause: Clause
    record: PlainRecord | None
    address: str
    sentence: tuple[Run, ...]  # the one that matched, and in it the words that did
    named: bool  # asked for by its number
    ranks: dict[str, int]  # rank by "words", "meaning", "plain", where one of them lists the clause near the top
    score: float
    lacks: AnswerType | None  # what is asked for and not stated in it


@dataclass(frozen=True, slots=True)
class LookUp:
    """The rows for a question, and whether the first of them answers it."""

    rows: tuple[Row, ...]
    reason: Reason | None
    refusal: str  # what to tell the caller; empty where there is an answer
    confidence: float


@dataclass(frozen=True, slots=True)
class Opened:
    """One clause as the answer to a question."""

    clause: Clause
    document: Document
    record: PlainRecord | None
    quotes: tuple[Span, ...]  # offsets into the document's text
    quote: str  # what stands there, a stretch a line
    speech: tuple[str, ...]  # lines to read out, each borne out by the clause
    address: str
    lacks: AnswerType | None

    @property
    def script(self) -> str:
        """What is copied for a record of the call: the lines read out, and the address."""
        return "\n".join((*self.speech, self.address))


def look_up(assistant: Assistant, question: str, place: str, document: str, *, english: bool) -> LookUp:
    """Look up a question, keywords or a clause number. Raises InputError for bad input."""
    found = _find(assistant, question, place, document)
    confidence = assistant.confidence(found)
    reason = assistant.refusal(found, confidence)
    near = [] if reason is Reason.OUT_OF_SCOPE else [hit for hit in found.hits[:ROWS] if hit.score >= _NEAR]
    return LookUp(
        tuple(_row(hit, found, assistant.index, english=english) for hit in near),
        reason,
        _refusal(assistant, reason, found, english=english) if reason else "",
        confidence,
    )


def open_clause(
    assistant: Assistant, clause_id: str, question: str, place: str, document: str, *, english: bool
) -> Opened:
    """A clause with what of it speaks to the question. Raises NotFoundError, and InputError for bad input."""
    clause = assistant.corpus.clause(clause_id)
    found = _find(assistant, question, place, document)
    named = (*found.asked.named.ids, *([found.point] if found.point else []))
    evidence = choose_evidence(found.asked.query, clause, assistant.index, named)
    spans = tuple((one.start, one.end) for one in evidence)
    source = assistant.corpus.document(clause.document_id)
    quote = "\n".join(source.text[start:end].strip() for start, end in spans)
    part = evidence[0].part if len(evidence) == 1 else None
    where = label(source, clause, part)
    lacks = _lacks(found, clause)
    answered = assistant.refusal(found, assistant.confidence(found)) is None
    return Opened(
        clause=clause,
        document=source,
        record=assistant.corpus.plain.get(clause.id),
        quotes=spans,
        quote=quote,
        speech=_speech(evidence, quote, lacks, assistant.corpus, answered=answered, english=english),
        address=_ADDRESS[english] + (f"{label(source, clause, language='en')} · {where}" if english else where),
        lacks=lacks,
    )


def _find(assistant: Assistant, question: str, place: str, document: str) -> Found:
    return assistant.look_up(question, jurisdiction=[place] if place else (), documents=[document] if document else ())


def _refusal(assistant: Assistant, reason: Reason, found: Found, *, english: bool) -> str:
    """In the language of the page, whatever the keywords are in."""
    words = messages("en" if english else "zh")
    plan = assistant.refusal_plan(found, reason, audience=Audience.AGENT)
    return render_text(refusal_blocks(plan, assistant.corpus, words), words)


def _lacks(found: Found, clause: Clause) -> AnswerType | None:
    expected = expected_types(normalize(found.asked.meant))
    return next(iter(missing_types(expected, normalize(said(clause)))), None)


def _row(hit: Hit, found: Found, index: Index, *, english: bool) -> Row:
    clause, query = hit.clause, found.asked.query
    document = index.corpus.document(clause.document_id)
    named = not {clause.id, *(part.id for part in clause.all_parts())}.isdisjoint(found.asked.named.ids)
    # What the words of the question are called officially was looked up as well.
    words = " ".join(
        (query, *(word for expansion in index.lexicon.expand(normalize(query)) for word in expansion.words))
    )
    matched = [(clause.start + start, clause.start + end) for start, end in highlights(words, clause.text)]
    return Row(
        clause=clause,
        record=index.corpus.plain.get(clause.id),
        address=label(document, clause, language="en") if english else label(document, clause),
        sentence=tuple(runs(clause, *_sentence(words, hit, index), matched)),
        named=named,
        ranks=_ranks(hit.legs),
        score=hit.score,
        lacks=_lacks(found, clause),
    )


def _sentence(words: str, hit: Hit, index: Index) -> Span:
    """The sentence that shares most with these words; where none does, the first that is near in meaning."""
    clause, asked = hit.clause, token_set(words)
    nearest = hit.legs[dense.NAME].part_id if dense.NAME in hit.legs else None
    blocks = [(part.start, part.end, part.id == nearest) for part in clause.parts] or [(clause.start, clause.end, True)]
    found = []
    for start, end, near in blocks:
        text = clause.text[start - clause.start : end - clause.start]
        for match in _SENTENCE.finditer(text):
            if sentence := match.group().strip():
                share = index.idf_share(asked, token_set(sentence))
                begin = start + text.index(sentence, match.start())
                found.append((share, near, (begin, begin + len(sentence))))
    return max(found, key=lambda one: one[:2], default=(0.0, True, (clause.start, clause.end)))[2]


def _ranks(legs: Mapping[str, LegScore]) -> dict[str, int]:
    """By reason the rank in its best leg, for those near the top; for a clause near no top, its best."""
    best = {
        reason: min(legs[name].rank for name in names if name in legs)
        for reason, names in _LEGS.items()
        if any(name in legs for name in names)
    }
    return {reason: rank for reason, rank in best.items() if rank <= max(_TOP, min(best.values()))}


def _speech(
    evidence: Sequence[Evidence], quote: str, lacks: AnswerType | None, corpus: Corpus, *, answered: bool, english: bool
) -> tuple[str, ...]:
    """Plain sentences of the parts that answer, or of the clause where it is quoted whole; else the text itself."""
    clause = evidence[0].clause
    whole = len(evidence) >= len(clause.parts)
    keys = [one.part.id if one.part and not whole else clause.id for one in evidence]
    records = [corpus.plain[key] for key in dict.fromkeys(keys) if key in corpus.plain]
    lines = [record.gist_en if english else record.plain for record in records]
    opening = _IN_SHORT if lines else _WORDING
    names = [english_name(name) for name in clause.jurisdiction] if english else clause.jurisdiction
    place = (", " if english else "、").join(names)
    spoken = (opening[english].format(place=place) + "\n".join(lines or [quote])).splitlines()
    if not answered:
        spoken.insert(0, _UNANSWERED[english])
    if lacks:
        spoken.append(_LACKING[english].format(kind=messages("en" if english else "zh")(f"answer_type.{lacks.name}")))
    return tuple(spoken)

"""Putting an answer into words: a first sentence in plain words, then what the text says verbatim, and where.

The plain sentence comes from the clause's plain-language record and is labelled so; where there is none, the quote
stands alone. Nothing is said that a quote does not carry, and every line ends with the mark of its citation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from assistant.answer import MARK, Citation
from assistant.composition.facts import Form, Stated
from assistant.question.answer_types import lacking
from corpus.corpus import Corpus
from corpus.label import label
from corpus.places.gazetteer import english_name

_IN_SHORT = {"zh": "通俗地说：", "en": "In short (our paraphrase): "}
_LACKING = {"zh": "（您问的{kind}，这里没有写明。）", "en": "(It does not state {kind}.)"}
_SEVERAL_PLACES = {"zh": "各地规定不同，分别列出：", "en": "The places differ; each is listed by itself:"}
_STATED = "原文写明的{kind}：“{words}” {mark}"
_YES_NO = {"zh": "文件对此有规定。", "en": "There is a provision on this. "}
_CLAUSE = {"zh": "在{where}。{marks}", "en": "It is {where}. {marks}"}
_PLACES = {"zh": "文件里写到这件事的有：{places}。", "en": "The documents write of this for {places}."}
_SILENT = {"zh": "没有找到{places}对这件事的规定。", "en": "Nothing was found on this for {places}."}
_LEFT = {
    "zh": "前面说的是{places}，那里的文件没有写这件事；下面是别处的规定，不一定适用于{places}。",
    "en": "You spoke of {places} before; nothing is said of this for {places}. What follows is another place's rule.",
}
_MISSING = {"zh": "现有文件不涉及{places}。", "en": "The documents do not cover {places}."}
_MORE = {
    "zh": "一次最多列{most}条，其余{more}条请分次查询。",
    "en": "At most {most} clauses are listed at once; please ask again for the other {more}.",
}
_ORIGINAL = "The documents are in Chinese; their own wording is what counts."


class Audience(StrEnum):
    """Who reads the answer: a citizen wants the matter first, a hotline agent the address."""

    CITIZEN = "citizen"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the answer has to be about, and how it is to be put."""

    question: str
    language: str  # "zh" | "en"
    form: Form = Form.WHAT
    stated: Stated | None = None  # the words that state the thing asked for; they are Chinese, as the question must be
    missing: tuple[str, ...] = ()  # places the question names beside those that the documents cover
    left: tuple[str, ...] = ()  # places spoken of before, of which nothing is cited
    silent: tuple[str, ...] = ()  # places that they cover, of which nothing is cited
    more: int = 0  # clauses named beyond those that are cited
    audience: Audience = Audience.CITIZEN


def answer_text(wanted: Wanted, citations: Sequence[Citation], corpus: Corpus) -> str:
    """A first line that answers, then a paragraph for each clause in the order of the citations, then what is left."""
    language, agent = wanted.language, wanted.audience is Audience.AGENT
    groups = [list(group) for _, group in groupby(citations, key=lambda citation: citation.clause_id)]
    by_place = len({citation.jurisdiction for citation in citations}) > 1
    left = _LEFT[language].format(places=_names(wanted.left, language)) if wanted.left else ""
    paragraphs = [left, _first_line(wanted, groups, corpus, by_place=by_place)]
    for cited in groups:
        label = f"【{_names(cited[0].jurisdiction, language)}】" if by_place else ""
        short = _in_short(cited, wanted, corpus, label)
        source = _source(wanted, cited, corpus)
        paragraphs.append("\n".join(filter(None, [source, short] if agent else [short, source])))
    if wanted.silent:
        paragraphs.append(_SILENT[language].format(places=_names(wanted.silent, language)))
    if wanted.missing:
        paragraphs.append(_MISSING[language].format(places=_names(wanted.missing, language)))
    if wanted.more:
        paragraphs.append(_MORE[language].format(most=len(groups), more=wanted.more))
    if language == "en":
        paragraphs.append(_ORIGINAL)
    return "\n\n".join(filter(None, paragraphs))


def _first_line(wanted: Wanted, groups: Sequence[Sequence[Citation]], corpus: Corpus, *, by_place: bool) -> str:
    """What the question wants to know, as far as it can be said in one line; empty where the clause itself says it."""
    language, first = wanted.language, groups[0]
    marks = _marks(citation.number for citation in first)
    if wanted.form is Form.WHICH_PLACE:
        found = {_names(cited[0].jurisdiction, language): cited[0].number for cited in reversed(groups)}
        places = [f"{place} [{number}]" for place, number in reversed(found.items())]
        return _PLACES[language].format(places=(", " if language == "en" else "、").join(places))
    if by_place:
        return _SEVERAL_PLACES[language]
    if wanted.form is Form.WHICH_CLAUSE:
        return _CLAUSE[language].format(where=without_marks(_where(first[0], language, corpus)), marks=marks)
    if wanted.stated:
        words, mark = without_marks(wanted.stated.words), f"[{wanted.stated.number}]"
        return _STATED.format(kind=wanted.stated.kind.chinese, words=words, mark=mark)
    return ""


def _in_short(cited: Sequence[Citation], wanted: Wanted, corpus: Corpus, label: str) -> str:
    """The plain name of the clause, then what the cited parts, or else it, give whom; empty without a record.

    The points of a clause that says how to do something are numbered.
    """
    said: dict[str, list[int]] = {}
    english = wanted.language == "en"
    for citation in cited:
        record = corpus.plain.get(citation.part_id or citation.clause_id)
        if record:
            said.setdefault(without_marks(record.gist_en if english else record.plain), []).append(citation.number)
    lines = [f"{text} {_marks(numbers)}" for text, numbers in said.items()]
    if not lines:
        return label
    record = corpus.plain.get(cited[0].clause_id)
    name = without_marks(record.title_en if english else record.name) if record else ""
    short = (_YES_NO[wanted.language] if wanted.form is Form.YES_NO else "") + _IN_SHORT[wanted.language]
    if len(lines) == 1:
        short += lines[0]
    elif wanted.form is Form.HOW:
        short = "\n".join([short.rstrip(), *(f"{number}. {line}" for number, line in enumerate(lines, 1))])
    else:
        short = "\n".join([short.rstrip(), *(f"- {line}" for line in lines)])
    return "\n".join(filter(None, [f"{label}{name}", short]))


def _source(wanted: Wanted, cited: Sequence[Citation], corpus: Corpus) -> str:
    """The address of the clause, then its quotes, each with its mark."""
    clause = corpus.clause(cited[0].clause_id)
    where = _where(cited[0], wanted.language, corpus)
    if clause.title not in cited[0].quote:  # a clause without a heading begins with its title
        where = f"{where} {clause.title}"
    lines = [without_marks(f"See {where}:" if wanted.language == "en" else f"依据{where}：")]
    lines += [f"{without_marks(citation.quote.strip())} [{citation.number}]" for citation in cited]
    whole = "".join(citation.quote for citation in cited)
    for kind in lacking(wanted.question, whole)[:1]:
        lines.append(_LACKING[wanted.language].format(kind=kind.english if wanted.language == "en" else kind.chinese))
    return "\n".join(lines)


def _where(citation: Citation, language: str, corpus: Corpus) -> str:
    """The address of the clause; for a reader of English the same in English before it."""
    clause = corpus.clause(citation.clause_id)
    document = corpus.document(clause.document_id)
    where = label(document, clause)
    return f"{label(document, clause, language='en')} · {where}" if language == "en" else where


def _names(places: Iterable[str], language: str) -> str:
    return ", ".join(map(english_name, places)) if language == "en" else "、".join(places)


def _marks(numbers: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def without_marks(text: str) -> str:
    """A text of the documents, with a bracketed number of its own, such as [2020], in the brackets 〔〕 of 文号."""
    return MARK.sub(r"〔\1〕", text)

"""Putting an answer into words: a first sentence in plain words, then what the text says verbatim, and where.

The plain sentence comes from the clause's plain-language record and is labelled so; where there is none, the quote
stands alone. Nothing is said that a quote does not carry, and every line ends with the mark of its citation.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby

from assistant.answer import MARK, Citation
from assistant.composer import address, english_address
from assistant.kinds import lacking
from corpus.library import Corpus

_IN_SHORT = {"zh": "通俗地说：", "en": "In short (our paraphrase): "}
_LACKING = {"zh": "（您问的{kind}，这里没有写明。）", "en": "(It does not state {kind}.)"}
_SEVERAL_PLACES = {"zh": "各地规定不同，分别列出：", "en": "The places differ; each is listed by itself:"}
_ORIGINAL = "The documents are in Chinese; their own wording is what counts."


class Audience(StrEnum):
    """Who reads the answer: a citizen wants the matter first, a hotline agent the address."""

    CITIZEN = "citizen"
    AGENT = "agent"


def answer_text(
    question: str, citations: Sequence[Citation], corpus: Corpus, language: str, audience: Audience = Audience.CITIZEN
) -> str:
    """One paragraph per clause, in the order of the citations."""
    paragraphs = []
    for clause_id, group in groupby(citations, key=lambda citation: citation.clause_id):
        cited = list(group)
        short = _in_short(cited, corpus, language)
        source = _source(question, clause_id, cited, corpus, language)
        blocks = [source, short] if audience is Audience.AGENT else [short, source]
        paragraphs.append("\n".join(filter(None, blocks)))
    if len({citation.jurisdiction for citation in citations}) > 1:
        paragraphs.insert(0, _SEVERAL_PLACES[language])
    if language == "en":
        paragraphs.append(_ORIGINAL)
    return "\n\n".join(paragraphs)


def _in_short(cited: Sequence[Citation], corpus: Corpus, language: str) -> str:
    """What the cited parts, or else their clause, give whom, in plain words; empty without a record."""
    said: dict[str, list[int]] = {}
    for citation in cited:
        record = corpus.plain.get(citation.part_id or citation.clause_id)
        if record:
            said.setdefault(without_marks(record.gist_en if language == "en" else record.plain), []).append(
                citation.number
            )
    lines = [f"{text} {''.join(f'[{number}]' for number in numbers)}" for text, numbers in said.items()]
    if not lines:
        return ""
    return _IN_SHORT[language] + (lines[0] if len(lines) == 1 else "\n" + "\n".join(f"- {line}" for line in lines))


def _source(question: str, clause_id: str, cited: Sequence[Citation], corpus: Corpus, language: str) -> str:
    """The address of the clause, then its quotes, each with its mark."""
    clause = corpus.clause(clause_id)
    document = corpus.document(clause.document_id)
    where = address(document, clause)
    if clause.title not in cited[0].quote:  # a clause without a heading begins with its title
        where = f"{where} {clause.title}"
    lead = f"See {english_address(document, clause)} · {where}:" if language == "en" else f"依据{where}："
    lines = [without_marks(lead)]
    lines += [f"{without_marks(citation.quote.strip())} [{citation.number}]" for citation in cited]
    whole = "".join(citation.quote for citation in cited)
    for kind in lacking(question, whole)[:1]:
        lines.append(_LACKING[language].format(kind=kind.english if language == "en" else kind.chinese))
    return "\n".join(lines)


def without_marks(text: str) -> str:
    """A text of the documents, with a bracketed number of its own, such as [2020], in the brackets 〔〕 of 文号."""
    return MARK.sub(r"〔\1〕", text)

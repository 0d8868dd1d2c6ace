"""Putting an answer into words: who says it, what it says verbatim, where it stands. Nothing a quote does not carry.

Citation numbers are given here, from the evidence alone.
"""

from collections.abc import Sequence
from itertools import groupby

from assistant.answer import MARK, Citation, Reason, Related
from assistant.evidence import Evidence
from assistant.place import Places
from corpus.clause import Clause, Document, Part
from corpus.library import Corpus
from corpus.numeral import to_chinese
from corpus.places import english_name
from index.retriever import Hit


def address(document: Document, clause: Clause, part: Part | None = None) -> str:
    """The full address on one line: 《title》第二十六条（heading above）, or 文号 典型案例 一、（三）第四点."""
    where = f"{document.number} " if document.number else f"《{document.title}》"
    heading = f"（{clause.path[-1]}）" if clause.path and not document.number else ""
    point = f"第{to_chinese(int(part.id.rpartition('.')[2]))}点" if part else ""
    return f"{where}{clause.number}{point}{heading}"


def cite(evidence: Sequence[Evidence], scores: dict[str, float], corpus: Corpus) -> tuple[Citation, ...]:
    """Number the evidence from 1, in the order given; `scores` maps clause ids to retrieval scores."""
    citations = []
    for number, item in enumerate(evidence, 1):
        document = corpus.document(item.clause.document_id)
        citations.append(
            Citation(
                number=number,
                clause_id=item.clause.id,
                part_id=item.part.id if item.part else None,
                label=address(document, item.clause, item.part),
                document_title=document.title,
                jurisdiction=item.clause.jurisdiction,
                quote=document.text[item.start : item.end],
                start=item.start,
                end=item.end,
                score=scores[item.clause.id],
            )
        )
    return tuple(citations)


def relate(hits: Sequence[Hit], corpus: Corpus) -> tuple[Related, ...]:
    """Clauses near the question, labelled with their address and title."""
    return tuple(
        Related(
            hit.clause.id,
            f"{address(corpus.document(hit.clause.document_id), hit.clause)} {hit.clause.title}",
            hit.score,
        )
        for hit in hits
    )


def answer_text(citations: Sequence[Citation], corpus: Corpus, language: str) -> str:
    """One paragraph per clause: a line that names it, then its quotes, each with its mark."""
    paragraphs = []
    for clause_id, group in groupby(citations, key=lambda citation: citation.clause_id):
        clause = corpus.clause(clause_id)
        cited = list(group)
        where = address(corpus.document(clause.document_id), clause)
        if clause.title not in cited[0].quote:  # a clause without a heading begins with its title
            where = f"{where} {clause.title}"
        lead = _without_marks(f"See {where}:" if language == "en" else f"依据{where}：")
        quotes = (f"{_without_marks(citation.quote.strip())} [{citation.number}]" for citation in cited)
        paragraphs.append("\n".join([lead, *quotes]))
    if language == "en":
        paragraphs.insert(0, "The documents are in Chinese; this is their own wording.")
    return "\n\n".join(paragraphs)


def _without_marks(text: str) -> str:
    """A text of the documents, with a bracketed number of its own, such as [2020], in the brackets 〔〕 of 文号."""
    return MARK.sub(r"〔\1〕", text)


_REFUSALS = {
    "zh": {
        Reason.NOT_IN_DOCUMENTS: "{scope}文件没有回答这个问题。可以换个说法再问，或拨打12345政务服务便民热线咨询。",
        Reason.PLACE_NOT_COVERED: (
            "现有文件不涉及{places}。目前收录的是{covered}的文件；{places}的规定，请拨打当地12345咨询。"
        ),
        Reason.OUT_OF_SCOPE: "这里只回答已收录政策文件里的问题，例如“怎么申请首贷”。",
        Reason.GREETING: "您好，我可以从{covered}的政策文件里查找条款，例如“怎么申请首贷”“房贷还清后怎么注销抵押”。",
        Reason.UNREADABLE: "没有看懂您的问题。请用一句话写出想办的事，例如“公司搬到另一个区要办哪些手续”。",
    },
    "en": {
        Reason.NOT_IN_DOCUMENTS: (
            "The documents {scope} do not answer this. Try other words, or call the 12345 hotline."
        ),
        Reason.PLACE_NOT_COVERED: (
            "The documents do not cover {places}. They are those of {covered}; "
            "for {places}, please call the 12345 hotline there."
        ),
        Reason.OUT_OF_SCOPE: (
            "I only answer from the policy documents held here; ask, for example, “How do I get first-loan support?”."
        ),
        Reason.GREETING: (
            "Hello. I look up clauses in the policy documents of {covered}; "
            "ask, for example, “How do I get first-loan support?”."
        ),
        Reason.UNREADABLE: "I could not read that. Please write in one sentence what you want to get done.",
    },
}


def refusal_text(reason: Reason, language: str, places: Places, covered: Sequence[str]) -> str:
    """What to say, and do next, when there is no answer. `covered` are all the places that the documents cover."""
    missing, scope = places.missing, places.covered
    if language == "en":
        asked, held, within = (", ".join(map(english_name, names)) for names in (missing, covered, scope))
        within = f"for {within}" if within else "held here"
    else:
        asked, held, within = ("、".join(names) for names in (missing, covered, scope))
        within = f"适用于{within}的" if within else "现有"
    return _REFUSALS[language][reason].format(places=asked, covered=held, scope=within)

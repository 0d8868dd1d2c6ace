"""Paragraphs of a covering notice that only hand a text on: they name its matter and state nothing of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.clause import Clause
from corpus.parser.clause_ids import COVER
from index.retriever import Hit
from index.view import sentences_of

_HANDS_ON = re.compile(
    r"现(?:将|予|印发|转发|下发|批转|发布|公布)|(?:印发|转发|下发|发)给你们|特此(?:通知|公告)"
    r"|请.{0,40}(?:执行|实施|落实|贯彻|遵照)"
)
_STATES = re.compile(r"施行|废止|有效期|截止|\d日前")  # what a notice may state beside


def transmitting_last(hits: Sequence[Hit]) -> Sequence[Hit]:
    """The hits, with the paragraphs that only hand a text on behind all others; where one is first, it is passed over.

    They stay where nothing else of their document was found.
    """
    if not hits or not _only_hands_on(hits[0].clause):
        return hits
    passed = [hit for hit in hits if _only_hands_on(hit.clause)]
    others = [hit for hit in hits if not _only_hands_on(hit.clause)]
    if all(hit.clause.document_id != hits[0].clause.document_id for hit in others):
        return hits
    return [*others, *(replace(hit, score=min(hit.score, others[-1].score)) for hit in passed)]


@lru_cache(4096)
def _hands_on(text: str) -> bool:
    sentences = sentences_of(text)
    return all(map(_HANDS_ON.search, sentences)) and not _STATES.search(text)


def _only_hands_on(clause: Clause) -> bool:
    """Whether it is a paragraph, without a number, of a notice whose enclosed text is what people cite."""
    in_notice = clause.id.startswith(COVER, len(clause.document_id) + 1)
    return in_notice and not clause.number_length and not clause.cells and _hands_on(clause.text)

"""Answers to several needs put into one: a section each, numbers of citations run through, nothing said twice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.answer import Answer, Block, BlockKind, Citation, Reason, Related, Status
from assistant.messages import Messages
from assistant.replies.reply import Reply

_LONGEST_HEAD = 40  # characters of a need that its section repeats
_WITHOUT_MATTER = (Reason.OUT_OF_SCOPE, Reason.UNREADABLE, Reason.GREETING)
_ONCE = (BlockKind.NOTICE, BlockKind.CALL)


def sections(answers: Sequence[Answer], left: Sequence[str], words: Messages, limit: int) -> Reply:
    """One reply of these answers, of which one at least is answered or none cites anything; `left` are not asked."""
    given = [one for one in answers if one.status is Status.ANSWERED]
    if not given:
        return Reply(Status.NO_ANSWER, answers[0].reason, answers[0].blocks)
    blocks: list[Block] = []
    citations: list[Citation] = []
    for number, answer in enumerate(answers, 1):
        blocks.append(Block(BlockKind.NAME, words("needs.head", number=number, need=_in_short(answer.question))))
        blocks += _section(answer, citations, blocks, words)
    if left:
        blocks.append(Block(BlockKind.NOTICE, words("needs.left", needs=words.list(map(_in_short, left)))))
    if original := words("answer.original"):
        blocks.append(Block(BlockKind.NOTICE, original))
    return Reply(
        status=Status.ANSWERED,
        reason=None,
        blocks=tuple(blocks),
        citations=tuple(citations),
        unanswered=(*(one.question for one in answers if one.status is not Status.ANSWERED), *left),
        related=_related(answers, citations, limit),
        matters=tuple(dict.fromkeys(one.citations[0].clause_id for one in given)),
        confidence=min(one.confidence for one in given),
    )


def _section(answer: Answer, citations: list[Citation], said: Sequence[Block], words: Messages) -> list[Block]:
    """The blocks of one answer under the numbers of all; what is cited here for the first time joins `citations`."""
    numbers, new = _numbered(answer.citations, citations)
    blocks = []
    shown = answer.blocks[:1] if answer.reason in _WITHOUT_MATTER else answer.blocks  # an example to ask is no answer
    for block in shown:
        once = block.kind in _ONCE and (block in said or block.text == words("answer.original"))
        quoted = block.kind in (BlockKind.QUOTE, BlockKind.SOURCE) and new.isdisjoint(block.citations)
        if not (once or quoted):
            blocks.append(replace(block, citations=tuple(numbers[one] for one in block.citations)))
    return blocks


def _numbered(own: Sequence[Citation], citations: list[Citation]) -> tuple[Mapping[int, int], frozenset[int]]:
    """The number of each citation among all, and which of them, by their own number, are new."""
    numbers: dict[int, int] = {}
    new: set[int] = set()
    for citation in own:
        same = (one for one in citations if _address(one) == _address(citation))
        if known := next(same, None):
            numbers[citation.number] = known.number
        else:
            numbers[citation.number] = len(citations) + 1
            new.add(citation.number)
            citations.append(replace(citation, number=len(citations) + 1))
    return numbers, frozenset(new)


def _address(citation: Citation) -> tuple[str, int, int]:
    return citation.clause_id, citation.start, citation.end


def _related(answers: Sequence[Answer], citations: Sequence[Citation], limit: int) -> tuple[Related, ...]:
    """The clauses near any of the needs that are not cited, the first of each need first."""
    cited = {citation.clause_id for citation in citations}
    by_rank = (one for rank in zip_longest(*(answer.related for answer in answers)) for one in rank if one)
    found: dict[str, Related] = {}
    for near in by_rank:
        if near.clause_id not in cited:
            found.setdefault(near.clause_id, near)
    return tuple(found.values())[:limit]


def _in_short(need: str) -> str:
    text = " ".join(need.split()).rstrip("?？。.,，")
    return text if len(text) <= _LONGEST_HEAD else f"{text[:_LONGEST_HEAD]}…"

"""What an agent can say as it stands: opening, the fact, its source in spoken words, close.

Nothing is said of a clause that no block of an answer says. On a miss there is what can be said all the same: that the
documents do not state it, whom to ask, and the offer to note the question.
"""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Block, BlockKind, Choice, Reason
from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages
from corpus.clause import Clause, Document, Part
from corpus.label import label, number_in
from corpus.records.record import PlainRecord

MOST_NAMED = 5  # entries of a list that are read out
MOST_ASKED = 3  # matters named in one question back
_LONGEST_TITLE = 30  # characters of a title; a longer one is called by its number, where it has one
_NUMERAL = "[一二三四五六七八九十百零〇]"
_DOCUMENT_NUMBER = re.compile(r"(.+?)[〔\[（(【](\d{4})[〕\]）)】]第?(\d+)号")
# A number as printed, and how it is said: 一、（三） → 第一部分第三项, 四是 → 第四点.
_SAID = (
    (re.compile(rf"({_NUMERAL}+)、"), r"第\1部分"),
    (re.compile(rf"[（(]({_NUMERAL}+|\d+)[）)]"), r"第\1项"),
    (re.compile(rf"^({_NUMERAL}+)[是要]$"), r"第\1点"),
    (re.compile(r"^(\d+)[.、．]?$"), r"第\1条"),
)
_FACTS = (BlockKind.LEAD, BlockKind.NOTICE)


def spoken_answer(
    blocks: Sequence[Block],
    clause: Clause,
    document: Document,
    words: Messages,
    *,
    record: PlainRecord | None = None,
    part: Part | None = None,
    not_in_force: str = "",
    channels: str = "",
) -> tuple[str, ...]:
    """An answer from one clause, a sentence or two a line: in plain words where there are some, or else its quotes.

    `not_in_force` says that its document does not hold, and is said before anything of it; `channels` where to turn.
    """
    return (
        _opening(clause, record, words),
        *((not_in_force,) if not_in_force else ()),
        *_facts(blocks, words),
        _source(document, clause, part, words, told=not not_in_force and _is_qualified(document)),
        *((channels,) if channels else ()),
        words("console.script.close"),
    )


def _opening(clause: Clause, record: PlainRecord | None, words: Messages) -> str:
    """What is being answered, and whose documents say so."""
    what = "named" if record else "this"
    where = "" if clause.jurisdiction else "_anywhere"
    name = name_of(record, words) if record else ""
    return words(f"console.script.opening_{what}{where}", name=name, places=words.places(clause.jurisdiction))


def _facts(blocks: Sequence[Block], words: Messages) -> list[str]:
    """The first line, the plain sentences or the quotes, and what is not stated; nothing meant for readers alone."""
    gists = [block for block in blocks if block.kind is BlockKind.GIST]
    quotes = [block for block in blocks if block.kind is BlockKind.QUOTE]
    written = words("answer.original")
    lines: list[str] = []
    told = False
    for block in blocks:
        if block.kind in _FACTS and block.text != written:
            lines.append(block.text)
        elif not told and block.kind is (BlockKind.GIST if gists else BlockKind.QUOTE):
            told = True
            lines += [one.text for one in gists] or _read_out(quotes, words)
    return lines


def _read_out(quotes: Sequence[Block], words: Messages) -> list[str]:
    first, *others = (" ".join(block.text.split()) for block in quotes)
    return [words("console.script.quote", quote=first), *others]


def _source(document: Document, clause: Clause, part: Part | None, words: Messages, *, told: bool) -> str:
    """Where it is written and of which day, as it is said; `told` adds its status as it states it."""
    where = _spoken_address(document, clause, part) if words.is_chinese else label(document, clause, part, words.code)
    day = document.issued or document.effective
    key = "console.script.source" if day else "console.script.source_no_day"
    said = words(key, address=where, day=words.day(day) if day else "")
    return said + words("console.script.status", status=document.status) if told else said


def _is_qualified(document: Document) -> bool:
    """Whether the document says of itself that it is not simply in force: 已修改, 试行."""
    return document.status not in (None, "", "现行")


def _spoken_address(document: Document, clause: Clause, part: Part | None) -> str:
    """《某办法》第十九条; 皖营商环境办2023年第4号文件典型案例第一部分第三项第四点."""
    if clause.number == document.title:
        return spoken_title(document)
    point = _said(part.number) if part and part in clause.parts and part.heading_number else ""
    return spoken_title(document) + _said(number_in(document, clause, "zh")) + point


def spoken_title(document: Document) -> str:
    """The title, or the number of a document whose title nobody listens to the end of."""
    if len(document.title) <= _LONGEST_TITLE or not document.number:
        return f"《{document.title}》"
    return _DOCUMENT_NUMBER.sub(r"\1\2年第\3号文件", document.number)


def _said(number: str) -> str:
    for pattern, said in _SAID:
        number = pattern.sub(said, number)
    return "".join(number.split())


def spoken_list(reply: Answer, names: Sequence[str], words: Messages) -> tuple[str, ...]:
    """How many there are, the first of them by name, and that there are more."""
    lead = next((block.text for block in reply.blocks if block.kind is BlockKind.LEAD), "")
    numbered = [words("needs.head", number=number, need=name) for number, name in enumerate(names[:MOST_NAMED], 1)]
    more = len(names) - MOST_NAMED
    rest = [words("console.script.more", count=more)] if more > 0 else []
    return (lead, *numbered, *rest, words("console.script.close"))


def spoken_reply(reply: Answer, sources: Sequence[str], words: Messages) -> tuple[str, ...]:
    """What is said of a document or a term, with its sources."""
    return (*_facts(reply.blocks, words), *(words("console.script.address", address=one) for one in sources))


def spoken_question(lead: str, choices: Sequence[Choice], words: Messages) -> tuple[str, ...]:
    """The question back, with the first of the choices in it."""
    if lead == words("clarify.place"):
        return (words("console.script.which_place", choices=words("console.script.or").join(c.label for c in choices)),)
    named = [_spoken_choice(choice, words) for choice in choices[:MOST_ASKED]]
    return (words("console.script.which_matter", choices=words("console.script.or").join(named)),)


def _spoken_choice(choice: Choice, words: Messages) -> str:
    """The place before the matter, which a label has behind it in brackets."""
    places = words.places(choice.jurisdiction)
    name = choice.label.removesuffix(words("clarify.placed", name="", places=places)) if places else choice.label
    return words("console.script.matter_there", name=name, places=places) if places else name


def spoken_refusal(refusal: Sequence[Block], reason: Reason | None, words: Messages) -> tuple[str, ...]:
    """What can be said where nothing answers; `refusal` is what a citizen would read."""
    if reason is Reason.OUT_OF_SCOPE:
        what = words("console.script.out_of_scope")
    else:
        what = next((block.text for block in refusal if block.kind is BlockKind.NOTICE), "")
    calls = [block.text for block in refusal if block.kind is BlockKind.CALL and block.text != words("call.verify")]
    elsewhere = reason is Reason.PLACE_NOT_COVERED or words("call.local") in calls
    whom = calls[0] if elsewhere and calls else words("console.script.whom")
    return (words("console.script.checked", what=what), whom, words("console.script.note"))

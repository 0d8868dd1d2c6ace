"""Which questions one message holds, as far as its form tells: 「…怎么办？另外…」, 1. … 2. …, How do I …? And also …

Whether two questions are about one matter (首贷怎么申请？要多久？) is not told here: what they find decides
(`assistant/replies/needs.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.addresses.clause_references import ClauseReferences

SHORT = 100  # characters of one that is no story: two questions in it are two needs
LONGEST = 600  # characters of a message that is taken apart: a longer one is a story with one question at its end

_ASKS_EN = (
    r"(?:(?:from|in|at|for|by|to|with) )?(?:how|what|where|when|who|which|why)"
    r"|can|could|may|must|should|do|does|did|is|are|will|would|have|has"
)
_AND_EN = (
    r"(?:also|additionally|in addition|besides|plus|by the way|btw"
    r"|(?:an)?other (?:question|thing)|one more (?:question|thing))"
)
_TOO = (
    r"另外|此外|除此之外|还有(?![多几没机救得办哪什啥谁别其效]|用[吗么没处])|再有|再就是|还想|还要问|再?顺便|再?顺带|再问"
    r"|再请问|以及|其次|外加|再加上"
)
_SAYS = r"(?:[,，]?我?(?:再|也|还)?(?:请|想|要)?(?:问|请问|咨询|打听|了解|知道|说)(?:问|一下|下|一问|个事)?)?"
# What leads from one question to the next; 还有多久, 还有机会吗 and 还有效吗 are none.
_LEADS_ON = re.compile(
    rf"(?:(?:那|并且|而且|对了)[,，]?)?(?:{_TOO}|第二个?问题?是){_SAYS}(?:就是)?[,，:： ]*"
    rf"|对了[,，]?|(?:and )?{_AND_EN}\b[,:]? *"
    rf"|(?P<joins>(?:as well as|and) (?=(?:{_ASKS_EN})\b))",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"(?P<end>[?？!！。;；\n]++|\.(?= |$)|(?<=[\u3400-\u9fff]) ?[／/] ?(?=[\u3400-\u9fff]))"
    r"|[,，]|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])"
    r"|(?P<bare>(?<=[\u3400-\u9fff])(?=另外|此外|以及|还有(?!效|用[吗么没处])|顺便))"
    rf"| (?=(?:and|as well as) (?:{_AND_EN} )?(?:{_ASKS_EN})\b)| (?=and {_AND_EN}\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"什么|啥|哪|谁|(?<!好)几[个天年条家种号点次趟步份张项类样]|多少|多久|多长|多大|怎么|怎样|咋|如何|吗|呢|[么不没否]$|能不能|可不可以|是否"
    r"|是不是|有没有|要不要|用不用|行不行|会不会|讲讲|说说|介绍一?下|(?:流程|手续|材料|条件|费用|标准)$"
    rf"|^(?:and |so |then )?(?:{_ASKS_EN})\b"
    r"|\b(?:how (?:do|does|can|to|much|many|long)|tell me|explain|want to know)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:(?<=[\s。；;？?，,：:！!])|^)"
    r"(?:[(（]?([1-9]|[一二三四五六七八九])[)）.．、:：](?!\d)|([①-⑨])"
    r"|第([一二三四五六七八九])(?:个(?:问题)?)?[,，、:： ]|([一二三四五六七八九])是"
    r"|(first|second|third|fourth|fifth)(?:ly)?(?: (?:question|thing|one|point))?(?: is)?[,:])\s*",
    re.IGNORECASE,
)
_EACH_SAYS = re.compile(r"一[个件](?:事儿?|问题)?(?:就?是|呢)[,，:： ]?")  # 一个是…另一个是…
_TRAILING = re.compile(r"(?:[,，]?(?:还有|另外?|再|和))?$")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_NUMERALS = {
    sign: value
    for signs in ("123456789", "一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨", _ORDINALS)
    for value, sign in enumerate(signs, 1)
}
_JOINS = re.compile(r"\s*(?:[、，,]\s*)?(?:以及|还有|和|与|跟|及|、|and|plus|&)\s*", re.IGNORECASE)
_COMPARES = re.compile(
    r"关系|区别|差别|不同|不一样|一样|冲突|矛盾|比较|对比|differ|compare|related|between", re.IGNORECASE
)
# What announces that several things are asked: 想问两件事：…, Two questions: …, I have 2 questions.
_SEVERAL = re.compile(
    r"\s*(?>[^,，.。:：!！?？]{0,12}?(?:[两俩二三四几2-4]|好几)[个件样点](?:小?问题|事[儿情]?|疑问|情况)"
    r"(?:[要想]?(?:问|请教|咨询|打听|了解)?一?下?你?们?)?|[另还]?有?[两三二]问)[:：,，。.;；]+\s*"
    r"|\s*(?>[a-z',!]+ ){0,6}?(?:a couple of|two|three|four|several|some|[2-4]) (?:[a-z]+ )?"
    r"(?:questions?|things|matters|points|queries)"
    r"(?: [a-z]+){0,3}\s*[:.,;-]+\s+",
    re.IGNORECASE,
)
_EDGES = " \n\t,，。;；:：、／/"


@dataclass(frozen=True, slots=True)
class Need:
    """One question of a message."""

    text: str
    announced: bool = False  # words such as 另外, or a number, say that it is one of several
    numbered: bool = False
    apart: bool = False  # a question of its own beside another, in a message that is no story
    tentative: bool = False  # it asks nothing by its words, but stands before one that is announced


def asks(text: str) -> bool:
    """Whether a text asks something by its words."""
    return bool(_ASKS.search(text))


def split_needs(text: str) -> tuple[Need, ...]:
    """The questions of a message in their order; one where it cannot be taken apart."""
    if len(text) > LONGEST:
        return (Need(text),)
    lead = _SEVERAL.match(text)
    asked = text[lead.end() :] if lead else text
    needs = tuple(_numbered(asked) or _asked(asked))
    if lead:
        needs = tuple(replace(need, announced=True) for need in needs)
    return needs if len(needs) > 1 else (Need(text),)


def beside_clauses(text: str, references: ClauseReferences) -> tuple[Need, ...]:
    """Clauses by number beside a matter in words: 第26条和首贷 is two needs; `references` are those of this text."""
    if not (references.ids or references.absent) or not references.spans or _COMPARES.search(text):
        return ()
    start, end = references.spans[0][0], references.spans[-1][1]
    before, named, behind = text[:start], text[start:end], text[end:]
    if not before.strip() and (joint := _JOINS.match(behind)):
        return _both(named, behind[joint.end() :])
    joints = list(_JOINS.finditer(before)) if not behind.strip(_EDGES + "?？") else []
    if joints and joints[-1].end() == len(before):
        return _both(before[: joints[-1].start()], named)
    return ()


def _both(*texts: str) -> tuple[Need, ...]:
    return (
        tuple(Need(one.strip(_EDGES), announced=True) for one in texts) if all(t.strip(_EDGES) for t in texts) else ()
    )


def _numbered(text: str) -> list[Need]:
    """What stands behind the numbers 1, 2, …, and before them where that asks something too."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBER.finditer(text):
        if _NUMERALS[next(filter(None, mark.groups())).lower()] == len(marks) + 1:
            marks.append(mark)
    if len(marks) < 2:
        return _each(text)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    needs = [
        Need(text[mark.end() : end].strip(_EDGES), announced=True, numbered=True)
        for mark, end in zip(marks, ends, strict=True)
    ]
    before = text[: marks[0].start()].strip(_EDGES)
    first = [Need(before, announced=True)] if before.endswith(("?", "？")) else []
    return [*first, *(need for need in needs if need.text)]


def _each(text: str) -> list[Need]:
    """What stands behind 一个是, said twice or more."""
    marks = list(_EACH_SAYS.finditer(text))
    if len(marks) < 2:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [_TRAILING.sub("", text[m.end() : end]).strip(_EDGES) for m, end in zip(marks, ends, strict=True)]
    return [Need(part, announced=True, numbered=True) for part in parts if part]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch up to a comma, a word that leads on, or the end of a sentence."""

    text: str
    announced: bool
    asks: bool  # by its words
    sentence: int  # in which it stands
    question: bool  # whether that sentence ends with a question mark
    joined: bool = False  # by and to the one before, with a question word of its own


def _asked(text: str) -> list[Need]:
    """The pieces that ask, each with what stands around it as its circumstances."""
    pieces = list(_pieces(text))
    asking = {piece.sentence for piece in pieces if piece.asks or piece.question}
    last = {piece.sentence: number for number, piece in enumerate(pieces)}
    announces = {piece.sentence: number for number, piece in enumerate(pieces) if piece.announced}
    needs: list[Need] = []
    waiting, announced, complete, asks_itself, apart = "", False, False, False, False
    for number, piece in enumerate(pieces):
        stands_before = number < announces.get(piece.sentence, 0)
        new_sentence = number > 0 and piece.sentence != pieces[number - 1].sentence
        starts = piece.asks or piece.announced or stands_before or (piece.sentence in asking and new_sentence)
        if complete and starts:
            tentative = not (asks_itself or announced)
            needs.append(Need(waiting.strip(_EDGES), announced, apart=apart and asks_itself, tentative=tentative))
            waiting, announced, complete, asks_itself = "", False, False, False
            apart = len(text) <= SHORT and (new_sentence or piece.joined)
        waiting += piece.text
        announced |= piece.announced and bool(needs)
        asks_itself |= piece.asks
        ends = last[piece.sentence] == number
        complete |= piece.asks or stands_before or (ends and piece.sentence in asking) or (ends and announced)
    rest = waiting.strip(_EDGES)
    return [*needs, Need(rest, announced, apart=apart and asks_itself)] if rest else needs


def _pieces(text: str) -> Iterator[_Piece]:
    """The pieces in order, without the words that lead on from the one before."""
    start, sentence, announced, joined = 0, 0, False, False
    breaks = _breaks(text)
    marks = [match["end"] for match in breaks if match["end"]]
    for match in (*breaks, None):
        end = match.end() if match else len(text)
        body = text[start:end]
        start = end
        if lead := _LEADS_ON.match(body.lstrip()):
            announced, joined = announced or not lead["joins"], bool(lead["joins"])
            body = body.lstrip()[lead.end() :]
        if bare := body.strip(_EDGES + "?？!！."):
            mark = marks[sentence] if sentence < len(marks) else ""
            yield _Piece(body, announced, bool(_ASKS.search(bare)), sentence, "?" in mark or "？" in mark, joined)
            announced, joined = False, False
        sentence += bool(match and match["end"])


def _breaks(text: str) -> list[re.Match[str]]:
    """The places to break at; 另外 and the like without a comma before them count between two questions alone."""
    found = list(_BREAK.finditer(text))
    kept: list[re.Match[str]] = []
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):  # without a mark there is nothing to pair
        before, after = text[kept[-1].end() if kept else 0 : match.start()], text[match.end() : end]
        if match["bare"] is None or (_ASKS.search(before) and _ASKS.search(after)):
            kept.append(match)
    return kept

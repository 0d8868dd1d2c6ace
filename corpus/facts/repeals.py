"""Older texts that a text repeals: 《某办法》（某政发〔2009〕3号）同时废止."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.facts.fact import Fact, OlderText
from corpus.facts.flat import Flat
from corpus.facts.number import NUMBER
from corpus.facts.title import Title, ends_as_title, plain_title

_KEYWORD = re.compile(
    r"(?:即行|同时|一并|自行|一律|相应|均|即|予以|随之|自动)(?:予以)?(?:废止|失效|停止执行|停止施行|终止执行|停止实施)|不再(?:继续)?(?:执行|施行)|停止执行|废止"
)
_CONDITION = re.compile(r"的|之?[日前后]|时(?!起)|、|或|程序|条件|情形")  # 废止后 repeals nothing
_LIST = re.compile(  # 决定废止下列文件：, 以下文件予以废止：
    r"(?:废止|宣布失效|停止执行)[^。；\n：]{0,20}[：:]|(?:下列|以下)[^。；\n：]{0,30}(?:废止|失效|停止执行)[^。；\n：]{0,6}[：:]"
)
_ENTRY = re.compile(r"\n?(?:[（(第]?[一二三四五六七八九十百\d]{1,4}[）)]?[、.．件条]?)?(?=《)")
_BEHIND = re.compile(r"[^\n《》]{0,30}[；;。，,、]?")
_ENTRIES = 300  # texts that one list repeals at most
_SENTENCE = re.compile(r"[。；\n]")
_NAME = re.compile(
    r"《((?:[^《》]|《[^《》]*》){3,120})》(?:[（(〔\[]((?:[^（()）]|[（(][^（()）]*[）)]){4,60})[）)〕\]])?"
)
_BARE_NUMBER = re.compile(
    r"(?<![\u4e00-\u9fff])(?:原|和|及|、)?"
    r"([\u4e00-\u9fff]{1,12}〔(?:19|20)\d\d〕\d{1,5}号|[\u4e00-\u9fff]{2,30}(?:令|公告)(?:(?:19|20)\d\d年)?第\d{1,5}号)"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|按|违反|对照|经|参照|执行)[^，,]{0,6}$")
_IN_PART = re.compile(
    r"第[一二三四五六七八九十百\d]+[条款项章]|(?:有关|相关|与本).{0,12}(?:规定|条款|内容|标准|不一致|抵触)|中的?"
)
_REPORTED = re.compile(
    r"(?:[（(][^（）()]{1,4}[）)])?(?:根据|按照)(?:有关|相关|国家|上级)"
)  # what another organ repeals
_TOGETHER = ("同时", "一并", "即行", "相应")
_FAR = 60
_MOST = 500  # keywords that are looked at
_CLOSE = re.compile(r"(?:等[^，,]{0,16})?[，,]?(?:自[^，,]{2,24}起)?[，,]?(?:现|均|全部|一律|将|也|亦|决定)?")
_DECIDES = re.compile(r"关于废止(.{4,})的(?:决定|通知|公告)$")


def read_repeals(texts: Sequence[Flat], title: Title | None, number: Fact[str] | None) -> tuple[Fact[OlderText], ...]:
    """The texts that are repealed as a whole, each once, in the order they are named; `number` is the document's."""
    found: dict[tuple[str | None, str | None], Fact[OlderText]] = {}
    for flat in texts:
        for fact in (*_in_text(flat), *_listed(flat)):
            if fact.value.title or number is None or fact.value.number != number.value:
                found.setdefault((fact.value.title, fact.value.number), fact)
    if title and (decides := _DECIDES.search(title.fact.value)):
        for name in _NAME.finditer(decides[1]):
            found.setdefault((name[1], None), title.fact.as_value(OlderText(name[1], _number(name[2])), 0.9))
    return tuple(found.values())


def _in_text(flat: Flat) -> Iterator[Fact[OlderText]]:
    for keyword in islice(_KEYWORD.finditer(flat.text), _MOST):
        begin = max(
            (match.end() for match in _SENTENCE.finditer(flat.text, max(0, keyword.start() - 600), keyword.start())),
            default=0,
        )
        if _REPORTED.match(flat.text, begin) or _CONDITION.match(flat.text, keyword.end()):
            continue
        named = _NAME.finditer(flat.text, begin, keyword.start())
        names = [m for m in named if _is_text(flat.text[begin : m.start()], m[1])]
        last = names[-1].end() if names else begin
        if names and _reaches(flat.text[last : keyword.start()], keyword[0]):
            words = flat.words(begin, keyword.end())
            yield from (words.as_value(OlderText(m[1], _number(m[2])), 0.9) for m in names)
        elif not names:
            numbers = list(_BARE_NUMBER.finditer(flat.text, begin, keyword.start()))
            if numbers and not _IN_PART.search(flat.text[numbers[-1].end() : keyword.start()]):
                words = flat.words(begin, keyword.end())
                yield from (words.as_value(OlderText(None, m[1]), 0.8) for m in numbers)


def _listed(flat: Flat) -> Iterator[Fact[OlderText]]:
    """The texts that a list names below the words that repeal them, one an entry."""
    for begins in islice(_LIST.finditer(flat.text), _MOST):
        place = begins.end()
        for _ in range(_ENTRIES):
            entry = _ENTRY.match(flat.text, place)
            name = _NAME.match(flat.text, entry.end()) if entry else None
            if name is None or not ends_as_title(plain_title(name[1])):
                break
            yield flat.words(name.start(), name.end()).as_value(OlderText(name[1], _number(name[2])), 0.9)
            rest = _BEHIND.match(flat.text, name.end())
            place = rest.end() if rest else name.end()


def _is_text(before: str, name: str) -> bool:
    """Whether 《name》 is a text and not what the sentence is based on."""
    return not _BASIS.search(before) and ends_as_title(plain_title(name))


def _reaches(between: str, keyword: str) -> bool:
    """Whether the words between the last name and the keyword let the keyword speak of the names as a whole."""
    if _IN_PART.search(between):
        return False
    return len(between) <= _FAR if keyword.startswith(_TOGETHER) else bool(_CLOSE.fullmatch(between))


def _number(text: str | None) -> str | None:
    """A 文号 in the brackets behind a title."""
    return text if text and NUMBER.fullmatch(text) else None

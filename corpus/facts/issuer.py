"""Which organs issued a document."""

import re
from collections.abc import Iterator

from corpus.facts.fact import Fact
from corpus.facts.layout import Layout, is_note
from corpus.facts.number import read_number
from corpus.facts.organs import in_full, is_organ, is_relative, organs_in
from corpus.facts.signature import Signature
from corpus.facts.title import Title
from corpus.facts.words import any_of
from corpus.places.bodies import national_body

_ACTS = re.compile(r"关于|印发|转发|批转|公告|通告|令(?:$|第)")
_FILED = re.compile(
    r"(.{3,40}?)(?:第.{1,8}号|(?:19|20)\d\d年第.{1,8}号)?(?:文件|令|命令|公告)(?:$|第.{1,8}号|[（(]|(?:19|20)\d\d年第)"
)
_OWN = re.compile(
    r"[^市省县区州旗关于]{2,8}[市省县区州旗](?:人民政府(?:办公[厅室])?|[\u4e00-\u9fff]{2,12}?(?:局|厅|委员会))(?=.)"
)
_LAW = re.compile(r"^《?中华人民共和国|(?:条例|法)$")  # which no office issues, whatever page shows it
_AMONG = re.compile(r"(.{3,24}?)等(?:[\d一二三四五六七八九十]{0,3}(?:部门|单位|部委|厅局|委办局))?")  # 某部等六部门
_ITS_OWN = re.compile(
    r"(?:[日年月。，；]|由|原)(?P<organ>(?:[^，。；《》\d年月日由原]{2,8}[省市县区]|[省市县区])(?:人民)?政府)(?:发布|颁布|公布|印发|制定)的?"
    r"《[^》]{4,80}》[^，。；]{0,20}[，,]?同时废止"
)
_LAST = 80  # segments in which older texts are repealed
_SITE_NAME = re.compile(r"(?:门户)?(?:网站|网|官网)$")
_WITHIN_NOTE = re.compile(r"[（(](.{4,40}?)\s*(?=[\d一二][\d〇○零ОO0o一二三四五六七八九])")
_ENACTED = re.compile(
    r"[日月](?:经|由)?([\u4e00-\u9fff]{2,30}?(?:人民政府|办公[厅室]|部|委员会|局|厅|署|国务院))(?:令|公告|印发|发布|公布|颁布|制定)"
)
_ADOPTED = re.compile(  # by a congress: 某市第五届人民代表大会常务委员会第三次会议通过
    r"日(?:第[\u4e00-\u9fff\d]{1,4}届)?(?P<place>[\u4e00-\u9fff]{2,20}?)(?:第[\u4e00-\u9fff\d]{1,4}届)?(?P<organ>人民代表大会(?:常务委员会)?)第[\u4e00-\u9fff\d]{1,5}次会议[^，。]{0,6}通过"
)

_SURE = 0.7
Issuer = Fact[tuple[str, ...]]


def read_issuer(layout: Layout, title: Title | None, signature: Signature, places: tuple[str, ...]) -> Fact[str] | None:
    """The issuing organs, several separated by 、; one whose name leaves out its place gets it where that is known.

    In order: who signed, whom the title names, 某市人民政府文件, the page's row, a note below the title, the page's
    source.
    """
    candidates = list(_candidates(layout, title, signature))
    for found in candidates:
        if found.confidence >= _SURE and not any(map(is_relative, found.value)):
            return found.as_value("、".join(found.value))
    for found in candidates:
        if len(found.value) == 1 and (whole := _whole(found.value[0], layout.source.text, places)):
            return found.as_value(whole, min(found.confidence, 0.7))
    return next((f.as_value("、".join(f.value)) for f in candidates if not any(map(is_relative, f.value))), None)


def _candidates(layout: Layout, title: Title | None, signature: Signature) -> Iterator[Issuer]:
    if signature.organs and signature.date:
        yield signature.organs
    if title and (found := _before_act(title)):
        yield found
    yield from _filed(layout)
    yield from _stated(layout, "issuer", 0.8)
    if signature.organs:
        yield signature.organs
    yield from _noted(layout)
    yield from _numbered(layout)
    if not (title and _LAW.search(title.fact.value)):
        yield from _repealing(layout)
    if title and (own := _OWN.match(title.fact.value)):
        yield title.fact.as_value((own[0],), 0.5)
    if not (title and _LAW.search(title.fact.value)):
        yield from _stated(layout, "site", 0.5)


def _whole(name: str, text: str, places: tuple[str, ...]) -> str | None:
    return in_full(name, text, places) if is_relative(name) else name


def _before_act(title: Title) -> Issuer | None:
    """The organs that a title begins with: 某市人民政府关于…"""
    found = _ACTS.search(title.printed)
    before = title.printed[: found.start()].strip() if found else ""
    among = _AMONG.fullmatch("".join(before.split()))
    names = ["".join(before.split())] if among and is_organ(among[1]) else organs_in(before)
    return title.fact.as_value(tuple(names), 0.9) if names else None


def _filed(layout: Layout) -> Iterator[Issuer]:
    """The red head of a file: 某市人民政府文件, 某市人民政府令."""
    for segment in layout.segments[: layout.far_head]:
        match = None if segment.label else _FILED.match(segment.squeezed)
        names = organs_in(match[1]) if match else []
        if names:
            yield Fact(tuple(names), segment.text, segment.start, segment.end, 0.9)


def _stated(layout: Layout, kind: str, confidence: float) -> Iterator[Issuer]:
    for row in layout.stated(kind):
        for words in filter(None, (row.longer, row.words)):
            names = organs_in(_SITE_NAME.sub("", words.value.split("　")[0].strip(" 。;；")))
            if not names and (first := words.value.split()) and is_organ(_SITE_NAME.sub("", first[0])):
                names = [_SITE_NAME.sub("", first[0])]
            if names and (kind != "site" or _is_public(names[0])):
                yield words.as_value(tuple(names), confidence)


def _numbered(layout: Layout) -> Iterator[Issuer]:
    """The organ in a number: 某部令第69号."""
    number = read_number(layout)
    match = _FILED.match(number.value) if number else None
    if number and match and (names := organs_in(match[1])):
        yield number.as_value(tuple(names), 0.7)


def _repealing(layout: Layout) -> Iterator[Issuer]:
    """The government whose older text is repealed: 1998年省政府发布的《某办法》同时废止; no other office can."""
    for segment in layout.segments[-_LAST:]:
        text = segment.squeezed
        if "废止" in text and (match := _ITS_OWN.search(text)):
            yield Fact((match["organ"],), segment.text, segment.start, segment.end, 0.5)


def _is_public(name: str) -> bool:
    """Whether a page's source is an office and no paper or society."""
    if name.endswith(("办公厅", "办公室")):
        return False
    return bool(national_body(name)) or bool(re.search(rf"(?:{any_of('offices')})$", name))


def _noted(layout: Layout) -> Iterator[Issuer]:
    """A note below the title: （某市人事局 二〇〇三年四月）, （… 2012年5月25日某市人民政府令第3号公布）, （… 通过）."""
    for segment in layout.segments[: layout.far_head]:
        if segment.label or not is_note(segment):
            continue
        if adopted := _ADOPTED.search(segment.squeezed):
            whole = adopted["place"] + adopted["organ"]
            yield Fact((whole,), segment.text, segment.start, segment.end, 0.7)
        enacted = _ENACTED.search(segment.squeezed)
        signed = _WITHIN_NOTE.match(segment.text)
        text = enacted[1] if enacted else signed[1] if signed else ""
        if names := organs_in(text):
            yield Fact(tuple(names), segment.text, segment.start, segment.end, 0.7)

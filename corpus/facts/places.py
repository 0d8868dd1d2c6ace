"""Where a document applies: named in its title, by its issuer or in its scope, or the whole state."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.facts.fact import Fact
from corpus.facts.flat import Flat
from corpus.facts.layout import Layout
from corpus.places.bodies import national_body
from corpus.places.gazetteer import Guard, Place, load_gazetteer

STATE = "全国"
Places = Fact[tuple[str, ...]]
_YEAR = re.compile(
    r"^(?:(?:19|20)\d\d(?:[-—－~至]\d{2,4})?(?:学)?年(?:度)?|关于(?:印发|发布|实施)?|印发|转发)?《?(?:关于)?(?:(?:19|20)\d\d(?:学)?年(?:度)?)?"
)
# What stands behind an office of the state in the title of what it issues; 教育部直属学校 are those of a place.
_ITS_ACT = re.compile(r"(?:办公[厅室])?(?:[、，\s]|关于|印发|转发|批转|公告|通告|通知|令|等)|$")
_NATIONAL_NUMBER = re.compile(r"^(?:国发|国办发|国办函|国函|中发|中办发|国令|国务院令|中华人民共和国)")
_SCOPE = re.compile(r"(?P<who>[^。；\n]{2,30}?)(?:行政区域|行政辖区|辖区|管辖区域|范围)内")
_OURS = re.compile(r"[本我]([市省县区])")
_WEAK = 0.5  # confidence of an issuer that only the page's source names
_FAR = 200_000  # characters in which a text names its own place
_MUNICIPALITIES = {"京": "北京", "津": "天津", "沪": "上海", "渝": "重庆"}


def read_places(
    layout: Layout,
    titles: Sequence[Fact[str]],
    issuer: Fact[str] | None,
    number: Fact[str] | None,
    cited: Sequence[Flat],
) -> Places | None:
    """The most exact place that the document rules; `titles`: of the text people cite, then of the notice."""
    found = (
        _named_at_start(layout, titles)
        or (_of_issuer(issuer) if issuer and issuer.confidence > _WEAK else None)
        or _national(titles, number)
        or _of_issuer(issuer)
        or _in_title(layout, titles)
    )
    if found is None:
        return _ours(layout) or _hinted(layout, number)
    return _narrowed(found, cited)


def _named_at_start(layout: Layout, titles: Sequence[Fact[str]]) -> Places | None:
    """The place that a title begins with; of several that lie in one another (某省某市) the most exact."""
    for title in titles:
        text = title.value[_year(title.value) :]
        named = load_gazetteer().at_start(text)
        exact = load_gazetteer().place_of(text)
        if len(named) > 1 and exact in (None, *named):  # 某市、某市联动事项
            return title.as_value(tuple(place.name for place in named), 0.9)
        if named and exact and not _is_word(layout, exact, text):
            return title.as_value((exact.name,), 0.95)
    return None


def _is_word(layout: Layout, place: Place, text: str) -> bool:
    """Whether the name at the start of a title is a word as well, 朝阳产业, and the text nowhere prints it in full."""
    names = [name for name in place.names if not name.isascii()]
    short = min(names, key=len)
    if place.guard is not Guard.WORD or not text.startswith(short):
        return False
    return not any(name in layout.source.text[:_FAR] for name in names if len(name) > len(short))


def _year(title: str) -> int:
    found = _YEAR.match(title)
    return found.end() if found else 0


def _of_issuer(issuer: Fact[str] | None) -> Places | None:
    if issuer is None:
        return None
    organs = issuer.value.split("、")
    for organ in organs:
        named = load_gazetteer().find(organ)
        place = load_gazetteer().place_of(organ) or (named[-1] if named else None)
        if place:  # an office of the state may be one of a place, too: 某总局某市税务局
            return issuer.as_value((place.name,), 0.9)
    return None


def _national(titles: Sequence[Fact[str]], number: Fact[str] | None) -> Places | None:
    for title in titles:
        text = title.value.lstrip("《")
        if text.startswith("中华人民共和国") or ((end := national_body(text)) and _ITS_ACT.match(text, end)):
            return title.as_value((STATE,), 0.9)
    return number.as_value((STATE,), 0.8) if number and _NATIONAL_NUMBER.match(number.value) else None


def _in_title(layout: Layout, titles: Sequence[Fact[str]]) -> Places | None:
    """The only place that a title names somewhere."""
    for title in titles:
        named = load_gazetteer().find(title.value)
        if len(named) == 1 and not _is_word(layout, named[0], title.value[_year(title.value) :]):
            return title.as_value((named[0].name,), 0.7)
    return None


def _narrowed(found: Places, cited: Sequence[Flat]) -> Places:
    """The one place inside the found one that the text says it applies in, where it says so."""
    if found.value == (STATE,) or len(found.value) > 1:
        return found
    for flat in cited:
        scope = re.search(r"(?:适用于|适用范围)[^。；\n]{2,80}|[^。；\n]{2,80}适用本", flat.text)
        within = _SCOPE.search(scope[0]) if scope else None
        named = load_gazetteer().find(within["who"]) if within else []
        if scope and len(named) == 1 and load_gazetteer().lies_within(named[0], found.value):
            return flat.words(*scope.span()).as_value((named[0].name,), 0.8)
    return found


def _ours(layout: Layout) -> Places | None:
    """The place of a text that speaks of 本市 or 我县 and names only one such by its full name, twice or more."""
    text = layout.source.text[:_FAR]
    levels = Counter(match[1] for match in _OURS.finditer(text))
    if not levels:
        return None
    level = levels.most_common(1)[0][0]
    gazetteer = load_gazetteer()
    named = [p.name for p in gazetteer.find(text) if p.name.endswith(level) or gazetteer.get(p.name + level) is p]
    if len(named) != 1 or text.count(named[0]) < 2:
        return None
    start = text.index(named[0])
    return Fact((named[0],), named[0], start, start + len(named[0]), 0.5)


def _hinted(layout: Layout, number: Fact[str] | None) -> Places | None:
    """The municipality whose sign a 文号 begins with (沪…〔2013〕3号), where the text speaks of 本市."""
    name = _MUNICIPALITIES.get(number.value[0]) if number else None
    if number is None or name is None or not re.search(r"[本我全]市|市内|市区", layout.source.text):
        return None
    return number.as_value((name,), 0.5)

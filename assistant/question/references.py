"""Questions that name clauses: 「哈尔滨措施第十二条」, "measure 12", 「33条 34条」, 「典型案例芜湖（二）」, hrb 48."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.composition.citations import address
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.gazetteer import load_gazetteer
from corpus.text.numeral import from_chinese
from index.retriever import Scope
from index.text.normalizer import normalize as _normalize

normalize = lru_cache(4096)(_normalize)

MOST = 6  # clauses in one answer
_LONGEST_RANGE = 200  # clauses; 第1至9999条 is a slip of the finger
_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,4})"
_ID = re.compile(r"[a-z][a-z0-9-]*:[0-9a-z.-]*[0-9a-z]")
_HAN = r"\u3400-\u9fff"
_PLAIN = re.compile(
    rf"第{_NUMBER}(?:条|$)|(?:措施|条款){_NUMBER}(?![\d{_HAN}]|个|项|条)"
    r"|\b(?:measure|article|clause|case)(?: no\.?| number)? ?(\d{1,4})\b|^no\.? ?(\d{1,4})$"
)
# As agents write: 33条 34条, 第16、18条; clauses 33 and 34. Not 共66条, 新增30条.
_TERSE = re.compile(r"(?:^|(?<=[条、,和及与 ]))(\d{1,4})条(?!以上|以内|措施)")
_LISTED = re.compile(r"第?(\d{1,4}(?:[、,和及 ]+第?\d{1,4})+)条")
_ENGLISH_LIST = re.compile(r"\b(?:measures|articles|clauses|items) ((?:\d{1,4}(?:, ?and |, ?| and | & )?)+)")
_RANGE = re.compile(r"第?(\d{1,4})条? ?(?:至|到|-|~) ?第?(\d{1,4})条")
_DIGITS = re.compile(r"\d+")
# Another text than ours: 民法典第三十条, Article 12 of the Company Law.
_PATH = re.compile(r"(?:^|\b(?:case|clause|anhui)\s+|案例\s*)(\d\.\d{1,2})(?![\d.])")  # case 2.7
_ELSEWHERE = re.compile(r"(?:法|法典|条例|办法|规定|细则|解释|规则)第|\b(?:law|act|code|regulations?|constitution)\b")
_TITLE = re.compile(r"《(.+?)》")
_CASE = re.compile(rf"(?:(?<![一二三四五六七八九十]){_NUMBER}[、. ]*)?\({_NUMBER}\)")
_CASE_IN_ORDER = re.compile(rf"案例第{_NUMBER}(?:个|条|$)|第{_NUMBER}个(?:典型)?案例")
_BARE = re.compile(r"(\D*?) ?(\d{1,4})")  # what an agent types: hrb 48
_POINT = re.compile(rf"(?<!\()第{_NUMBER}(?:点|款)")
# The clause that the last answer was about, the one before it or the one after: 这条, 下一条, that clause.
_SAME = re.compile(
    r"(?:这|该|那|刚才那?|上述|同)(?:一)?(?:条|个条款|条款|个案例|案例)(?!街|路|线|河|件|例)"
    r"|\b(?:this|that|the same) (?:clause|measure|article|case)\b"
)
_NEXT = re.compile(
    r"(?:下|后|接下来)(?:面)?(?:的)?一(?:条|个案例)|\b(?:next|following) (?:clause|measure|article|case|one)\b"
)
_MEANS = re.compile(r"[^\W呢吗啊呀吧的是讲说什么看下]")
_LAST = re.compile(
    r"(?:上|前)(?:面)?(?:的)?一(?:条|个案例)|\b(?:previous|preceding) (?:clause|measure|article|case|one)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """The clauses or parts that a question names, in its order, and the numbers it names that no clause has."""

    ids: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    more: int = 0  # clauses named beyond the MOST that one answer holds


def holds_id(text: str) -> bool:
    """Whether a text holds something written as the ids are: harbin-66:26, anhui-2023-4:1.3."""
    return bool(_ID.search(normalize(text)))


def find_named(question: str, corpus: Corpus, scope: Scope, places: Sequence[str]) -> Named:
    """What the question names inside the scope.

    A number that fits several clauses means the one of the place asked for; if that leaves several, the words decide.
    The number of another text, such as 《公司法》第二十条, names none of ours.
    """
    text = normalize(question)
    inside = [clause for clause in corpus.clauses if scope.admits(clause)]
    by_id = {clause.id: clause for clause in inside}
    named = [by_id[key] for key in _ID.findall(text) if key in by_id]
    if named or _means_another_text(text, corpus):
        return Named(_ids(text, named))
    if match := _PATH.search(text):
        found = [clause for clause in inside if clause.id.endswith(f":{match.group(1)}")]
        return Named(_ids(text, found[:1]), () if found else (match.group(1),))
    cases = _case(text, inside)
    if cases is not None:
        return Named(_ids(text, _of_place(cases, places)))
    titles = "".join(normalize(document.title) for document in corpus.documents)
    absent: list[str] = []
    for number in dict.fromkeys(_numbers(text, titles)):
        found = _of_place(_numbered(number, inside), places)
        if len(found) == 1:
            named += found
        elif not _numbered(number, corpus.clauses):
            absent.append(number)
    return Named(_ids(text, named[:MOST]), tuple(absent[:MOST]), len(named[MOST:]))


def _ids(text: str, named: Sequence[Clause]) -> tuple[str, ...]:
    """Their ids; the point of the one clause that the question names, where it names a point too."""
    if len(named) == 1 and (point := find_point(text, named[0])):
        return (point,)
    return tuple(dict.fromkeys(clause.id for clause in named))


def _of_place(found: list[Clause], places: Sequence[str]) -> list[Clause]:
    if len(found) > 1:
        found = [clause for clause in found if clause.jurisdiction == tuple(places)]
    return found if len(found) == 1 else []


def _numbers(text: str, titles: str) -> Iterator[str]:
    """The clause numbers in a text; 66条 is the document where its title says so."""
    if (match := _BARE.fullmatch(text)) and (not match.group(1) or load_gazetteer().get(match.group(1))):
        yield match.group(2)
    for first, last in _RANGE.findall(text):
        yield from map(str, range(int(first), min(int(last), int(first) + _LONGEST_RANGE) + 1))
    plain = [str(_value(next(filter(None, groups)))) for groups in _PLAIN.findall(text)]
    yield from plain
    for listed in (*_LISTED.findall(text), *_ENGLISH_LIST.findall(text)):
        yield from _DIGITS.findall(listed)
    yield from (number for number in _TERSE.findall(text) if f"{number}条" not in titles)


def _numbered(number: str, clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses of this number; a notice's own clause 三、 only where no other has it."""
    tails = [(clause, clause.id.rpartition(":")[2]) for clause in clauses]
    exact = [clause for clause, tail in tails if tail == number]
    return exact or [clause for clause, tail in tails if tail == f"0.{number}"]


def _case(text: str, clauses: Sequence[Clause]) -> list[Clause] | None:
    """The clauses that a case number fits; None where the text names no case."""
    if match := _CASE_IN_ORDER.search(text):
        number = str(_value(next(group for group in match.groups() if group)))
        return [clause for clause in clauses if clause.id.rpartition(":")[2].split(".")[1:] == [number]]
    if not _PLAIN.search(text) and (match := _CASE.search(text)):
        path = ".".join(str(_value(group)) for group in match.groups() if group)
        return [clause for clause in clauses if f".{clause.id.rpartition(':')[2]}".endswith(f".{path}")]
    return None


def _means_another_text(text: str, corpus: Corpus) -> bool:
    titles = [normalize(document.title) for document in corpus.documents]
    named = _TITLE.findall(text)
    if named:
        return not any(name in title or title in name for name in named for title in titles)
    return bool(_ELSEWHERE.search(text))


def find_point(question: str, clause: Clause) -> str | None:
    """The id of the part of this clause that the question names: 第三点, 第二款."""
    match = _POINT.search(normalize(question))
    wanted = f"{clause.id}.{_value(match.group(1))}" if match else None
    return next((part.id for part in clause.parts if part.id == wanted), None)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else from_chinese(numeral)


def only_points(question: str) -> bool:
    """Whether a question says nothing but 下一条呢, this clause: without an answer before it, it means nothing."""
    text = normalize(question)
    pointed = next((match for pattern in (_NEXT, _LAST, _SAME) if (match := pattern.search(text))), None)
    return pointed is not None and not _MEANS.search(text.replace(pointed.group(), "", 1))


def find_pointed(question: str, said: str, corpus: Corpus) -> Named:
    """The clause that a question points at from the last answer, which said `said`: 这条, 下一条, the previous one.

    An answer names its clauses by their addresses; the first of them is what it was about.
    """
    text = normalize(question)
    step = 1 if _NEXT.search(text) else -1 if _LAST.search(text) else 0 if _SAME.search(text) else None
    if step is None or not said:
        return Named()
    addresses = (address(corpus.document(clause.document_id), clause) for clause in corpus.clauses)
    at = {said.find(one): position for position, one in enumerate(addresses) if one in said}
    position = at[min(at)] + step if at else -1
    if not 0 <= position < len(corpus.clauses):
        return Named()
    here, there = corpus.clauses[position - step], corpus.clauses[position]
    return Named(_ids(text, [there])) if here.document_id == there.document_id else Named()


@dataclass(frozen=True, slots=True)
class ClauseReferences:
    ids: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    not_held: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    more: int = 0

    @property
    def names_nothing(self) -> bool:
        return bool(self.absent or self.not_held)


def references_in(text, corpus, *, documents=(), jurisdictions=None, places=(), last=None):
    if not text:
        return ClauseReferences()
    scope = Scope(frozenset(documents) or None, jurisdictions)
    n = find_named(text, corpus, scope, places)
    if n == Named():
        n = find_pointed(text, last.content if last else "", corpus)
    return ClauseReferences(n.ids, n.absent, more=n.more)


def contains_id(text, corpus):
    return holds_id(text)


is_bare_anaphor = only_points
find_part = find_point

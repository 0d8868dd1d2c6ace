"""Questions that name a clause: 「哈尔滨措施第十二条是什么」, "measure 12", 「典型案例芜湖（二）」, `harbin-66:12`."""

import re
from collections.abc import Sequence

from corpus.clause import Clause
from corpus.library import Corpus
from corpus.numeral import from_chinese
from corpus.places import load_gazetteer
from index.normalizer import normalize
from index.retriever import Scope

_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,4})"
_ID = re.compile(r"[a-z][a-z0-9-]*:[0-9a-z.-]*[0-9a-z]")
_HAN = r"\u3400-\u9fff"
_PLAIN = re.compile(
    rf"第{_NUMBER}(?:条|项|$)|(?:措施|条款){_NUMBER}(?![\d{_HAN}]|个|项|条)"
    r"|\b(?:measure|article|clause|item|no\.?) ?(\d{1,4})\b"
)
# Another text than ours: 民法典第三十条, Article 12 of the Company Law.
_ELSEWHERE = re.compile(r"(?:法|法典|条例|办法|规定|细则|解释|规则)第|\b(?:law|act|code|regulations?|constitution)\b")
_TITLE = re.compile(r"《(.+?)》")
_CASE = re.compile(rf"(?:(?<![一二三四五六七八九十]){_NUMBER}[、. ]*)?\({_NUMBER}\)")
_CASE_IN_ORDER = re.compile(rf"案例第{_NUMBER}(?:个|条|$)|第{_NUMBER}个(?:典型)?案例")
_BARE = re.compile(r"(\D*?) ?(\d{1,4})")  # what an agent types: hrb 48
_POINT = re.compile(rf"(?<!\()第{_NUMBER}(?:点|款)")


def find_reference(question: str, corpus: Corpus, scope: Scope, places: Sequence[str]) -> str | None:
    """The id of the one clause or part inside the scope that the question names, else None.

    A number that fits several clauses means the one of the place asked for; if that leaves several, the words decide.
    The number of another text, such as 《公司法》第二十条, names none of ours.
    """
    text = normalize(question)
    inside = [clause for clause in corpus.clauses if scope.admits(clause)]
    ids = set(_ID.findall(text))
    named = [clause for clause in inside if clause.id in ids]
    if not named and not _means_another_text(text, corpus):
        named = _numbered(text, inside)
    if len(named) > 1:
        named = [clause for clause in named if clause.jurisdiction == tuple(places)]
    if len(named) != 1:
        return None
    return find_point(text, named[0]) or named[0].id


def _means_another_text(text: str, corpus: Corpus) -> bool:
    titles = [normalize(document.title) for document in corpus.documents]
    named = _TITLE.findall(text)
    if named:
        return not any(name in title or title in name for name in named for title in titles)
    return bool(_ELSEWHERE.search(text))


def _numbered(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    if (match := _BARE.fullmatch(text)) and (not match.group(1) or load_gazetteer().get(match.group(1))):
        return [clause for clause in clauses if clause.id.rpartition(":")[2] == match.group(2)]
    if match := _PLAIN.search(text):
        number = str(_value(next(group for group in match.groups() if group)))
        return [clause for clause in clauses if clause.id.rpartition(":")[2] == number]
    if match := _CASE_IN_ORDER.search(text):
        number = str(_value(next(group for group in match.groups() if group)))
        return [clause for clause in clauses if clause.id.rpartition(":")[2].split(".")[1:] == [number]]
    if match := _CASE.search(text):
        path = ".".join(str(_value(group)) for group in match.groups() if group)
        return [clause for clause in clauses if f".{clause.id.rpartition(':')[2]}".endswith(f".{path}")]
    return []


def find_point(question: str, clause: Clause) -> str | None:
    """The id of the part of this clause that the question names: 第三点, 第二款."""
    match = _POINT.search(normalize(question))
    wanted = f"{clause.id}.{_value(match.group(1))}" if match else None
    return next((part.id for part in clause.parts if part.id == wanted), None)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else from_chinese(numeral)

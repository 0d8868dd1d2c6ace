"""Questions that name a clause: 「哈尔滨措施第十二条是什么」, "measure 12", 「典型案例芜湖（二）」, `harbin-66:12`."""

import re
from collections.abc import Sequence

from corpus.clause import Clause
from corpus.numeral import from_chinese
from index.normalizer import normalize
from index.retriever import Scope

_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,4})"
_ID = re.compile(r"[a-z][a-z0-9-]*:[0-9a-z.-]*[0-9a-z]")
_PLAIN = re.compile(
    rf"第{_NUMBER}(?:条|项)|(?:措施|条款){_NUMBER}(?!\d|个|项|条)"
    r"|\b(?:measure|article|clause|item|no\.?) ?(\d{1,4})\b"
)
_CASE = re.compile(rf"(?:(?<![一二三四五六七八九十]){_NUMBER}[、. ]*)?\({_NUMBER}\)")
_POINT = re.compile(rf"(?<!\()第{_NUMBER}(?:点|款)")


def find_reference(question: str, clauses: Sequence[Clause], scope: Scope, places: Sequence[str]) -> str | None:
    """The id of the one clause or part inside the scope that the question names, else None.

    A number that fits several clauses means the one of the place asked for; if that leaves several, the words decide.
    """
    text = normalize(question)
    inside = [clause for clause in clauses if scope.admits(clause)]
    named = [clause for clause in inside if clause.id in _ID.findall(text)] or _numbered(text, inside)
    if len(named) > 1:
        named = [clause for clause in named if clause.jurisdiction == tuple(places)]
    if len(named) != 1:
        return None
    return _point(text, named[0])


def _numbered(text: str, clauses: Sequence[Clause]) -> list[Clause]:
    if match := _PLAIN.search(text):
        number = str(_value(next(group for group in match.groups() if group)))
        return [clause for clause in clauses if clause.id.rpartition(":")[2] == number]
    if match := _CASE.search(text):
        path = ".".join(str(_value(group)) for group in match.groups() if group)
        return [clause for clause in clauses if f".{clause.id.rpartition(':')[2]}".endswith(f".{path}")]
    return []


def _point(text: str, clause: Clause) -> str:
    match = _POINT.search(text)
    wanted = f"{clause.id}.{_value(match.group(1))}" if match else None
    return next((part.id for part in clause.parts if part.id == wanted), clause.id)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else from_chinese(numeral)

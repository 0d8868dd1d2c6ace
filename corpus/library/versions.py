"""Documents that are versions of one another: the same text, the same 文号, or nearly the same title."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from corpus.clause import Document


class Likeness(StrEnum):
    """What two versions share; the surest first."""

    TEXT = "text"
    NUMBER = "number"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Versions:
    """Documents that share something, in the order they came in."""

    likeness: Likeness
    documents: tuple[Document, ...]

    def __str__(self) -> str:
        names = "、".join(f"{document.id}《{document.title}》" for document in self.documents)
        return f"{_WORDS[self.likeness]}：{names}"


_WORDS = {
    Likeness.TEXT: "正文相同 same text",
    Likeness.NUMBER: "文号相同 same number",
    Likeness.TITLE: "标题相近 nearly the same title",
}
_UNSEEN = re.compile(r"[\W_]+")
_ISSUING = re.compile(
    r".{0,60}?关于(?:修订|修改|调整|重新|转发)?(?:印发|公布|发布|颁布|下发)(.{4,})的(?:通知|公告|决定)"
)
# What distinguishes one version of a text from the next: its year, and that it is a draft, on trial or revised.
_STATES = "试行|暂行|修订|修正|修改|征求意见|草案|送审|全文|废止|已废止|失效"
_OF_A_VERSION = re.compile(
    rf"[（(](?:(?:19|20)\d\d年?)?(?:{_STATES})?[版稿]?[)）]|(?:19|20)\d\d(?:年度?|版)?|暂行|试行"
)


def find_versions(documents: Sequence[Document]) -> tuple[Versions, ...]:
    """Every group of two or more that share something; a pair is told once, by the surest it shares."""
    groups: list[Versions] = []
    told: set[frozenset[str]] = set()
    for likeness in Likeness:
        for group in _grouped((_keys(document)[likeness], document) for document in documents):
            ids = frozenset(document.id for document in group)
            if not any(ids <= other for other in told):
                told.add(ids)
                groups.append(Versions(likeness, group))
    return tuple(groups)


def versions_of(document: Document, others: Iterable[Document]) -> tuple[Versions, ...]:
    """What `document` shares with others, those of its own id excepted."""
    found = find_versions([document, *(other for other in others if other.id != document.id)])
    return tuple(versions for versions in found if document in versions.documents)


def _grouped(keyed: Iterable[tuple[str, Document]]) -> Iterator[tuple[Document, ...]]:
    """Those of one key; documents of places that are both known and differ are no versions of one another."""
    groups: dict[str, list[Document]] = {}
    for key, document in keyed:
        if key:
            groups.setdefault(key, []).append(document)
    for group in groups.values():
        for places in dict.fromkeys(document.jurisdiction for document in group if document.jurisdiction) or ((),):
            same = tuple(document for document in group if document.jurisdiction in (places, ()))
            if len(same) > 1:
                yield same


@lru_cache(maxsize=10_000)  # a library is compared with every file that comes, and its texts are long
def _keys(document: Document) -> dict[Likeness, str]:
    """What a version has in common with the document, for each likeness; empty where it can have nothing."""
    return {
        Likeness.TEXT: _text_key(document),
        Likeness.NUMBER: _number_key(document),
        Likeness.TITLE: _title_key(document),
    }


def _text_key(document: Document) -> str:
    plain = _plain(document.text)
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest() if plain else ""


def _number_key(document: Document) -> str:
    """The 文号 without its brackets, blanks and 第."""
    return _plain(document.number or "").replace("第", "")


def _title_key(document: Document) -> str:
    """The name of the text itself, without the notice around it, its year and its state; empty where that is little."""
    title = re.sub(r"\s", "", unicodedata.normalize("NFKC", document.title))
    issued = _ISSUING.fullmatch(title)
    name = _plain(_OF_A_VERSION.sub("", issued[1] if issued else title))
    return name if len(name) > 4 else ""


def _plain(text: str) -> str:
    """The letters and digits of a text alone, in one width."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower()

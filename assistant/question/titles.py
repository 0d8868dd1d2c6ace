"""Documents named by some words of their titles: 那个电梯补助办法, 限价房管理办法, the lift rules.

People leave out half of a title. A name is the longest stretch that ends with a word for a text (办法, 通知, rules) and
whose characters, or in English what the lexicon calls whose words, all stand in the title in this order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from assistant.question.intents import intent
from corpus.addresses.headings import abridges
from corpus.clause import Document
from index.lexicon.expansion import Lexicon
from index.text.normalizer import normalize
from index.text.tokenizer import segment

MOST = 3  # documents that one name may mean: more, and it is a matter
_LEAST = 2  # characters of a name before the word for a text
_LOOKED_AT = 8  # words for a text in one message
_LONGEST = 24  # characters, or four English words
_KIND = re.compile(
    r"管?理?(?:办法|条例|规定|细则|通知|意见|方案|决定|措施|规划|计划|公告|政策|规则|章程|指南|手册|法(?![律规院官人定治]))"
)
_TEXT = re.compile(r"(?:的|[这那][个份])?(?:文件|材料|规定|措施|政策|条例|办法)(?=里|中|内|当中|上面)")
_POINTS = re.compile(r"(?:这|那)(?:一)?[份个部]")
_KIND_EN = re.compile(
    r"((?:[a-z-]{2,20} ){1,4})"
    r"(?:text|rules?|document|notice|law|regulations?|measures|provisions|ordinance|policy|guidelines|plan|scheme)\b"
)
_ANY = intent("list_noun").pattern  # 改革措施 is no name


@dataclass(frozen=True, slots=True)
class TitleName:
    """A stretch of a message, half open, that names documents by their titles."""

    start: int
    end: int
    documents: tuple[Document, ...]


def named_by_title(normal: str, documents: Sequence[Document], lexicon: Lexicon | None) -> TitleName | None:
    """The first name of documents in a message in normal form without places; None where it holds none.

    English names are known with a lexicon only.
    """
    titles = [(document, _squeezed(document.title)) for document in documents]
    found = (*_chinese(normal, titles), *(_english(normal, documents, lexicon) if lexicon else ()))
    return min(found, key=lambda name: name.start, default=None)


def _chinese(normal: str, titles: Sequence[tuple[Document, str]]) -> Iterator[TitleName]:
    starts = tuple(_piece_starts(normal))
    for kind in islice((*_TEXT.finditer(normal), *_KIND.finditer(normal)), _LOOKED_AT):
        pointed = _last(_POINTS, normal[max(0, kind.start() - _LONGEST) : kind.start()])
        for start in sorted(at for at in starts if kind.start() - _LONGEST <= at <= kind.start() - _LEAST):
            words = normal[start : kind.start()]
            said = words.replace("的", "") if pointed or kind.re is _TEXT else words
            end = "" if kind.re is _TEXT else kind[0]
            if not re.fullmatch(r"[\u3400-\u9fff]{2,}", said) or _ANY.fullmatch(said + end):
                continue
            fitting = tuple(document for document, title in titles if abridges(said + end, title))
            if 0 < len(fitting) <= MOST:
                yield TitleName(start, kind.end(), fitting)
                break


def _english(normal: str, documents: Sequence[Document], lexicon: Lexicon) -> Iterator[TitleName]:
    for match in islice(_KIND_EN.finditer(normal), _LOOKED_AT):
        words = match[1].split()
        for first in range(len(words)):
            said = " ".join(words[first:])
            fitting = tuple(document for document in documents if _is_called(said, document, lexicon))
            if 0 < len(fitting) <= MOST:
                yield TitleName(match.start() + match[1].index(said), match.end(), fitting)
                break


def _is_called(said: str, document: Document, lexicon: Lexicon) -> bool:
    """Whether every English word is in the English title, or what the lexicon calls it in the Chinese one."""
    expansions = lexicon.expand(said)
    title, title_en = _squeezed(document.title), normalize(document.title_en or "")
    words = [word for word in segment(said).words if not _ANY.fullmatch(word)]
    return bool(words) and all(
        re.search(rf"\b{re.escape(word)}", title_en)
        or any(other in title for one in expansions if word in one.found.split() for other in one.words)
        for word in words
    )


@lru_cache(4096)
def _squeezed(title: str) -> str:
    return "".join(normalize(title).split())


def _piece_starts(normal: str) -> Iterator[int]:
    at = 0
    for piece in segment(normal).pieces:
        yield at
        at += len(piece)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(list(pattern.finditer(text))[-1:]), None)

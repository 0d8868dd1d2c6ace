"""The hard terms that are known, and where they stand in a text.

The shipped ones are in `terms.toml`, which says what its fields mean; an office adds its own in `glossary.toml` in its
folder of documents, and an own explanation of a shipped term wins.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError
from corpus.readers.folder import GLOSSARY
from index.text.normalizer import normalize
from index.text.tokenizer import segment

LONGEST = 60  # characters of an explanation in Chinese: one sentence
_START = 2  # characters by which names are looked up; no name is shorter
_REMEMBERED = 2048
_TEXTS = ("term", "zh", "english", "en", "source")
_LETTERS = re.compile(r"[a-z0-9]+")
_ARTICLES = frozenset(("a", "an", "the"))
_SENTENCE = re.compile(r"[^。；;!?！？\n]++")


@dataclass(frozen=True)
class Term:
    """One term with its explanation, which is ours and no text of a policy."""

    term: str  # as the texts write it
    zh: str
    english: str  # what English calls it
    en: str
    source: str  # a public text that uses it, and where
    other: tuple[str, ...] = ()  # its other names
    defined: bool = False  # whether the source says what it is
    on_request: bool = False  # known to most people, so that only who asks is told

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every Chinese name in normal form, the first one first."""
        return tuple(normalize(name) for name in (self.term, *self.other))

    @cached_property
    def normal_english(self) -> str:
        """Its English name in normal form."""
        return normalize(self.english)


class Glossary:
    """Terms by their names. Safe from several threads."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Of two terms with one name the later one has it."""
        self.terms = tuple({term.term: term for term in terms}.values())
        self._by_name = {name: term for term in self.terms for name in term.names}
        self._by_english = {_english_key(term.normal_english): term for term in self.terms}
        self._by_start: dict[str, list[str]] = {}  # the names that begin with these two characters, longest first
        for name in sorted(self._by_name, key=len, reverse=True):
            self._by_start.setdefault(name[:_START], []).append(name)
        self.find = lru_cache(_REMEMBERED)(self._find)  # the same quotes come again and again

    def named(self, name: str) -> Term | None:
        """The term that is called so, in Chinese or in English."""
        name = normalize(name)
        return self._by_name.get(name) or self._by_english.get(_english_key(name))

    def _find(self, text: str) -> tuple[Term, ...]:
        """The different terms in a text, in the order in which they stand there; the longest where several begin.

        One inside a longer word is none: no 标准地 in 标准地名. The work is linear in the text.
        """
        return tuple(dict.fromkeys(self._standing(normalize(text))))

    def _standing(self, text: str) -> Iterator[Term]:
        for sentence in _SENTENCE.findall(text):
            spans = list(self._spans(sentence))
            if spans:
                bounds = _bounds(sentence)
                yield from (self._by_name[sentence[slice(*span)]] for span in spans if bounds.issuperset(span))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand, one behind the other; a name that begins inside another is passed over."""
        position = 0
        while position < len(text):
            beginning = self._by_start.get(text[position : position + _START], ())
            name = next((name for name in beginning if text.startswith(name, position)), "")
            if name:
                yield position, position + len(name)
            position += len(name) or 1


def _english_key(name: str) -> str:
    """An English name in normal form as it is looked up: no hyphens, no plurals, no article."""
    words = _LETTERS.findall(name)
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words if word not in _ARTICLES
    )


def _bounds(sentence: str) -> set[int]:
    """Where words begin and end, and every mark."""
    words = {0, *accumulate(map(len, segment(sentence).pieces))}
    marks = (position for position, character in enumerate(sentence) if not character.isalnum())
    return words.union(*((position, position + 1) for position in marks))


@cache
def shipped_terms() -> tuple[Term, ...]:
    """Those of `terms.toml`."""
    file = resources.files("assistant.glossary").joinpath("terms.toml")
    return _terms(file.read_text(encoding="utf-8"), "terms.toml")


def load_glossary(folder: Path | None = None) -> Glossary:
    """The shipped terms with those of a folder of documents. Raises DocumentError for a file that cannot be used."""
    file = folder / GLOSSARY if folder else None
    if file is None or not file.is_file():
        return Glossary(shipped_terms())
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(
            f"{file}:1: 读不出来，请检查权限并存成 UTF-8。cannot be read ({error}); check permissions, save it as UTF-8"
        ) from None
    return glossary_with(text, str(file))


def glossary_with(text: str, file: str = GLOSSARY) -> Glossary:
    """The shipped terms with those that the content of such a file adds. Raises DocumentError, which names the file."""
    return Glossary((*shipped_terms(), *_terms(text, file)))


def _terms(text: str, file: str) -> tuple[Term, ...]:
    """The tables of one file. Raises DocumentError for what is malformed, incomplete, too long or there twice."""
    try:
        rows = tomllib.loads(text).get("term", [])
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(f"{file}:1: 不是有效的 TOML，请改正。not valid TOML ({error}); correct it") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DocumentError(f"{file}:1: 每个词语写在一个 [[term]] 下。write each term below a [[term]] of its own")
    terms = tuple(_term(row, position, file) for position, row in enumerate(rows, 1))
    names: set[str] = set()
    for term in terms:
        for name in term.names:
            if name in names:
                raise DocumentError(f"{file}:1: “{name}”写了两次，请删去一处。{name!r} is there twice; remove one")
            names.add(name)
    return terms


def _term(row: Mapping[str, Any], position: int, file: str) -> Term:
    name = row.get("term") or f"[[term]] {position}"
    for key in _TEXTS:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise DocumentError(f"{file}:1: “{name}”缺少 {key}，请补上。{name!r} lacks {key}; add it")
    if any(len(each) < _START for each in (name, *row.get("other", ()))):
        raise DocumentError(f"{file}:1: “{name}”的名称太短，至少两个字。a name of {name!r} has only one character")
    if len(row["zh"]) > LONGEST:
        raise DocumentError(
            f"{file}:1: “{name}”的解释超过{LONGEST}个字，请缩短。"
            f"the explanation of {name!r} has more than {LONGEST} characters; shorten it"
        )
    unknown = sorted(set(row) - set(Term.__dataclass_fields__))
    if unknown:
        raise DocumentError(f"{file}:1: “{name}”里没有 {unknown[0]} 这个键，请删去。no key {unknown[0]}; remove it")
    return Term(**{**row, "other": tuple(row.get("other", ()))})

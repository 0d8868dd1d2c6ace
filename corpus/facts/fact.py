"""What a fact is: a value, the words it was read from, and how sure that is."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from corpus.facts.dates import PartialDate

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """One fact.

    Law: where `start` is given, `source.text[start:end] == evidence`; else the evidence stands beside the text, in
    `Source.facts`.
    """

    value: T
    evidence: str
    start: int | None = None
    end: int | None = None
    confidence: float = 1.0  # 0..1: 1 where the document says it in so many words

    def as_value(self, value: U, confidence: float | None = None) -> "Fact[U]":
        """Another value that the same words give."""
        return Fact(value, self.evidence, self.start, self.end, self.confidence if confidence is None else confidence)


@dataclass(frozen=True, slots=True)
class OlderText:
    """A text that this one repeals, by what is printed of it: at least one of the two."""

    title: str | None
    number: str | None

    def __str__(self) -> str:
        name = f"《{self.title}》" if self.title else ""
        return f"{name}（{self.number}）" if name and self.number else name or self.number or ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a document says about itself. What it does not say is None or empty."""

    title: Fact[str] | None = None  # of the text that people cite
    number: Fact[str] | None = None  # 文号
    issuer: Fact[str] | None = None  # several organs are separated by 、
    issued: Fact[PartialDate] | None = None
    effective: Fact[date] | None = None
    expires: Fact[date] | None = None  # the last day it is in force
    repeals: tuple[Fact[OlderText], ...] = ()
    places: Fact[tuple[str, ...]] | None = None  # short names of the gazetteer, or 全国
    audience: Fact[str] | None = None
    encloses: Fact[str] | None = None  # title of the 办法, 细则 … that the notice issues
    status: Fact[str] | None = None  # 现行 已修改 废止 到期 征求意见稿

"""Which clauses of a document's contents are shown: those that hold the words, apply in the place, speak of the people.

The page's script narrows as one types, by the same words, from what stands in the page.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.gazetteer import NATIONAL
from corpus.places.holding import holds_in
from index.text.normalizer import normalize

_FILE = Path(__file__).parent / "audiences.toml"
MOST_WORDS = 200  # characters of what is looked for


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked for; an empty text leaves nothing out."""

    words: str = ""
    place: str = ""
    audience: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out at all."""
        return bool(self.words.strip() or self.place or self.audience)


def narrowed(clauses: Iterable[Clause], by: Narrowing, corpus: Corpus) -> list[Clause]:
    """The clauses that hold every word, apply in the place and speak of the audience, in their order."""
    wanted = normalize(by.words[:MOST_WORDS]).split()
    return [
        clause
        for clause in clauses
        if (not by.place or applies_in(clause, by.place))
        and (not by.audience or by.audience in audiences_of(clause))
        and (not wanted or _holds(clause, wanted, corpus))
    ]


def _holds(clause: Clause, wanted: Sequence[str], corpus: Corpus) -> bool:
    text = normalize("\n".join((*clause.path, clause.number, clause.title, clause.text, more_words(clause, corpus))))
    return all(word in text for word in wanted)


def more_words(clause: Clause, corpus: Corpus) -> str:
    """Other words for a clause, by which it is found too: of its plain-language record, in both languages."""
    record = corpus.plain.get(clause.id)
    if record is None:
        return ""
    return " ".join((record.name, record.plain, record.title_en, record.gist_en, *record.keywords))


def applies_in(clause: Clause, place: str) -> bool:
    """Whether it applies there: for the place itself, one that holds it, the whole country, or nobody says where."""
    return holds_in(clause.jurisdiction, (place,)) is True


def places_to_choose(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The places of these clauses, where they differ; none where choosing one would leave nothing out."""
    named = dict.fromkeys(place for clause in clauses for place in clause.jurisdiction if place != NATIONAL)
    kept = tuple(named)
    return kept if any(not applies_in(clause, place) for clause in clauses for place in kept) else ()


def audiences_to_choose(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The audiences that some of these clauses speak of and some do not."""
    spoken = [audiences_of(clause) for clause in clauses]
    return tuple(name for name in _patterns() if 0 < sum(name in one for one in spoken) < len(spoken))


def audiences_of(clause: Clause) -> tuple[str, ...]:
    """Whom the clause's own words speak of."""
    return tuple(name for name, (words, others) in _patterns().items() if words.search(others.sub("", clause.text)))


@cache
def _patterns() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: (_any_of(table["words"]), _any_of(table["not"])) for name, table in tables.items()}


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Any of these words; nothing at all where there is none."""
    return re.compile("|".join(map(re.escape, words)) or "(?!)")

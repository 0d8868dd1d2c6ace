"""The tiles that the page opens with: life events (一件事), as far as the documents at hand answer them.

Where they answer few, the documents' own chapters and clauses fill up what is left.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path

from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages
from corpus.corpus import Corpus

_FILE = Path(__file__).parent / "topics.toml"
TILES = 6
_TRIED = 3 * TILES  # headings and names that are asked for; each takes as long as an answer
_LONGEST = 24  # characters of a heading on a tile
_NUMBER = re.compile(r"第[^章节条编]{1,6}[章节条编]\s*|[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]\s*")
_BRACKETED = re.compile(r"[（(][^（()）]{0,12}[)）]$")


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """What a tile says, and what it asks."""

    name: str
    question: str


def read_events(code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every life event of the file that is written in this language, with its questions."""
    events = tomllib.loads(_FILE.read_text(encoding="utf-8"))["event"]
    return tuple((event["name"][code], tuple(event["questions"][code])) for event in events if code in event["name"])


def life_events(words: Messages, corpus: Corpus, is_answered: Callable[[str], bool]) -> tuple[LifeEvent, ...]:
    """At most `TILES` of them, each with a question that is answered."""
    general = (_first_answered(name, questions, is_answered) for name, questions in read_events(words.code))
    found = list(islice(filter(None, general), TILES))
    for event in islice(_of_documents(words, corpus), _TRIED):
        if len(found) == TILES:
            break
        if event.name not in (one.name for one in found) and is_answered(event.question):
            found.append(event)
    return tuple(found)


def _first_answered(name: str, questions: tuple[str, ...], is_answered: Callable[[str], bool]) -> LifeEvent | None:
    answered = next(filter(is_answered, questions), None)
    return LifeEvent(name, answered) if answered else None


def _of_documents(words: Messages, corpus: Corpus) -> Iterator[LifeEvent]:
    """Of each document in turn: its chapters, asked for as lists, then its clauses by their plain names."""
    each = [list(_of_document(words, corpus, document.id)) for document in corpus.browsable.documents]
    return (event for event in chain.from_iterable(zip_longest(*each)) if event)


def _of_document(words: Messages, corpus: Corpus, id_: str) -> Iterator[LifeEvent]:
    clauses = corpus.clauses_of(id_)
    for heading in dict.fromkeys(clause.path[-1] for clause in clauses if clause.path):
        name = _BRACKETED.sub("", _NUMBER.sub("", heading, count=1)).strip()
        if words.is_chinese and 1 < len(name) <= _LONGEST:
            yield LifeEvent(name, words("chat.of_heading", heading=name))
    for clause in clauses:
        if record := corpus.plain.get(clause.id):
            yield LifeEvent(name_of(record, words), name_of(record, words))

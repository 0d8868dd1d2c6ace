"""What people may ask about a clause, worked out from its own words: for clauses that no writer has described.

Two things stand between a question and a clause: people use other words, and they ask where the clause states. So a
clause gets what its official words are called in speech, out of the lexicon, and its heading in the form of a question
for every kind of thing that its text states; the forms lie in `induced.toml`. No line of this is shown, quoted, or
taken as evidence.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from corpus.clause import Clause
from index.lexicon.expansion import Lexicon
from index.text.answer_types import AnswerType, answer_types, contains
from index.text.normalizer import normalize
from index.text.tokenizer import segment

TELLING = 6  # official words of a text whose spoken ones count, the rarest
RARE = 0.5  # rarity of an official word from which on it tells something: 办理 and 申请 stand everywhere
SPOKEN = 3  # spoken words of each official one
_SHORT = 20  # characters up to which a first line may be a heading
_HEADING = 24  # characters up to which a heading above names what a clause is about
_CUT = 16  # characters of a first sentence that stand for a heading
_MARKS = " ()《》"

# How rare the rarest of these tokens is in the texts of a corpus, 0..1, higher is rarer.
Rarity = Callable[[Sequence[str]], float]


@dataclass(frozen=True, slots=True)
class Form:
    """How people ask about what a text states."""

    asked: str
    asked_en: str
    type: AnswerType | None  # that the text must state
    stated: re.Pattern[str]  # and what must stand in it; its group `found` may go into the question
    most: int  # questions of one clause


@dataclass(frozen=True, slots=True)
class Forms:
    """The content of `induced.toml`."""

    empty: re.Pattern[str]
    sentence: re.Pattern[str]
    number: re.Pattern[str]
    forms: tuple[Form, ...]


@cache
def _table() -> str:
    return resources.files("index").joinpath("induced.toml").read_text(encoding="utf-8")


@cache
def load_forms() -> Forms:
    """The shipped forms, read once."""
    table = tomllib.loads(_table())
    headings = {name: re.compile(pattern) for name, pattern in table.pop("headings").items()}
    return Forms(**headings, forms=tuple(map(_form, table.values())))


def fingerprint() -> str:
    """Sixteen hexadecimal digits of all that lines are made by, apart from lexicon and clause."""
    types = [(one.name, one.stated.pattern) for one in answer_types()]
    made_by = (_table(), types, TELLING, RARE, SPOKEN, _SHORT, _HEADING, _CUT)
    return hashlib.sha256(repr(made_by).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Official:
    """The official words of a clause that people call otherwise, in normal form, in the order of the text."""

    headings: tuple[str, ...]  # those of `Induced.about`
    text: tuple[str, ...]  # each once


@dataclass(frozen=True, slots=True)
class Induced:
    """What a clause may be asked by."""

    about: tuple[str, ...]  # the nearest heading above that says something, and the title, in normal form
    topic_en: str  # the heading's terms in English
    official: Official
    questions: tuple[str, ...]
    questions_en: tuple[str, ...]
    spoken: tuple[str, ...] = ()  # what its official words are called in speech, those that tell something

    def lines(self) -> dict[str, str]:
        """One line a field of `passages.FIELDS`; a field without words is left out.

        All questions are one line, so that an index grows by two or three vectors a clause; each alone finds as much.
        """
        asked = (" ".join(self.about), *self.questions)
        lines = {
            "keywords": " ".join(self.spoken),
            "ask": " ".join(dict.fromkeys(asked)),
            "ask_en": ". ".join(self.questions_en),
        }
        return {field: line for field, line in lines.items() if line}


def induced(clause: Clause, lexicon: Lexicon, rarity: Rarity) -> Induced:
    """What the clause may be asked by, from its own words and these lists alone."""
    found = induced_by_itself(clause, lexicon)
    return replace(found, spoken=spoken_words(found.official, lexicon, lambda word: rarity(segment(word).tokens)))


def induced_by_itself(clause: Clause, lexicon: Lexicon) -> Induced:
    """The same without the spoken words: which of these tell something depends on all other clauses."""
    about = _headings(clause)
    text = normalize(clause.text)
    topic = _topic(about)
    topic_en = " ".join(lexicon.english(topic))
    named = tuple(one.found for heading in about for one in lexicon.said(heading))
    official = Official(named, tuple(dict.fromkeys(one.found for one in lexicon.said(text))))
    questions = tuple(dict.fromkeys(_questions(topic, text)))
    return Induced(about, topic_en, official, questions, tuple(_english(topic_en, text)))


def _headings(clause: Clause) -> tuple[str, ...]:
    """The nearest heading above a clause that says something, where there is one, and its title; in normal form."""
    forms = load_forms()
    above = [heading for one in clause.path if len(heading := _bare(one)) <= _HEADING]
    told = [heading for heading in above if heading and not forms.empty.fullmatch(heading)]
    return tuple(dict.fromkeys(filter(None, (*told[-1:], _bare(clause.title)))))


def _bare(heading: str) -> str:
    """A heading in normal form without its number, brackets and blanks between characters."""
    normal = normalize(heading)
    number = load_forms().number.match(normal)
    words = normal[number.end() if number else 0 :].strip(_MARKS)
    return re.sub(r"(?<![\x00-\x7f]) | (?![\x00-\x7f])", "", words)


def _topic(about: Sequence[str]) -> str:
    """What a question about the clause would name: its title, or, where that is a sentence, the heading above."""
    if not about:
        return ""
    title = about[-1]
    if len(title) <= _SHORT and not load_forms().sentence.search(title):
        return title.removesuffix("的")
    return about[0] if len(about) > 1 else title[:_CUT]


def spoken_words(official: Official, lexicon: Lexicon, rarity: Callable[[str], float]) -> tuple[str, ...]:
    """What the official words of headings, and the rarest of those of the text, are called in speech.

    `rarity` of a word is 0..1, higher is rarer.
    """
    telling = sorted(official.text, key=lambda word: (-rarity(word), word))[:TELLING]
    chosen = [word for word in (*official.headings, *telling) if rarity(word) >= RARE]
    return tuple(dict.fromkeys(spoken for word in chosen for spoken in lexicon.spoken(word)[:SPOKEN]))


def _questions(topic: str, text: str) -> Iterator[str]:
    for form in load_forms().forms:
        if not _states(text, form):
            continue
        if "found" not in form.stated.groupindex:
            yield form.asked.format(topic=topic)
            continue
        found = dict.fromkeys(match["found"].strip() for match in form.stated.finditer(text))
        yield from (form.asked.format(found=one) for one in list(found)[: form.most])


def _english(topic: str, text: str) -> Iterator[str]:
    if topic:
        yield from (
            form.asked_en.format(topic=topic) for form in load_forms().forms if form.asked_en and _states(text, form)
        )


def _states(text: str, form: Form) -> bool:
    return (form.type is None or contains(form.type, text)) and bool(form.stated.search(text))


def _form(row: Mapping[str, str | int]) -> Form:
    types = {one.name: one for one in answer_types()}
    return Form(
        asked=str(row["asked"]),
        asked_en=str(row.get("asked_en", "")),
        type=types[str(row["type"])] if "type" in row else None,
        stated=re.compile(str(row["stated"])),
        most=int(row.get("most", 1)),
    )

"""Whose rule it is that is quoted: the places and the people its own words name, beside those that were asked about.

What another city does, what holds for five districts or for small firms, is said to be so in the first line, and no yes
stands before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composition.bounds import outside
from assistant.composition.conditions import required, ruled_out, without
from assistant.composition.exclusion import exclusions_in, has_exception, is_negated
from assistant.composition.groups import Group, groups_in, groups_named_by
from assistant.composition.sentences import QuotedSentence, nearest
from assistant.composition.whose_places import most_exact
from corpus.places.gazetteer import lies_within, load_gazetteer
from index.text.statements import asks_whether

_SENTENCE = re.compile(r"[^。\n!?]+")
_OTHER_PARTY = re.compile(  # who owes the asker something is not whom a rule is to help
    r"[^，,。？?\s]{1,8}(?<!被)(?<!被拖)(?:拖?欠|压着|赖着)"
    r"|\b(?:[a-z]+ ){1,3}(?:owes?|(?:has|have) not paid|ha(?:s|ve)n't paid)\b"
)
_AS_NEAR = 0.75  # share of the nearest sentence's nearness from which another is about the matter too
_AS_MUCH = 0.85  # from which it is no less what is asked for


@dataclass(frozen=True, slots=True)
class Difference:
    """What the quoted words are about, where that is not, or not all of, what was asked about."""

    key: str  # of the message that says so
    number: int  # of the citation whose words they are
    said_places: tuple[str, ...] = ()
    asked_places: tuple[str, ...] = ()
    said_groups: tuple[Group, ...] = ()
    asked_groups: tuple[Group, ...] = ()
    said_words: str = ""  # of the quote, where no known group is meant
    asked_words: str = ""  # of the question: a number outside a bound

    @property
    def excludes(self) -> bool:
        """Whether what was asked about is none of what they are about."""
        return self.key not in ("part", "others")

    @property
    def excludes_surely(self) -> bool:
        """The same where it may be said of a clause that is only near the question."""
        return self.key in ("bound", "ruled_out", "others", "other", "not_listed", "only")


def place_difference(sentences: Sequence[QuotedSentence], named: Sequence[str]) -> Difference | None:
    """Where the nearest sentence describes the practice of other places, or of a part of the place asked about.

    `named` are the places of the question.
    """
    asked = most_exact(named)
    for one in sentences:
        if left_out := tuple(place for place in asked if any(lies_within(place, name) for name in one.excepted)):
            return Difference("excepted", one.number, left_out)
    best = _of_matter(sentences)
    said = practised_in(sentences)
    if best is None or not best.places:
        return None
    own = (one for one in sentences if _is_about(one, asked) and not one.is_heading)
    if asked and any(one.of_matter >= _AS_NEAR * best.of_matter for one in own):
        return None
    outside = tuple(place for place in asked if not any(_touch(place, one) for one in said))
    key = "part" if not outside else "not_listed" if _are_districts((*said, *outside)) else "other"
    if key == "not_listed" and len(said) < 2:
        key = "other"
    return Difference(key, best.number, said, outside)


def practised_in(sentences: Sequence[QuotedSentence]) -> tuple[str, ...]:
    """Whose practice the sentences nearest to the question describe; none where it is that of all of the clause."""
    best = _of_matter(sentences)
    if best is None or not best.places:
        return ()
    near = (one for one in sentences if not one.is_heading and one.of_matter >= _AS_MUCH * best.of_matter)
    return tuple(dict.fromkeys(place for one in near for place in one.places)) or best.places


def listed_among(sentences: Sequence[QuotedSentence], named: Sequence[str]) -> QuotedSentence | None:
    """The sentence nearest to the question, where its places are districts of one city, all of the places asked about
    are among them, and not all of the city is meant.
    """
    best = _of_matter(sentences)
    asked = most_exact(named)
    if best is None or not asked or not best.places or not _are_districts((*best.places, *asked)):
        return None
    return best if set(asked) <= set(best.places) else None


def _of_matter(sentences: Sequence[QuotedSentence]) -> QuotedSentence | None:
    stating = [one for one in sentences if not one.is_heading] or sentences
    return max(stating, key=lambda one: one.of_matter, default=None)


def _is_about(sentence: QuotedSentence, asked: Sequence[str]) -> bool:
    return bool(sentence.places) and all(any(lies_within(place, said) for said in sentence.places) for place in asked)


def _touch(one: str, other: str) -> bool:
    return lies_within(one, other) or lies_within(other, one)


def _are_districts(names: Sequence[str]) -> bool:
    """Whether all are of county level and lie in one city, so that a list of some leaves the others out."""
    places = [load_gazetteer().get(name) for name in names]
    return all(one is not None and one.level == "county" for one in places) and (
        len({one.parent for one in places if one}) == 1
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """What is quoted and what stands around it, all in normal form."""

    quoted: str  # one quote a line
    clause: str  # all of the clause, which may name others beside the quotes
    told: str = ""  # what the quotes give whom in plain words of the question's language, where these are written
    title: str = ""  # of the document

    @property
    def said(self) -> str:
        """The quotes with their plain words."""
        return f"{self.quoted}\n{self.told}"


def people_difference(question: str, sentences: Sequence[QuotedSentence], matter: Matter) -> Difference | None:
    """Where the question, in normal form, is about others than the quotes name: people, firms, areas or cases."""
    best = nearest(sentences)
    if best is None:
        return None
    return (
        _outside(question, sentences, matter.quoted)
        or _ruled_out(question, sentences, matter.title)
        or _without(question, matter, best.number)
        or _left_out(question, matter.said, best.number)
        or _others(question, matter, best.number)
        or _rest(question, matter.said, best.number)
    )


def _outside(question: str, sentences: Sequence[QuotedSentence], quoted: str) -> Difference | None:
    """Where a number of the question lies outside the bounds that the nearest sentence with such bounds gives."""
    by_nearness = sorted(sentences, key=lambda one: -one.of_matter)
    whole = {text: [one for one in by_nearness if one.normal in text] for text in _SENTENCE.findall(quoted)}
    ordered = sorted(filter(None, whole.values()), key=lambda parts: -parts[0].of_matter)
    found = outside(question, [[one.normal for one in parts] for parts in ordered])
    if found is None:
        return None
    number = next(one.number for one in by_nearness if found.bound.words in one.normal)
    return Difference("bound", number, said_words=found.bound.words, asked_words=found.amount.words)


def _ruled_out(question: str, sentences: Sequence[QuotedSentence], title: str) -> Difference | None:
    position = ruled_out(question, [one.normal for one in sentences], title)
    if position is None:
        return None
    return Difference("ruled_out", sentences[position].number, said_words=sentences[position].written)


def _without(question: str, matter: Matter, number: int) -> Difference | None:
    words = without(question, matter.said, matter.title)
    return Difference("only", number, said_words=words) if words else None


def _left_out(question: str, quoted: str, number: int) -> Difference | None:
    left_out = exclusions_in(question)
    said = groups_in(quoted) if left_out else {}
    for one in left_out:
        words = one.named_in(quoted)
        if words and is_negated(words, quoted, anywhere=one.lacking):
            continue
        for kind, groups in groups_named_by(one.core, ends=one.ends).items():
            if kind in said and _values(said[kind]) <= _values(groups):
                return Difference("only", number, said_groups=said[kind])
        if not words or load_gazetteer().find(words):
            continue
        bound = re.search(rf"{re.escape(words)}(?:以[内上下外])?", quoted)
        if not one.lacking:
            return Difference("only", number, said_words=bound.group() if bound else words)
        if required(words, quoted) and asks_whether(question):
            return Difference("required", number, said_words=words)
    return None


def _rest(question: str, quoted: str, number: int) -> Difference | None:
    """Where the question is about something beside what it leaves out, and the quotes name neither as left out."""
    for one in exclusions_in(question):
        if one.beside and not has_exception(quoted) and not one.goes_on_in(question, quoted):
            return Difference("rest", number, said_words=one.core)
    return None


def _others(question: str, matter: Matter, number: int) -> Difference | None:
    spoken_of = groups_in(_OTHER_PARTY.sub(" ", question))
    if not spoken_of:
        return None
    said = groups_in(matter.said, spoken_of)
    held = groups_in(f"{matter.clause}\n{matter.told}", said)
    named = [groups_named_by(one.core, ends=one.ends).values() for one in exclusions_in(question)]
    left_out = {group for kinds in named for groups in kinds for group in groups}
    for kind, groups in spoken_of.items():
        asked = tuple(group for group in groups if group not in left_out)
        if not asked or kind not in said or kind not in held:
            continue
        marked = tuple(group for group in asked if group.is_marked)
        if _values(marked or asked).isdisjoint(_values(held[kind])):
            return Difference("others", number, said_groups=said[kind], asked_groups=marked or asked)
    return None


def _values(groups: Sequence[Group]) -> frozenset[str]:
    return frozenset().union(*(group.holds for group in groups))


def asks_about_rest(question: str) -> bool:
    """Whether a question leaves something out, so that nothing the quotes permit is known to hold for it."""
    return bool(exclusions_in(question))

"""Whose rule it is that is quoted: the places and the people its own words name, beside those that were asked about.

What another city does, what holds for five districts or for small firms, is said to be so in the first line, and no yes
stands before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composition.exclusion import exclusions_in, is_negated
from assistant.composition.groups import Group, groups_in, groups_named_by
from assistant.composition.sentences import QuotedSentence, nearest
from assistant.composition.whose_places import most_exact
from corpus.places.gazetteer import lies_within, load_gazetteer

_AS_NEAR = 0.6  # share of the nearest sentence's nearness from which another is about the matter too


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

    @property
    def excludes(self) -> bool:
        """Whether what was asked about is none of what they are about."""
        return self.key not in ("part", "others")


def place_difference(sentences: Sequence[QuotedSentence], named: Sequence[str]) -> Difference | None:
    """Where the nearest sentence describes the practice of other places, or of a part of the place asked about.

    `named` are the places of the question.
    """
    asked = most_exact(named)
    for one in sentences:
        if left_out := tuple(place for place in asked if any(lies_within(place, name) for name in one.excepted)):
            return Difference("excepted", one.number, left_out)
    best = _of_matter(sentences)
    if best is None or not best.places:
        return None
    if asked and any(_is_about(one, asked) and one.of_matter >= _AS_NEAR * best.of_matter for one in sentences):
        return None
    outside = tuple(place for place in asked if not any(_touch(place, said) for said in best.places))
    key = "part" if not outside else "not_listed" if _are_districts((*best.places, *outside)) else "other"
    if key == "not_listed" and len(best.places) < 2:
        key = "other"
    return Difference(key, best.number, best.places, outside)


def practised_in(sentences: Sequence[QuotedSentence]) -> tuple[str, ...]:
    """Whose practice the sentence nearest to the question describes; none where it is that of all the clause's places."""
    best = _of_matter(sentences)
    return best.places if best else ()


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


def people_difference(
    question: str, sentences: Sequence[QuotedSentence], quoted: str, around: str
) -> Difference | None:
    """Where the question is about others than the quotes name: other people, firms, areas, or all but those.

    All texts are in normal form; `around` is the clause with its records, which may name them beside the quotes.
    """
    best = nearest(sentences)
    if best is None:
        return None
    return _left_out(question, quoted, best.number) or _others(question, quoted, around, best.number)


def _left_out(question: str, quoted: str, number: int) -> Difference | None:
    left_out = exclusions_in(question)
    said = groups_in(quoted) if left_out else {}
    for one in left_out:
        words = one.named_in(quoted)
        if words and is_negated(words, quoted):
            continue
        for kind, groups in groups_named_by(one.core, ends=one.ends).items():
            if kind in said and _values(said[kind]) <= _values(groups):
                return Difference("only", number, said_groups=said[kind])
        if words and not one.lacking and not load_gazetteer().find(words):
            bound = re.search(rf"{re.escape(words)}(?:以[内上下外])?", quoted)
            return Difference("only", number, said_words=bound.group() if bound else words)
    return None


def _others(question: str, quoted: str, around: str, number: int) -> Difference | None:
    spoken_of = groups_in(question)
    if not spoken_of:
        return None
    said, held = groups_in(quoted), groups_in(around)
    named = [groups_named_by(one.core, ends=one.ends).values() for one in exclusions_in(question)]
    left_out = {group for kinds in named for groups in kinds for group in groups}
    for kind, groups in spoken_of.items():
        asked = tuple(group for group in groups if group not in left_out)
        if not asked or kind not in said or kind not in held:
            continue
        if _values(asked).isdisjoint(_values(held[kind])):
            return Difference("others", number, said_groups=said[kind], asked_groups=asked)
    return None


def _values(groups: Sequence[Group]) -> frozenset[str]:
    return frozenset().union(*(group.holds for group in groups))


def asks_about_rest(question: str) -> bool:
    """Whether a question leaves something out, so that nothing the quotes permit is known to hold for it."""
    return bool(exclusions_in(question))

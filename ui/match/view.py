"""What a reader sees of a match: conditions in words, entries in the order of what they are worth reading for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.composition.citations import address_of
from assistant.matching.answers import Answer, Profile
from assistant.matching.evaluation import Evaluation
from assistant.matching.matcher import Match, Matcher
from assistant.matching.verdict import Applicability, Entry
from assistant.messages import Messages
from corpus.clause import Clause
from corpus.records.condition import Leaf, Test
from corpus.records.profile import ProfileQuestion
from corpus.records.record import PlainRecord
from ui.clause.page import clause_url
from ui.match.asked import Asked, Fault

_STATES = {True: "met", False: "unmet", None: "open"}
_TESTS = {Test.IS: "match.is", Test.NOT: "match.is_not", Test.AT_LEAST: "match.at_least", Test.AT_MOST: "match.at_most"}


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One condition: the words of the text, and what the reader's answers say of it."""

    quote: str
    state: str  # met | unmet | open | judged
    key: str  # of the question to answer, or to answer otherwise; "" where an office decides
    question: str
    needs: str
    told: str  # what was answered, or why it is not asked; may be empty


@dataclass(frozen=True, slots=True)
class EntryView:
    """One clause or point."""

    clause: Clause
    record: PlainRecord | None
    address: str
    url: str
    places: tuple[str, ...]
    place_note: str  # where the place decides
    gives: str
    conditions: tuple[ConditionView, ...]  # that decide
    met: tuple[ConditionView, ...]  # that hold beside those
    hint: str  # what one answer would do, where the conditions do not say it


@dataclass(frozen=True, slots=True)
class Sections:
    """The entries by what a reader may do with them, each in order of the texts."""

    applies: tuple[EntryView, ...]
    office: tuple[EntryView, ...]
    may: tuple[EntryView, ...]
    away: tuple[EntryView, ...]
    other: tuple[EntryView, ...]


def question_in(question: ProfileQuestion, words: Messages) -> str:
    """A question in this language."""
    return question.question if words.is_chinese else question.question_en


def values_in(question: ProfileQuestion, values: Iterable[str], words: Messages) -> str:
    """Values of its choices in this language, on one line."""
    names = {choice.value: choice.value if words.is_chinese else choice.en for choice in question.choices}
    return words("match.or").join(names[value] for value in names if value in set(values))


def answer_in(question: ProfileQuestion, answer: Answer, words: Messages) -> str:
    """An answer in this language."""
    if isinstance(answer, frozenset):
        return words.list(
            values_in(question, [choice.value], words) for choice in question.choices if choice.value in answer
        )
    return words("match.amount", number=f"{answer:g}", unit=_unit(question, words))


def fault_in(fault: Fault, profile: Profile, words: Messages) -> str:
    """What could not be read of an address, in this language."""
    question = profile.get(fault.key)
    if question is None:
        return words("match.wrong_place" if fault.key == "place" else "match.wrong_key", given=fault.key[:40])
    told = words("match.wrong_answer", question=question_in(question, words))
    if question.number is None:
        return told
    least, most = (f"{bound:g}" for bound in (question.number.least, question.number.most))
    return words("match.wrong_number", told=told, wanted=words("match.number", least=least, most=most))


class Viewer:
    """The entries of one match as a reader of one language sees them."""

    def __init__(self, matcher: Matcher, asked: Asked, words: Messages) -> None:
        self._matcher = matcher
        self._asked = asked
        self._words = words
        self._evaluation = Evaluation(matcher.profile, asked.answers)

    def sections(self, found: Match) -> Sections:
        """All entries, each in one section."""
        may, not_ = found.of(Applicability.MAY), found.of(Applicability.NOT)
        office = [entry for entry in may if entry.open_to_office and entry.place]
        return Sections(
            applies=self._views(found.of(Applicability.APPLIES), with_met=True),
            office=self._views(office, with_met=True),
            may=self._views((entry for entry in may if not (entry.open_to_office and entry.place)), with_met=True),
            away=self._views((entry for entry in not_ if entry.one_away), with_met=True),
            other=self._views((entry for entry in not_ if not entry.one_away), with_met=False),
        )

    def entry(self, entry: Entry, *, with_met: bool = True) -> EntryView:
        """One entry; with `with_met` what holds is told beside what decides."""
        corpus, words = self._matcher.corpus, self._words
        met = [leaf for leaf in entry.met if leaf not in entry.reasons] if with_met else []
        gives = entry.record.gives
        quotes = [leaf.quote for leaf in (*entry.reasons, *met)] + ([gives] if gives else [])
        spans = sorted({(quote.start, quote.end) for quote in quotes})
        return EntryView(
            clause=entry.clause,
            record=corpus.plain.get(entry.record.id) or corpus.plain.get(entry.clause.id),
            address=address_of(corpus.document(entry.clause.document_id), entry.clause, words, entry.part),
            url=clause_url(entry.record.id, spans, words=words),
            places=entry.clause.jurisdiction,
            place_note=self._place_note(entry),
            gives=gives.text if gives else "",
            conditions=self._conditions(entry.reasons),
            met=self._conditions(met),
            hint=self._hint(entry),
        )

    def _views(self, entries: Iterable[Entry], *, with_met: bool) -> tuple[EntryView, ...]:
        return tuple(self.entry(entry, with_met=with_met) for entry in entries)

    def _conditions(self, leaves: Iterable[Leaf]) -> tuple[ConditionView, ...]:
        return tuple(map(self._condition, _joined(leaves, self._evaluation)))

    def _place_note(self, entry: Entry) -> str:
        if entry.place is True:
            return ""
        key = "match.elsewhere" if entry.place is False else "match.where"
        named, chosen = self._words.places(entry.clause.jurisdiction), self._words.places(self._asked.places)
        return self._words(key, places=named, place=chosen)

    def _hint(self, entry: Entry) -> str:
        if not entry.one_away or entry.one_away == entry.reasons:
            return ""
        if entry.verdict is Applicability.MAY:
            return self._words("match.would_settle")
        needs = dict.fromkeys(self._needs(leaf) for leaf in _joined(entry.one_away, self._evaluation))
        return self._words("match.would_need", needs=self._words("match.or").join(needs))

    def _condition(self, leaf: Leaf) -> ConditionView:
        if leaf.test is Test.JUDGED:
            return ConditionView(leaf.quote.text, "judged", "", "", "", "")
        truth = self._evaluation.of(leaf)
        excluding = self._evaluation.excluded_by(leaf)
        key = excluding or (self._evaluation.to_ask(leaf) if truth is None else None) or leaf.key
        return ConditionView(
            leaf.quote.text,
            _STATES[truth],
            key,
            question_in(self._matcher.profile[key], self._words),
            self._needs(leaf),
            self._told(leaf, excluding),
        )

    def _needs(self, leaf: Leaf) -> str:
        question, words = self._matcher.profile[leaf.key], self._words
        number, unit = f"{leaf.bound:g}", _unit(question, words)
        return words(_TESTS[leaf.test], values=values_in(question, leaf.values, words), number=number, unit=unit)

    def _told(self, leaf: Leaf, excluding: str | None) -> str:
        key = excluding or leaf.key
        answer, question = self._asked.answers.get(key), self._matcher.profile[key]
        if answer is None:
            return ""
        told = answer_in(question, answer, self._words)
        if excluding:
            return self._words("match.excluded", question=question_in(question, self._words), answer=told)
        return self._words("match.answer", answer=told)


def _joined(leaves: Iterable[Leaf], evaluation: Evaluation) -> list[Leaf]:
    """The same with leaves that quote the same words and ask the same joined into one."""
    found: dict[object, Leaf] = {}
    for leaf in leaves:
        joins = leaf.test is Test.IS
        key: object = (leaf.quote, leaf.key, leaf.test, evaluation.of(leaf)) if joins else leaf
        before = found.get(key)
        values = tuple(dict.fromkeys((*(before.values if before else ()), *leaf.values)))
        found[key] = replace(leaf, values=values)
    return list(found.values())


def _unit(question: ProfileQuestion, words: Messages) -> str:
    if question.number is None:
        return ""
    return question.number.unit if words.is_chinese else question.number.unit_en

"""Every clause that says who it is for, held against the answers of a profile.

One record gives one entry: where the points of a clause are for different people, each has an entry of its own, with
its own words and address. A clause of another place than those that were given is *not*; what is not in force on the
day is left out and counted. One condition away is an entry of which all is met but one condition, and at least one is:
a *not* that one other answer would lift (though more may be open then), or a *may* that one question would settle.

Laws: no entry is *not* while some answer that is missing could make it otherwise, as Kleene's logic says false only of
what is false under every completion; more answers never turn *not* into *applies* or *applies* into *not*; their order
is of no account; every quote is `document.text[start:end]`. It may say *may* of what no completion makes true: where
two conditions contradict each other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.matching.answers import Answers, Profile
from assistant.matching.evaluation import Evaluation
from assistant.matching.next_question import Next, Questions, is_settled
from assistant.matching.truth import all_of
from assistant.matching.verdict import VERDICTS, Applicability, Entry
from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.label import label
from corpus.places.holding import holds_in
from corpus.records.condition import ApplyRecord, Leaf
from corpus.records.services import Services
from corpus.validity import today


@dataclass(frozen=True, slots=True)
class Match:
    """What came of it. Entries in order of the texts."""

    entries: tuple[Entry, ...]
    next: Next | None  # None: nothing that is open can be settled by an answer
    to_come: tuple[str, ...]  # keys of the questions that can still be asked now, in order of the profile
    not_in_force: int  # records of documents that do not hold on the day

    def of(self, verdict: Applicability) -> tuple[Entry, ...]:
        """The entries of one verdict."""
        return tuple(entry for entry in self.entries if entry.verdict is verdict)

    @property
    def settled(self) -> bool:
        """Whether no further answer can change an entry."""
        return all(entry.settled for entry in self.entries)


@dataclass(frozen=True, slots=True)
class _About:
    """What is known of a record before anybody answers."""

    record: ApplyRecord
    clause: Clause
    part: Part | None
    label: str


class Matcher:
    """The records of one corpus. Safe from several threads; nothing of a match is kept."""

    def __init__(self, corpus: Corpus, services: Services) -> None:
        self.corpus = corpus
        self.profile: Profile = {question.key: question for question in services.profile}
        self._records = tuple(self._about(record) for record in services.conditions)
        self._questions = Questions(self.profile, services.conditions)

    def __len__(self) -> int:
        return len(self._records)

    def match(
        self,
        answers: Answers,
        places: Sequence[str] = (),
        as_of: date | None = None,
        *,
        skipped: Collection[str] = (),
        ask: bool = True,
    ) -> Match:
        """The verdict on every record. `places` are none or as `read_places` gives them; `as_of` is today if absent.

        What is `skipped` is not asked again. Without `ask` no next question is looked for.
        """
        set_aside = self.corpus.validities.set_aside(as_of or today())
        evaluation, named = Evaluation(self.profile, answers), tuple(places)
        holding = [one for one in self._records if one.clause.document_id not in set_aside]
        entries = tuple(_entry(one, evaluation, named) for one in holding)
        open_ = [entry.record for entry in entries if not entry.settled] if ask else []
        askable = self._questions.askable(open_, answers, skipped)
        return Match(
            entries,
            self._questions.best(askable, open_, answers) if askable else None,
            tuple(askable),
            len(self._records) - len(holding),
        )

    def path(
        self, answers: Answers, places: Sequence[str] = (), skipped: Collection[str] = (), as_of: date | None = None
    ) -> tuple[str, ...]:
        """The keys of the questions in the order in which they come up, one by one, up to the first that is open.

        It follows from the answers, so that nobody needs to keep it.
        """
        given: dict[str, frozenset[str] | float] = {}
        passed: list[str] = []
        while found := self.match(given, places, as_of, skipped=set(passed)).next:
            key = found.question.key
            passed.append(key)
            if key in answers:
                given[key] = answers[key]
            elif key not in skipped:
                break
        return tuple(passed)

    def _about(self, record: ApplyRecord) -> _About:
        clause, part = self.corpus.find(record.id)
        return _About(record, clause, part, label(self.corpus.document(clause.document_id), clause, part))


def _entry(about: _About, evaluation: Evaluation, places: tuple[str, ...]) -> Entry:
    needs, place = about.record.needs, holds_in(about.clause.jurisdiction, places)
    truth = evaluation.of(needs)
    verdict = VERDICTS[all_of((place, truth))]
    decides = VERDICTS[truth] is verdict  # else the place does, alone
    met = tuple(evaluation.met(needs))
    return Entry(
        record=about.record,
        clause=about.clause,
        part=about.part,
        label=about.label,
        place=place,
        verdict=verdict,
        reasons=tuple(evaluation.deciding(needs)) if decides else (),
        met=met,
        one_away=_one_away(about.record, evaluation) if met and place is not False else (),
        settled=place is False or is_settled(about.record, evaluation),
    )


def _one_away(record: ApplyRecord, evaluation: Evaluation) -> tuple[Leaf, ...]:
    truth = evaluation.of(record.needs)
    if truth is False:
        return evaluation.one_change(record.needs)
    asked = [leaf for leaf in evaluation.deciding(record.needs) if evaluation.to_ask(leaf)] if truth is None else []
    return tuple(asked) if len(asked) == 1 else ()

"""Twenty gaps curated as a clerk would: what was asked and not got is put right, written, published and asked again.

All of it goes through what the pages call. Who asked marks a wrong answer as wrong. The editor parts what was put
together wrongly, merges what was not put together, and writes for each matter the texts of gap_records.toml with the
questions of its gap, a drafted record beside them.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.feedback.store import FeedbackStore, Verdict
from assistant.gaps.book import Gap, open_book
from assistant.gaps.change import RecordChange
from assistant.gaps.effect import outcome
from assistant.gaps.loop import Gaps
from assistant.gaps.states import State
from assistant.publication.examined import Change
from assistant.publication.publisher import Publisher
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.library.library import Library
from corpus.library.preview import Upload
from corpus.records.record import LEAST_ASKED
from corpus.text.characters import has_han
from eval.gap_questions import GapQuestion
from eval.gate import Gate
from eval.questions.saved import Saved

DOCUMENT = Path(__file__).parent / "gap_library" / "shequ.txt"
RECORDS = Path(__file__).parent / "questions" / "gap_records.toml"
TEXTS = ("name", "plain", "title_en", "gist_en")
_EDITOR = "编辑"


@dataclass(frozen=True, slots=True)
class Curated:
    """What curation came to. Each pair is before and after."""

    gaps: int  # that something was written for
    closed: int  # of these, by themselves once it was published
    asked: tuple[int, int]  # of the questions that the documents answer, answered rightly
    held_out: tuple[int, int]  # the same of their paraphrases
    unanswerable: tuple[int, int]  # of the others, answered all the same
    saved: int
    lost: tuple[str, ...]  # saved questions that were answered rightly
    missed: tuple[str, ...]  # paraphrases that are not


class Office:
    """A library with one document more than the shipped ones, and the assistant over what it has published."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(index=folder / "index", library=folder / "library", feedback=folder / "kept.sqlite3")
        self.library = Library(self.settings.library_folder)
        self.library.add([Upload(DOCUMENT.name, DOCUMENT.read_bytes())], go_on=True)
        self.store = FeedbackStore(folder / "kept.sqlite3")
        self.assistant = self.publish()
        self.gaps = Gaps(open_book(self.store), lambda: self.assistant, self.library)

    def publish(self) -> Assistant:
        """Put the working copy in service."""
        Publisher(self.settings).publish()
        self.assistant = Assistant.open(self.settings)
        return self.assistant

    def ask(self, questions: Sequence[GapQuestion]) -> None:
        """As people do; a wrong answer is marked as wrong."""
        for one in questions:
            answer = self.assistant.ask(one.question)
            self.store.record(answer)
            if outcome(answer).is_answered and not is_right(self.assistant, one):
                self.store.judge(answer.id, Verdict.WRONG)


def is_right(assistant: Assistant, question: GapQuestion) -> bool:
    """Whether it is answered with its clause, or not answered where there is none."""
    found = outcome(assistant.ask(question.question))
    return found.is_answered and question.clause in found.clauses if question.clause else not found.is_answered


def curate(folder: Path, questions: Sequence[GapQuestion], saved: Sequence[Saved]) -> Curated:
    """Ask, curate, publish, ask again."""
    office = Office(folder)
    asked = [one for one in questions if not one.held_out]
    sets = (
        [one for one in asked if one.clause],
        [one for one in questions if one.held_out],
        [one for one in asked if not one.clause],
    )
    before = office.assistant
    office.ask(asked)
    written = {clause: _curate(office.gaps, clause, gaps) for clause, gaps in _by_clause(office.gaps, asked).items()}
    after = office.publish()
    after = _mended(office, Gate(saved)(after, before, ()).broken, written) or after
    followed = office.gaps.follow()
    closed = sum(gap.state is State.CLOSED for gap in office.gaps.all() if gap.id in followed)
    first, second = ([[is_right(one, question) for question in each] for each in sets] for one in (before, after))
    broken = Gate(saved)(after, before, ()).broken
    pairs = [(sum(a), sum(b)) for a, b in zip(first, second, strict=True)]
    wrong = (len(sets[2]) - pairs[2][0], len(sets[2]) - pairs[2][1])
    missed = tuple(one.question for one, right in zip(sets[1], second[1], strict=True) if not right)
    lost = tuple(change.now.question for change in broken)
    office.store.close()
    return Curated(len(written), closed, pairs[0], pairs[1], wrong, len(saved), lost, missed)


def _mended(office: Office, broken: Sequence[Change], written: Mapping[str, str]) -> Assistant | None:
    """Saved questions that are lost to what was written are said not to be asked of it; None where there are none."""
    nearest = {change.now.question: office.assistant.search(change.now.question, limit=1) for change in broken}
    lost = {question: hits[0].clause.id for question, hits in nearest.items() if hits and hits[0].clause.id in written}
    for question, clause in lost.items():
        office.gaps.keep(written[clause], RecordChange(clause, {}, {"not_ask": [question]}), who=_EDITOR)
    return office.publish() if lost else None


def _by_clause(gaps: Gaps, asked: Sequence[GapQuestion]) -> Mapping[str, list[Gap]]:
    """The gaps of each clause, after what belongs elsewhere has been taken out of them."""
    clause_of = {one.question: one.clause for one in asked}
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps.all():
        chief = Counter(clause_of[one.question] for one in gap.questions).most_common(1)[0][0]
        for one in gap.questions:
            if (clause := clause_of[one.question]) != chief:
                own = gaps.take_out(gap.id, one.key, who=_EDITOR)
                if clause:
                    found[clause].append(own)
        if chief:
            found[chief].append(gaps.gap(gap.id)[0])
    return found


def _curate(gaps: Gaps, clause: str, those: Sequence[Gap]) -> str:
    """Write a record for a clause, and for the gaps of it as one; the id of the gap."""
    first, *others = those
    for other in others:
        gaps.merge(first.id, other.id, who=_EDITOR)
    gaps.move(first.id, State.TAKEN, who=_EDITOR)
    gap, _ = gaps.gap(first.id)
    own = tomllib.loads(RECORDS.read_text(encoding="utf-8"))[clause.partition(":")[2]]
    _, lists = gaps.suggested(clause, gap)
    asked = [one for one in lists["ask"] if has_han(one)]
    asked += [form.format(own["texts"][0]) for form in _FORMS][: max(LEAST_ASKED - len(asked), 0)]
    lines = {"ask": asked, "ask_en": [*lists["ask_en"], *own["en"]], "keywords": lists["keywords"]}
    gaps.keep(gap.id, RecordChange(clause, dict(zip(TEXTS, own["texts"], strict=True)), lines), who=_EDITOR)
    return gap.id


_FORMS = ("{}", "{}怎么规定的", "{}要求", "问问{}")

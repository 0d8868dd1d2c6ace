"""What is new since a day is what two full matches differ in: none missed, none extra."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from assistant.matching import earlier
from assistant.matching.answers import Answers
from assistant.matching.changes import Matching, new_entries
from assistant.matching.earlier import History, State
from assistant.matching.matcher import Matcher
from assistant.matching.verdict import Applicability
from assistant.publication import audit
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.records.services import Services, read_services
from corpus.validity import today
from eval.matching.profiles import draw_profiles

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def services(corpus: Corpus) -> Services:
    return read_services(None, corpus)


def _with_clauses(corpus: Corpus, clauses: Sequence[Clause]) -> Corpus:
    return Corpus(corpus.documents, tuple(clauses), plain=corpus.plain)


def _changed(corpus: Corpus, random: Random) -> Corpus:
    """An earlier state: some clauses were not there, of others the words were different."""
    kept = [clause for clause in corpus.clauses if random.random() > 0.2]
    return _with_clauses(
        corpus, [replace(one, text=f"{one.text}（旧）") if random.random() < 0.2 else one for one in kept]
    )


def _only(services: Services, corpus: Corpus) -> Services:
    held = {clause.id for clause in corpus.clauses}
    return replace(services, conditions=tuple(one for one in services.conditions if one.clause_id in held))


def _by_hand(now: Matcher, before: Matcher, answers: Answers, places: tuple[str, ...]) -> set[str]:
    """Every entry of both states, compared one by one."""
    old = {one.record.id: one for one in before.match(answers, places, DAY).entries}
    found = set()
    for one in now.match(answers, places, DAY).entries:
        was = old.get(one.record.id)
        shown = was is not None and was.verdict in (Applicability.APPLIES, Applicability.MAY)
        same = was is not None and (was.part or was.clause).text == (one.part or one.clause).text
        if one.verdict in (Applicability.APPLIES, Applicability.MAY) and not (shown and same):
            found.add(one.record.id)
    return found


def test_20_changes_for_30_profiles_miss_nothing_and_add_nothing(corpus: Corpus, services: Services) -> None:
    now = Matcher(corpus, services)
    profiles = list(draw_profiles(now, 30))
    told = 0
    for seed in range(20):
        old = _changed(corpus, Random(seed))
        before = Matcher(old, _only(services, old))
        for one in profiles:
            states = State(now, DAY), State(before, DAY)
            found = [entry.record.id for entry in new_entries(*states, one.answers, one.places)]
            assert set(found) == _by_hand(now, before, one.answers, one.places)
            assert len(found) == len(set(found))
            told += len(found)
    assert told > 100


class _Served(Assistant):
    """An assistant over documents that took effect on certain days; it answers nothing."""

    def __init__(self, corpus: Corpus, services: Services, folder: Path) -> None:
        self.corpus = corpus
        self.settings = Settings(index=folder / "index", feedback=folder / "feedback.sqlite3")
        self.published = None
        self.__dict__["services"] = services


def _dated(corpus: Corpus, **days: Any) -> Corpus:  # noqa: ANN401  (facts of a document)
    documents = [replace(one, **days) if one.id == "harbin-66" else one for one in corpus.documents]
    return Corpus(tuple(documents), corpus.clauses, plain=corpus.plain)


def test_without_publication_the_documents_own_days_count(corpus: Corpus, services: Services, tmp_path: Path) -> None:
    matching = Matching(_Served(_dated(corpus, effective=DAY), services, tmp_path))

    def since(day: date) -> list[tuple[str, date]]:
        return [(one.entry.clause.document_id, one.day) for one in matching.changes(day, {})]

    assert set(since(DAY)) == {("harbin-66", DAY)}
    assert since(date(2026, 3, 2)) == []
    assert {name for name, _ in since(date(2020, 1, 1))} == {"harbin-66", "anhui-2023-4"}
    days = [day for _, day in since(date.min)]
    assert days == sorted(days, reverse=True)


def test_a_document_without_days_was_always_there(corpus: Corpus, services: Services, tmp_path: Path) -> None:
    matching = Matching(_Served(_dated(corpus), services, tmp_path))
    assert {one.entry.clause.document_id for one in matching.changes(date.min, {})} == {"anhui-2023-4"}


def test_an_id_is_that_of_the_words(corpus: Corpus, services: Services, tmp_path: Path) -> None:
    first, again = (Matching(_Served(_dated(corpus, effective=DAY), services, tmp_path)).changes(DAY, {}) for _ in "12")
    assert [one.id for one in first] == [one.id for one in again]
    assert len({one.id for one in first}) == len(first)


def test_a_day_to_come_is_refused(corpus: Corpus, services: Services, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        Matching(_Served(corpus, services, tmp_path)).changes(date.fromordinal(today().toordinal() + 1), {})
    assert error.value.field == "since"


def _history(
    corpus: Corpus, services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch, kept: dict[int, Matcher]
) -> History:
    """Three publications, the last one in service; of the older ones those are on the disk that are `kept`."""
    served = _Served(corpus, services, folder)
    events: list[dict[str, object]] = [
        {"event": "publish", "time": "2026-01-10T01:00:00+00:00", "generation": 1, "added": ["harbin-66"]},
        {"event": "publish", "time": "2026-02-10T16:30:00+00:00", "generation": 2, "changed": ["harbin-66"]},
        {"event": "login", "time": "2026-02-11T01:00:00+00:00"},
        {"event": "publish", "time": "2026-03-10T01:00:00+00:00", "generation": 3, "added": ["anhui-2023-4"]},
    ]
    monkeypatch.setattr(audit, "events", lambda _: events)
    history = History(served, Matcher(corpus, services))

    class _Three:
        number, created, added, changed = 3, "2026-03-10T01:00:00+00:00", ("anhui-2023-4",), ()

    def read(number: int) -> Matcher:
        if number not in kept:
            raise InputError("dropped")
        return kept[number]

    monkeypatch.setattr(history, "_manifest", _Three)
    monkeypatch.setattr(history, "_generation", read)
    return history


def test_a_generation_that_is_kept_is_read_as_it_was(
    corpus: Corpus, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = Matcher(corpus, services)
    history = _history(corpus, services, tmp_path, monkeypatch, {2: second})
    assert history.before(date(2026, 3, 10)).matcher is second
    assert history.before(date(2026, 2, 12)).matcher is second  # published on 11 February in China
    assert history.before(date(2026, 3, 11)).matcher is history._matcher


def test_before_the_first_publication_is_what_it_brought_but_for_the_documents_own_days(
    corpus: Corpus, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Matcher(corpus, services)
    history = _history(corpus, services, tmp_path, monkeypatch, {1: first})
    state = history.before(date(2026, 1, 10))
    assert (state.matcher is first, state.absent) == (True, frozenset())
    issued = corpus.document("anhui-2023-4").issued
    assert issued is not None
    assert history.before(issued).absent == {"anhui-2023-4"}


def test_of_one_that_was_dropped_the_audit_record_tells(
    corpus: Corpus, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = _history(corpus, services, tmp_path, monkeypatch, {})
    assert history.before(date(2026, 3, 10)).absent == {"anhui-2023-4"}
    assert history.before(date(2026, 2, 11)).absent == {"anhui-2023-4", "harbin-66"}
    assert history.before(date(2026, 1, 1)).absent == {"anhui-2023-4", "harbin-66"}  # the first brought what there was
    assert history.before(date(2026, 3, 11)).absent == frozenset()


def test_days_of_the_audit_record_are_those_of_china() -> None:
    assert earlier._day("2026-02-10T16:30:00+00:00") == date(2026, 2, 11)
    assert earlier._day("nonsense") == date.min

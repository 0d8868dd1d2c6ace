"""What a publication brings is told to whom it applies, against the generation before it."""

from datetime import date, timedelta
from shutil import rmtree

import pytest

from assistant.matching import earlier
from assistant.matching.changes import Matching
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.library.place import DOCUMENTS
from corpus.records.condition import ApplyRecord
from corpus.validity import today
from tests.assistant.publication.shelf import MARKET, publish, put

CONDITIONS = """- clause: "{clause}"
  needs:
    - {{ask: kind, is: [个体工商户], quote: {quote}}}
"""


def _conditions(settings: Settings, name: str, clause: str, quote: str) -> None:
    file = settings.library_folder / DOCUMENTS / name / f"{name}.apply.yaml"
    file.write_text(CONDITIONS.format(clause=clause, quote=quote), encoding="utf-8")


def test_only_what_is_new_is_told(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _conditions(library, "market", "1", "摊位费")
    _conditions(library, "ferry", "2", "六十五岁以上老人")
    publish(library)
    answers = {"kind": frozenset({"个体工商户"})}

    def told() -> list[str]:
        return [one.entry.record.id for one in Matching(Assistant.open(library)).changes(today(), answers)]

    assert told() == []  # what there was when publication began is not new
    put(library, "market", MARKET.format(fee=8))
    _conditions(library, "market", "1", "摊位费")
    publish(library)
    assert told() == ["market:1"]
    # The same on the next day, when the first generation is read as it was.
    matching = Matching(Assistant.open(library))
    read = matching.history._read(1)
    assert read.match(answers).entries[1].clause.text == MARKET.format(fee=5).splitlines()[1]
    yesterday = today() - timedelta(days=1)
    days = iter((yesterday, today()))
    monkeypatch.setattr(earlier, "_day", lambda _: next(days, today()))
    assert (
        matching.history.before(today()).matcher.match(answers).entries[1].clause.text
        == read.corpus.clause("market:1").text
    )
    assert isinstance(read.match(answers).entries[0].record, ApplyRecord)
    # Before all publication there was what the first one brought; once that is dropped, what others changed is left.
    assert matching.history.before(date(2020, 1, 1)).absent == frozenset()
    rmtree(library.library_folder / "generations" / "0001")
    assert Matching(Assistant.open(library)).history.before(date(2020, 1, 1)).absent == {"market"}

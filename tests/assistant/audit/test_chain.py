"""The law of the chain on any rows: whatever is done to them but adding, is found, and the row is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.audit.chain import BEGUN, Head, verify
from assistant.audit.export import read_export
from assistant.audit.row import NONE, Row, canonical, digest
from corpus.errors import InputError

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DETAILS = st.lists(
    st.dictionaries(WORDS, st.one_of(WORDS, st.integers(), st.none(), st.booleans())), min_size=4, max_size=9
)


def _chain(details: list[dict[str, object]]) -> list[Row]:
    rows: list[Row] = []
    for number, what in enumerate(details, 1):
        time = datetime(2026, 11, 30, tzinfo=UTC) + timedelta(seconds=number)
        event = BEGUN if number == 1 else "write"
        row = Row(number, time, event, "甲", canonical(what), rows[-1].hash if rows else NONE, "")
        rows.append(replace(row, hash=digest(row)))
    return rows


@settings(max_examples=30)
@given(DETAILS, st.data())
def test_any_change_to_any_row_is_named(details: list[dict[str, object]], data: st.DataObject) -> None:
    rows = _chain(details)
    assert verify(rows).holds
    at = data.draw(st.integers(0, len(rows) - 1))
    row = rows[at]
    other = data.draw(WORDS.filter(lambda words: words != row.by))
    changed = data.draw(
        st.sampled_from(
            [
                replace(row, by=other),
                replace(row, event=f"{row.event}!"),
                replace(row, time=row.time + timedelta(microseconds=1)),
                replace(row, what=canonical({"other": other})),
                replace(row, what=f" {row.what}"),
                replace(row, hash="0" * 63 + "1"),
            ]
        )
    )
    if changed != row:
        assert (row.number, "altered") in [
            (one.number, one.kind) for one in verify([*rows[:at], changed, *rows[at + 1 :]]).faults
        ]


@settings(max_examples=30)
@given(DETAILS, st.data())
def test_a_row_altered_with_its_hash_breaks_the_next(details: list[dict[str, object]], data: st.DataObject) -> None:
    rows = _chain(details)
    at = data.draw(st.integers(0, len(rows) - 2))
    forged = replace(rows[at], by="乙")
    forged = replace(forged, hash=digest(forged))
    found = verify([*rows[:at], forged, *rows[at + 1 :]])
    assert [(one.number, one.kind) for one in found.faults] == [(at + 2, "moved")]


@settings(max_examples=30)
@given(DETAILS, st.data())
def test_rows_left_out_are_named_and_a_cut_off_end_by_a_head_alone(
    details: list[dict[str, object]], data: st.DataObject
) -> None:
    rows = _chain(details)
    head = Head(rows[-1].number, rows[-1].hash)
    at = data.draw(st.integers(1, len(rows) - 2))
    assert [(one.number, one.kind) for one in verify([*rows[:at], *rows[at + 1 :]]).faults] == [(at + 1, "missing")]
    assert verify(rows[:at]).holds  # without a head from elsewhere nobody can know
    assert [(one.number, one.kind) for one in verify(rows[:at], [head]).faults] == [(head.number, "cut_off")]


def test_an_export_verifies_as_the_rows_do_and_names_a_line_that_is_none(tmp_path: Path) -> None:
    rows = _chain([{}, {"原因": "一\n二"}, {"n": 1}, {}])
    file = tmp_path / "audit.jsonl"
    file.write_text("\n".join(canonical(row.to_dict()) for row in rows), encoding="utf-8")
    assert list(read_export(file)) == rows
    assert verify(read_export(file)).holds
    file.write_text(file.read_text(encoding="utf-8").replace('"n":1', '"n":2'), encoding="utf-8")
    assert [(one.number, one.kind) for one in verify(read_export(file)).faults] == [(3, "altered")]
    file.write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"audit\.jsonl:1"):
        list(read_export(file))
    with pytest.raises(InputError, match="check the file"):
        list(read_export(tmp_path / "none"))

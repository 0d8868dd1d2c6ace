from dataclasses import asdict, fields

from assistant.thresholds import Thresholds, load_thresholds, thresholds_table


def test_every_entry_is_a_threshold_and_every_threshold_has_its_entry() -> None:
    assert set(thresholds_table()) == {field.name for field in fields(Thresholds)}
    assert asdict(load_thresholds()) == {name: row["value"] for name, row in thresholds_table().items()}


def test_every_entry_says_what_it_decides_and_what_it_was_chosen_on() -> None:
    for name, row in thresholds_table().items():
        assert row["meaning"].strip(), name
        assert row["chosen_on"].strip(), name

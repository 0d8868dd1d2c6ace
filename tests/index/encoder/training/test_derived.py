"""Files of pairs that are made out of others: which, out of what, and never by halves."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.encoder.training import derived
from index.encoder.training.citations import FILES, LAWS
from index.encoder.training.derived import DERIVATIONS, Derivation, derived_file
from index.encoder.training.mixture import (
    CITED,
    MIXTURE,
    REWORDED,
    TERMS,
    TO_REWORD,
    TO_TRANSLATE,
    WORD_TRANSLATED,
    Source,
    read_pairs,
)
from index.encoder.training.sources import question_passage, read_rows
from index.encoder.training.word_translation import WORD_LISTS
from index.lexicon import lexicon

ROW = {"q": "问", "p": "答"}


def write_row(output: Path) -> int:
    with gzip.open(output, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(ROW) + "\n")
    return 1


class Recorder:
    """Stands for a writer, writes one row and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[Sequence[Source], Path, Path, int]] = []

    def __call__(self, sources: Sequence[Source], data: Path, output: Path, seed: int) -> int:
        self.given.append((sources, data, output, seed))
        return write_row(output)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    data, work = tmp_path / "data", tmp_path / "work"
    data.mkdir()
    work.mkdir()
    return data, work


def test_every_derived_file_is_declared_and_has_a_place_in_the_mixture() -> None:
    assert set(DERIVATIONS) == {CITED, WORD_TRANSLATED, REWORDED, TERMS}
    assert set(DERIVATIONS) <= {source.file for source in MIXTURE}


@pytest.mark.parametrize("names", [TO_REWORD, TO_TRANSLATE])
def test_what_is_reworded_or_translated_is_in_the_mixture_and_not_derived_itself(names: tuple[str, ...]) -> None:
    files = {source.name: source.file for source in MIXTURE}
    assert len(set(names)) == len(names)
    assert set(names) <= set(files)
    assert not {files[name] for name in names} & set(DERIVATIONS)


def _derive(monkeypatch: pytest.MonkeyPatch, derivation: Derivation) -> None:
    monkeypatch.setattr(derived, "DERIVATIONS", {"made": derivation})


def test_a_file_is_written_once_and_nothing_else_is_left(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, work = folders
    recorder = Recorder()
    _derive(monkeypatch, Derivation(recorder, sources=("stard", "terms")))
    path = derived_file("made", MIXTURE, data, work, 7)
    assert derived_file("made", MIXTURE, data, work, 7) == path
    assert list(work.iterdir()) == [path]
    assert list(read_rows(path)) == [ROW]
    [(sources, read_from, _, seed)] = recorder.given
    assert ([source.name for source in sources], read_from, seed) == (["stard", "terms"], data, 7)
    assert list(data.iterdir()) == []


def test_a_half_written_file_never_counts(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data, work = folders

    def broken(_sources: Sequence[Source], _data: Path, output: Path, _seed: int) -> int:
        write_row(output)
        raise OSError("disk full")

    _derive(monkeypatch, Derivation(broken))
    with pytest.raises(OSError, match="disk full"):
        derived_file("made", MIXTURE, data, work, 7)
    _derive(monkeypatch, Derivation(Recorder()))
    path = derived_file("made", MIXTURE, data, work, 7)
    assert list(read_rows(path)) == [ROW]
    assert list(work.iterdir()) == [path]


@pytest.mark.parametrize(("lexical", "anew"), [(True, 2), (False, 1)])
def test_an_edited_lexicon_makes_anew_what_comes_from_it_and_nothing_else(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, lexical: bool, anew: int
) -> None:
    recorder = Recorder()
    _derive(monkeypatch, Derivation(recorder, lexicon=lexical))
    derived_file("made", MIXTURE, *folders, 7)
    monkeypatch.setattr(lexicon, "fingerprint", lambda: "edited")
    derived_file("made", MIXTURE, *folders, 7)
    assert len(recorder.given) == anew


def test_a_changed_source_list_or_seed_makes_a_file_anew(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, work = folders
    recorder = Recorder()
    _derive(monkeypatch, Derivation(recorder, sources=("stard",), files=("words",)))
    for name, text in (("stard_train", "甲"), ("words", "乙"), ("elsewhere", "丙")):
        (data / f"{name}.jsonl.gz").write_text(text, encoding="utf-8")
        derived_file("made", MIXTURE, data, work, 7)
    assert len(recorder.given) == 2, "a file that nothing is read from changes nothing"
    derived_file("made", MIXTURE, data, work, 8)
    assert len(recorder.given) == 3


def test_what_comes_from_the_lexicon_is_declared_so() -> None:
    assert {file for file, derivation in DERIVATIONS.items() if derivation.lexicon} == {REWORDED, TERMS}
    assert DERIVATIONS[REWORDED].sources == TO_REWORD
    assert DERIVATIONS[WORD_TRANSLATED].sources == TO_TRANSLATE
    assert DERIVATIONS[WORD_TRANSLATED].files == WORD_LISTS
    assert set(DERIVATIONS[CITED].files) == {LAWS, *FILES}


def test_the_words_are_written_without_any_data(folders: tuple[Path, Path]) -> None:
    rows = list(read_rows(derived_file(TERMS, (), *folders, 7)))
    assert {"q": "business license", "p": "营业执照"} in rows
    assert len({(row["q"], row["p"]) for row in rows}) == len(rows)


def test_derived_pairs_are_read_as_a_source(folders: tuple[Path, Path]) -> None:
    [source] = [source for source in MIXTURE if source.file == TERMS]
    assert source.make is question_passage
    pairs = read_pairs(source, derived_file(TERMS, (), *folders, 7), 7)
    assert ("business license", "营业执照") in {(pair.query, pair.passage) for pair in pairs}

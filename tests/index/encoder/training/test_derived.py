"""Files of pairs that are made out of others: which, out of what, and never by halves."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.encoder.training import derived, mixture
from index.encoder.training.derived import WRITERS, write_derived
from index.encoder.training.mixture import CITED, GLOSSED, MIXTURE, REWORDED, TERMS, TO_GLOSS, TO_REWORD, Source
from index.encoder.training.sources import question_passage, read_rows

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


def test_every_derived_file_has_a_writer_and_a_place_in_the_mixture() -> None:
    assert set(WRITERS) == {CITED, GLOSSED, REWORDED, TERMS}
    assert set(WRITERS) <= {source.file for source in MIXTURE}


@pytest.mark.parametrize("names", [TO_REWORD, TO_GLOSS])
def test_what_is_reworded_or_glossed_is_in_the_mixture_and_not_derived_itself(names: tuple[str, ...]) -> None:
    files = {source.name: source.file for source in MIXTURE}
    assert len(set(names)) == len(names)
    assert set(names) <= set(files)
    assert not {files[name] for name in names} & set(WRITERS)


def test_a_file_is_written_into_the_work_folder_and_nothing_else_is_left(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, work = folders
    recorder = Recorder()
    monkeypatch.setattr(derived, "WRITERS", {TERMS: recorder})
    write_derived(TERMS, MIXTURE, data, work, 7)
    assert [path.name for path in work.iterdir()] == ["terms.jsonl.gz"]
    assert list(read_rows(work / "terms.jsonl.gz")) == [ROW]
    [(sources, read_from, _, seed)] = recorder.given
    assert (sources, read_from, seed) == (MIXTURE, data, 7)
    assert list(data.iterdir()) == []


def test_a_file_that_is_there_is_not_written_again(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data, work = folders
    recorder = Recorder()
    monkeypatch.setattr(derived, "WRITERS", {TERMS: recorder})
    (work / "terms.jsonl.gz").write_bytes(b"earlier")
    write_derived(TERMS, MIXTURE, data, work, 7)
    assert recorder.given == []
    assert (work / "terms.jsonl.gz").read_bytes() == b"earlier"


def test_a_half_written_file_never_counts(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data, work = folders

    def broken(_sources: Sequence[Source], _data: Path, output: Path, _seed: int) -> int:
        write_row(output)
        raise OSError("disk full")

    monkeypatch.setattr(derived, "WRITERS", {TERMS: broken})
    with pytest.raises(OSError, match="disk full"):
        write_derived(TERMS, MIXTURE, data, work, 7)
    assert not (work / "terms.jsonl.gz").exists()
    monkeypatch.setattr(derived, "WRITERS", {TERMS: Recorder()})
    write_derived(TERMS, MIXTURE, data, work, 7)
    assert list(read_rows(work / "terms.jsonl.gz")) == [ROW]
    assert [path.name for path in work.iterdir()] == ["terms.jsonl.gz"]


@pytest.mark.parametrize(
    ("file", "writer", "names"), [(REWORDED, "write_reworded", TO_REWORD), (GLOSSED, "write_glossed", TO_GLOSS)]
)
def test_only_the_named_sources_are_reworded_or_glossed(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, file: str, writer: str, names: tuple[str, ...]
) -> None:
    recorder = Recorder()
    monkeypatch.setattr(derived, writer, recorder)
    write_derived(file, MIXTURE, *folders, 7)
    [(sources, data, _, seed)] = recorder.given
    assert [source.name for source in sources] == [source.name for source in MIXTURE if source.name in names]
    assert (data, seed) == (folders[0], 7)


def test_the_words_are_written_without_any_data(folders: tuple[Path, Path]) -> None:
    write_derived(TERMS, (), *folders, 7)
    rows = list(read_rows(folders[1] / "terms.jsonl.gz"))
    assert {"q": "business license", "p": "营业执照"} in rows
    assert len({(row["q"], row["p"]) for row in rows}) == len(rows)


def test_derived_pairs_are_read_as_a_source(folders: tuple[Path, Path]) -> None:
    write_derived(TERMS, (), *folders, 7)
    [source] = [source for source in MIXTURE if source.file == TERMS]
    assert source.make is question_passage
    pairs = mixture.read_pairs(source, folders[1], 7)
    assert ("business license", "营业执照") in {(pair.query, pair.passage) for pair in pairs}

"""Files of pairs that are made out of the others before training; kept in the work folder."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from index.encoder.training.citations import write_cited
from index.encoder.training.glosses import write_glossed
from index.encoder.training.mixture import CITED, GLOSSED, REWORDED, TERMS, TO_GLOSS, TO_REWORD, Source
from index.encoder.training.rewording import write_reworded, write_terms

Writer = Callable[[Sequence[Source], Path, Path, int], int]  # (mixture, data folder, file to write, seed) → rows


def _named(mixture: Iterable[Source], names: Sequence[str]) -> list[Source]:
    return [source for source in mixture if source.name in names]


WRITERS: Mapping[str, Writer] = {
    CITED: lambda _mixture, data, output, _seed: write_cited(data, output),
    GLOSSED: lambda mixture, data, output, seed: write_glossed(_named(mixture, TO_GLOSS), data, output, seed),
    REWORDED: lambda mixture, data, output, seed: write_reworded(_named(mixture, TO_REWORD), data, output, seed),
    TERMS: lambda _mixture, _data, output, _seed: write_terms(output),
}


def write_derived(file: str, mixture: Sequence[Source], data: Path, work: Path, seed: int) -> None:
    """Write `file` into the work folder unless it is there; a half-written file never counts."""
    path = work / f"{file}.jsonl.gz"
    if not path.exists():
        half_written = path.with_suffix(".tmp")
        WRITERS[file](mixture, data, half_written, seed)
        half_written.replace(path)

"""Files of pairs that are made out of the others before training; kept in the work folder under their key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.encoder.training.citations import FILES as CITING_FILES
from index.encoder.training.citations import LAWS, write_cited
from index.encoder.training.fingerprint import code_digest, digest, files_digest, lexicon_digest
from index.encoder.training.mixture import CITED, REWORDED, TERMS, TO_REWORD, TO_TRANSLATE, WORD_TRANSLATED, Source
from index.encoder.training.rewording import write_reworded, write_terms
from index.encoder.training.word_translation import WORD_LISTS, write_word_translated

Writer = Callable[[Sequence[Source], Path, Path, int], int]  # (sources, data folder, file to write, seed) → rows


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a file is made: out of which sources of the mixture, which further data files, the lexicon or not."""

    write: Writer
    sources: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    lexicon: bool = False

    def key(self, mixture: Iterable[Source], data: Path, seed: int) -> str:
        """The key of everything that shapes the file."""
        files = [*self.files, *(source.file for source in self._chosen(mixture))]
        content = files_digest(data / f"{name}.jsonl.gz" for name in files)
        return digest(seed, code_digest(), content, lexicon_digest() if self.lexicon else "")

    def write_to(self, path: Path, mixture: Iterable[Source], data: Path, seed: int) -> None:
        """Write the file; a half-written one never counts."""
        half_written = path.with_suffix(".tmp")
        self.write(self._chosen(mixture), data, half_written, seed)
        half_written.replace(path)

    def _chosen(self, mixture: Iterable[Source]) -> list[Source]:
        return [source for source in mixture if source.name in self.sources]


DERIVATIONS: Mapping[str, Derivation] = {
    CITED: Derivation(lambda _sources, data, output, _seed: write_cited(data, output), files=(LAWS, *CITING_FILES)),
    WORD_TRANSLATED: Derivation(write_word_translated, sources=TO_TRANSLATE, files=WORD_LISTS),
    REWORDED: Derivation(write_reworded, sources=TO_REWORD, lexicon=True),
    TERMS: Derivation(lambda _sources, _data, output, _seed: write_terms(output), lexicon=True),
}


def derived_file(file: str, mixture: Sequence[Source], data: Path, work: Path, seed: int) -> Path:
    """The file of this name in the work folder, written unless it is there."""
    derivation = DERIVATIONS[file]
    path = work / f"{file}-{derivation.key(mixture, data, seed)}.jsonl.gz"
    if not path.exists():
        derivation.write_to(path, mixture, data, seed)
    return path

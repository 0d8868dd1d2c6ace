"""One clause changed in a library of many: seconds to publish, beside a whole build."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.publication.publisher import Publisher
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.library.place import CURRENT_FORMAT, DOCUMENTS, FORMAT
from corpus.load import load_corpus
from corpus.readers.folder import find_files

_CLAUSE = "申请人应当对所提交材料的真实性负责，材料不全的，受理窗口应当一次告知。"


@dataclass(frozen=True, slots=True)
class Change:
    """Seconds of three publications; each without the saved questions, which take the same each time."""

    documents: int
    clauses: int
    whole: float  # nothing is kept of any earlier one
    whole_encoded: int
    changed: float  # one clause of one document is another
    changed_encoded: int
    fact: float  # only a fact has changed
    fact_encoded: int


def publish_a_change(texts: Path, folder: Path, clauses: int = 2000, report: Callable[[str], None] = print) -> Change:
    """Fill a library with the documents of a folder, again under other names until there are so many clauses."""
    settings = Settings(index=folder / "index", library=folder / "library", feedback=None)
    corpus = load_corpus(texts)
    held, documents = 0, 0
    while held < clauses:
        held += _fill(texts, settings.library_folder / DOCUMENTS, corpus, documents)
        documents += len(corpus.documents)
    (settings.library_folder / FORMAT).write_text(CURRENT_FORMAT, encoding="utf-8")
    report(f"{documents} documents, {held} clauses")
    whole, whole_encoded = _timed(settings)
    text = next((settings.library_folder / DOCUMENTS).rglob("*.txt"))
    text.write_text(f"{text.read_text(encoding='utf-8').rstrip()}\n{_CLAUSE}\n", encoding="utf-8")
    changed, changed_encoded = _timed(settings)
    facts = text.with_suffix(".toml")
    known = facts.read_text(encoding="utf-8") if facts.exists() else ""
    facts.write_text(f"{known}\nexpires = 2031-12-31\n", encoding="utf-8")
    fact, fact_encoded = _timed(settings)
    return Change(documents, held, whole, whole_encoded, changed, changed_encoded, fact, fact_encoded)


def _fill(texts: Path, target: Path, corpus: Corpus, number: int) -> int:
    for file in find_files(texts).documents:
        name = f"{file.path.stem}-{number}" if number else file.path.stem
        home = target / name
        home.mkdir(parents=True)
        for path in filter(None, (file.path, file.facts)):
            shutil.copyfile(path, home / f"{name}{path.suffix}")
    return len(corpus.clauses)


def _timed(settings: Settings) -> tuple[float, int]:
    started = time.perf_counter()
    manifest = Publisher(settings).publish().manifest
    return time.perf_counter() - started, manifest.encoded

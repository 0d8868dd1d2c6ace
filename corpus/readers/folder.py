"""What lies in a folder of documents: the files to read, the facts and records beside them, and what is neither."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DocumentError

FACTS = ".toml"
RECORDS = ".plain.yaml"
CONDITIONS = ".apply.yaml"
SERVICES = "records"  # a sub-folder: events, forms, channels and the like, which belong to no one document
GLOSSARY = "glossary.toml"  # in the folder itself: terms that an office explains, no facts of a document
# What systems and programs leave among files; hidden files and folders begin with a dot.
_LITTER = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "__macosx", "icon\r"})
_LITTER_STARTS = (".", "~$", "~wrl")
_BESIDE = (FACTS, RECORDS, CONDITIONS)
_SAVED_WITH_PAGE = ("_files", ".files", "_文件")  # folders of pictures and scripts that browsers save beside a page


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document's file, and what somebody has written beside it."""

    path: Path
    facts: Path | None = None
    records: Path | None = None
    conditions: Path | None = None  # who its clauses are for

    @property
    def files(self) -> tuple[Path, ...]:
        """All of it, the document's own file first."""
        return tuple(filter(None, (self.path, self.facts, self.records, self.conditions)))


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The files of a folder and its sub-folders, in order of their paths."""

    documents: tuple[DocumentFile, ...]
    failures: tuple[DocumentError, ...]  # what is named and cannot be read
    skipped: int  # hidden files, locks and the like
    services: tuple[Path, ...] = ()  # the records that belong to no one document


def find_files(folder: Path) -> FolderFiles:
    """Every file below `folder` by what it is for. A link to a folder is not followed."""
    paths: list[Path] = []
    beside: dict[tuple[Path, str, str], Path] = {}
    failures: list[DocumentError] = []
    skipped = 0
    services: list[Path] = []
    for entry in _entries(folder, failures):
        path = Path(entry.path)
        if is_litter(entry.name):
            skipped += 1
        elif problem := _problem(entry):
            failures.append(DocumentError(problem))
        elif entry.is_dir(follow_symlinks=False):  # what was saved with a page
            skipped += 1
        elif _is_service(path.relative_to(folder)):
            services.append(path)
        elif kind := _kind_beside(entry.name):
            beside[path.parent, _stem(path), kind] = path
        else:
            paths.append(path)
    documents = tuple(
        DocumentFile(path, *(beside.get((path.parent, path.stem, kind)) for kind in _BESIDE)) for path in sorted(paths)
    )
    failures += _left_alone(paths, (path for path in beside.values() if path != folder / GLOSSARY))
    return FolderFiles(documents, tuple(failures), skipped, tuple(sorted(services)))


def document_file(path: Path) -> DocumentFile:
    """One file with what stands beside it."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return DocumentFile(path)
    found = {
        kind: path.with_name(name) for name in names if (kind := _kind_beside(name)) and _stem(Path(name)) == path.stem
    }
    return DocumentFile(path, *map(found.get, _BESIDE))


def is_litter(name: str) -> bool:
    """Whether a file of this name is nobody's document: .DS_Store, ._a.docx, .~lock.a.docx#, ~$a.docx, Thumbs.db."""
    return name.lower() in _LITTER or name.lower().startswith(_LITTER_STARTS)


def _kind_beside(name: str) -> str | None:
    return next((kind for kind in _BESIDE if name.lower().endswith(kind)), None)


def _is_service(path: Path) -> bool:
    """Whether a file of the folder holds records that belong to no one document; other files there are documents."""
    return len(path.parts) > 1 and path.parts[0] == SERVICES and path.suffix.lower() in (".yaml", ".yml", ".csv")


def _stem(path: Path) -> str:
    """The name of the document that a file stands beside."""
    return path.name[: -len(_kind_beside(path.name) or "")]


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8: bytes that are not stand in it as lone surrogates, which no answer can repeat."""
    return name.encode(errors="ignore").decode() == name


def _problem(entry: "os.DirEntry[str]") -> str | None:
    """Why a file cannot even be looked at."""
    if not _is_text(entry.name):
        where = Path(entry.path).parent
        return f"{where}:1: 文件名 {entry.name!r} 不是 UTF-8，请改名。the name is not UTF-8; rename the file"
    if Path(entry.path).is_dir() and not entry.is_dir(follow_symlinks=False):
        return (
            f"{entry.path}:1: 这是指向文件夹的链接，不跟随；请把文件本身放进来。"
            "a link to a folder is not followed; put the files themselves there"
        )
    return None


def _entries(folder: Path, failures: list[DocumentError]) -> Iterator["os.DirEntry[str]"]:
    """Every file and every link of a folder and those inside it; folders that are not walked into too."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = list(os.scandir(here))
        except OSError as error:
            failures.append(
                DocumentError(
                    f"{here}:1: 文件夹无法打开，请检查路径和权限。"
                    f"cannot be read ({error.strerror}); check path and permissions"
                )
            )
            continue
        pages = [Path(entry.name).stem for entry in entries if entry.name.lower().endswith((".html", ".htm"))]
        saved_with_page = {page + end for page in pages for end in _SAVED_WITH_PAGE}
        for entry in entries:
            walked = entry.is_dir(follow_symlinks=False) and _is_text(entry.name) and not is_litter(entry.name)
            if walked and entry.name not in saved_with_page:
                waiting.append(Path(entry.path))
            else:
                yield entry


def _left_alone(documents: list[Path], beside: Iterable[Path]) -> Iterator[DocumentError]:
    """Facts and records without their document."""
    known = {(path.parent, path.stem) for path in documents}
    for path in sorted(beside):
        if (path.parent, _stem(path)) not in known:
            yield DocumentError(
                f"{path}:1: 旁边没有同名的文件，请放入文件或删去它。"
                f"no {_stem(path)}.txt beside it, nor another document of that name; add it or remove this file"
            )

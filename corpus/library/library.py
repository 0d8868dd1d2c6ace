"""The library on disk: documents are added and removed as wholes, and a failure leaves it as it was.

A document is a folder of its own (see `place`). It is written under a hidden name, which no reader looks at, and takes
its name in one step.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.clause import Document
from corpus.drafts import to_toml
from corpus.errors import DocumentError, InputError, NotFoundError
from corpus.library.place import CURRENT_FORMAT, DOCUMENTS, FORMAT, LOCK, documents_folder
from corpus.library.preview import Preview, Upload, preview, same_id, upload_of
from corpus.library.writing import put, write
from corpus.load import SHIPPED, Loaded, Progress, load_folder
from corpus.readers.cache import SourceCache
from corpus.readers.folder import CONDITIONS, FACTS, RECORDS, DocumentFile, document_file, find_files
from corpus.reading import ReadDocument
from corpus.reading import document_id as id_of
from corpus.records.profile import ProfileQuestion
from corpus.records.services import PROFILE, read_profile_in

_NEW = ".new"
_OLD = ".old-"  # what another makes way for
_GONE = ".gone-"


class Library:
    """The library in a folder. Before anything has been added or removed it is the shipped documents."""

    def __init__(self, folder: Path, kept: SourceCache | None = None) -> None:
        """What is read from files is looked up in `kept`, and kept there."""
        self.folder = folder
        self._documents = folder / DOCUMENTS
        self._kept = kept
        self._read: dict[tuple[object, ...], ReadDocument] = {}  # by the state of their files on the disk

    def load(self, progress: Progress = lambda _done, _of: None) -> Loaded:
        """Its documents, and why the other files are not among them. Only files that have changed are read again."""
        folder = documents_folder(self.folder)
        files = find_files(folder or SHIPPED)
        if folder is not None and not files.documents:
            return Loaded(())  # all have been removed
        stamps = {file.path: _stamp(file) for file in files.documents}
        known = {path: self._read[stamp] for path, stamp in stamps.items() if stamp in self._read}
        loaded = load_folder(folder, self._kept, progress, known)
        self._read = {stamps[read.path]: read for read in loaded.documents if read.path in stamps}
        return loaded

    def show(self, document_id: str) -> Preview:
        """One of its documents as it was taken in. Raises NotFoundError, or DocumentError where it cannot be read."""
        loaded = self.load()
        found = next((read for read in loaded.documents if read.document.id == document_id), None)
        if found is not None and found.path is not None:
            others = (read.document for read in loaded.documents)
            return preview(upload_of(document_file(found.path)), others, self.profile())
        home = self._documents / document_id
        raise next((one for one in loaded.failures if str(one).startswith(f"{home}{os.sep}")), _unknown(document_id))

    def profile(self) -> tuple[ProfileQuestion, ...]:
        """The questions that conditions beside its documents may ask."""
        return read_profile_in(documents_folder(self.folder))

    def add(self, uploads: Sequence[Upload], *, replace: bool = False, go_on: bool = False) -> tuple[Preview, ...]:
        """Take in files with their facts: those given, else those that the text surely states. All of them or none.

        `replace`: a document of the same id makes way. `go_on`: what is found wrong in a document that can be read
        does not stop it. Raises DocumentError that tells everything that does, InputError where nothing can be written.
        """
        with self._alone():
            known = [read.document for read in self.load().documents]
            previews = self._checked(uploads, known, replace=replace, go_on=go_on)
            self._begin()
            self._take_in(previews)
        return previews

    def remove(self, document_id: str) -> None:
        """Remove a document with its facts and records. Raises NotFoundError, InputError."""
        with self._alone():
            self._begin()
            home = self._home(document_id)
            strays = self._strays(document_id)
            if home is None and not strays:
                raise _unknown(document_id)
            if home:
                home.rename(self._documents / f"{_GONE}{document_id}")
            _unlink(strays)
            self._tidy()

    @contextmanager
    def working_copy(self) -> Iterator[Path]:
        """Its folder, while nobody else adds or removes anything. Raises InputError."""
        with self._alone():
            self._begin()
            yield self.folder

    def path_of(self, document_id: str) -> Path | None:
        """The file of a document, which records and facts stand beside. Raises NotFoundError."""
        found = next((read for read in self.load().documents if read.document.id == document_id), None)
        if found is None:
            raise _unknown(document_id)
        return found.path

    def keep(self, document_id: str | None, ending: str, change: Callable[[bytes | None], bytes]) -> None:
        """Change the file with this ending beside a document, or of this name in the library: written as a whole.

        `change` is given what the file holds, None where there is none yet; what it raises leaves everything as it was.
        Raises NotFoundError, InputError where nothing can be written.
        """
        with self._alone():
            self._begin()
            path = self.place_of(document_id, ending)
            put(path, change(path.read_bytes() if path.is_file() else None))

    def read(self, document_id: str | None, ending: str) -> bytes | None:
        """What that file holds; None where there is none. Raises NotFoundError."""
        path = self.place_of(document_id, ending)
        return path.read_bytes() if path.is_file() else None

    def place_of(self, document_id: str | None, ending: str) -> Path:
        """Where that file is, or would be. Raises NotFoundError."""
        if document_id is None:
            return self.folder / ending
        path = self.path_of(document_id)
        assert path is not None
        return path.with_name(path.stem + ending)

    # The steps, alone in the folder

    def _home(self, document_id: str) -> Path | None:
        """The folder of a document; None where it has none of its own, because somebody has put others into it too."""
        home = self._documents / document_id
        if home.parent != self._documents or not home.is_dir() or home.is_symlink() or document_id.startswith("."):
            return None
        others = any(id_of(file.path) != document_id for file in find_files(home).documents)
        return None if others else home

    def _strays(self, document_id: str) -> list[DocumentFile]:
        """Its files that lie where somebody has put them by hand."""
        home = self._home(document_id)
        found = documents_of(document_id, self._documents)
        return [file for file in found if home is None or home not in file.path.parents]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / LOCK):
                yield
        except (OSError, NotImplementedError) as error:  # the latter: a file system without locks
            raise InputError(
                f"无法写入文件库 {self.folder}（{error}），请腾出空间，或用 POLICYQA_LIBRARY 换一个文件夹。"
                "Cannot write the library there; make room, or choose another folder with POLICYQA_LIBRARY."
            ) from error

    def _begin(self) -> None:
        """The shipped documents, where there is nothing yet; and the questions that conditions beside them may ask.

        Those are the library's own from then on: the questions of a later version might not fit its conditions.
        """
        if self._documents.is_dir():
            self._tidy()
        else:
            self._take_shipped()
        if not (self._documents / PROFILE).exists():
            put(self._documents / PROFILE, (SHIPPED / PROFILE).read_bytes())

    def _take_shipped(self) -> None:
        draft = self.folder / f"{_NEW}-{DOCUMENTS}"
        shutil.rmtree(draft, ignore_errors=True)
        for file in find_files(SHIPPED).documents:
            home = draft / file.path.stem
            home.mkdir(parents=True)
            for path in file.files:
                write(home / path.name, path.read_bytes())
        (self.folder / FORMAT).write_text(CURRENT_FORMAT, encoding="utf-8")  # before it is there: else it is an old one
        draft.rename(self._documents)

    def _checked(
        self, uploads: Sequence[Upload], known: Sequence[Document], *, replace: bool, go_on: bool
    ) -> tuple[Preview, ...]:
        taken = {document.id: document for document in known}
        previews: list[Preview] = []
        problems, profile = list[str](), self.profile()
        for upload in uploads:
            try:
                seen = preview(upload, taken.values(), profile)
            except DocumentError as error:
                problems.append(str(error))
                continue
            problems += self._problems(seen, taken, previews, replace=replace, go_on=go_on)
            taken[seen.read.document.id] = seen.read.document
            previews.append(seen)
        if problems:
            raise DocumentError("\n".join(problems))
        return tuple(previews)

    def _problems(
        self, seen: Preview, taken: dict[str, Document], previews: Sequence[Preview], *, replace: bool, go_on: bool
    ) -> Iterator[str]:
        id_ = seen.read.document.id
        if id_ in {other.read.document.id for other in previews}:
            yield str(same_id(seen.upload))
        elif not replace and (id_ in taken or (self._documents / id_).exists()):
            yield (
                f"{seen.upload.where}:1: 文件库里已有 {id_}；要替换它请加 --replace，否则请给文件改名。"
                f"the library has a document {id_}; --replace takes its place, or rename the file"
            )
        elif (self._documents / id_).exists() and self._home(id_) is None:
            yield (
                f"{seen.upload.where}:1: 文件夹 {self._documents / id_} 里还有别的文件，请先把它们移出来。"
                "other documents lie in the folder of this one; move them out first"
            )
        if not go_on:
            yield from seen.errors

    def _take_in(self, previews: Sequence[Preview]) -> None:
        """All documents at once: each takes its name in one step, and what was done is undone where one cannot."""
        done: list[str] = []
        try:
            for number, seen in enumerate(previews):
                _write_document(self._documents / f"{_NEW}-{number}", seen)
            for number, seen in enumerate(previews):
                id_ = seen.read.document.id
                if (self._documents / id_).exists():
                    (self._documents / id_).rename(self._documents / f"{_OLD}{id_}")
                done.append(id_)
                (self._documents / f"{_NEW}-{number}").rename(self._documents / id_)
            for id_ in done:
                _unlink(self._strays(id_))
        except BaseException:
            for id_ in done:
                shutil.rmtree(self._documents / id_, ignore_errors=True)
            raise
        finally:
            self._tidy()

    def _tidy(self) -> None:
        """Remove what has made way and what was left half written; what made way for nothing comes back."""
        for path in self._documents.glob(".*"):
            if path.name.startswith(_OLD) and not (home := path.with_name(path.name[len(_OLD) :])).exists():
                path.rename(home)
            elif path.name.startswith((_NEW, _OLD, _GONE)):
                shutil.rmtree(path, ignore_errors=True)


def documents_of(document_id: str, folder: Path) -> list[DocumentFile]:
    """The files of a document in a folder, wherever in it; more than one only where an id stands twice."""
    return [file for file in find_files(folder).documents if id_of(file.path) == document_id]


def facts_of(seen: Preview) -> str:
    """The content of the .toml that goes into the library: as given, else what the text states."""
    return to_toml(seen.drafts) if seen.upload.facts is None else seen.upload.facts


def _stamp(file: DocumentFile) -> tuple[object, ...]:
    """What changes when a document's file, its facts or its records do."""
    return tuple(map(_state, file.files))


def _state(path: Path | None) -> tuple[object, ...] | None:
    try:
        stat = path.stat() if path else None
    except OSError:  # it has gone, or is a link to nothing; whoever reads it says so
        return str(path), None
    return (str(path), stat.st_ino, stat.st_mtime_ns, stat.st_size) if stat else None


def _write_document(home: Path, seen: Preview) -> None:
    home.mkdir()
    name = Path(seen.upload.file_name)
    write(home / name, seen.upload.data)
    write(home / f"{name.stem}{FACTS}", facts_of(seen).encode())
    for ending, data in ((RECORDS, seen.upload.records), (CONDITIONS, seen.upload.conditions)):
        if data is not None:
            write(home / f"{name.stem}{ending}", data)


def _unlink(files: Sequence[DocumentFile]) -> None:
    """Remove files with what stands beside them; the document last, so that what is left by a crash is one."""
    for file in files:
        for path in reversed(file.files):
            path.unlink()


def _unknown(document_id: str) -> NotFoundError:
    return NotFoundError(
        f"文件库里没有 {document_id}，编号见 policyqa documents list。"
        f"The library has no document {document_id}; see policyqa documents list.",
        "document",
    )

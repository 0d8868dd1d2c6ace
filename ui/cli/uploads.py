"""The files that a command names, with what stands beside each."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from corpus.errors import DocumentError

if TYPE_CHECKING:
    from corpus.library.preview import Upload
    from corpus.readers.folder import DocumentFile


def read_uploads(files: list[Path]) -> tuple[list["Upload"], list[DocumentError]]:
    """The files, and those in the folders among them, with what stands beside each; and what cannot be read."""
    from corpus.library.preview import upload_of
    from corpus.readers.cache import SourceCache
    from corpus.readers.folder import document_file, find_files
    from corpus.readers.many import Outcome, read_sources
    from ui.cli.reading import progress_bar

    failures: list[DocumentError] = []
    found: dict[DocumentFile, Path | None] = {}  # and the folder that a link in it must not leave
    for path in files:
        if path.is_dir():
            folder = find_files(path)
            found |= {file: found.get(file, path) for file in folder.documents}
            failures += folder.failures
        else:
            found[document_file(path)] = None
    kept = SourceCache(Settings.from_environment().kept_sources)
    sources: dict[Path, Outcome] = {}
    with progress_bar() as on_read:
        for within in dict.fromkeys(found.values()):
            paths = [file.path for file in found if found[file] == within]
            for path, source in read_sources(paths, within, kept):
                sources[path] = source
                on_read(len(sources), len(found))
    uploads: list[Upload] = []
    for file in found:
        outcome = sources[file.path]
        try:
            if isinstance(outcome, DocumentError):
                raise outcome
            uploads.append(upload_of(file, outcome))
        except DocumentError as error:
            failures.append(error)
    return uploads, failures

"""Reading the documents that the settings name, and saying on stderr what became of each file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.settings import Settings
from corpus.errors import DocumentError
from corpus.library.versions import find_versions
from corpus.load import Loaded, load_folder
from corpus.load import Progress as OnRead
from corpus.parser.node import Severity
from corpus.readers.cache import SourceCache


def read_documents(settings: Settings, kept: SourceCache, *, go_on: bool) -> Loaded:
    """Every document, with what is wrong said. Raises DocumentError where a file is not read, unless told to go on."""
    with progress_bar() as on_read:
        loaded = load_folder(settings.documents, kept, on_read)
    report(loaded)
    if loaded.failures and not (go_on and loaded.documents):
        count = len(loaded.failures)
        raise DocumentError(
            f"{count} 份文件没有读，未建立索引；请按上面的说明处理，或加 --go-on 略过它们。"
            f"{count} files are not read (named above), so nothing was built; put them right, or pass over them with "
            "policyqa index --go-on"
        )
    return loaded


def report(loaded: Loaded) -> None:
    """Files that are not read and why, errors in the numbering, warnings, versions, what was skipped."""
    noticed = [one for read in loaded.documents for one in read.diagnostics]
    errors = [str(one) for one in noticed if one.severity is Severity.ERROR]
    warnings = [str(one) for one in noticed if one.severity is not Severity.ERROR]
    warnings += [warning for read in loaded.documents for warning in read.warnings()]
    lines = [*map(str, loaded.failures), *errors, *warnings]
    if errors or warnings:
        lines.append(
            f"编号错误 {len(errors)} 处、提醒 {len(warnings)} 处 · {len(errors)} errors, {len(warnings)} warnings"
        )
    lines += [f"互为版本 versions · {versions}" for versions in find_versions([r.document for r in loaded.documents])]
    if loaded.skipped:
        lines.append(f"略过 {loaded.skipped} 个隐藏或临时文件 · {loaded.skipped} hidden or temporary files skipped")
    for line in lines:
        print(line, file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[OnRead]:
    """A bar on stderr for as long as files are read; nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("读取文件 reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)

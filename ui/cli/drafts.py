"""Drafts of plain-language records into files, never over one that stands there."""

from collections.abc import Mapping
from pathlib import Path

from corpus.errors import InputError
from corpus.readers.folder import RECORDS


def write_drafts(drafts: Mapping[str, str], output: Path) -> None:
    """The drafts of one document into this file, of several into a folder of this name, each to its own.

    Says what to do next. Raises InputError, before anything is written, where a file stands there already, and where
    nothing can be written.
    """
    one = len(drafts) == 1 and not output.is_dir()
    files = {output if one else output / f"{id_}{RECORDS}": text for id_, text in drafts.items()}
    if standing := next((path for path in files if path.exists()), None):
        raise InputError(
            f"已有 {standing}，不覆盖；请换一个名称，或先移走它。"
            f"{standing} stands there and is not overwritten; choose another name, or move it away first",
            field="output",
        )
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise InputError(
            f"{output} 无法写入，请换一个地方。{output} cannot be written ({error.strerror}); choose another place",
            field="output",
        ) from error
    for path in files:
        print(f"已写入草稿 drafts written {path}")
    print(
        "请逐条对照条款改好，删去 draft 一行，把 .plain.yaml 放在文件旁边，"
        "再运行 policyqa plain check 和 policyqa index。"
        "Correct each beside its clause, delete its line draft, put the .plain.yaml beside its document, then run "
        "policyqa plain check and policyqa index."
    )

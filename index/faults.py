"""What can be wrong with an index on disk, in both languages, and what mends it."""

from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMismatchError

_AGAIN_ZH, _AGAIN = "请运行 policyqa index 重新建立", "run `policyqa index` to build it again"


def damaged(where: Path, chinese: str, english: str) -> IndexDamagedError:
    """A file, or the index in a folder, is not as it was written."""
    return IndexDamagedError(f"{where} {chinese}，{_AGAIN_ZH}。{where} {english}; {_AGAIN}.")


def unreadable(where: Path, error: Exception) -> IndexDamagedError:
    """A file, or the index in a folder, cannot be read, for this reason."""
    return damaged(where, f"读不出来（{error}）", f"cannot be read ({error})")


def mismatch(where: Path, chinese: str, english: str) -> IndexMismatchError:
    """The index in a folder was built from something else than is there now: `chinese`, in English `english`."""
    chinese, english = f"索引是用{chinese}建立的", f"The index at {where} was built with {english}"
    return IndexMismatchError(f"{where} 的{chinese}，{_AGAIN_ZH}。{english}; {_AGAIN}.")

"""The command line as where torch, sentence-transformers and transformers are not installed."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

ABSENT = {"torch", "sentence_transformers", "transformers"}


class Absent(MetaPathFinder):
    """Finds none of them, as an environment made from deploy/requirements.lock."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Raises ModuleNotFoundError for what is absent; leaves the rest to others."""
        if fullname.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


if __name__ == "__main__":
    sys.meta_path.insert(0, Absent())
    from ui.cli.app import main

    main()

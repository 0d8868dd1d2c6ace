"""What a system offers, and which there are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from corpus.errors import EngineError
from eval.speed.hybrids.material import Material
from index.encoder.encoder import Encoder

LIMIT = 10
DEPTH = 100  # results each leg gives to the fusion, in every system

Search = Callable[[str], list[str]]  # question → ids of the first ten, best first


@dataclass(frozen=True, slots=True)
class Way:
    """How an index is asked."""

    threads: int
    variant: str  # of its system; "" as it is by default


class Builder(Protocol):
    """A module of this package."""

    def build(self, material: Material, folder: Path) -> None:
        """Make the index from terms and vectors into an empty folder."""

    def open_search(self, folder: Path, encoder: Encoder, way: Way) -> Search:
        """Open what was built, in another process; a question is cut and encoded as the material was."""


@dataclass(frozen=True, slots=True)
class System:
    """A system, or one of several ways to ask the same index."""

    name: str
    module: str  # in this package; its index is kept under the same name
    variant: str = ""
    package: str | None = None  # not among those that the project installs for its tests
    install: str = ""

    def missing(self) -> str | None:
        """What to install, where the package is not there."""
        return None if self.package is None or find_spec(self.package) else self.advice(self.package)

    def advice(self, what: str) -> str:
        """How to get what is missing."""
        return (
            f"{self.name} 缺 {what}，这次不比它：请运行 {self.install}，FOLDER 要在 PYTHONPATH 里。"
            f"{self.name} lacks {what} and is left out: run `{self.install}`, with FOLDER in PYTHONPATH."
        )

    def builder(self) -> Builder:
        """The module, imported now."""
        return cast("Builder", import_module(f"{__package__}.{self.module}"))


# Without what they require: both ask for packages, torch among them, that would replace those of the project.
_TXTAI = "pip install --no-deps --target FOLDER txtai msgpack"
_LANCEDB = (
    "pip install --no-deps --target FOLDER lancedb lance-namespace lance-namespace-urllib3-client pyarrow deprecation "
    "overrides"
)
BY_HAND = "bm25s + faiss flat + rrf"
OURS = "policyqa"
SYSTEMS = (
    System(OURS, "ours"),
    System(f"{OURS}, no re-ranking", "ours", "fused"),
    System(BY_HAND, "by_hand", package="bm25s", install="pip install policyqa[test]"),
    System("txtai", "txtai", package="txtai", install=_TXTAI),
    System("lancedb, exact", "lancedb", package="lancedb", install=_LANCEDB),
    System("lancedb, IVF-PQ", "lancedb", "ivf", package="lancedb", install=_LANCEDB),
)


def known(names: Iterable[str]) -> list[System]:
    """Systems of these modules; all of them where none is named. Raises EngineError for an unknown one."""
    modules = list(dict.fromkeys(one.module for one in SYSTEMS))
    wanted = list(names) or modules
    if unknown := [name for name in wanted if name not in modules]:
        known_ones = "、".join(modules)
        raise EngineError(
            f"没有 {unknown[0]}，可以比的有：{known_ones}。"
            f"there is no system {unknown[0]}; choose from {', '.join(modules)}"
        )
    return [one for one in SYSTEMS if one.module in wanted]

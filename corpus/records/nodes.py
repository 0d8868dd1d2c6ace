"""Typed access to a YAML file of records, so that every fault names its file and line."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import yaml

from corpus.errors import DocumentError

T = TypeVar("T")
Read = tuple[tuple[T, ...], tuple[DocumentError, ...]]  # what a file holds, and what is wrong with it
_TOO_DEEP = "列表套得太深，请写成一条一条的记录。lists too deep to be read; write a list of records"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, where pyyaml was built with it


@dataclass(frozen=True, slots=True)
class RecordFile:
    """The content of a file of records. Its methods raise DocumentError, `path:line: what to do`."""

    path: str  # as errors name it
    schema: str  # where its form is described, for errors

    def root(self, data: bytes) -> yaml.Node | None:
        """The content; None for an empty file."""
        try:
            return yaml.compose(data.decode("utf-8-sig"), _Loader)
        except UnicodeDecodeError as error:
            raise DocumentError(
                f"{self.path}:1: 读不出来，请另存为 UTF-8。cannot be read ({error}); save it as UTF-8"
            ) from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            problem = getattr(error, "problem", None) or getattr(error, "reason", error)
            if "nesting depth" in str(problem):
                raise DocumentError(f"{self.path}:{line}: {_TOO_DEEP}") from error
            raise DocumentError(
                f"{self.path}:{line}: 不是 YAML，请改正这一行。not YAML ({problem}); correct this line"
            ) from error
        except RecursionError as error:
            raise DocumentError(f"{self.path}:1: {_TOO_DEEP}") from error

    def fault(self, node: yaml.Node, message: str, english: str = "") -> DocumentError:
        """What is wrong with a node and what to do, in Chinese, then in English."""
        return DocumentError(f"{self.path}:{self.line(node)}: {message}{english}")

    @staticmethod
    def line(node: yaml.Node) -> int:
        """The line a node stands on, from 1."""
        return int(node.start_mark.line) + 1

    def sequence(self, node: yaml.Node) -> list[yaml.Node]:
        """The entries of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.fault(
                node, "这里要写列表，每项以短横线开头。", "a list is expected; begin each entry with a dash"
            )
        return list(node.value)

    def mapping(self, node: yaml.Node, allowed: Collection[str] | None = None) -> dict[str, yaml.Node]:
        """The values of an entry by their keys, each known and there once."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(node, "这里要写“键: 值”。", f"`key: value` lines are expected here; see {self.schema}")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if name in found or (allowed is not None and name not in allowed):
                chinese, problem = ("重复", "comes twice") if name in found else ("没有定义", "is unknown")
                raise self.fault(
                    key, f"键 {name} {chinese}，请改正。", f"the key {name!r} {problem}; see {self.schema}"
                )
            found[name] = value
        return found

    def text(self, node: yaml.Node) -> str:
        """A text that is not blank."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag.endswith(":null"):
            raise self.fault(
                node,
                "这里要写文字，有冒号的加引号。",
                "a text is expected here; write one, in quotes where it holds a colon",
            )
        return str(node.value).strip()

    def texts(self, node: yaml.Node) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(map(self.text, self.sequence(node)))

    def number(self, node: yaml.Node) -> float:
        """A finite number."""
        try:
            number = float(self.text(node))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self.fault(node, "这里要写数字。", "a number is expected here")
        return number

    def day(self, node: yaml.Node) -> date:
        """A day, as 2026-11-30."""
        try:
            return date.fromisoformat(self.text(node))
        except ValueError:
            raise self.fault(node, "这里要写日期，如 2026-11-30。", "a day is expected here, as 2026-11-30") from None

    def truth(self, node: yaml.Node) -> bool:
        """Whether it says true."""
        if (text := self.text(node).lower()) not in ("true", "false"):
            raise self.fault(node, "这里要写 true 或 false。", "true or false is expected here")
        return text == "true"

    def one_of(self, node: yaml.Node, known: Collection[str]) -> str:
        """One of the words that are known."""
        if (text := self.text(node)) not in known:
            raise self.fault(
                node,
                f"不认识“{text}”，可写 {'、'.join(known)}。",
                f"{text!r} is not known here; give one of {', '.join(known)}",
            )
        return text

    def needed(self, entry: Mapping[str, yaml.Node], key: str, node: yaml.Node) -> yaml.Node:
        """The value of a key that must be there."""
        if key not in entry:
            raise self.fault(node, f"缺少键 {key}，请补上。", f"the key {key!r} is missing; add it")
        return entry[key]

    def each(self, nodes: Collection[yaml.Node], read: Callable[[yaml.Node], T | None]) -> Read[T]:
        """Every entry that can be read, and every fault of the others. `read` gives None for what is left out."""
        found: list[T] = []
        faults: list[DocumentError] = []
        for node in nodes:
            try:
                one = read(node)
            except DocumentError as error:
                faults.append(error)
            else:
                found += () if one is None else (one,)
        return tuple(found), tuple(faults)

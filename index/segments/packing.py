"""A record of arrays and words as bytes, and back: whatever its fields are made of, arrays stay arrays."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

T = TypeVar("T")
Arrays = Mapping[str, np.ndarray[Any, Any]]


def pack(record: object) -> bytes:
    """The bytes of a dataclass of arrays, tuples of words, and such dataclasses."""
    return save(dict(_arrays(record, "")))


def unpack(kind: type[T], data: bytes) -> T | None:
    """The record of this kind, equal by value; None where the bytes are none of it."""
    try:
        found: T = _record(kind, load(data), "")
    except (SafetensorError, ValueError, KeyError, TypeError):
        return None
    return found


def _arrays(record: object, prefix: str) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    for field in fields(record):  # type: ignore[arg-type]
        name, value = prefix + field.name, getattr(record, field.name)
        if is_dataclass(value):
            yield from _arrays(value, f"{name}.")
        elif isinstance(value, np.ndarray):
            yield name, np.ascontiguousarray(value)
        else:
            yield name, np.frombuffer(json.dumps(value).encode(), np.uint8)


def _record(kind: Any, arrays: Arrays, prefix: str) -> Any:  # noqa: ANN401  (a type, an instance of it)
    found: dict[str, Any] = {}
    for name, hint in _hints(kind).items():
        if is_dataclass(hint):
            found[name] = _record(hint, arrays, f"{prefix}{name}.")
        elif _is_words(hint):
            found[name] = _words(json.loads(arrays[prefix + name].tobytes()))
        else:
            found[name] = arrays[prefix + name]
    return kind(**found)


@cache
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401  (a type)
    return get_type_hints(kind)


def _is_words(hint: Any) -> bool:  # noqa: ANN401  (a type)
    return get_origin(hint) is tuple


def _words(value: list[Any]) -> tuple[Any, ...]:
    """Words, or one tuple of words for each of something."""
    return tuple(map(tuple, value)) if value and isinstance(value[0], list) else tuple(value)

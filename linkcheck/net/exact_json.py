"""JSON that carries every Python text, bytes that are no UTF-8 (surrogate escapes) included."""

import json
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_encode = msgspec.json.Encoder().encode


def write(value: Any) -> str:
    """Return one line of JSON."""
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":"))


def read(text: str, kind: type[T]) -> T:
    """Return what `write` was given; raise ValueError for anything else."""
    try:
        try:
            return msgspec.json.decode(text, type=kind)
        except (msgspec.DecodeError, UnicodeEncodeError):
            return msgspec.convert(json.loads(text), kind)
    except RecursionError as error:
        raise ValueError("its JSON is nested too deeply") from error

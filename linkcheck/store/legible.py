"""Text that can be kept: servers send bytes, and articles name characters, that are no text."""

from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder()


def encoded(value: object) -> bytes:
    """Return anything as JSON; what is no text in it is replaced by the sign for that (U+FFFD).

    Bytes that are no UTF-8 come as lone surrogates, which no JSON can carry. The exact bytes are
    in the recording.
    """
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _ENCODER.encode(_mended(msgspec.to_builtins(value)))


def legible(text: str) -> str:
    """Return a text without lone surrogates."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def legible_row(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return values of a row, every text among them legible."""
    return tuple(legible(value) if isinstance(value, str) else value for value in values)


def _mended(value: Any) -> Any:
    match value:
        case str():
            return legible(value)
        case list() | tuple():
            return [_mended(one) for one in value]
        case dict():
            return {legible(name): _mended(one) for name, one in value.items()}
        case _:
            return value

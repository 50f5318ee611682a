"""Text from articles and servers, made harmless for whoever displays it."""

import re
from collections.abc import Sequence

import msgspec

_ENCODER = msgspec.json.Encoder()

# Control characters of both sets, and the marks that turn the direction of text around.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# The same in UTF-8; looking for its four first bytes makes the usual, harmless case free.
_7F, _C2, _D8, _E2 = b"\x7f\xc2\xd8\xe2"
_UNSAFE_UTF8 = re.compile(
    b"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
)


def for_terminal(text: str) -> str:
    """Return the text with every character that a terminal would obey written out."""
    if text.isprintable():  # nearly all of it, and told at once
        return text
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def in_json(utf8: bytes) -> bytes:
    r"""Return JSON with the same done inside its strings, where `\\u` says the same character."""
    if not (_7F in utf8 or _C2 in utf8 or _D8 in utf8 or _E2 in utf8):
        return utf8
    return _UNSAFE_UTF8.sub(lambda match: b"\\u%04x" % ord(match[0].decode()), utf8)


def as_json(noun: object) -> bytes:
    """Return a noun as harmless JSON."""
    try:
        return in_json(_ENCODER.encode(noun))
    except UnicodeEncodeError:
        return in_json(_ENCODER.encode(_sound(msgspec.to_builtins(noun))))


def as_json_lines(nouns: Sequence[object]) -> bytes:
    """Return nouns as harmless JSON, one a line."""
    try:
        return in_json(_ENCODER.encode_lines(nouns))
    except UnicodeEncodeError:
        return in_json(_ENCODER.encode_lines([_sound(msgspec.to_builtins(one)) for one in nouns]))


def _sound(part: object) -> object:
    """Return text without surrogates: bytes of a header or a file's name that are no UTF-8."""
    match part:
        case str():
            return part.encode("utf-8", "replace").decode()
        case dict():
            return {_sound(key): _sound(value) for key, value in part.items()}
        case list() | tuple():
            return [_sound(value) for value in part]
        case _:
            return part

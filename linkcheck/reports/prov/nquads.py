"""Statements as N-Quads: one a line, fit for a stream of any length."""

import re
from collections.abc import Iterable

from linkcheck.reports.prov.terms import Iri, Literal, Quad

# What the form asks for, and what a terminal or an editor that shows the lines would obey.
_SPECIAL = re.compile(
    '[\x00-\x1f"\\\\\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]'
)
_NAMED = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}


def to_nquads(quads: Iterable[Quad]) -> bytes:
    """Return statements as lines, in UTF-8."""
    return "".join(map(_line, quads)).encode()


def _line(quad: Quad) -> str:
    graph = "" if quad.graph is None else f" <{quad.graph}>"
    return f"<{quad.subject}> <{quad.predicate}> {_object(quad.object)}{graph} .\n"


def _object(value: Iri | Literal) -> str:
    if isinstance(value, Iri):
        return f"<{value}>"
    quoted = f'"{_SPECIAL.sub(_escaped, value.text)}"'
    return quoted if value.datatype is None else f"{quoted}^^<{value.datatype}>"


def _escaped(match: re.Match[str]) -> str:
    letter = match[0]
    if "\ud800" <= letter <= "\udfff":  # half a character: no text can hold it
        return "\ufffd"
    return _NAMED.get(letter) or f"\\u{ord(letter):04X}"

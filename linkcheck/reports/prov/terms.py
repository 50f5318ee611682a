"""The terms of RDF, and the vocabularies that provenance is written in."""

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "lc": "urn:linkcheck:terms#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# What no IRI may hold (N-Quads, IRIREF), and what would turn its text around (RFC 3987, 4.1).
_FORBIDDEN = re.compile(
    '[\x00-\x20<>"{}|^`\\\\\x7f-\xa0\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069'
    "\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff]"
)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WEB = re.compile(r"(?:https?|ftp)://[^/?#]", re.IGNORECASE)


class Iri(str):
    """An IRI, whole and escaped."""

    __slots__ = ()


class Literal(NamedTuple):
    """A text, and the type that it is of; a plain string without one."""

    text: str
    datatype: Iri | None = None


class Quad(NamedTuple):
    """One statement, and the bundle that it is made in; None: it is ours."""

    subject: Iri
    predicate: Iri
    object: Iri | Literal
    graph: Iri | None = None


def term(name: str) -> Iri:
    """Return the IRI of a short name."""
    prefix, _, rest = name.partition(":")
    return Iri(PREFIXES[prefix] + rest)


A = term("rdf:type")
LABEL = term("rdfs:label")
USED = term("prov:used")
GENERATED_BY = term("prov:wasGeneratedBy")
DERIVED = term("prov:wasDerivedFrom")


def iri(text: str) -> Iri:
    """Return a text as an IRI, with what no IRI may hold percent-encoded."""
    return Iri(_STRAY_PERCENT.sub("%25", _FORBIDDEN.sub(_encoded, text)))


def is_web(url: str) -> bool:
    """Tell an address that can stand as an IRI by itself."""
    return _WEB.match(url) is not None


def moment(at: datetime) -> Literal:
    """Return a moment, in UTC."""
    utc = at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return Literal(f"{utc:%Y-%m-%dT%H:%M:%S}Z", _DATE_TIME)


def day(at: date) -> Literal:
    """Return a day."""
    return Literal(at.isoformat(), _DATE)


def number(value: int) -> Literal:
    """Return a whole number."""
    return Literal(str(value), _INTEGER)


_DATE_TIME, _DATE, _INTEGER = term("xsd:dateTime"), term("xsd:date"), term("xsd:integer")


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))

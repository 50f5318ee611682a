"""Statements as JSON-LD: one document with its own context, read without asking anybody."""

import re
from collections.abc import Iterable

import msgspec

from linkcheck.reports._escape import in_json
from linkcheck.reports.prov.terms import PREFIXES, Iri, Literal, Quad, term

Node = dict[str, object]
_TYPE = term("rdf:type")
_HALF = re.compile("[\ud800-\udfff]")
_SHORT = {iri: prefix for prefix, iri in PREFIXES.items()}
_LOCAL = re.compile(r"(.*[/#])([A-Za-z0-9]+)")


def to_jsonld(quads: Iterable[Quad]) -> bytes:
    """Return statements as one document; those of a bundle stand inside of it."""
    graphs: dict[Iri | None, dict[Iri, Node]] = {None: {}}
    for quad in quads:
        if quad.graph is not None:
            graphs[None].setdefault(quad.graph, {"@id": str(quad.graph)})
        nodes = graphs.setdefault(quad.graph, {})
        node = nodes.setdefault(quad.subject, {"@id": str(quad.subject)})
        if quad.predicate == _TYPE:
            _add(node, "@type", _short(str(quad.object)))
        else:
            _add(node, _short(quad.predicate), _value(quad.object))
    for name, nodes in graphs.items():
        if name is not None:
            graphs[None][name]["@graph"] = list(nodes.values())
    document = {"@context": PREFIXES, "@graph": list(graphs[None].values())}
    return in_json(msgspec.json.format(msgspec.json.encode(document), indent=1)) + b"\n"


def _add(node: Node, key: str, value: object) -> None:
    values = node.setdefault(key, [])
    if isinstance(values, list):
        values.append(value)


def _value(value: Iri | Literal) -> object:
    if isinstance(value, Iri):
        return {"@id": str(value)}
    text = _HALF.sub("\ufffd", value.text)
    return text if value.datatype is None else {"@value": text, "@type": _short(value.datatype)}


def _short(iri: str) -> str:
    """Return a term of a vocabulary by its short name."""
    match = _LOCAL.fullmatch(iri)
    prefix = None if match is None else _SHORT.get(match[1])
    return str(iri) if match is None or prefix is None else f"{prefix}:{match[2]}"

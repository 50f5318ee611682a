"""The published JSON Schema, made from the types that are written."""

import msgspec

from linkcheck.model.audit import AuditFinding
from linkcheck.model.link import Link
from linkcheck.model.noun import Noun
from linkcheck.reports.document import SCHEMA_VERSION, Document
from linkcheck.reports.row import FindingRow

KINDS: dict[str, type[Noun]] = {
    "report": Document,  # `report -f json`
    "finding": FindingRow,  # a line of `report -f ndjson`
    "link": Link,  # a line of `links -f ndjson`
    "audit": AuditFinding,  # a line of `audit -f ndjson`
}


def schema(kind: str = "report") -> bytes:
    """Return the schema of one output as JSON, the same bytes every time."""
    found = msgspec.json.schema(KINDS[kind])
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"linkcheck {kind}",
        "x-schema-version": SCHEMA_VERSION,
        **found,
    }
    return msgspec.json.format(msgspec.json.encode(described, order="sorted"), indent=2) + b"\n"

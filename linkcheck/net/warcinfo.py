"""The first record of every file of evidence: who recorded it, how, and what is left out."""

import json
from datetime import datetime

from linkcheck import __version__
from linkcheck.model.run import Run
from linkcheck.net.redaction import LeftOut, without_any_userinfo

STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def write_warcinfo(run: Run, left_out: LeftOut) -> bytes:
    """Return the record's block."""
    fields = {
        "software": f"linkcheck/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": STANDARD,
        "isPartOf": run.id,
        "description": " ".join(run.description.split()),
        "linkcheck-started-at": run.started_at.isoformat(),
        "linkcheck-seed": str(run.seed),
        "linkcheck-settings": without_any_userinfo(json.dumps(json.loads(run.settings))),
        "linkcheck-vantage": without_any_userinfo(run.vantage),
        "linkcheck-left-out-of-requests": ", ".join(sorted(left_out.requests)),
        "linkcheck-left-out-of-responses": b", ".join(sorted(left_out.replies)).decode(),
        "linkcheck-left-out-of-urls": "name and password before the host",
        "linkcheck-changed": "transfer chunks removed; framing headers that no longer hold are "
        "renamed X-Linkcheck-Orig-*; HTTP/2 written as HTTP/1.1 with WARC-Protocol",
    }
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value).encode()


def read_warcinfo(block: bytes) -> tuple[Run, LeftOut] | None:
    """Read a record's block; None when another tool wrote it."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    fields = {name: value.strip() for name, _, value in lines}
    try:
        run = Run(
            id=fields["isPartOf"],
            started_at=datetime.fromisoformat(fields["linkcheck-started-at"]),
            seed=int(fields["linkcheck-seed"]),
            settings=fields["linkcheck-settings"],
            vantage=fields.get("linkcheck-vantage", ""),
            description=fields.get("description", ""),
        )
        left_out = LeftOut(
            requests=frozenset(fields["linkcheck-left-out-of-requests"].split(", ")),
            replies=frozenset(fields["linkcheck-left-out-of-responses"].encode().split(b", ")),
        )
    except (KeyError, ValueError):
        return None
    return run, left_out

"""Records as what was asked and what came back; `exchange_record` goes the other way."""

import re
from datetime import datetime

import msgspec

from linkcheck.model.exchange import Body, Failure, Reply, Request
from linkcheck.net import exact_json
from linkcheck.net.extension_fields import ASKED, SEEN, Asked, Seen
from linkcheck.net.http_block import read_response_head
from linkcheck.net.warc import RecordHead

_field = re.compile(r"([A-Za-z_-]+): (.*)").fullmatch


def read_asked(head: RecordHead) -> Request | None:
    """Return what was asked, without its secrets; None when another tool asked it."""
    asked, target = head.get(ASKED), head.get("WARC-Target-URI")
    if asked is None or target is None:
        return None
    return exact_json.read(asked, Asked).request(target)


def read_reply(head: RecordHead, block_head: bytes, body: Body, *, url: str) -> Reply:
    """Return the reply to a request for `url` as it was handed up when it was recorded."""
    seen = exact_json.read(head.get(SEEN) or "", Seen)
    status, reason, headers = read_response_head(block_head)
    return Reply(
        url=url,
        status=status,
        reason=reason,
        headers=headers,
        http_version=seen.http_version or "HTTP/1.1",
        body=body,
        address=seen.address,
        tls=seen.tls,
        asked_at=_date(head),
        first_byte_seconds=seen.first_byte_seconds,
        total_seconds=seen.total_seconds,
        sends=seen.sends,
        record=record_name(head),
    )


def read_failed(head: RecordHead, block: bytes) -> Request:
    """Return what was asked by a request that failed."""
    asked = msgspec.convert(_fields(block), Asked)
    return asked.request(head.get("WARC-Target-URI") or "")


def read_failure(head: RecordHead, block: bytes, *, url: str) -> Failure:
    """Return the failure of a request for `url` as it was handed up when it was recorded."""
    told = _fields(block) | {"url": url, "asked_at": _date(head), "record": record_name(head)}
    return msgspec.convert(told, Failure)


def record_name(head: RecordHead, field: str = "WARC-Record-ID") -> str:
    """Return the id of a record, or of one that it names."""
    return (head.get(field) or "").strip("<>")


def _fields(block: bytes) -> dict[str, object]:
    lines = [_field(line) for line in block.decode().split("\r\n")]
    return {line[1]: exact_json.read(line[2], object) for line in lines if line}


def _date(head: RecordHead) -> datetime:
    return datetime.fromisoformat(head.get("WARC-Date") or "")

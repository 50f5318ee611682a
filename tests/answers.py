"""Synthetic answers of archives, with the header shapes that recordings of 2020 to 2026 have."""

from datetime import UTC, datetime, timedelta

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.exchange import Body, Failure, FailureKind, Reply

ASKED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORIGINAL = "https://www.fws.gov/birds/"
STAMP = "20171124151315"
ASKED = ArchivedUrl(archive="wayback", timestamp=STAMP, modifier="id_", inner=ORIGINAL)
ROOT = "https://web.archive.org"
PLAYED = f"{ROOT}/web/{STAMP}id_/{ORIGINAL}"
MOMENT = ("Memento-Datetime", "Fri, 24 Nov 2017 15:13:15 GMT")
SOURCE = ("X-Archive-Src", "archiveteam_archivebot_go_20171125060002/a-00000.warc.gz")


def reply(
    body: bytes | str = b"",
    *headers: tuple[str, str],
    status: int = 200,
    url: str = PLAYED,
    truncated: bool = False,
) -> Reply:
    """Make a reply of a status, headers and a body."""
    wire = body.encode() if isinstance(body, str) else body
    return Reply(
        url=url,
        status=status,
        reason="",
        headers=tuple(
            (name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in headers
        ),
        http_version="HTTP/1.1",
        body=Body.of(wire, truncated=truncated),
        asked_at=ASKED_AT,
        first_byte_seconds=0.4,
        total_seconds=0.5,
        record="<urn:uuid:1>",
    )


def failure(kind: FailureKind, *, url: str = PLAYED) -> Failure:
    return Failure(
        url=url,
        kind=kind,
        detail="made up",
        asked_at=ASKED_AT,
        total_seconds=1.0,
        retry_at=ASKED_AT + timedelta(minutes=1) if kind is FailureKind.PAUSED else None,
    )

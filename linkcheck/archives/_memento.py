"""The headers by which a replayed capture says what it is (RFC 7089)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from linkcheck.archives._legible import escaped_url
from linkcheck.model.capture import written
from linkcheck.model.exchange import Reply
from linkcheck.model.noun import Noun

# A URL may hold commas and semicolons, so the header is not split but searched.
_LINK = re.compile(
    r"<(?P<url>[^<>]*)>(?P<parameters>(?:\s*;\s*[^\s=;,<>\"]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s\",;<>]*))?)*+)"
)
_PARAMETER = re.compile(
    r";\s*(?P<name>[^\s=;,<>\"]+)\s*=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\",;<>]*))"
)
_ORIGIN = "x-archive-orig-"
_SECRET = frozenset({"set-cookie", "set-cookie2"})


class MementoLink(Noun, frozen=True, kw_only=True):
    """One entry of a Link header."""

    url: str
    rel: frozenset[str]
    timestamp: str | None  # of its `datetime`


def memento_timestamp(reply: Reply) -> str | None:
    """Return the moment of the capture that answers; None: the archive itself answers.

    True of 78 of 79 recorded playback answers, the exception being the archived redirect in view
    mode (EDGI wayback, 2020 to 2026).
    """
    value = reply.header("memento-datetime")
    return None if value is None else _timestamp(value)


def memento_links(reply: Reply) -> tuple[MementoLink, ...]:
    """Return the entries of all Link headers; what cannot be read is left out."""
    values = [value for key, value in reply.headers if key.lower() == b"link"]
    return read_links(escaped_url(b", ".join(values).decode("utf-8", "surrogateescape")))


def read_links(value: str) -> tuple[MementoLink, ...]:
    """Read a Link header."""
    links: list[MementoLink] = []
    for match in _LINK.finditer(value):
        found = _PARAMETER.finditer(match["parameters"])
        named = {
            each["name"].lower(): each["quoted"] if each["quoted"] is not None else each["bare"]
            for each in found
        }
        links.append(
            MementoLink(
                # Seen 2020-10: `&amp;` in the URLs of a Link header (EDGI, redirect_in_a_loop).
                url=match["url"].strip().replace("&amp;", "&"),
                rel=frozenset(named.get("rel", "").lower().split()),
                timestamp=_timestamp(named.get("datetime", "")),
            )
        )
    return tuple(links)


def origin_headers(reply: Reply) -> tuple[tuple[str, str], ...]:
    """Return the headers that the origin sent when it was captured, repeated ones kept."""
    decoded = (
        (key.decode("latin-1").lower(), value.decode("utf-8", "replace"))
        for key, value in reply.headers
    )
    named = (
        (key.removeprefix(_ORIGIN), value) for key, value in decoded if key.startswith(_ORIGIN)
    )
    return tuple((key, value) for key, value in named if key not in _SECRET)


def _timestamp(value: str) -> str | None:
    moment = _date(value)
    return None if moment is None else written(moment)


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    except (ValueError, OverflowError, IndexError):
        return None

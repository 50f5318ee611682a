"""What the archives say of themselves, in headers and in words."""

import re
from enum import Enum, auto

from linkcheck.archives._legible import legible
from linkcheck.model.exchange import Reply
from linkcheck.unpack import beginning

RUNTIME_ERROR = "x-archive-wayback-runtime-error"
# Bytes of a page in which its words are sought: they stand behind all the navigation, at byte
# 56,721 of 57,794 (excluded, EDGI 2020-06) and 92,884 of 94,146 (never archived, 2021-03).
_READ = 1 << 18
_THROTTLED = 429
_NOT_FOUND = 404
_LEGAL = 451  # pywb: access `block`
_TIMEOUT = 408
_SERVER = 500


class Sign(Enum):
    """Why an archive gave no capture and no rows."""

    EXCLUDED = auto()
    THROTTLED = auto()
    OFFLINE = auto()
    BROKEN = auto()
    ABSENT = auto()
    MISROUTED = auto()  # a 404 of the server before the archive, or of one without the collection


# Seen 2020 to 2026 in recordings (EDGI wayback) and matched by other clients. A captured page may
# hold any of these words: they count only where the answer is the archive's own.
_WORDS = (
    (
        Sign.EXCLUDED,
        re.compile(
            rb"this url has been excluded from the wayback machine|blocked site error"
            rb"|administrativeaccesscontrolexception|robotaccesscontrolexception"
            rb"|page cannot be displayed due to robots\.txt",
            re.IGNORECASE,
        ),
    ),
    (
        Sign.THROTTLED,
        re.compile(rb"<h1>\s*429 too many requests|<title>\s*429 too many", re.IGNORECASE),
    ),
    (
        Sign.OFFLINE,
        re.compile(
            rb"temporarily offline|experiencing technical difficulties"
            rb"|the machine that serves this file is down",
            re.IGNORECASE,
        ),
    ),
    (Sign.BROKEN, re.compile(rb"this snapshot cannot be displayed", re.IGNORECASE)),
)
# With status 404 these deny the place, not a capture: pywb of a collection that it does not have
# (pywb 2.10, error.html), and bare web servers of a path that nobody routed to the archive.
_NOT_THE_ARCHIVES = re.compile(
    rb"collection not found: |<hr>\s*<center>(?:nginx|openresty)|<address>apache/"
    rb"|<p>the requested url was not found on this server\.</p>",
    re.IGNORECASE,
)
# OpenWayback's names for "we could not find out": not this capture's fault, and it will pass.
_PASSING = re.compile(
    r"(?:Index|Cache)(?:Not|Un)Available|RobotNotAvailable|Time[dO]?-?Out|Timeout", re.IGNORECASE
)


def sign_of(reply: Reply) -> tuple[Sign, str] | None:
    """Return what an archive's own answer says of itself; never ask it of a capture."""
    error = reply.header(RUNTIME_ERROR)
    if _is_throttled(reply):
        return Sign.THROTTLED, f"status {reply.status}: too many requests"
    if error is not None:
        return _of_error(error)
    if reply.status == _LEGAL:
        return Sign.EXCLUDED, "status 451: withheld for legal reasons"
    words = beginning(reply, _READ)
    for sign, pattern in _WORDS:
        match = pattern.search(words)
        if match is not None:
            return sign, f"status {reply.status}: {match[0].decode('ascii', 'replace')}"
    return _of_status(reply.status, words)


def _of_status(status: int, words: bytes) -> tuple[Sign, str] | None:
    if status >= _SERVER or status == _TIMEOUT:
        return Sign.OFFLINE, f"status {status} of the archive itself"
    elsewhere = _NOT_THE_ARCHIVES.search(words) if status == _NOT_FOUND else None
    if elsewhere is None:
        return None
    return Sign.MISROUTED, f"status 404 of no capture: {elsewhere[0].decode('ascii', 'replace')}"


def withheld(text: str) -> bool:
    """Tell a line of an index that is a refusal: it may arrive as a row, with status 200."""
    return _WORDS[0][1].search(text.encode("utf-8", "replace")) is not None


def _is_throttled(reply: Reply) -> bool:
    # Some flows are redirected to /429.html, which answers 200 (waybackpy, 2022).
    location = reply.header("location") or ""
    return reply.status == _THROTTLED or any(
        url.partition("?")[0].endswith("archive.org/429.html") or url == "/429.html"
        for url in (reply.url, location)
    )


def _of_error(error: str) -> tuple[Sign, str]:
    reason = legible(error[:200])
    if withheld(error) or "Blocked By Robots" in error:
        return Sign.EXCLUDED, reason
    if "ResourceNotInArchive" in error:
        return Sign.ABSENT, reason
    if _PASSING.search(error):
        return Sign.OFFLINE, reason
    return Sign.BROKEN, reason

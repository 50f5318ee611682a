"""What the archives say of themselves, in headers and in words."""

import re
from enum import Enum, auto

from linkcheck.archives._legible import legible
from linkcheck.archives._strangers import denier, stranger
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
    MISROUTED = auto()  # a denial by somebody else: before the archive, or on the way to it


# Of OpenWayback: the plain one, of administrators, and of robots. Robots that timed out pass.
_WITHHELD = re.compile(
    rb"(?<![a-z])(?:administrative|robot)?accesscontrolexception|blocked site error"
    rb"|blocked by robots",
    re.IGNORECASE,
)
# Seen 2020 to 2026 in recordings (EDGI wayback) and matched by other clients. A captured page may
# hold any of these words: they count only where the answer is the archive's own.
_WORDS = (
    (
        Sign.EXCLUDED,
        re.compile(
            rb"this url has been excluded from the wayback machine"
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
# Such a page shows the address too, which may hold any words.
_NEVER = re.compile(
    rb"wayback machine has not archived that url"
    rb"|wayback machine doesn.{1,8}t have that page archived",
    re.IGNORECASE,
)
_BLOCKED = re.compile(rb"blocked site error", re.IGNORECASE)
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
    words = beginning(reply, _READ)
    return _of_words(reply.status, words) or _of_status(reply, words)


def _of_words(status: int, words: bytes) -> tuple[Sign, str] | None:
    if status == _NOT_FOUND and _NEVER.search(words):
        return Sign.ABSENT, "status 404 without Memento-Datetime"
    for sign, pattern in _WORDS:
        match = pattern.search(words)
        if match is not None:
            return sign, f"status {status}: {match[0].decode('ascii', 'replace')}"
    return (Sign.EXCLUDED, f"status {status}: Blocked Site Error") if _is_blocked(words) else None


def _is_blocked(words: bytes) -> bool:
    """Tell the old refusal; filters of companies call their pages so too, but of no archive."""
    found = _BLOCKED.search(words)
    if found is None:
        return False
    return b"<" not in words[: found.start()] or b"wayback machine" in words.lower()


def _of_status(reply: Reply, words: bytes) -> tuple[Sign, str] | None:
    status = reply.status
    if status >= _SERVER or status == _TIMEOUT:
        return Sign.OFFLINE, f"status {status} of the archive itself"
    if status not in {_NOT_FOUND, _LEGAL}:
        return None
    other = denier(reply) if status == _LEGAL else stranger(reply, words)
    if other:
        return Sign.MISROUTED, f"status {status} of no capture: {other}"
    return (Sign.EXCLUDED, "status 451: withheld for legal reasons") if status == _LEGAL else None


def withheld(text: str) -> bool:
    """Tell a line that is a refusal and no row: it holds no address."""
    return "://" not in text and _WITHHELD.search(text.encode("utf-8", "replace")) is not None


def _is_throttled(reply: Reply) -> bool:
    # Some flows are redirected to /429.html, which answers 200 (waybackpy, 2022).
    location = reply.header("location") or ""
    return reply.status == _THROTTLED or any(
        url.partition("?")[0].endswith("archive.org/429.html") or url == "/429.html"
        for url in (reply.url, location)
    )


def _of_error(error: str) -> tuple[Sign, str]:
    reason = legible(error[:200])
    if _WITHHELD.search(error.encode("utf-8", "replace")):
        return Sign.EXCLUDED, reason
    if "ResourceNotInArchive" in error:
        return Sign.ABSENT, reason
    if _PASSING.search(error):
        return Sign.OFFLINE, reason
    return Sign.BROKEN, reason

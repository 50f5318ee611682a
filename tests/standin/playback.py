"""The stand-in's playback: `/web/<timestamp><modifier>/<url>` as recorded from 2020 to 2026."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import urljoin

from linkcheck.model.capture import instant
from linkcheck.urls.urlkey import urlkey
from tests.standin.held import Exclusion, Held, Holdings, Shape
from tests.standin.index import BLOCKED
from tests.standin.spoken import Headers, Spoken, house, page, said

ROOT = "https://web.archive.org"
_PLACE = re.compile(r"/web/(?:(\d{0,14})([a-z]{2}_)?/+)?(https?:/+.+|[^/?]+\..+)", re.DOTALL)
_EXCLUDED = "This URL has been excluded from the Wayback Machine."
_NEVER = "<h2>Hrm.</h2><p>The Wayback Machine has not archived that URL.</p>"
_REDIRECTS = range(300, 400)
_FULL = 14


def answer_playback(holdings: Holdings, path: str) -> Spoken:
    """Return the answer to a path below `/web/`, query included."""
    match = _PLACE.fullmatch(path)
    if match is None:
        return said(200, page("<h1>Calendar</h1>"))  # a list of captures, or a page of its own
    timestamp, modifier, url = match[1] or "", match[2] or "", match[3]
    key = urlkey(url)
    exclusion = holdings.exclusion(key)
    if exclusion is Exclusion.PAGE:
        return said(200, page(f"<p>{_EXCLUDED}</p>"))
    if exclusion is Exclusion.FORBIDDEN:
        runtime = ("X-Archive-Wayback-Runtime-Error", BLOCKED)
        return said(403, f"{BLOCKED}\n", runtime, media="text/plain;charset=UTF-8")
    captures = sorted(
        (one for one in holdings.of(key) if one.playable and not _is_self_redirect(one)),
        key=lambda one: one.moment,
    )
    if not captures:
        never = said(404, page(_NEVER))
        return Spoken(status=404, reason="NOT FOUND", headers=never.headers, body=never.body)
    exact = [one for one in captures if one.timestamp == timestamp]
    if exact:
        # Two in one second: playback serves one of them (zew.de, 1997-04-27).
        return _capture(
            next((one for one in exact if one.original == url), exact[0]), captures, modifier
        )
    return _nearest(_near(captures, timestamp), modifier)


def _is_self_redirect(one: Held) -> bool:
    """Tell a redirect to its own key, which playback passes over (seen 2019)."""
    return one.location is not None and urlkey(urljoin(one.original, one.location)) == one.key


def _near(captures: list[Held], timestamp: str) -> Held:
    if not timestamp:
        return captures[-1]
    # What is missing of a moment is filled with the latest: a short one leads to its last capture.
    wanted = instant(timestamp) or instant(timestamp.ljust(_FULL, "9")) or _filled(timestamp)
    return min(captures, key=lambda one: abs((instant(one.moment) or wanted) - wanted))


def _filled(timestamp: str) -> datetime:
    digits = timestamp + "99991231235959"[len(timestamp) :]
    return instant(digits) or datetime(9999, 12, 31, tzinfo=UTC)


def _nearest(one: Held, modifier: str) -> Spoken:
    location = f"{ROOT}/web/{one.timestamp}{modifier}/{one.original}"
    found = f"found capture at {one.timestamp}"
    headers = (
        ("Content-Length", "0"),
        ("location", location),
        ("x-archive-redirect-reason", found),
    )
    nothing = said(302, b"", *headers, media="text/plain; charset=utf-8")
    return Spoken(status=302, reason="FOUND", headers=nothing.headers)


def _capture(one: Held, captures: list[Held], modifier: str) -> Spoken:
    if one.error is not None:
        runtime = ("X-Archive-Wayback-Runtime-Error", one.error)
        return said(503 if "IndexNotAvailable" in one.error else 404, page("<p>Error</p>"), runtime)
    raw = modifier == "id_"
    if not raw and one.location is not None and one.status in _REDIRECTS:
        return _interstitial(one)
    body = one.body if raw or not one.media.startswith("text/html") else _rewritten(one.body)
    fields = (
        ("Server", "nginx/1.25.1"),
        ("Content-Type", one.media),
        *_origin(one),
        ("cache-control", "max-age=1800"),
        ("memento-datetime", _date(one)),
        ("link", _link(one, captures)),
        *_location(one, modifier),
        ("content-security-policy", "default-src 'self' 'unsafe-eval' data: blob: archive.org"),
        ("x-archive-src", one.source),
        ("server-timing", "captures_list;dur=275.559339, load_resource;dur=180.699192"),
        *(() if raw else (("x-archive-guessed-content-type", one.media),)),
        *house(one.status),
    )
    return Spoken(status=one.status, reason=one.phrase, headers=fields, body=body)


def _origin(one: Held) -> Headers:
    length = "transfer-encoding", "chunked"
    if not one.chunked:
        length = "content-length", str(len(one.body))
    given = {name.lower() for name, _ in one.headers}
    own = (("date", _date(one)), ("content-type", one.media), length)
    captured = (*(field for field in own if field[0] not in given), *one.headers)
    return tuple((f"x-archive-orig-{name.lower()}", value) for name, value in captured)


def _location(one: Held, modifier: str) -> Headers:
    if one.location is None:
        return ()
    inside = f"/web/{one.timestamp}{modifier}/{urljoin(one.original, one.location)}"
    front = {Shape.ABSOLUTE: ROOT, Shape.ROOTED: "", Shape.SCHEMELESS: "//web.archive.org"}
    return (("Location", front[one.shape] + inside),)


def _interstitial(one: Held) -> Spoken:
    """Return the page that view mode shows instead of a captured redirect (2023-02)."""
    target = f"/web/{one.timestamp}/{urljoin(one.original, one.location or '')}"
    words = (
        f"<h1>Loading...</h1><p>{escape(one.original)} | {one.timestamp}</p>"
        f'<p class="code shift red">Got an HTTP {one.status} response at crawl time</p>'
        f'<p class="code">Redirecting to...</p><p class="impatient">'
        f'<a href="{escape(target)}">Impatient?</a></p>'
    )
    return said(200, page(words), ("x-archive-src", one.source), *_origin(one))


def _rewritten(body: bytes) -> bytes:
    toolbar = b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><div></div><!-- END -->"
    return body.replace(b"<body>", b"<body>" + toolbar, 1) + b"\n<!-- FILE ARCHIVED ON -->\n"


def _date(one: Held) -> str:
    moment = instant(one.moment)
    assert moment is not None, one.timestamp
    return format_datetime(moment, usegmt=True)


def _link(one: Held, captures: list[Held]) -> str:
    """Return the captures around, each in view mode; `&` is escaped as in HTML (2020-10)."""
    place = captures.index(one)
    around = [("first memento", captures[0])]
    around += [("prev memento", captures[place - 1])] if place else []
    around += [("memento", one)]
    around += [("next memento", captures[place + 1])] if place + 1 < len(captures) else []
    around += [("last memento", captures[-1])]
    url = one.original
    entries = [
        f'<{url}>; rel="original"',
        f'<{ROOT}/web/timemap/link/{url}>; rel="timemap"; type="application/link-format"',
        f'<{ROOT}/web/{url}>; rel="timegate"',
        *(
            f'<{ROOT}/web/{held.timestamp}/{held.original}>; rel="{rel}"; datetime="{_date(held)}"'
            for rel, held in around
        ),
    ]
    return ", ".join(entries).replace("&", "&amp;")

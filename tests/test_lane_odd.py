"""Answers that somebody else gave, or that tell nothing: in the place of any, they condemn nothing.

What is asked for is well captured in truth; so whatever comes in the place of the index's answers,
of playback's, or of both, no verdict may say otherwise.
"""

import gzip
import json
from dataclasses import dataclass
from enum import StrEnum

import pytest

from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.model.verdict import ArchiveVerdict
from tests.standin.archive import StandIn, is_index
from tests.standin.asker import InProcess
from tests.standin.held import Held, holdings
from tests.standin.lane import Kept, run_lane, side, summary, told
from tests.standin.spoken import TEXT, Spoken, said
from tests.virtual import simulate

HOST = "https://www.made.example"
AT = "20180101000000"
PLACES = tuple(f"/{number:02}/page" for number in range(40))
NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
GZIP = ("Content-Encoding", "gzip")
JSON = "application/json"
SOURCE = ("x-archive-src", "made-up-crawl/made-up-00000.warc.gz")
V = ArchiveVerdict


class Where(StrEnum):
    """Whose answers are replaced."""

    INDEX = "index"
    PLAYBACK = "playback"
    BOTH = "both"


def strange(status: int, body: bytes | str = b"", *headers: tuple[str, str]) -> Spoken:
    """Return an answer without any of the archive's own headers."""
    wire = body.encode() if isinstance(body, str) else body
    return Spoken(status=status, reason="", headers=headers, body=wire)


ODD = {
    # Proxies, filters, portals, providers.
    "squid": strange(404, "<title>ERROR: The requested URL could not be retrieved</title>"),
    "envoy": strange(404, b"", ("Server", "envoy")),
    "traefik": strange(404, "404 page not found\n"),
    "apache": strange(404, "<p>The requested URL was not found on this server.</p>"),
    "filter": strange(403, "<html><h1>Blocked Site Error</h1>Category: web archives</html>"),
    "filter with status 200": strange(200, "<html><h1>Blocked Site Error</h1></html>"),
    "filter in plain words": strange(200, "Access to this site was blocked by policy\n"),
    "court": strange(451, b"", ("Link", '<https://isp.example/why>; rel="blocked-by"')),
    "proxy's login": strange(407, "<html>Proxy Authentication Required</html>"),
    "portal": strange(302, b"", ("Location", "http://portal.hotel.example/login?to=archive")),
    "portal's page": strange(200, "<html><form>Room number</form></html>"),
    "portal's script": strange(200, b"\xff\xfe" + "<html>".encode("utf-16-le")),
    # The archive's house, and not the archive.
    "calendar": strange(302, b"", ("Location", f"/web/2018*/{HOST}/")),
    "latest": strange(302, b"", ("Location", f"/web/{HOST}/")),
    "account": strange(302, b"", ("Location", "https://archive.org/account/login")),
    "a source alone": said(200, "a page", SOURCE),
    "a source and a 404": said(404, "a page", SOURCE),
    "not modified": said(304),
    "nothing to say": said(204),
    "a part": said(206, "[]", ("Content-Range", "bytes 0-1/2")),
    "bad request": said(400, "url parameter is required"),
    "conflict": said(409, "[]"),
    "gone": said(410, "[]"),
    "no agent": strange(445, "[]"),
    "index error": said(
        503,
        b"",
        (
            "X-Archive-Wayback-Runtime-Error",
            "org.archive.wayback.exception.ResourceIndexNotAvailableException: down",
        ),
    ),
    # What an index may answer that tells nothing.
    "nothing in gzip": said(200, gzip.compress(b""), GZIP, media=TEXT),
    "half of gzip": said(200, gzip.compress(b"[" + b" " * 999 + b"]")[:12], GZIP, media=TEXT),
    "brotli": said(200, b"\x0b\x02\x80[]\x03", ("Content-Encoding", "br"), media=TEXT),
    "names without an end": said(200, json.dumps([NAMES])[:-1], media=JSON),
    "names alone": said(200, json.dumps([NAMES]), media=JSON),
    "an error as an object": said(200, '{"error": "too many requests"}', media=JSON),
    "an error as an array": said(200, '[{"error": "slow down"}]', media=JSON),
    "null": said(200, "null", media=JSON),
    "nested nothing": said(200, "[[]]", media=JSON),
    "none in words": said(200, "No Captures found\n", media=TEXT),
    "an exception": said(200, "java.lang.IllegalArgumentException: fromKey > toKey", media=TEXT),
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Odd(StandIn):
    """A stand-in that gives one answer in the place of others."""

    odd: Spoken
    where: Where

    def take(self, target: str, now: float) -> Spoken | None:
        well = StandIn.take(self, target, now)
        replaced = self.where is Where.BOTH or (self.where is Where.INDEX) is is_index(target)
        return self.odd if replaced else well


def held() -> list[Held]:
    return [
        Held(original=HOST + place, timestamp=AT, body=b"<html>%b</html>" % place.encode())
        for place in PLACES
    ]


def judged(odd: Spoken, where: Where, playback: str) -> tuple[Kept, ArchiveLaneReport]:
    standin = Odd(holdings=holdings(held()), odd=odd, where=where)
    sides = [side(HOST + place, AT) for place in PLACES]
    return simulate("trio", lambda: run_lane(InProcess(standin), sides, settings=told(playback)))


@pytest.mark.parametrize("where", Where)
@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("playback", ["doubtful,sample:40", "all"])
def test_it_condemns_nothing(name: str, where: Where, playback: str) -> None:
    kept, report = judged(ODD[name], where, playback)
    verdicts = {one.finding.verdict for one in kept.latest.values()}
    assert verdicts <= {V.CAPTURED, V.UNKNOWN}, verdicts
    assert len(kept.latest) + report.not_asked == len(PLACES)
    if where is Where.BOTH:
        assert verdicts <= {V.UNKNOWN}
    if where is Where.PLAYBACK:
        assert verdicts == {V.CAPTURED}  # the index has told


@dataclass(slots=True, kw_only=True)
class Strict(StandIn):
    """A stand-in that denies what it is asked with digits that are no moment."""

    def take(self, target: str, now: float) -> Spoken | None:
        well = StandIn.take(self, target, now)
        return said(404, "<h2>Hrm.</h2>") if target.startswith("/web/20181301") else well


def test_digits_that_are_no_moment_speak_for_no_other() -> None:
    standin = Strict(holdings=holdings(held()))
    sides = [
        side(HOST + place, at) for place in PLACES[:3] for at in ("20181301000000", "20180102")
    ]
    kept, _ = simulate("trio", lambda: run_lane(InProcess(standin), sides, settings=told("all")))
    for place in PLACES[:3]:
        assert kept.of(HOST + place, "20180102").finding.verdict is V.CAPTURED
        assert kept.of(HOST + place, "20181301000000").finding.verdict is V.UNKNOWN


def test_rows_tell_what_digits_that_are_no_moment_may_mean() -> None:
    standin = Strict(holdings=holdings(held()))
    sides = [side(HOST + place, "20181301000000") for place in PLACES]
    kept, _ = simulate("trio", lambda: run_lane(InProcess(standin), sides, settings=told("all")))
    assert {summary(one) for one in kept.latest.values()} == {"captured any-time digest-match None"}

"""Worlds drawn by lot: the lane ends, counts everything once, and raises nothing."""

from functools import partial
from random import Random

import msgspec
import pytest

from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.model.link import Role
from linkcheck.model.live import LiveSubject
from linkcheck.model.verdict import LiveVerdict
from linkcheck.settings.live import LiveSettings
from linkcheck.verdicts.live import judge_live, judge_live_host
from tests.live_parts import Notebook, Town, control, html, page, run, story
from tests.virtual import failure, simulate

V = LiveVerdict
SILENT = (
    FailureKind.DNS_FAILURE,
    FailureKind.RESET,
    FailureKind.UNREACHABLE,
    FailureKind.CONNECT_TIMEOUT,
    FailureKind.READ_TIMEOUT,
    FailureKind.DEADLINE,
    FailureKind.PROXY,
    FailureKind.GUARDED,
    FailureKind.NOT_RECORDED,
)
BODIES = (
    b"",
    b"\xff\xfe\x00<",
    b"<html",
    page("Not found", "404"),
    page("For sale", "This domain is for sale"),
    page("x", story("x")),
    page("y", '<form><input type="password"></form>'),
    b'<meta http-equiv="refresh" content="0;url=http://[::1">',
    b'<meta http-equiv="refresh" content="0;url=//h2.example/x">',
)
PLACES = (
    "/",
    "//",
    "",
    "?",
    "#",
    "http://",
    "http://[",
    "/a b",
    "/\udce9",
    "https://h1.example/x",
    "ftp://x/",
)
STATUSES = (
    200,
    200,
    200,
    204,
    206,
    301,
    302,
    304,
    307,
    308,
    400,
    401,
    403,
    404,
    404,
    410,
    429,
    451,
    500,
    503,
    999,
    0,
    600,
)
TYPES = ("text/html", "text/html; charset=nonsense", "image/png", "", "TEXT/HTML;;", "\udce9")


def wild(seed: int) -> Town:
    """Answer anything at all, differently each time."""
    random = Random(seed)  # noqa: S311 - examples, no secrets

    def answer(request: Request) -> Reply | Failure:
        if random.random() < 0.2:
            return failure(request.url, random.choice(list(FailureKind)), 0.1)
        fields = [("Location", random.choice(PLACES))] if random.random() < 0.4 else []
        if random.random() < 0.2:
            fields.append(("Retry-After", random.choice(("1", "-1", "soon"))))
        if random.random() < 0.2:
            fields.append(("Content-Length", random.choice(("0", "99999999999999999999", "x"))))
        made = html(request, random.choice(BODIES), random.choice(STATUSES))
        plain = (
            (b"Content-Type", random.choice(TYPES).encode("utf-8", "surrogateescape")),
            *((name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in fields),
        )
        return msgspec.structs.replace(made, headers=plain)

    return Town({"control.example": control}, other=answer)


def wanted(hosts: int = 12) -> list[LiveSubject]:
    return [
        LiveSubject(
            original=f"{'https' if n % 2 else 'http'}://h{host}.example/{n}"
            + ".jpg" * (n % 3 == 0),
            roles=(Role.IMAGE,) if n % 3 == 0 else (Role.LINK,),
            hint="Ministers meet on the harbour" if n % 5 == 0 else "",
        )
        for host in range(hosts)
        for n in range(host + 1)
    ]


def check(town: Town) -> tuple[LiveLaneReport, Notebook]:
    settings = LiveSettings(apart=0.1)
    return simulate("trio", partial(run, town, wanted(), settings=settings))


@pytest.mark.parametrize("seed", range(25))
def test_whatever_servers_answer_the_lane_comes_to_its_end(seed: int) -> None:
    report, notes = check(wild(seed))
    assert report.alone + report.by_host + report.not_asked == report.originals == len(wanted())
    for link in notes.links.values():
        assert judge_live(link.evidence) == link.finding
        msgspec.json.encode(link)
    for host in notes.hosts.values():
        assert judge_live_host(host.evidence) == host.finding
        msgspec.json.encode(host)


@pytest.mark.parametrize("seed", range(10))
def test_whoever_is_silent_in_whatever_way_is_unknown(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - examples, no secrets

    def answer(request: Request) -> Failure:
        return failure(request.url, random.choice(SILENT), 0.1)

    report, notes = check(Town({"control.example": control}, other=answer))
    assert {verdict for verdict, count in report.verdicts.items() if count} <= {V.UNKNOWN}
    assert all(
        host.finding is None or host.finding.verdict is V.UNKNOWN for host in notes.hosts.values()
    )

"""Networks that fail in part, for a while, or for some: whoever seems dead for it is not."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import EAI_NONAME, gaierror

import anyio
import pytest
from msgspec.structs import replace

from linkcheck.lanes.live import LiveLaneReport, run_live
from linkcheck.model.exchange import Failure, FailureKind, Reply, Request, Tls
from linkcheck.model.verdict import LiveVerdict
from linkcheck.net.door import open_door
from linkcheck.net.guard import Address
from linkcheck.settings.live import LiveSettings
from tests.live_parts import (
    Notebook,
    Town,
    control,
    fails,
    honest,
    html,
    no_such_name,
    page,
    run,
    story,
    subjects,
)
from tests.test_live_network import nothing_condemned
from tests.test_live_web import DOOR
from tests.virtual import BORN, simulate
from tests.web.hosts import found
from tests.web.server import connected, running

V = LiveVerdict
TLS = Tls(version="TLSv1.3", issuer="somebody", expires_at=None)
F = FailureKind


def verdict_of(notes: Notebook, url: str) -> tuple[LiveVerdict, str]:
    finding = notes.finding(url)
    assert finding is not None
    return finding.verdict, finding.rule


def test_a_resolver_that_dies_beside_a_kept_connection_condemns_nobody(tmp_path: Path) -> None:
    """The control's connection is kept and its address is known: neither shows that names are."""
    report, notes = anyio.run(_dying_resolver, tmp_path)
    nothing_condemned(report, notes)


async def _dying_resolver(folder: Path) -> tuple[LiveLaneReport, Notebook]:
    hosts = {"control.internal": lambda _asked: found("control")}
    with running(hosts, folder) as web, connected(web):
        notes, turns = Notebook(), 0

        async def lookup(name: str) -> tuple[Address, ...]:
            nonlocal turns
            turns += name == "control.internal"
            if turns > 1 or name != "control.internal":
                raise gaierror(EAI_NONAME, "Name or service not known")
            return await web.lookup(name)

        trust = web.certificates.environment
        async with open_door(DOOR, environment=trust, lookup=lookup) as door:
            report = await run_live(
                subjects("https://paper.internal/a", "https://other.internal/b"),
                ask=door,
                keeper=notes,
                history=notes,
                settings=LiveSettings(apart=0.01, controls=("https://control.internal/",)),
                seed="7",
                now=BORN,
            )
    return report, notes


def by_door(table: dict[str, Callable[[Request], Reply | Failure]]) -> Town:
    """A host whose doors differ: by the beginning of what is asked for."""

    def host(request: Request) -> Reply | Failure:
        return next(say for door, say in table.items() if request.url.startswith(door))(request)

    return Town({"control.example": control, "paper.example": host})


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (honest, V.BROKEN),
        (fails(F.TLS_EXPIRED), V.BROKEN),
        (fails(F.PROTOCOL), V.BROKEN),
        (fails(F.RESET), V.UNKNOWN),
        (fails(F.CONNECT_TIMEOUT, 10.0), V.UNKNOWN),
        (fails(F.REFUSED), V.HOST_GONE),
    ],
)
def test_one_closed_door_is_no_dead_host(
    count: int, other: Callable[[Request], Reply | Failure], expected: LiveVerdict
) -> None:
    """A firewall may close a port to us, and an old host the one that its links name."""
    for closed, open_ in (("http://paper", "https://paper"), ("https://paper", "http://paper")):
        town = by_door({closed: fails(F.REFUSED), open_: other})
        urls = [f"{closed}.example/{number}" for number in range(count)]
        _, notes = simulate("trio", partial(run, town, subjects(*urls)))
        assert verdict_of(notes, urls[0])[0] is expected


def test_a_closed_port_of_its_own_is_no_dead_host() -> None:
    town = by_door(
        {"http://paper.example:8080/": fails(F.REFUSED), "http://paper.example/": honest}
    )
    _, notes = simulate("trio", partial(run, town, subjects("http://paper.example:8080/a")))
    assert verdict_of(notes, "http://paper.example:8080/a") == (V.BROKEN, "port-refused")


@pytest.mark.parametrize(
    "host",
    [
        "expyuzz4wqqyqhjn.onion",
        "paper.i2p",
        "printer.local",
        "router.home.arpa",
        "intranet",
        "name.alt",
    ],
)
def test_names_that_are_none_of_the_public_web_are_not_gone_from_it(host: str) -> None:
    town = Town({"control.example": control})
    _, notes = simulate(
        "trio", partial(run, town, subjects(f"http://{host}/a", f"http://{host}/b"))
    )
    assert verdict_of(notes, f"http://{host}/a") == (V.UNKNOWN, "no-word")
    assert town.asked[host] == 2


def test_an_outage_in_the_midst_of_a_run_condemns_nobody() -> None:
    """For a minute and a half no name is known; the controls are well before and after."""

    def weather(answer: Callable[[Request], Reply]) -> Callable[[Request], Reply | Failure]:
        def say(request: Request) -> Reply | Failure:
            out = 60 <= anyio.current_time() < 150
            return no_such_name(request) if out else answer(request)

        return say

    town = Town({"control.example": weather(control)}, other=_known(weather(honest)))
    wanted = subjects(*(f"https://h{n}.example/{m}" for n in range(400) for m in range(6)))
    report, notes = simulate("trio", partial(run, town, wanted, settings=LiveSettings(workers=16)))
    assert report.verdicts[V.ALIVE] > 0
    nothing_condemned(report, notes)


def _known(answer: Callable[[Request], Reply | Failure]) -> Callable[[Request], Reply | Failure]:
    def say(request: Request) -> Reply | Failure:
        return no_such_name(request) if "linkcheck-" in request.url else answer(request)

    return say


PORTALS: dict[str, Callable[[Request], Reply]] = {
    "404 for everything": lambda request: html(request, page("Not found", "No."), 404),
    "one page for everything": lambda request: html(request, page("Hotel", "Accept our terms.")),
    "led to its own page": lambda request: (
        html(request, page("Hotel", "Accept our terms."))
        if "hotel.example" in request.url
        else html(request, b"", 302, ("Location", "http://login.hotel.example/welcome"))
    ),
    "a sale": lambda request: html(request, page("For sale", "This domain is for sale.")),
}


@pytest.mark.parametrize("portal", PORTALS)
@pytest.mark.parametrize("since", [0, 3, 30])
def test_who_answers_in_plain_for_all_hosts_is_none_of_them(portal: str, since: int) -> None:
    """Names and TLS are well; what goes in plain, a box on the way answers itself."""

    def town_of(request: Request) -> Reply | Failure:
        plain = request.url.startswith("http:")
        if plain and anyio.current_time() >= since:
            return PORTALS[portal](request)
        if plain and "control" in request.url:
            return html(request, b"", 301, ("Location", "https://control.example/"))
        came = control(request) if "control" in request.url else honest(request)
        return came if plain else replace(came, tls=TLS)

    town = Town({}, other=_known(town_of))
    wanted = subjects(
        *(f"http://many.example/{n}" for n in range(90)),
        *(f"http://few{n}.example/a" for n in range(90)),
        *(f"http://pair{n}.example/{m}" for n in range(40) for m in "ab"),
    )
    controls = ("https://control.example/",)
    settings = LiveSettings(workers=2)
    report, notes = simulate(
        "trio", partial(run, town, wanted, settings=settings, controls=controls)
    )
    nothing_condemned(report, notes)


def test_a_liar_that_lies_of_www_only_is_found_out() -> None:
    def advert(request: Request) -> Reply | Failure:
        if "//www." not in request.url:
            return no_such_name(request)
        body = page("Search", f"You looked for {request.url}.", story("advert"), "Domain for sale.")
        return html(request, body)

    town = Town({"control.example": control}, other=advert)
    wanted = subjects(*(f"http://www.dead{n}.example/{m}" for n in range(4) for m in range(4)))
    report, notes = simulate("trio", partial(run, town, wanted))
    nothing_condemned(report, notes)

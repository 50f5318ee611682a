"""When it is our own end: nothing may be judged gone."""

from functools import partial

import pytest
from msgspec.structs import replace

from linkcheck.lanes.live import Ended, LiveLaneReport
from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.model.live import Reach
from linkcheck.model.verdict import LiveVerdict
from linkcheck.settings.live import LiveSettings
from tests.live_parts import (
    Answer,
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
from tests.virtual import simulate

V = LiveVerdict
CONDEMNING = {V.GONE, V.HOST_GONE, V.SOFT_GONE, V.USURPED}
WANTED = subjects(
    *(f"https://many.example/{n}" for n in range(40)),
    *(f"http://few.example/{n}" for n in range(3)),
    "https://one.example/a",
    "http://one.example/a",
    "https://192.0.2.9/a",
)
SETTINGS = LiveSettings(apart=1.0)


def check(town: Town, *, behind_proxy: bool = False) -> tuple[LiveLaneReport, Notebook]:
    return simulate(
        "trio", partial(run, town, WANTED, settings=SETTINGS, behind_proxy=behind_proxy)
    )


def nothing_condemned(report: LiveLaneReport, notes: Notebook) -> None:
    assert {verdict for verdict, count in report.verdicts.items() if count} & CONDEMNING == set()
    findings = [one.finding for one in notes.links.values()]
    findings += [one.finding for one in notes.hosts.values() if one.finding is not None]
    assert not {one.verdict for one in findings} & CONDEMNING


def portal(request: Request) -> Reply:
    """Answer for every name with one page; its address is one too (`html`)."""
    return html(request, page("Hotel network", "Please accept our terms to use the network."))


def redirecting_portal(request: Request) -> Reply:
    if "login.hotel" in request.url:
        return portal(request)
    return html(request, b"", 302, ("Location", "http://login.hotel.example/welcome"))


# fmt: off
OFFLINE: dict[str, Answer] = {
    "no resolver at all":           fails(FailureKind.DNS_FAILURE, 5.0),
    "a resolver that denies all":   no_such_name,
    "no route":                     fails(FailureKind.UNREACHABLE),
    "every door closed":            fails(FailureKind.REFUSED),
    "a firewall that drops":        fails(FailureKind.CONNECT_TIMEOUT, 10.0),
    "TLS broken open":              fails(FailureKind.TLS_OTHER),
    "proxy fails":                  fails(FailureKind.PROXY, 0.1),
    "captive portal":               portal,
    "captive portal, redirecting":  redirecting_portal,
}
# fmt: on


@pytest.mark.parametrize("case", OFFLINE)
def test_nothing_is_judged_where_the_controls_fail_too(case: str) -> None:
    town = Town({}, other=OFFLINE[case])
    report, notes = check(town)
    assert (report.ended, report.reach) == (Ended.OFFLINE, Reach.FAILED)
    assert (report.not_asked, notes.links, notes.hosts) == (len(WANTED), {}, {})
    assert sum(town.asked.values()) < 20


def test_a_network_that_fails_later_condemns_nobody() -> None:
    """The controls answered at first; when hosts seem to be dead they are asked again."""
    turns = 0

    def fading(request: Request) -> Reply | Failure:
        nonlocal turns
        turns += 1
        return control(request) if turns == 1 else no_such_name(request)

    report, notes = check(Town({"control.example": fading}))
    nothing_condemned(report, notes)
    assert report.ended is Ended.OFFLINE
    rules = {one.finding.rule for one in notes.hosts.values() if one.finding}
    assert rules == {"our-own-end"}


def test_a_resolver_that_knows_every_name_condemns_nobody() -> None:
    """A provider's search page in the place of every name that does not exist."""

    def advert(request: Request) -> Reply:
        text = f"You looked for {request.url}. This domain is for sale. Buy this domain."
        return html(request, page("Search", text))

    town = Town({"control.example": lambda request: _elsewhere(control(request))}, other=advert)
    report, notes = check(town)
    nothing_condemned(report, notes)
    assert {one.finding.rule for one in notes.hosts.values() if one.finding} == {"liar"}
    assert report.verdicts == {V.UNKNOWN: len(WANTED)}


def _elsewhere(reply: Reply) -> Reply:
    return _with_address(reply, "198.18.0.1:80")


def _with_address(reply: Reply, address: str) -> Reply:
    return replace(reply, address=address)


def test_the_liar_is_known_by_its_page_where_its_address_changes() -> None:
    turn = 0

    def advert(request: Request) -> Reply:
        nonlocal turn
        turn += 1
        body = page("Search", f"You looked for {request.url}.", story("advert"))
        return _with_address(html(request, body), f"198.18.1.{turn % 250}:80")

    town = Town({"control.example": lambda request: _elsewhere(control(request))}, other=advert)
    report, notes = check(town)
    nothing_condemned(report, notes)
    assert report.verdicts == {V.UNKNOWN: len(WANTED)}


def test_servfail_is_silence() -> None:
    town = Town({"control.example": control}, other=fails(FailureKind.DNS_FAILURE, 3.0))
    report, notes = check(town)
    nothing_condemned(report, notes)
    assert set(report.verdicts) == {V.UNKNOWN}


def test_a_proxy_that_answers_for_hosts_is_not_the_host() -> None:
    """The door gives its 407, 502 and 504 as failures of kind `proxy`."""
    town = Town({"control.example": control}, other=fails(FailureKind.PROXY, 0.1))
    report, notes = check(town, behind_proxy=True)
    nothing_condemned(report, notes)
    assert set(report.verdicts) == {V.UNKNOWN}
    assert V.BLOCKED not in report.verdicts
    assert town.asked["many.example"] <= 3


def test_there_is_no_evidence_of_names_behind_a_proxy() -> None:
    town = Town({"control.example": control}, other=no_such_name)
    report, notes = check(town, behind_proxy=True)
    nothing_condemned(report, notes)
    assert {one.finding.rule for one in notes.hosts.values() if one.finding} == {"network-unproven"}


def test_no_control_no_verdict_by_silence() -> None:
    town = Town({}, other=no_such_name)
    report, notes = simulate("trio", partial(run, town, WANTED, settings=SETTINGS, controls=()))
    nothing_condemned(report, notes)
    assert report.reach is Reach.UNPROVEN


def test_a_sound_network_condemns_whom_it_should() -> None:
    town = Town({"control.example": control, "many.example": honest}, other=no_such_name)
    report, notes = check(town)
    assert report.ended is Ended.DONE
    assert report.verdicts[V.ALIVE] == 40
    assert report.verdicts[V.HOST_GONE] == len(WANTED) - 40
    gone = notes.hosts["http://few.example"].finding
    assert gone is not None
    assert gone.rule == "no-such-name"
    assert town.asked["few.example"] == 2
    assert town.asked["one.example"] == 2  # both schemes: a name is one name

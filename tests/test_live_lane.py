"""How the lane treats hosts: what it asks, in which order, and when it stops."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import anyio
import msgspec
import pytest

from linkcheck.lanes.live import Ended
from linkcheck.model.exchange import Failure, FailureKind, Reply, Request
from linkcheck.model.link import Role
from linkcheck.model.live import LiveSubject, Scope
from linkcheck.model.observation import HostObservation, LiveObservation
from linkcheck.model.verdict import LiveMethod, LiveVerdict
from linkcheck.settings.live import LiveSettings, read_status_action
from linkcheck.settings.pace import HostPace
from linkcheck.verdicts.live import judge_live, judge_live_host
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
from tests.virtual import BORN, simulate

V = LiveVerdict


def town(**hosts: Any) -> Town:
    named = {name.replace("_", ".").replace("0", "-"): host for name, host in hosts.items()}
    return Town({"control.example": control, **named})


def many(host: str, count: int, scheme: str = "https") -> list[LiveSubject]:
    return subjects(*(f"{scheme}://{host}/p/{n:03}" for n in range(count)))


def sale(request: Request) -> Reply:
    return html(request, page("For sale", f"The domain {request.url} is for sale."))


def checked(here: Town, wanted: list[LiveSubject], **how: Any) -> tuple[Any, Notebook]:
    return simulate("trio", partial(run, here, wanted, **how))


def test_a_sound_host_is_asked_once_a_link_and_three_times_more() -> None:
    here = town(sound_example=honest)
    report, notes = checked(here, many("sound.example", 60))
    assert report.verdicts == {V.ALIVE: 60}
    assert here.asked["sound.example"] == 63  # `/`, the impossible page by GET and by HEAD
    methods = Counter(method for method, url in here.urls if "/p/" in url)
    assert methods["HEAD"] > methods["GET"] > 4
    observed = notes.hosts["https://sound.example"]
    assert (observed.finding, observed.evidence.scope) == (None, Scope.HOST_VARIED)


def test_a_single_link_is_one_request() -> None:
    here = town(sound_example=honest)
    report, _ = checked(here, many("sound.example", 1))
    assert (report.verdicts, here.asked["sound.example"]) == ({V.ALIVE: 1}, 1)


def test_head_is_believed_in_its_404_once_that_was_borne_out_twice() -> None:
    here = town(sound_example=honest)
    wanted = subjects(*(f"https://sound.example/gone/{n:03}" for n in range(60)))
    report, _ = checked(here, wanted)
    assert report.verdicts == {V.GONE: 60}
    assert here.asked["sound.example"] <= 3 + 60 + 8  # a window of proofs


def test_a_head_that_differs_from_get_is_not_asked_again() -> None:
    def lying(request: Request) -> Reply:
        if request.method == "HEAD":
            return html(request, b"", 200)
        return honest(request)

    here = town(lying_example=lying)
    wanted = [*many("lying.example", 60), *subjects("https://lying.example/gone/1")]
    report, _ = checked(here, wanted)
    assert report.verdicts == {V.ALIVE: 60, V.GONE: 1}
    assert Counter(method for method, _ in here.urls if "lying" in _)["HEAD"] == 1


def test_no_host_sees_more_than_its_pace_allows() -> None:
    here = town(sound_example=honest, parked_example=sale, slow_example=honest)
    wanted = [*many("sound.example", 30), *many("slow.example", 30), *many("parked.example", 99)]
    checked(here, wanted)
    for name, starts in here.starts.items():
        gaps = [after - before for before, after in pairwise(starts)]
        assert min(gaps, default=1.0) >= HostPace().interval - 1e-6, name
    assert here.asked["parked.example"] <= 33


def test_busy_hosts_come_first() -> None:
    here = town(small_example=honest, large_example=honest)
    wanted = [*many("small.example", 2), *many("large.example", 9)]
    checked(here, wanted, settings=LiveSettings(workers=1))
    hosts = [url.split("/")[2] for _, url in here.urls if "control" not in url]
    names = list(dict.fromkeys(host for host in hosts if "linkcheck-" not in host))
    assert names == ["large.example", "small.example"]


def test_a_host_that_falls_silent_is_left_alone() -> None:
    turns = Counter[str]()

    def failing(request: Request) -> Reply | Failure:
        turns["all"] += 1
        if turns["all"] > 12:
            return fails(FailureKind.READ_TIMEOUT, 20.0)(request)
        return honest(request)

    here = town(failing_example=failing)
    report, notes = checked(here, many("failing.example", 500))
    assert here.asked["failing.example"] <= 12 + 2 * 12  # the window in which it ends, and one
    assert set(report.verdicts) == {V.ALIVE, V.UNKNOWN}
    assert report.not_asked > 480
    assert all(one.finding.verdict in {V.ALIVE, V.UNKNOWN} for one in notes.links.values())


def test_one_differing_answer_revises_the_host() -> None:
    """A site that sends all but its living pages to one notice."""
    alive = "https://notice.example/p/017"

    def notice(request: Request) -> Reply:
        if request.url == alive:
            return html(request, page("Still here", story("still")))
        return html(request, page("Closed", story("closed")))

    here = town(notice_example=notice)
    report, notes = checked(here, many("notice.example", 30))
    assert report.verdicts == {V.ALIVE: 1, V.SOFT_GONE: 29}
    assert notes.hosts["https://notice.example"].finding is None
    finding = notes.finding(alive)
    assert finding is not None
    assert finding.verdict is V.ALIVE
    assert here.asked["notice.example"] == 3 + 30  # the sample is not asked twice


def test_a_host_that_asks_for_a_rest_at_its_door_gets_one() -> None:
    def tired(request: Request) -> Reply:
        return html(request, b"", 429)

    here = town(tired_example=tired)
    report, notes = checked(here, many("tired.example", 200))
    assert here.asked["tired.example"] == 2  # the pace asks once more after its rest
    assert report.verdicts == {V.UNKNOWN: 200}
    finding = notes.hosts["https://tired.example"].finding
    assert finding is not None
    assert finding.rule == "throttled"


def test_schemes_of_a_dead_name_are_not_asked_one_by_one() -> None:
    here = town(silent_example=fails(FailureKind.CONNECT_TIMEOUT, 10.0))
    wanted = [*many("silent.example", 90), *many("silent.example", 60, "http")]
    report, _ = checked(here, wanted)
    assert here.asked["silent.example"] == 12
    assert report.verdicts == {V.UNKNOWN: 150}


def test_a_name_that_comes_back_at_the_second_look_is_not_gone() -> None:
    turns = Counter[str]()

    def flapping(request: Request) -> Reply | Failure:
        turns["all"] += 1
        return no_such_name(request) if turns["all"] == 1 else honest(request)

    for count in (1, 9):
        turns.clear()
        report, _ = checked(town(flapping_example=flapping), many("flapping.example", count))
        assert report.verdicts == {V.ALIVE: count}


def usurped_before(days: int) -> Notebook:
    _, notes = checked(town(taken_example=sale), many("taken.example", 50))
    seen = notes.hosts["https://taken.example"]
    evidence = msgspec.structs.replace(seen.evidence, seen_at=BORN - timedelta(days=days))
    before = msgspec.structs.replace(seen, evidence=evidence)
    assert before.finding is not None
    assert before.finding.verdict is V.USURPED
    return Notebook({"https://taken.example": before})


def test_a_usurped_host_is_not_asked_within_a_month() -> None:
    here = town(taken_example=sale)
    report, notes = checked(here, many("taken.example", 50), notes=usurped_before(29))
    assert here.asked["taken.example"] == 0
    assert (report.resting, report.not_asked, notes.hosts) == (50, 0, {})


def test_a_usurped_host_is_asked_for_its_front_page_only() -> None:
    here = town(taken_example=sale)
    report, notes = checked(here, many("taken.example", 50), notes=usurped_before(30))
    asked = [url for _, url in here.urls if "taken" in url]
    assert asked == ["https://taken.example/"]
    assert report.verdicts == {V.USURPED: 50}
    assert notes.hosts["https://taken.example"].evidence.seen_at >= BORN


def test_a_host_that_was_given_back_is_asked_again() -> None:
    here = town(taken_example=honest)
    report, _ = checked(here, many("taken.example", 6), notes=usurped_before(31))
    assert report.verdicts == {V.ALIVE: 6}


def test_a_single_link_of_a_taken_host_settles_the_host() -> None:
    here = town(taken_example=sale)
    _, notes = checked(here, many("taken.example", 1))
    finding = notes.hosts["https://taken.example"].finding
    assert finding is not None
    assert (finding.verdict, finding.method) == (V.USURPED, LiveMethod.HOST)
    assert here.asked["taken.example"] == 2  # the link, and a page that cannot exist


def test_a_wall_that_is_found_late_has_all_pages_read() -> None:
    def walled(request: Request) -> Reply:
        if "/p/" in request.url and int(request.url[-3:]) % 3 == 2 and request.url[-3:] > "004":
            return html(request, page("Story", story("lead", words=40), "Subscribe to read on."))
        return honest(request)

    def large(request: Request) -> Reply:
        came = walled(request)
        return msgspec.structs.replace(came, headers=(*came.headers, (b"Content-Length", b"9000")))

    here = town(ledger_example=large)
    report, notes = checked(here, many("ledger.example", 90))
    assert report.verdicts == {V.ALIVE: 61, V.BLOCKED: 29}
    methods = Counter(method for method, url in here.urls if "/p/" in url)
    assert methods["HEAD"] > 0
    assert methods["GET"] == 90
    assert {len(one.evidence.answers) for one in notes.links.values()} == {1}


def test_an_article_that_speaks_of_casinos_is_one_if_its_title_is_there() -> None:
    words = "casino slots baccarat poker roulette jackpot betting " * 3
    title = "Casino poker tables reopen after the storm"

    def casinos(request: Request) -> Reply:
        if "/p/" in request.url:
            return html(request, page(title, words, story(request.url[-3:])))
        return honest(request)

    known = [
        LiveSubject(original=each.original, roles=(Role.ORIGINAL_URL,), hint=title)
        for each in many("press.example", 2)
    ]
    report, _ = checked(town(press_example=casinos), known)
    assert report.verdicts == {V.ALIVE: 2}
    report, _ = checked(town(press_example=casinos), many("press.example", 6))
    assert report.verdicts == {V.UNKNOWN: 6}


def test_a_head_that_was_believed_is_said_to_be() -> None:
    def large(request: Request) -> Reply:
        came = honest(request)
        return msgspec.structs.replace(came, headers=(*came.headers, (b"Content-Length", b"9000")))

    _, notes = checked(town(sound_example=large), many("sound.example", 90))
    heads = {
        one.finding.reason.startswith("by its head alone")
        for one in notes.links.values()
        if one.evidence.answers[-1].method == "HEAD"
    }
    assert heads == {True}


class Allowed:
    """So many requests, and no more."""

    def __init__(self, requests: int) -> None:
        self.left = requests

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


@pytest.mark.parametrize("requests", [0, 1, 2, 3, 4, 7, 20, 45])
def test_a_budget_ends_the_asking_and_condemns_nobody(requests: int) -> None:
    here = town(sound_example=honest, parked_example=sale)
    wanted = [*many("sound.example", 20), *many("parked.example", 20), *many("gone.example", 5)]
    report, notes = checked(here, wanted, allowance=Allowed(requests))
    assert report.ended is Ended.STOPPED
    assert report.asked <= requests
    assert report.alone + report.by_host + report.not_asked == len(wanted)
    assert all(one.finding is None for one in notes.hosts.values())  # no control was asked of them
    assert {one.finding.verdict for one in notes.links.values()} <= {V.ALIVE}


def test_a_stop_is_heeded_before_the_next_question() -> None:
    stop = anyio.Event()
    here = town(sound_example=honest)

    def stopping(request: Request) -> Reply:
        if len(here.urls) > 10:
            stop.set()
        return honest(request)

    here.hosts = {**here.hosts, "sound.example": stopping}
    report, notes = checked(here, many("sound.example", 100), stop=stop)
    assert report.ended is Ended.STOPPED
    assert len(here.urls) < 20
    assert report.not_asked == 100 - len(notes.links)


def test_the_same_seed_asks_the_same() -> None:
    def asked() -> list[tuple[str, str]]:
        here = town(sound_example=honest, parked_example=sale)
        checked(here, [*many("sound.example", 30), *many("parked.example", 90)])
        return sorted(here.urls)

    assert asked() == asked()


def test_evidence_survives_as_json_and_is_judged_the_same() -> None:
    here = town(sound_example=honest, parked_example=sale)
    wanted = [*many("sound.example", 9), *many("parked.example", 9), *many("none.example", 2)]
    _, notes = checked(here, wanted)
    for link in notes.links.values():
        again = msgspec.json.decode(msgspec.json.encode(link), type=LiveObservation)
        assert again == link
        assert judge_live(again.evidence) == link.finding
        assert len(msgspec.json.encode(link)) < 4_000
    for host in notes.hosts.values():
        once_more = msgspec.json.decode(msgspec.json.encode(host), type=HostObservation)
        assert judge_live_host(once_more.evidence) == host.finding


def test_statuses_mean_what_the_user_says() -> None:
    def moody(request: Request) -> Reply:
        last = request.url.rpartition("/")[2]
        status = int(last) if last.isdecimal() else 200 if not last else 410
        return html(request, page(str(status), story(str(status))), status)

    wanted = subjects(*(f"https://moody.example/{status}" for status in (200, 403, 404, 500, 503)))
    actions = tuple(map(read_status_action, ("403:ok", "404:warn", "50x:skip", "2xx:error")))
    settings = LiveSettings(status_actions=actions)
    here = town(moody_example=moody)
    _, notes = checked(here, wanted, settings=settings)
    rules = {url.rpartition("/")[2]: one.finding.rule for url, one in notes.links.items()}
    assert rules == {
        "200": "status-said-bad",
        "403": "status-said-good",
        "404": "status-unjudged",
        "500": "status-unjudged",
        "503": "status-unjudged",
    }


def test_a_page_that_shares_nothing_is_not_condemned_alone() -> None:
    """One page that says something of what stood there, and the site is still its own."""

    def mixed(request: Request) -> Reply:
        if request.url.endswith("/p/002"):
            return html(request, page("Old bridge closed until May", story("bridge")))
        return honest(request)

    wanted = [
        LiveSubject(original=one.original, roles=(Role.ORIGINAL_URL,), hint=hint)
        for one, hint in zip(
            many("mixed.example", 3),
            ("Ministers meet in town", "Market hall burns down", "Old bridge closed until May"),
            strict=True,
        )
    ]
    _, notes = checked(town(mixed_example=mixed), wanted)
    rules = [one.finding.rule for _, one in sorted(notes.links.items())]
    assert rules == ["stranger", "stranger", "answers"]


def test_addresses_without_a_host_are_not_asked() -> None:
    report, notes = checked(town(), subjects("ftp://files.example/a", "https:///x", "nonsense"))
    assert report.verdicts == {V.UNKNOWN: 3}
    assert {one.finding.rule for one in notes.links.values()} == {"not-asked"}


def test_the_clock_is_compared_with_the_servers() -> None:
    def dated(request: Request) -> Reply:
        return html(
            request,
            page("x", story("x")),
            200,
            ("Date", "Sun, 01 Mar 2026 12:10:00 GMT"),
            seconds=0,
        )

    report, _ = checked(town(dated_example=dated), many("dated.example", 1))
    assert report.clocks == 1
    assert report.clock_skew_seconds is not None
    assert -600 <= report.clock_skew_seconds < -590


def test_many_hosts_need_few_tasks() -> None:
    here = Town({"control.example": control}, other=honest)
    wanted = [one for n in range(300) for one in many(f"host{n}.example", 2)]
    most = 0

    async def watched() -> None:
        nonlocal most
        done = anyio.Event()

        async def watch() -> None:
            nonlocal most
            while not done.is_set():
                most = max(most, len(anyio.get_running_tasks()))
                await anyio.sleep(0.1)

        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            await run(here, wanted, settings=replace(LiveSettings(), workers=8))
            done.set()

    simulate("asyncio", watched)
    assert most <= 8 * 5 + 5

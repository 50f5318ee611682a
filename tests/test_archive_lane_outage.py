"""An archive that goes silent, rests or lies: nothing is condemned, and work is bounded."""

from datetime import timedelta
from random import Random

import anyio
import anyio.lowlevel
import msgspec
import pytest

from linkcheck.lanes.archive import Ended
from linkcheck.model.exchange import Failure, FailureKind, Purpose, Reply, Request
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.playback import PlaybackSettings
from linkcheck.urls.urlkey import urlkey
from tests.small_wayback import (
    COLUMNS,
    LATER,
    NOW,
    PAGE,
    STAMP,
    Kept,
    SmallWayback,
    Special,
    Stored,
    failure,
    reply,
    run,
    wanted,
)

pytestmark = pytest.mark.anyio

INDEX, PLAYBACK = Purpose.INDEX, Purpose.PLAYBACK
QUIET = ArchiveLaneSettings(playback=PlaybackSettings(sample=0))
PAGES = [f"https://www.big.com/article/{n:03}" for n in range(60)]
FEW = [f"https://few{n:03}.org/x" for n in range(100)]
OFFLINE = b"<html><title>Internet Archive: Temporarily Offline</title>"


def stored(urls: list[str]) -> list[Stored]:
    return [Stored(url=url, body=PAGE + url.encode()) for url in urls]


def refuses(request: Request) -> Failure:
    return failure(request.url, FailureKind.REFUSED)


def is_down(request: Request) -> Reply:
    return reply(request.url, b"<h1>503 Service Unavailable</h1>", status=503)


def is_offline(request: Request) -> Reply:
    return reply(request.url, OFFLINE, ("content-type", "text/html"))


def is_empty(request: Request) -> Reply:
    return reply(request.url, b"")


def rests(request: Request) -> Failure:
    return failure(request.url, FailureKind.PAUSED, minutes=90)


def after(count: int, then: Special) -> Special:
    """Answer well so many times, then otherwise."""
    asked = iter(range(count))
    return lambda request: None if next(asked, None) is not None else then(request)


def verdicts(kept: Kept) -> set[ArchiveVerdict]:
    return {one.finding.verdict for one in kept.last.values()}


@pytest.mark.parametrize("outage", [refuses, is_down, is_offline, is_empty])
@pytest.mark.parametrize("good", [0, 1, 30])
async def test_an_outage_leaves_what_was_decided_and_condemns_nothing(
    outage: Special, good: int
) -> None:
    server = SmallWayback(stored(PAGES + FEW), special=after(good, outage))
    kept, report = await run(server, wanted(*PAGES, *FEW), QUIET)
    assert verdicts(kept) <= {ArchiveVerdict.CAPTURED, ArchiveVerdict.UNKNOWN}
    assert len(kept.last) == 160
    assert report.not_asked == 0
    assert report.ended is Ended.SILENT
    assert report.reason
    unknown = [one for one in kept.last.values() if one.finding.verdict is ArchiveVerdict.UNKNOWN]
    assert len(unknown) >= 40
    assert all(one.finding.reason for one in unknown)
    assert len(server.asked) <= good + 2 * QUIET.patience + 20


async def test_a_pause_ends_the_lane_at_once_and_says_until_when() -> None:
    server = SmallWayback(stored(PAGES + FEW), special=after(20, rests))
    kept, report = await run(server, wanted(*PAGES, *FEW), QUIET)
    assert report.ended is Ended.PAUSED
    assert report.until == NOW + timedelta(minutes=90)
    assert len(server.asked) <= 20 + QUIET.index_hands + QUIET.playback_hands
    assert verdicts(kept) <= {ArchiveVerdict.CAPTURED, ArchiveVerdict.UNKNOWN}
    assert len(kept.last) == 160
    reasons = {
        one.finding.reason
        for one in kept.last.values()
        if one.finding.verdict is ArchiveVerdict.UNKNOWN
    }
    assert all(reason.startswith("paused") for reason in reasons)


async def test_an_index_that_is_down_does_not_stop_playback() -> None:
    def special(request: Request) -> Reply | Failure | None:
        return is_down(request) if request.purpose is INDEX else None

    server = SmallWayback(stored(PAGES + FEW), special=special)
    kept, _ = await run(server, wanted(*PAGES, *FEW), QUIET)
    assert {kept.rule(url)[0] for url in FEW} == {"captured"}
    assert {kept.rule(url)[0] for url in PAGES} == {"unknown"}
    assert len(server.urls(PLAYBACK)) == 100


async def test_a_silent_replay_takes_nothing_back() -> None:
    """Rows have decided: a sample that is not answered says neither yes nor no."""

    def special(request: Request) -> Reply | Failure | None:
        return refuses(request) if request.purpose is PLAYBACK else None

    server = SmallWayback(stored(PAGES), special=special)
    settings = ArchiveLaneSettings(playback=PlaybackSettings(sample=10))
    kept, report = await run(server, wanted(*PAGES), settings)
    assert verdicts(kept) == {ArchiveVerdict.CAPTURED}
    assert (report.sample.drawn, report.sample.replayed) == (10, 0)
    assert report.sample.bound is None


async def test_an_absence_whose_confirmation_fails_stays_unknown() -> None:
    def special(request: Request) -> Reply | Failure | None:
        return is_offline(request) if request.purpose is PLAYBACK else None

    server = SmallWayback(stored(PAGES[1:]), special=special)
    kept, report = await run(server, wanted(*PAGES), QUIET)
    assert kept.rule(PAGES[0]) == ("unknown", "bulk-absence")
    assert report.verdicts[ArchiveVerdict.UNKNOWN] == 1


class Purse:
    def __init__(self, requests: int) -> None:
        self.left = requests

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


async def test_a_budget_ends_the_asking_and_says_how_much_is_left() -> None:
    server = SmallWayback(stored(PAGES + FEW))
    kept, report = await run(server, wanted(*PAGES, *FEW), QUIET, allowance=Purse(11))
    assert len(server.asked) == 11
    assert report.ended is Ended.BUDGET
    assert report.not_asked == 160 - len(kept.last) == 90
    assert verdicts(kept) == {ArchiveVerdict.CAPTURED}


async def test_a_stop_ends_the_lane_in_the_middle_of_a_request() -> None:
    stop = anyio.Event()

    class Waiting(SmallWayback):
        async def ask(self, request: Request) -> Reply | Failure:
            if len(self.asked) >= 5:
                stop.set()
                await anyio.sleep_forever()
            return await super().ask(request)

    server = Waiting(stored(FEW))
    kept, report = await run(server, wanted(*FEW), QUIET, stop=stop)
    assert report.ended is Ended.STOPPED
    assert report.not_asked == 100 - len(kept.last)
    assert len(server.asked) == 5


def listing(request: Request, rows: list[list[str]]) -> Reply:
    return reply(request.url, msgspec.json.encode([COLUMNS, *rows]))


def endless(request: Request) -> Reply | None:
    """Lead from page to page, each full of rows that nobody wants."""
    if request.purpose is not INDEX:
        return None
    number = int(request.url.partition("resumeKey=")[2] or "0")
    keys = [f"com,big)/article/000!{number:06}{n:04}" for n in range(200)]
    rows = [[key, STAMP, f"http://{key}", "text/html", "200", "A" * 32, "1"] for key in keys]
    return listing(request, [*rows, [], [str(number + 1)]])


def looping(request: Request) -> Reply | None:
    """Give the same page and the same key for ever."""
    if request.purpose is not INDEX:
        return None
    rows = Stored(url=PAGES[0], body=PAGE + PAGES[0].encode()).row
    return listing(request, [rows, [], ["again"]])


def disordered(request: Request) -> Reply | None:
    """Turn the order of the rows round."""
    if request.purpose is not INDEX:
        return None
    return listing(request, [one.row for one in reversed(stored(PAGES))])


def monstrous(request: Request) -> Reply | None:
    """Give one row of ten megabytes among good ones."""
    if request.purpose is not INDEX:
        return None
    rows = [one.row for one in stored(PAGES)]
    rows[30] = [*rows[30][:2], "http://x/" + "x" * 10_000_000, *rows[30][3:]]
    return listing(request, rows)


@pytest.mark.parametrize("special", [endless, looping, disordered, monstrous])
async def test_a_hostile_index_is_bounded_and_makes_nothing_missing(special: Special) -> None:
    server = SmallWayback(stored(PAGES), special=special)
    kept, report = await run(server, wanted(*PAGES), QUIET)
    assert verdicts(kept) == {ArchiveVerdict.CAPTURED}
    assert len(kept.last) == 60
    assert len(server.asked) <= 150
    assert report.not_asked == 0


async def test_a_playback_that_leads_out_of_the_archive_is_not_followed() -> None:
    def special(request: Request) -> Reply:
        return reply(request.url, b"", ("location", "https://evil.example/"), status=302)

    server = SmallWayback(special=special)
    kept, _ = await run(server, wanted("http://a.org/x"), QUIET)
    assert verdicts(kept) == {ArchiveVerdict.UNKNOWN}
    assert len(server.asked) == 1


async def test_a_page_with_the_archives_words_in_it_is_a_page() -> None:
    words = b"<html>This URL has been excluded from the Wayback Machine. Hrm. Temporarily Offline"
    server = SmallWayback([Stored(url="http://a.org/x", body=words)])
    kept, _ = await run(server, wanted("http://a.org/x"), QUIET)
    assert kept.rule("http://a.org/x") == ("captured", "asked-time")


async def test_a_circle_of_redirects_ends() -> None:
    server = SmallWayback(
        [
            Stored(url="http://a.org/1", status=302, location="http://a.org/2", body=b""),
            Stored(url="http://a.org/2", status=302, location="http://a.org/1", body=b""),
        ]
    )
    kept, _ = await run(server, wanted("http://a.org/1"), QUIET)
    assert kept.rule("http://a.org/1") == ("hollow", "dead-end")
    assert len(server.asked) == 2


async def test_rows_that_come_late_add_to_what_had_passed() -> None:
    """A nearer capture that stands out of order is not lost."""
    near = Stored(url=PAGES[0], body=b"near")
    far = Stored(url=PAGES[0], timestamp=LATER, body=b"far")

    def special(request: Request) -> Reply | None:
        if request.purpose is not INDEX:
            return None
        return listing(request, [far.row, *(one.row for one in stored(PAGES[1:])), near.row])

    server = SmallWayback([near, far, *stored(PAGES[1:])], special=special)
    kept, _ = await run(server, wanted(*PAGES), QUIET)
    assert kept.rule(PAGES[0]) == ("captured", "asked-time")
    mine = [
        one
        for one in kept.every
        if isinstance(one, ArchiveObservation) and one.key == urlkey(PAGES[0])
    ]
    assert len(mine) >= 2


async def test_a_host_whose_whole_index_takes_too_long_is_asked_in_parts() -> None:
    numbers = range(900)
    parts = [f"https://www.big.com/article/{n:03}" for n in numbers]
    parts += [f"https://www.big.com/photo/{n:03}" for n in numbers]
    whole = "url=http%3A%2F%2Fbig.com%2F&"

    def special(request: Request) -> Failure | None:
        return failure(request.url) if whole in request.url else None

    server = SmallWayback(stored(parts), special=special)
    kept, _ = await run(server, wanted(*parts), QUIET)
    assert verdicts(kept) == {ArchiveVerdict.CAPTURED}
    assert len(server.asked) <= 8
    assert not server.urls(PLAYBACK)


async def test_text_that_is_no_text_passes_through() -> None:
    odd = [COLUMNS, [urlkey(PAGES[0]), STAMP, "ODD", "text/html", "200", "A" * 32, "1"]]
    body = msgspec.json.encode([*odd, *(one.row for one in stored(PAGES[1:]))])

    def special(request: Request) -> Reply | None:
        if request.purpose is INDEX:
            return reply(request.url, body.replace(b"ODD", rb"http://x/\ud800" + b"\xe6\x96"))
        if PAGES[0] in request.url:
            moment = ("memento-datetime", "Wed, 01 Jan 2020 00:00:00 GMT")
            odd_source = ("x-archive-src", "\udce6\x1b[31m")
            return reply(request.url, b"\xe6", moment, odd_source, ("content-type", "\udcff"))
        return None

    server = SmallWayback(stored(PAGES), special=special)
    settings = ArchiveLaneSettings(playback=PlaybackSettings(everything=True))
    kept, _ = await run(server, wanted(*PAGES), settings)
    assert len(kept.last) == 60
    assert {kept.rule(url)[0] for url in PAGES[1:]} == {"captured"}


async def test_what_is_asked_does_not_depend_on_the_order_of_answers() -> None:
    """A replay of a recording asks exactly what was recorded."""
    error = b"<html>Sorry, something went wrong</html>"
    same = [Stored(url=url, body=error) for url in PAGES[:5]]
    doubtful = [Stored(url=PAGES[5], body=error, revisit=True)]
    moved = [Stored(url=PAGES[6], status=301, location=PAGES[7], body=b"")]
    captures = [*same, *doubtful, *moved, *stored(PAGES[8:]), *stored(FEW)]
    sides = [*wanted(*PAGES, *FEW), *wanted(*PAGES[:9], *FEW[:9], stamp=LATER)]
    settings = ArchiveLaneSettings(playback=PlaybackSettings(sample=10))
    found = []
    for seed in range(4):
        dice = Random(seed)  # noqa: S311 - an order

        class Shuffled(SmallWayback):
            async def ask(self, request: Request, dice: Random = dice) -> Reply | Failure:
                answer = await super().ask(request)
                for _ in range(dice.randrange(40)):
                    await anyio.lowlevel.checkpoint()
                return answer

        server = Shuffled(captures)
        kept, report = await run(server, sides, settings)
        rules = {(key, want): one.finding for (key, want), one in kept.last.items()}
        found.append((sorted(request.url for request in server.asked), rules, report))
    assert all(one == found[0] for one in found)
    assert found[0][2].shared == 1

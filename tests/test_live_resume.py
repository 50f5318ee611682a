"""The live lane cut off after any observation: the next run goes on, and comes to the same."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
from msgspec.structs import replace

from linkcheck.lanes.live import run_live
from linkcheck.model.exchange import FailureKind, Reply, Request
from linkcheck.model.link import Role
from linkcheck.model.observation import LiveObservation, Observation
from linkcheck.model.verdict import ArchiveFinding, LiveFinding, LiveVerdict
from linkcheck.model.visit import Heard, Visited
from linkcheck.settings.live import LiveSettings
from linkcheck.store import Store, Writer
from tests.live_parts import (
    Answer,
    Town,
    control,
    fails,
    honest,
    html,
    nest,
    no_such_name,
    page,
    story,
)
from tests.store_parts import article, begin, end, live, opened
from tests.virtual import simulate, wall

SETTINGS = LiveSettings(sample=6, head_from=12, suspects=2, workers=3)
# Hosts whose answers came whole and by themselves.
PLAIN = re.compile(r"https://(?:honest|gone|parked|soft|sold|alone|odd)\.")
V = LiveVerdict
Finding = ArchiveFinding | LiveFinding


def nothing_there(request: Request) -> Reply:
    return html(request, page("404", f"{request.url} was not found."), 404)


def parked(request: Request) -> Reply:
    return html(request, page("parked.example is for sale", "Buy this domain", request.url))


def soft(request: Request) -> Reply:
    if "/real" in request.url:
        return html(request, page(request.url[-7:], story(request.url[-7:])))
    return html(request, page("Nothing here", "Sorry, no page has that name."))


def led(request: Request) -> Reply:
    """Lead half of all addresses to one page, one after the other."""
    if re.search(r"/p\d*[02468]$", request.url):
        return html(request, b"", 301, ("Location", "https://led.example/archive"))
    return honest(request)


def onward(request: Request) -> Reply:
    """Answer with pages that lead on by themselves."""
    if re.search(r"/p\d+$", request.url):
        head = f'<meta http-equiv="refresh" content="0; url={request.url}/there">'
        return html(request, page("wait", head=head))
    return honest(request)


def sold(request: Request) -> Reply:
    """Answer well with pages of whoever owns the name now."""
    if "no-such" in request.url:
        return honest(request)
    return html(request, page(request.url[-12:], story(request.url[-3:], words=200)))


HOSTS: dict[str, tuple[Answer, int]] = {
    "honest.example": (honest, 20),
    "gone.example": (nothing_there, 14),
    "parked.example": (parked, 9),
    "soft.example": (soft, 7),
    "led.example": (led, 10),
    "onward.example": (onward, 5),
    "sold.example": (sold, 12),
    "dead.example": (no_such_name, 5),
    "lost.example": (no_such_name, 4),
    "alone.example": (honest, 1),
    "odd.example": (soft, 1),
}


def town() -> Town:
    answers = {name: answer for name, (answer, _) in HOSTS.items()}
    return Town({**answers, "control.example": control})


def urls() -> list[str]:
    found = []
    for name, (_, count) in HOSTS.items():
        word = "real" if name == "soft.example" else "p"
        found += [f"https://{name}/{word if n % 3 else 'p'}{n}" for n in range(count)]
        if count > 10:
            found.append(f"https://{name}/")
    return found


class CutError(Exception):
    """The kill."""


class Book:
    """The writer and the history of one store, killed after so many observations."""

    def __init__(self, store: Store, writer: Writer, left: int | None = None) -> None:
        self.records = store.live_records(going_on=True)
        self.kept: list[Observation] = []
        self._writer = writer
        self._left = left

    async def keep(self, observation: Observation) -> None:
        await anyio.lowlevel.checkpoint()
        if self._left is not None and len(self.kept) >= self._left:
            raise CutError
        self._writer.commit([observation])
        self.kept.append(observation)


async def scan(store: Store, name: str, wire: Town, left: int | None = None) -> Book:
    """Ask for what is due; every run draws its own lots."""
    writer = begin(store, name, wall())
    book = Book(store, writer, left)
    cut = False
    try:
        report = await run_live(
            tuple(store.due_live(wall(), runs=store.open_runs(wall()))),
            ask=nest(wire),
            keeper=book,
            history=book.records,
            settings=SETTINGS,
            seed=name,
            now=wall(),
            controls=("http://control.example/",),
        )
    except* CutError:
        cut = True
    assert cut is (left is not None and len(book.kept) == left)
    if not cut:
        assert report.not_asked == 0
        end(writer, wall())
    return book


def filled(folder: Path) -> Store:
    store = opened(folder)
    writer = begin(store, "reading", wall())
    writer.put(
        article(
            f"{number}.md",
            [live(f"{number}.md", url, Role.ORIGINAL_URL if "//sold" in url else Role.LINK)],
        )
        for number, url in enumerate(urls())
    )
    end(writer, wall())
    return store


def told(store: Store) -> list[tuple[Any, ...]]:
    """Return everything that reports show of the live side, but for moments."""
    return [
        (
            link.link.original,
            link.live and bare(link.live.finding),
            link.live_strikes.strikes,
            link.live_strikes.flaps,
            link.live_untold and link.live_untold.rule,
            [
                (bare(one.finding), one.count if is_told(one.finding) else 0)
                for found in store.history(link.link.original or "")
                for one in found.episodes
            ],
        )
        for one in store.findings()
        for link in one.links
    ]


def bare(finding: Finding | None) -> Finding | None:
    """Return a finding without its words: whether a page was read or only its head is lot."""
    return None if finding is None else replace(finding, reason="")


def is_told(finding: Finding | None) -> bool:
    """Tell an answer that says something: others are asked for again by the next run anyway."""
    return finding is not None and finding.verdict is not V.UNKNOWN


def answered(kept: list[Observation]) -> set[tuple[str, str]]:
    """Return the questions whose answers are in the store."""
    asks: set[tuple[str, str]] = set()
    ended = {one.host for one in kept if isinstance(one, Visited)}
    latest = {one.evidence.original: one for one in kept if isinstance(one, LiveObservation)}
    for one in latest.values():
        asks |= {(said.method, said.asked) for said in one.evidence.answers if said.status}
    for heard in kept:
        if isinstance(heard, Heard) and heard.host not in ended:
            asks.add((heard.question.split()[1], heard.url))
    return asks


@dataclass(frozen=True)
class Undisturbed:
    """What a run comes to that nobody cuts off."""

    observations: int
    told: list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    async def go() -> Undisturbed:
        with filled(tmp_path_factory.mktemp("whole")) as store:
            book = await scan(store, "whole", town())
            return Undisturbed(len(book.kept), told(store))

    return simulate("trio", go)


async def cut_off(folder: Path, undisturbed: Undisturbed, left: int) -> None:
    """Cut a run off after so many observations, and let the next one go on."""
    with filled(folder) as store:
        first, second = town(), town()
        before = await scan(store, "first", first, left)
        await scan(store, "second", second)
        assert told(store) == undisturbed.told
        kept = answered(before.kept)
        assert not kept & set(second.urls), "the store had that answer"
        lost = {ask for ask in set(first.urls) - kept if PLAIN.match(ask[1])}
        assert len(lost) <= SETTINGS.workers * SETTINGS.window
        assert not store.live_records(going_on=True).heard("https://honest.example")


@pytest.mark.parametrize("share", [0.01, 0.2, 0.38, 0.55, 0.7, 0.83, 0.97])
def test_a_visit_that_was_cut_off_goes_on(
    tmp_path: Path, undisturbed: Undisturbed, share: float
) -> None:
    left = int(undisturbed.observations * share)
    simulate("trio", partial(cut_off, tmp_path, undisturbed, left))


@pytest.mark.soak
def test_a_visit_goes_on_wherever_it_was_cut_off(tmp_path: Path, undisturbed: Undisturbed) -> None:
    for left in range(0, undisturbed.observations, 3):
        folder = tmp_path / str(left)
        folder.mkdir()
        simulate("trio", partial(cut_off, folder, undisturbed, left))


def test_a_run_that_is_cut_off_again_and_again_comes_to_its_end(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    async def go() -> None:
        with filled(tmp_path) as store:
            for number in range(40):
                book = await scan(store, f"run {number}", town(), 60)
                if len(book.kept) < 60:
                    break
            assert told(store) == undisturbed.told

    simulate("trio", go)


def test_silence_is_not_taken_up(tmp_path: Path) -> None:
    """Our own network may have been down: what did not answer is asked again."""

    async def go() -> None:
        with filled(tmp_path) as store:
            silent = dict.fromkeys(HOSTS, fails(FailureKind.CONNECT_TIMEOUT, 5.0))
            dark = Town({**silent, "control.example": control})
            await scan(store, "dark", dark, 3)
            await scan(store, "light", town())
            stood = [link for one in store.findings() for link in one.links]
            honest = [one for one in stood if "//honest" in (one.link.original or "")]
            assert {one.live and one.live.finding.verdict for one in honest} == {V.ALIVE}

    simulate("trio", go)


@pytest.mark.parametrize("what", ["old", "damaged", "left"])
def test_a_visit_begins_anew_where_its_notes_cannot_be_used(
    tmp_path: Path, undisturbed: Undisturbed, what: str
) -> None:
    async def go() -> None:
        with filled(tmp_path) as store:
            await scan(store, "first", town(), undisturbed.observations // 3)
            host = next(iter(store.live_records(going_on=True).open))
            if what == "old":
                await anyio.sleep(25 * 3600)
            elif what == "left":
                store.leave_visits()
            else:
                damage(tmp_path)
            wire = town()
            await scan(store, "second", wire)
            assert any(url.startswith(f"{host}/no-such-page") for _, url in wire.urls)
            assert verdicts(told(store)) == verdicts(undisturbed.told)
            assert not store.live_records(going_on=True).open

    simulate("trio", go)


def verdicts(findings: list[tuple[Any, ...]]) -> list[tuple[str, LiveVerdict]]:
    return [(original, finding.verdict) for original, finding, *_ in findings]


def damage(folder: Path) -> None:
    with closing(sqlite3.connect(folder / ".linkcheck" / "state.db")) as database, database:
        database.execute("UPDATE heard SET body = x'00'")

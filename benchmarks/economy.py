"""What a scan of the real size asks of an archive: requests, hours, and whether all of it is true.

    python benchmarks/economy.py [--scale 0.1] [--page-rows 5000]

The real lane asks through the real pace, in virtual time, an archive that is made up as it is
asked (`made_up.py`). Beside it the two plain ways, through the same pace: one playback for each
cited URL, and one exact index query for each original.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import anyio

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from benchmarks import sampled
from benchmarks.links import SAMPLE
from benchmarks.made_up import BORN, CITED, Holdings, MadeUpArchive, Shape, gathered, verdict
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.lanes.archive import ArchiveLaneReport, run_archive
from linkcheck.lanes.keeper import ArticleText
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.exchange import Asker, Failure, Purpose, Reply, Request
from linkcheck.model.index import IndexQuery
from linkcheck.model.observation import ArchiveObservation, Headway, Observation
from linkcheck.model.subject import Subject, Want
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.net.pace import Pace
from linkcheck.plan.batches import batches
from linkcheck.plan.forecast import Forecast, forecast
from linkcheck.plan.prices import prices
from linkcheck.plan.subjects import Subjects
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.pace import PaceSettings
from linkcheck.settings.planning import PlanningSettings
from linkcheck.verdicts.baseline import Observation as SeenBytes
from tests.virtual import simulate, wall

Truth = Callable[[Subject, Want], ArchiveVerdict]
_NUMBERS = {verdict: number for number, verdict in enumerate(ArchiveVerdict, start=1)}


class MadeUpCitations:
    """A collection in which every original stands in an article of its own."""

    def articles(self, key: str) -> frozenset[str]:
        """Return the one article."""
        return frozenset({key})

    def is_furniture(self, key: str) -> bool:
        """Tell that nothing is."""
        del key
        return False

    def text(self, key: str) -> ArticleText | None:
        """Return no text."""
        del key


@dataclass(slots=True)
class MadeUpHistory:
    """The first scan."""

    known: dict[str, Headway] = field(default_factory=dict)

    def seen_bytes(self, key: str, timestamp: str) -> tuple[SeenBytes, ...]:
        """Return nothing."""
        del key, timestamp
        return ()

    def replayed_at(self, key: str, timestamp: str) -> datetime | None:
        """Return nothing."""
        del key, timestamp

    def sole_witnesses(self) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        return iter(())

    def headway(self) -> Mapping[str, Headway]:
        """Return how far earlier scans came."""
        return self.known

    def begun(self) -> Iterator[ArchiveObservation]:
        """Yield nothing."""
        return iter(())


@dataclass(slots=True)
class Checker:
    """Keep the last verdict on each want, a byte each, and compare it with the truth."""

    subjects: Subjects
    firsts: list[int] = field(default_factory=lambda: [0])
    verdicts: bytearray = field(default_factory=bytearray)
    rows: dict[str, float] = field(default_factory=dict)
    kept: int = 0
    cpu: float = 0.0

    def __post_init__(self) -> None:
        for place in range(len(self.subjects)):
            self.firsts.append(self.firsts[-1] + len(self.subjects.wants(place)))
        self.verdicts = bytearray(self.firsts[-1])

    async def keep(self, observation: Observation) -> None:
        """Take in one observation."""
        began = time.process_time()
        if isinstance(observation, ArchiveObservation):
            place = self.subjects.place_of(observation.key)
            if place is None:
                raise AssertionError(observation.key)
            slot = self.firsts[place] + self.subjects.wants(place).index(observation.want)
            self.verdicts[slot] = _NUMBERS[observation.finding.verdict]
            self.kept += 1
        elif isinstance(observation, Headway) and observation.rows_each is not None:
            self.rows[observation.host] = observation.rows_each
        self.cpu += time.process_time() - began

    def wrong(self, truth: Truth) -> int:
        """Count the wants whose verdict is not the true one."""
        found = 0
        for place in range(len(self.subjects)):
            subject = self.subjects[place]
            for number, want in enumerate(subject.wants, start=self.firsts[place]):
                found += self.verdicts[number] != _NUMBERS[truth(subject, want)]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scan cost."""

    report: ArchiveLaneReport
    index: int
    playback: int
    seconds: float
    throttled: int
    most_busy: int
    wrong: int
    originals: int
    wants: int
    kept: int
    cpu: float  # of the client: lane, plan, pace and loop, without the made-up archive
    wall: float
    memory: int  # bytes that the process grew by
    rows: Mapping[str, float]

    @property
    def requests(self) -> int:
        """Return all requests on the wire."""
        return self.index + self.playback


def scan(shape: Shape, settings: ArchiveLaneSettings | None = None, seed: str = "1") -> Outcome:
    """Run the lane over a made-up collection."""
    return ask(gathered(shape), Holdings(), verdict, settings, seed)


def ask(
    subjects: Subjects,
    holdings: Holdings,
    truth: Truth,
    settings: ArchiveLaneSettings | None = None,
    seed: str = "1",
) -> Outcome:
    """Run the lane over some subjects, and hold its verdicts against the truth."""
    server = MadeUpArchive(subjects, holdings)
    checker = Checker(subjects)
    settings = settings or ArchiveLaneSettings()

    async def main() -> ArchiveLaneReport:
        return await run_archive(
            ARCHIVE,
            subjects,
            ask=Pace(server, PaceSettings(), now=wall),
            keeper=checker,
            citations=MadeUpCitations(),
            history=MadeUpHistory(),
            settings=settings,
            seed=seed,
            now=BORN,
        )

    memory, began, cpu = _memory(), time.perf_counter(), time.process_time()
    report = simulate("trio", main)
    used = time.process_time() - cpu - server.cpu - checker.cpu
    return Outcome(
        report=report,
        index=server.counts.get(Purpose.INDEX, 0),
        playback=server.counts.get(Purpose.PLAYBACK, 0),
        seconds=server.ended,
        throttled=server.throttled,
        most_busy=server.most_busy,
        cpu=used,
        wall=time.perf_counter() - began,
        memory=_memory() - memory,
        wrong=checker.wrong(truth),
        originals=len(subjects),
        wants=len(checker.verdicts),
        kept=checker.kept,
        rows=checker.rows,
    )


def plain(purpose: Purpose, count: int) -> float:
    """Return the seconds that so many requests take through the pace, one for each question."""

    async def ask(ask: Asker, numbers: Iterator[int]) -> None:
        for number in numbers:
            await ask.ask(_question(purpose, number))

    class Trivial:
        async def ask(self, request: Request) -> Reply | Failure:
            return await server.answer(request)

    server = _Clockwork()

    async def main() -> None:
        pace, numbers = Pace(Trivial(), PaceSettings(), now=wall), iter(range(count))
        async with anyio.create_task_group() as group:
            for _ in range(8):
                group.start_soon(ask, pace, numbers)

    simulate("trio", main)
    return server.ended


class _Clockwork(MadeUpArchive):
    """Take the archive's time, and say nothing."""

    def __init__(self) -> None:
        super().__init__(Subjects.none())
        self._answers: dict[Purpose, Callable[[Request], Reply]] = {}

    async def answer(self, request: Request) -> Reply | Failure:
        """Answer that nothing is known."""
        return await self.ask(request)

    def _list(self, request: Request) -> Reply:
        return self._play(request)


def _question(purpose: Purpose, number: int) -> Request:
    url = f"http://example.org/{number}"
    if purpose is Purpose.INDEX:
        return ARCHIVE.index_request(IndexQuery(url=url))
    asked = ArchivedUrl(archive="wayback", timestamp="20200101000000", modifier=None, inner=url)
    return ARCHIVE.playback_request(asked)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def forecasts(shape: Shape, rows: Mapping[str, float]) -> tuple[Forecast, Forecast]:
    """Return what was forecast of the first scan, and what will be of the next one."""
    settings, subjects = PlanningSettings(), gathered(shape)
    costs = prices(ARCHIVE.pace, settings)
    first = batches(subjects, costs, page_rows=settings.page_rows)
    again = batches(subjects, costs, page_rows=settings.page_rows, rows=rows)
    return forecast(first, costs, settings), forecast(again, costs, settings, rows)


def main() -> None:
    """Print a scan of the real size, its likes, and the two plain ways."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--page-rows", type=int, default=PlanningSettings().page_rows)
    options = parser.parse_args()
    scale = options.scale
    settings = ArchiveLaneSettings(planning=PlanningSettings(page_rows=options.page_rows))
    print(f"{'':46}{'index':>9}{'playback':>10}{'requests':>10}{'hours':>8}{'429':>5}{'wrong':>7}")
    once = _scan("the lane", Shape(scale), settings)
    for when, told in zip(("first", "next"), forecasts(Shape(scale), once.rows), strict=True):
        run = f"  forecast of the {when} run"
        most = f"  (at most {told.most_requests:,} in {told.most_seconds / 3600:.2f} h)"
        _line(run, told.index_requests, told.playback_requests, told.seconds, most)
    pages = _scan("  the big host's articles twice", Shape(scale, 2.0), settings)
    twice = _scan("  its articles and their pictures twice", Shape(scale, 2.0, 2.0), settings)
    cited, originals = round(CITED * scale), once.originals
    singly = plain(Purpose.PLAYBACK, cited)
    _line("one playback for each cited URL", 0, cited, singly)
    exact = plain(Purpose.INDEX, originals)
    _line("one exact index query for each original", originals, 0, exact)
    _real_articles()
    print(
        f"\ntwice the articles: {pages.requests / once.requests - 1:+.1%} requests, with their"
        f" pictures {twice.requests / once.requests - 1:+.1%};"
        f" {min(singly, exact) / once.seconds:.1f} times faster than the better plain way"
    )


def _real_articles() -> None:
    if not SAMPLE.is_file():
        print(f"the shared sample is absent: {SAMPLE.name} (SAMPLE_ARCHIVE names it)")
        return
    subjects = sampled.wanted_of_sample()
    _told("what 4,912 real articles want", ask(subjects, sampled.HELD, sampled.verdict))
    cited = subjects.asks(0, len(subjects))
    _line("  one playback for each of their moments", 0, cited, plain(Purpose.PLAYBACK, cited))


def _scan(title: str, shape: Shape, settings: ArchiveLaneSettings) -> Outcome:
    return _told(title, scan(shape, settings))


def _told(title: str, found: Outcome) -> Outcome:
    report = found.report
    more = f"{found.throttled:5}{found.wrong:7}"
    _line(title, found.index, found.playback, found.seconds, more)
    sample = report.sample
    told = "" if sample.bound is None else f", at most {sample.bound.high:.2%} of {sample.listed:,}"
    print(
        f"    {found.originals:,} originals, {found.wants:,} wants;"
        f" {report.confirmations:,} absences confirmed;"
        f" sample of {sample.replayed}, {sample.contradicted} contradicted{told}\n"
        f"    {found.cpu:.0f} s of CPU ({found.cpu / found.wants * 1e6:.0f} µs a want),"
        f" {found.wall:.0f} s of wall time with the made-up archive,"
        f" {found.memory / 1e6:.0f} MB more memory at the peak",
        flush=True,
    )
    return found


def _line(title: str, index: int, playback: int, seconds: float, more: str = "") -> None:
    print(
        f"{title:46}{index:9,}{playback:10,}{index + playback:10,}{seconds / 3600:8.2f}{more}",
        flush=True,
    )


if __name__ == "__main__":
    main()

"""Two years of weekly scans: the store stays small and quick."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.store import NOW, archive_answer, article, begin, dead_host, live_answer, name
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.manifest import Ended, Ending
from linkcheck.model.observation import ArchiveObservation, Observation
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.store import Store

ARTICLES = 4_912
WEEKS = 104
MOST_BYTES = 200_000_000

_CHANGED_ARCHIVE = 200  # weeks: of captures asked again each quarter, one in eighteen
_CHANGED_LIVE = 25  # weeks: one in twenty-five of those asked again each week
_SAMPLE = 400  # replayed each week


def _replayed(seen: ArchiveObservation, week: int, number: int) -> ArchiveObservation:
    record = f"<urn:uuid:{week:08x}-0000-8000-8000-{number:012x}>"
    asked = ArchivedUrl(
        archive="wayback",
        timestamp=seen.want.timestamp,
        modifier="id_",
        inner=seen.evidence.original,
    )
    reading = PlaybackReading(
        asked=asked, answer=Answer.CAPTURE, status=200, timestamp="20180105030405", record=record
    )
    return replace(seen, evidence=replace(seen.evidence, chain=(reading,)))


def _week(store: Store, now: dt.datetime, week: int) -> Iterator[Observation]:
    yield dead_host(now)
    number = 0
    for subjects in store.due_archive(now).values():
        for subject in subjects:
            for want in subject.wants:
                number += 1
                turn = hash((subject.key, want.timestamp)) // 7 + week
                change = turn // _CHANGED_ARCHIVE
                seen = archive_answer(subject.key, subject.original, want, now, change)
                yield _replayed(seen, week, number) if number <= _SAMPLE else seen
    for original in store.due_live(now):
        turn = hash(original.original) // 7 + week
        yield live_answer(original.original, now, turn // _CHANGED_LIVE)


def _scan(place: Path, week: int) -> float:
    """Return the seconds of this process that one weekly scan cost."""
    now = NOW + dt.timedelta(weeks=week)
    started = time.process_time()
    with Store.open(place, extraction="soak") as store:
        writer = begin(store, f"week-{week:03}", now)
        if not week:
            writer.put(article(number, ARTICLES) for number in range(ARTICLES))
        known = sum(writer.is_known(name(n), 6_600, n * 1_000_000_000) for n in range(ARTICLES))
        assert known == (ARTICLES if week else 0)
        batch: list[Observation] = []
        for seen in list(_week(store, now, week)):
            batch.append(seen)
            if len(batch) == 500:
                writer.commit(batch)
                batch = []
        writer.commit(batch)
        writer.sweep([""])
        writer.end(Ending(ended=Ended.COMPLETE, ended_at=now))
    return time.process_time() - started


@pytest.mark.soak
def test_two_years_of_a_tenth_of_the_real_shape(tmp_path: Path) -> None:
    place = tmp_path / ".linkcheck"
    spent = [_scan(place, week) for week in range(WEEKS)]
    size = sum(file.stat().st_size for file in place.iterdir())
    assert size <= MOST_BYTES, spent
    # Weeks differ in what is due: the last quarter against the second week and those after it.
    late, early = sorted(spent[-26:])[13], sorted(spent[1:27])[13]
    print(  # noqa: T201 - the figures of docs/state.md
        f"{size / 1e6:.1f} MB after {WEEKS} weeks; CPU seconds: first {spent[0]:.1f},"
        f" second {spent[1]:.2f}, last {spent[-1]:.2f}; median of a quarter's weeks: first"
        f" {early:.2f}, last {late:.2f}"
    )
    assert late <= 2 * early, spent

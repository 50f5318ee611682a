"""The archive side of the seeds out of a cassette: byte for byte, without a socket."""

import socket
from collections import Counter
from pathlib import Path

import anyio
import msgspec
import pytest

from linkcheck.lanes.archive import ArchiveLaneReport, Ended
from linkcheck.model.exchange import FailureKind
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.net.door import open_replay
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from tests.make_cassettes import SEEDS_ARCHIVE, seeds_archive
from tests.standin.doors import unhurried
from tests.standin.lane import Kept, run_lane, subjects_of
from tests.standin.seeds import seed_sides

V = ArchiveVerdict
VERDICTS = {
    V.CAPTURED: 72,
    V.DRIFTED: 1,
    V.REDIRECTED: 8,
    V.HOLLOW: 17,
    V.SHELL: 1,
    V.UNPLAYABLE: 1,
    V.MISSING: 9,
    V.EXCLUDED: 4,
}


async def replayed(file: Path) -> tuple[Kept, ArchiveLaneReport]:
    with open_replay(unhurried(), [file]) as door:
        sides = [one for _, one in seed_sides()]
        return await run_lane(door, sides, settings=ArchiveLaneSettings())


def written(kept: Kept) -> bytes:
    """Return every observation, in the order of the subjects."""
    latest = sorted(kept.latest.values(), key=lambda one: (one.key, repr(one.want)))
    return b"\n".join(msgspec.json.encode(one, enc_hook=repr) for one in latest)


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a replay opens no socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_socket")
def test_replays_say_the_same_byte_for_byte() -> None:
    first, report = anyio.run(replayed, SEEDS_ARCHIVE)
    # Trio shuffles who comes first: the ways of several links meet at one capture.
    for backend in ("asyncio", "trio", "trio"):
        second, again = anyio.run(replayed, SEEDS_ARCHIVE, backend=backend)
        assert written(first) == written(second)
        assert report == again
    assert (report.ended, report.not_asked) == (Ended.DONE, 0)
    wants = sum(len(subject.wants) for subject in subjects_of(one for _, one in seed_sides()))
    assert len(first.latest) == wants == report.wants
    assert not any(
        reading.failure is FailureKind.NOT_RECORDED
        for one in first.latest.values()
        for reading in one.evidence.chain
    )
    assert Counter(one.finding.verdict for one in first.latest.values()) == VERDICTS


def test_a_replay_says_what_the_recording_run_said(tmp_path: Path) -> None:
    file = tmp_path / "anew.warc"
    live = anyio.run(seeds_archive, file)
    kept, _ = anyio.run(replayed, file)
    assert written(kept) == written(live)


def test_the_cassette_says_what_it_is() -> None:
    head = SEEDS_ARCHIVE.read_bytes()[:4096]
    assert b"Synthetic. Recorded on loopback" in head
    content = SEEDS_ARCHIVE.read_bytes()
    assert b"MADE-UP-NETWORK" not in content  # names of networks are left out
    assert b"wb-p-SERVER" not in content  # cookies too

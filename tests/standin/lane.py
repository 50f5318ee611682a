"""The lane of the archive side, run on made-up wants, with everything that it hands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from linkcheck.archives import Archive
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.lanes.archive import ArchiveLaneReport, run_archive
from linkcheck.lanes.keeper import ArticleText
from linkcheck.model.exchange import Asker
from linkcheck.model.link import Role, Time
from linkcheck.model.observation import ArchiveObservation, Headway, Observation
from linkcheck.model.subject import Want
from linkcheck.plan.side import Side
from linkcheck.plan.subjects import Subjects, gathered
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.playback import read_playback
from linkcheck.urls.encoding import encode
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.baseline import Observation as SeenBytes

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEED = "made-up"
# Lanes that go through the real door look at the real clock: to them this moment is young.
YOUNG = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
YOUNG_TIMESTAMP = YOUNG.strftime("%Y%m%d%H%M%S")


@dataclass(slots=True)
class Kept:
    """A keeper that remembers, the latest of each want."""

    latest: dict[tuple[str, Want], ArchiveObservation] = field(default_factory=dict)
    headways: list[Headway] = field(default_factory=list)
    all: list[Observation] = field(default_factory=list)

    async def keep(self, observation: Observation) -> None:
        self.all.append(observation)
        if isinstance(observation, ArchiveObservation):
            self.latest[observation.key, observation.want] = observation
        elif isinstance(observation, Headway):
            self.headways.append(observation)

    def of(self, original: str, timestamp: str | None) -> ArchiveObservation:
        key = urlkey(encode(original))
        (found,) = (
            one
            for (at, want), one in self.latest.items()
            if at == key and want.timestamp == timestamp
        )
        return found


@dataclass(slots=True)
class Cited:
    """A collection in which every key has an article of its own, if nothing else is said."""

    by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    texts: Mapping[str, ArticleText] = field(default_factory=dict)

    def articles(self, key: str) -> frozenset[str]:
        return self.by.get(key, frozenset({key}))

    def is_furniture(self, key: str) -> bool:
        del key
        return False

    def text(self, key: str) -> ArticleText | None:
        return self.texts.get(key)


class FirstRun:
    """A history of nothing."""

    def seen_bytes(self, key: str, timestamp: str) -> tuple[SeenBytes, ...]:
        del key, timestamp
        return ()

    def replayed_at(self, key: str, timestamp: str) -> datetime | None:
        del key, timestamp
        return None

    def sole_witnesses(self) -> Iterable[tuple[str, str]]:
        return ()

    def headway(self) -> Mapping[str, Headway]:
        return {}

    def begun(self) -> Iterable[ArchiveObservation]:
        return ()


def side(
    original: str,
    timestamp: str | None = "20180101000000",
    role: Role = Role.LINK,
    *,
    time: Time | None = Time.ASSERTED,
    published: date | None = None,
    archive: str = ARCHIVE.name,
) -> Side:
    """Return what one link wants."""
    want = Want(timestamp=timestamp, role=role, time=time, published=published)
    return Side(archive=archive, original=original, want=want)


def subjects_of(sides: Iterable[Side]) -> Subjects:
    """Return the subjects of the one archive that is asked."""
    (subjects,) = gathered(sides).values()
    return subjects


def told(playback: str = "doubtful,sample:0") -> ArchiveLaneSettings:
    """Return the settings of a lane with these words for `--playback`."""
    return ArchiveLaneSettings(playback=read_playback(playback))


async def run_lane(
    ask: Asker,
    sides: Iterable[Side],
    *,
    archive: Archive = ARCHIVE,
    settings: ArchiveLaneSettings | None = None,
    cited: Cited | None = None,
    now: datetime = NOW,
) -> tuple[Kept, ArchiveLaneReport]:
    """Run the lane to its end."""
    kept = Kept()
    report = await run_archive(
        archive,
        subjects_of(sides),
        ask=ask,
        keeper=kept,
        citations=cited or Cited(),
        history=FirstRun(),
        settings=settings or told(),
        seed=SEED,
        now=now,
    )
    return kept, report


def summary(one: ArchiveObservation) -> str:
    """Return what an observation came to in one line: verdict, rule, proof, distance, better."""
    finding, better = one.finding, one.suggestion
    proof = "-" if finding.proof is None else finding.proof.kind.value
    line = f"{finding.verdict} {finding.rule} {proof} {finding.distance_seconds}"
    if better is None:
        return line
    return f"{line} -> {better.archived.timestamp}{' sibling' if better.sibling else ''}"

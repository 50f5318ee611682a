"""The two sides of articles' links: what is known of each, and what was asked in vain."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace

from linkcheck.model.finding import Strikes, Untold
from linkcheck.model.observation import LiveObservation
from linkcheck.model.verdict import LiveMethod
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.appraisal import Appraisal, Past, appraise
from linkcheck.store.database import Database, Row
from linkcheck.store.moments import moment
from linkcheck.store.names import want_of
from linkcheck.store.recall import CONCLUSION, EPISODE, Recall, told
from linkcheck.store.side import ArchiveSide, LiveSide
from linkcheck.store.state import UNKNOWN, past

GIVEN = "(SELECT value FROM json_each(?))"
"""Some numbers, as `given` hands them over: one question for many."""

_UNTOLD = "untold.finding, untold.first_seen, untold.last_seen, untold.count, untold.last_run"
_STRIKES = "strikes, regressed, first_seen, last_good, flaps"
_WIDTH = 8  # columns of EPISODE

_WANTS = (
    f"SELECT want.id, archive.name, subject.key, subject.original, want.timestamp, want.role,"
    f" want.time, want.published, subject.id,"
    f" {', '.join(f'want.{name.strip()}' for name in _STRIKES.split(','))}, {_UNTOLD}, {EPISODE}"
    f" FROM (SELECT DISTINCT want FROM link WHERE article IN {GIVEN} AND want IS NOT NULL) AS cited"
    " JOIN want ON want.id = cited.want JOIN subject ON subject.id = want.subject"
    " JOIN archive ON archive.id = subject.archive"
    " LEFT JOIN episode ON episode.id = coalesce(want.known, want.untold)"
    " LEFT JOIN evidence ON evidence.id = episode.evidence"
    " LEFT JOIN episode AS untold ON untold.id = want.untold"
)
_LIVES = (
    f"SELECT live.id, live.original, live.host, live.known,"
    f" {', '.join(f'live.{name.strip()}' for name in _STRIKES.split(','))}, {_UNTOLD}, {EPISODE}"
    f" FROM (SELECT DISTINCT live FROM link WHERE article IN {GIVEN} AND live IS NOT NULL) AS cited"
    " JOIN live ON live.id = cited.live"
    " LEFT JOIN episode ON episode.id = coalesce(live.known, live.untold)"
    " LEFT JOIN evidence ON evidence.id = episode.evidence"
    " LEFT JOIN episode AS untold ON untold.id = live.untold"
)
_HOST = (
    f"SELECT {EPISODE} FROM episode JOIN evidence ON evidence.id = episode.evidence"
    " WHERE episode.subject = ? AND episode.side = 'host'"
    f" AND episode.verdict NOT IN ('', '{UNKNOWN}') ORDER BY episode.id DESC LIMIT 1"
)
_HOST_UNTOLD = (
    f"SELECT {_UNTOLD} FROM host JOIN episode AS untold ON untold.id = host.untold"
    " WHERE host.id = ?"
)
_PAST = (
    "SELECT verdict, first_seen, last_seen, marks FROM episode"
    f" WHERE subject = ? AND side = ? AND verdict NOT IN ('', '{UNKNOWN}') ORDER BY id"
)


def _without_evidence(sql: str) -> str:
    """Return a question without what lies in `evidence`: a page of the disk for each finding."""
    joins = ("LEFT JOIN evidence ON evidence.id = episode.evidence",
             "JOIN evidence ON evidence.id = episode.evidence")  # fmt: skip
    for join in joins:
        sql = sql.replace(join, "")
    return sql.replace(EPISODE, CONCLUSION)


_HOSTS_AT_HAND = 64
"""Hosts whose evidence stays unpacked: an article cites few, and its neighbours the same ones."""


_STRIKES_AT_HAND = 4_096
"""Strikes that stay made: what was seen once is alike for whatever was seen at that moment."""


@dataclass(frozen=True, slots=True)
class _Host:
    row: Row | None  # the last episode that judged it for its originals
    past: tuple[Past, ...]
    strikes: Strikes
    untold: Row | None


class Sides:
    """Give the sides of some articles after others."""

    def __init__(
        self,
        database: Database,
        recall: Recall,
        judging: JudgingSettings,
        *,
        evidence: bool = True,  # False: conclusions alone, for counting
    ) -> None:
        self._database = database
        self._recall = recall
        self._judging = judging
        questions = (_WANTS, _LIVES, _HOST)
        self._wants, self._lives, self._judged = (
            questions if evidence else map(_without_evidence, questions)
        )
        self._hosts: dict[int, _Host] = {}
        self._by_host: dict[int, LiveObservation] = {}
        self._strikes = lru_cache(_STRIKES_AT_HAND)(self._appraised)

    def archive(self, *articles: int) -> Iterator[tuple[int, ArchiveSide]]:
        """Yield every want that the links of some articles have, and what is known of it."""
        for row in self._database.rows(self._wants, given(articles)):
            want, archive, key, original, timestamp, role, time, published, subject = row[:9]
            episode = row[-_WIDTH:]
            observation = None
            if episode[0] is not None:
                observation = self._recall.archive(
                    episode,
                    archive=archive,
                    key=key,
                    original=original,
                    want=want_of(timestamp, role, time, published),
                )
            yield (
                want,
                ArchiveSide(
                    observation=observation,
                    strikes=self._strikes(row[9:14]),
                    untold=_untold(row[14:19]),
                    subject=subject,
                ),
            )

    def live(self, *articles: int) -> Iterator[tuple[int, LiveSide]]:
        """Yield every original that the links of some articles have, and what is known of it."""
        for row in self._database.rows(self._lives, given(articles)):
            number, original, host_number = row[:3]
            host = self._host(host_number)
            own = row[-_WIDTH:] if row[-_WIDTH] is not None else None
            yield (
                number,
                self._live_side(number, original, row, own, (host_number, host)),
            )

    def of_host(self, number: int) -> int:
        """Return a number for what a host says of its originals; 0 where that is nothing."""
        host = self._host(number)
        if host.row is None and host.untold is None:
            return 0
        said = repr((host.row, host.past, host.untold)).encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")

    def _live_side(
        self, number: int, original: str, row: Row, own: Row | None, at_home: tuple[int, _Host]
    ) -> LiveSide:
        host_number, host = at_home
        known = row[3] is not None
        strikes = self._strikes(row[4:9])
        silent = row[9:14] if row[9] is not None else None
        shown, by_host = own, False
        if host.row is not None:
            by_host = not known or own is None or host.row[7] > own[7]
            shown = host.row if by_host else own
            if known:
                rows = self._database.rows(_PAST, (number, "live"))
                merged = [*(past("live", *each) for each in rows), *host.past]
                merged.sort(key=lambda each: each.first_seen)
                strikes = appraise(merged, self._judging).noun(self._judging)
            else:
                strikes = host.strikes
        if silent is None:
            silent = host.untold
        if silent is not None and shown is not None and shown[7] > silent[4]:
            silent = None  # it has been told since
        if shown is None and silent is not None:
            return LiveSide(None, strikes, _untold(silent))
        return LiveSide(
            None
            if shown is None
            else self._of_host(shown, original, host_number)
            if by_host
            else self._recall.live(shown, original),
            strikes,
            None if silent is None else _untold(silent),
        )

    def _of_host(self, row: Row, original: str, host: int) -> LiveObservation:
        """Return what stands for a host's originals: unpacked once, shared by them all.

        The evidence of a dead host is 33 answers, and an article may cite thousands of its pages.
        """
        shared = self._by_host.pop(host, None)
        if shared is None:
            shared = self._recall.live(row, "")
            finding = replace(shared.finding, method=LiveMethod.HOST)
            shared = replace(shared, finding=finding)
        self._by_host[host] = shared  # the latest stands last
        if len(self._by_host) > _HOSTS_AT_HAND:
            del self._by_host[next(iter(self._by_host))]
        if shared.evidence.original:
            return shared
        return replace(shared, evidence=replace(shared.evidence, original=original))

    def _host(self, number: int) -> _Host:
        known = self._hosts.get(number)
        if known is None:
            rows = self._database.rows(_PAST, (number, "host"))
            gone = tuple(past("host", *row) for row in rows)
            found = appraise(gone, self._judging) if gone else Appraisal()
            known = self._hosts[number] = _Host(
                row=self._database.row(self._judged, (number,)) if gone else None,
                past=gone,
                strikes=found.noun(self._judging),
                untold=self._database.row(_HOST_UNTOLD, (number,)),
            )
        return known

    def _appraised(self, row: Row) -> Strikes:
        strikes, regressed, first_seen, last_good, flaps = row
        return Appraisal(strikes, bool(regressed), first_seen, last_good, flaps).noun(self._judging)


def given(numbers: Sequence[int]) -> tuple[str]:
    """Return numbers as one value of a question."""
    return (str(list(numbers)),)


def _untold(row: Row) -> Untold | None:
    finding, first_seen, last_seen, count, _ = row
    if finding is None:
        return None
    words = told(finding)
    return Untold(
        reason=words.get("reason", ""),
        rule=words.get("rule", ""),
        since=moment(first_seen),
        at=moment(last_seen),
        count=count,
    )

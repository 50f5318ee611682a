"""What lanes learn from earlier runs: the protocols of `linkcheck.lanes.keeper`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec

from linkcheck.model.observation import ArchiveObservation, Headway, HostObservation
from linkcheck.model.verdict import LiveVerdict
from linkcheck.model.visit import Heard
from linkcheck.store.database import Database
from linkcheck.store.furniture import furniture
from linkcheck.store.moments import moment, moment_or_none
from linkcheck.store.recall import EPISODE, Recall
from linkcheck.store.round import begun
from linkcheck.store.visits import Visits, heard_of
from linkcheck.verdicts.baseline import Observation as SeenBytes
from linkcheck.verdicts.strikes import GOOD

_GONE = (
    LiveVerdict.GONE,
    LiveVerdict.SOFT_GONE,
    LiveVerdict.USURPED,
    LiveVerdict.HOST_GONE,
)


def _listed(words: object) -> str:
    return msgspec.json.encode(sorted(map(str, words))).decode()  # type: ignore[call-overload]  # any iterable


_AT_ONCE = 1_000
"""Keys of one question: each is found by the index, so that few of many cost little."""

# Good captures that some link pairs with an original that is gone, by itself or with its host.
_SOLE = """
SELECT DISTINCT subject.key, episode.finding ->> '$.capture_timestamp' AS capture
FROM archive CROSS JOIN subject ON subject.archive = archive.id
JOIN want ON want.subject = subject.id
JOIN episode ON episode.id = want.known
WHERE archive.name = :archive AND subject.key IN (SELECT value FROM json_each(:keys))
  AND capture IS NOT NULL
  AND episode.verdict IN (SELECT value FROM json_each(:good))
  AND EXISTS (
    SELECT 1 FROM link JOIN live ON live.id = link.live JOIN host ON host.id = live.host
    LEFT JOIN episode AS own ON own.id = live.known
    LEFT JOIN episode AS shared ON shared.id = host.known AND shared.verdict != ''
    WHERE link.want = want.id
      AND CASE WHEN coalesce(own.last_run, -1) >= coalesce(shared.last_run, -1)
               THEN own.verdict ELSE shared.verdict END
          IN (SELECT value FROM json_each(:gone)))
ORDER BY subject.key, capture
"""


class ArchiveRecords:
    """What earlier runs saw of one archive."""

    def __init__(
        self,
        database: Database,
        recall: Recall,
        archive: str,
        runs: tuple[int, ...],
        keys: Sequence[str],
    ) -> None:
        self._database = database
        self._recall = recall
        self._archive = archive
        self._runs = runs
        self._keys = keys

    def begun(self) -> Iterator[ArchiveObservation]:
        """Yield by key what the runs saw that this one goes on with."""
        return begun(self._database, self._recall, self._archive, self._runs)

    def seen_bytes(self, key: str, timestamp: str) -> tuple[SeenBytes, ...]:
        """Return our own earlier SHA-256s of a capture's raw bytes, oldest first.

        The first and the last time that each was seen.
        """
        rows = self._database.rows(
            "SELECT source, sha256, first_seen, last_seen FROM capture"
            " JOIN archive ON archive.id = capture.archive"
            " WHERE archive.name = ? AND key = ? AND timestamp = ? AND sha256 != ''",
            (self._archive, key, timestamp),
        )
        found = sorted(
            (at, source, digest)
            for source, digest, first, last in rows
            for at in dict.fromkeys((first, last))
        )
        return tuple(
            SeenBytes(
                urlkey=key,
                timestamp=timestamp,
                source=source or None,
                sha256=digest,
                at=moment(at),
            )
            for at, source, digest in found
        )

    def replayed_at(self, key: str, timestamp: str) -> datetime | None:
        """Return when a capture was last replayed."""
        row = self._database.row(
            "SELECT max(last_seen) FROM capture JOIN archive ON archive.id = capture.archive"
            " WHERE archive.name = ? AND key = ? AND timestamp = ?",
            (self._archive, key, timestamp),
        )
        return None if row is None else moment_or_none(row[0])

    def sole_witnesses(self) -> Iterator[tuple[str, str]]:
        """Yield key and timestamp of good captures whose original is gone from the live web."""
        if self._database.row("SELECT 1 FROM episode LIMIT 1") is None:
            return  # the first scan of all: nobody has seen anything
        asked = {"archive": self._archive, "good": _listed(GOOD), "gone": _listed(_GONE)}
        for first in range(0, len(self._keys), _AT_ONCE):
            keys = msgspec.json.encode(self._keys[first : first + _AT_ONCE]).decode()
            yield from self._database.rows(_SOLE, {**asked, "keys": keys})

    def headway(self) -> Mapping[str, Headway]:
        """Return how far the bulk queries of each host had come."""
        rows = self._database.rows(
            "SELECT host, body FROM headway WHERE archive = ? ORDER BY host", (self._archive,)
        )
        return {host: msgspec.json.decode(body, type=Headway) for host, body in rows}


class LiveRecords:
    """What earlier runs saw of the live web."""

    def __init__(self, database: Database, recall: Recall, *, going_on: bool) -> None:
        self._database = database
        self._recall = recall
        self._going_on = going_on
        self.open = Visits(database).hosts if going_on else frozenset()

    def heard(self, host: str) -> tuple[Heard, ...] | None:
        """Return the answers of a visit that was cut off; None where nobody goes on with one."""
        if not self._going_on:
            return None
        return heard_of(self._database, host) if host in self.open else ()

    def host(self, host: str) -> HostObservation | None:
        """Return what a host came to when it was last judged; silence does not count."""
        row = self._database.row(
            f"SELECT {EPISODE} FROM host JOIN episode ON episode.id = host.known"
            " JOIN evidence ON evidence.id = episode.evidence WHERE host.name = ?",
            (host,),
        )
        return None if row is None else self._recall.host(row, host)


class CitationIndex:
    """Who cites the keys of one archive."""

    def __init__(self, database: Database, archive: str) -> None:
        self._database = database
        self._archive = archive
        self._furniture = lru_cache(maxsize=1)(lambda: furniture(database))

    def articles(self, key: str) -> frozenset[str]:
        """Return the articles that cite it."""
        rows = self._database.rows(
            "SELECT DISTINCT article.path FROM archive JOIN subject ON subject.archive = archive.id"
            " JOIN want ON want.subject = subject.id JOIN link ON link.want = want.id"
            " JOIN article ON article.id = link.article"
            " WHERE archive.name = ? AND subject.key = ?",
            (self._archive, key),
        )
        return frozenset(path for (path,) in rows)

    def is_furniture(self, key: str) -> bool:
        """Tell a link that stands in half of the articles or more."""
        row = self._database.row(
            "SELECT subject.id FROM subject JOIN archive ON archive.id = subject.archive"
            " WHERE archive.name = ? AND subject.key = ?",
            (self._archive, key),
        )
        return row is not None and row[0] in self._furniture()

    def page_of(self, key: str) -> str | None:
        """Return the path of the one article whose `url` it is; None of none or several.

        The scan reads the text from there: `Citations.text` of the protocol is its own.
        """
        rows = self._database.rows(
            "SELECT DISTINCT article.path FROM archive JOIN subject ON subject.archive = archive.id"
            " JOIN want ON want.subject = subject.id AND want.role = 'url'"
            " JOIN link ON link.want = want.id AND link.role = 'url'"
            " JOIN article ON article.id = link.article"
            " WHERE archive.name = ? AND subject.key = ? LIMIT 2",
            (self._archive, key),
        )
        return rows[0][0] if len(rows) == 1 else None

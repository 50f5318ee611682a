"""Everything that is known of one URL, with its history."""

from collections.abc import Iterator
from datetime import datetime

from linkcheck.model.finding import Strikes
from linkcheck.model.observation import ArchiveObservation, HostObservation, LiveObservation
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.appraisal import Appraisal
from linkcheck.store.database import Database, Row
from linkcheck.store.moments import moment, moment_or_none
from linkcheck.store.names import want_of
from linkcheck.store.nouns import Episode, History
from linkcheck.store.packing import decode_trace, records_of
from linkcheck.store.prepared import host_of
from linkcheck.store.recall import EPISODE, Recall
from linkcheck.urls.encoding import encode
from linkcheck.urls.parts import without_fragment
from linkcheck.urls.urlkey import urlkey

Seen = ArchiveObservation | LiveObservation | HostObservation

_STATE = "due, strikes, regressed, first_seen, last_good, flaps"
_EPISODES = (
    f"SELECT {EPISODE}, begun.id, ended.id FROM episode"
    " JOIN evidence ON evidence.id = episode.evidence JOIN run AS begun ON begun.seq = first_run"
    " JOIN run AS ended ON ended.seq = last_run"
    " WHERE episode.subject = ? AND episode.side = ? ORDER BY episode.id"
)


class Timeline:
    """Answer what is known of a URL, as an article cites it or as it stands on the web."""

    def __init__(self, database: Database, recall: Recall, judging: JudgingSettings) -> None:
        self._database = database
        self._recall = recall
        self._judging = judging

    def of(self, url: str) -> Iterator[History]:
        """Yield the history of each want, original and host that a URL names."""
        cited = self._database.rows("SELECT DISTINCT want, live FROM link WHERE raw = ?", (url,))
        wants = {want for want, _ in cited if want is not None}
        lives = {live for _, live in cited if live is not None}
        asked = without_fragment(encode(url))
        if host_of(asked) is not None:
            key = urlkey(asked)
            rows = self._database.rows(
                "SELECT want.id FROM archive JOIN subject ON subject.archive = archive.id"
                " JOIN want ON want.subject = subject.id WHERE subject.key = ?",
                (key,),
            )
            wants |= {want for (want,) in rows}
            rows = self._database.rows("SELECT id FROM live WHERE original = ?", (asked,))
            lives |= {live for (live,) in rows}
        for want in sorted(wants):
            yield self._want(want)
        hosts: set[int] = set()
        for live in sorted(lives):
            history, host = self._live(live)
            yield history
            hosts.add(host)
        for host in sorted(hosts):
            found = self._host(host)
            if found.episodes:
                yield found

    def _want(self, want: int) -> History:
        state, archive, key, original, *wanted = self._one(
            "SELECT archive.name, subject.key, subject.original, want.timestamp, want.role,"
            " want.time, want.published FROM want JOIN subject ON subject.id = want.subject"
            " JOIN archive ON archive.id = subject.archive WHERE want.id = ?",
            "want",
            want,
        )
        asked = want_of(*wanted)
        return History(
            side="archive",
            subject=original,
            archive=archive,
            timestamp=asked.timestamp,
            role=asked.role,
            strikes=self._strikes(state),
            due=_due(state),
            articles=self._articles("want", want),
            episodes=tuple(
                self._episode(
                    row,
                    self._recall.archive(
                        row, archive=archive, key=key, original=original, want=asked
                    ),
                )
                for row in self._database.rows(_EPISODES, (want, "archive"))
            ),
        )

    def _live(self, live: int) -> tuple[History, int]:
        state, original, host = self._one(
            "SELECT original, host FROM live WHERE id = ?", "live", live
        )
        history = History(
            side="live",
            subject=original,
            strikes=self._strikes(state),
            due=_due(state),
            articles=self._articles("live", live),
            episodes=tuple(
                self._episode(row, self._recall.live(row, original))
                for row in self._database.rows(_EPISODES, (live, "live"))
            ),
        )
        return history, host

    def _host(self, host: int) -> History:
        state, name = self._one("SELECT name FROM host WHERE id = ?", "host", host)
        return History(
            side="host",
            subject=name,
            strikes=self._strikes(state),
            due=_due(state),
            episodes=tuple(
                self._episode(row, self._recall.host(row, name))
                for row in self._database.rows(_EPISODES, (host, "host"))
            ),
        )

    def _one(self, sql: str, table: str, number: int) -> Row:
        state = self._database.row(f"SELECT {_STATE} FROM {table} WHERE id = ?", (number,))
        row = self._database.row(sql, (number,))
        return (state or (), *(row or ()))

    def _articles(self, column: str, number: int) -> tuple[str, ...]:
        rows = self._database.rows(
            "SELECT DISTINCT path FROM link JOIN article ON article.id = link.article"
            f" WHERE link.{column} = ? ORDER BY path",
            (number,),
        )
        return tuple(path for (path,) in rows)

    def _strikes(self, state: Row) -> Strikes:
        _, strikes, regressed, first_seen, last_good, flaps = state
        found = Appraisal(strikes, bool(regressed), first_seen, last_good, flaps)
        return found.noun(self._judging)

    def _episode(self, row: Row, seen: Seen) -> Episode:
        _, last_seen, _, trace, _, first_seen, count, _, first_run, last_run = row
        return Episode(
            first_seen=moment(first_seen),
            last_seen=moment(last_seen),
            count=count,
            first_run=first_run,
            last_run=last_run,
            finding=seen.finding,
            evidence=seen.evidence,
            records=records_of(decode_trace(trace)),
        )


def _due(state: Row) -> datetime | None:
    return moment_or_none(state[0] or None)

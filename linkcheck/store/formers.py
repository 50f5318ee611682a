"""What findings took the place of: the answer before, or what older rules made of the same one."""

import msgspec
from msgspec.structs import replace

from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.verdict import ArchiveFinding, LiveFinding, LiveMethod
from linkcheck.store.database import Database, Row
from linkcheck.store.moments import number
from linkcheck.store.names import want_values
from linkcheck.store.packing import WAS, decode_trace
from linkcheck.store.prepared import host_of
from linkcheck.store.recall import EPISODE, Recall
from linkcheck.store.state import UNKNOWN

Observed = ArchiveObservation | LiveObservation

_TURNED = (
    "SELECT subject FROM episode WHERE side = ? AND verdict NOT IN ('', ?)"
    " GROUP BY subject HAVING count(*) > 1 OR max(instr(coalesce(trace, ''), ?)) > 0"
)
_WANTS = (
    "SELECT want.id, archive.name, subject.key, want.timestamp, want.role, want.time,"
    " want.published FROM want JOIN subject ON subject.id = want.subject"
    " JOIN archive ON archive.id = subject.archive"
)
_EPISODES = (
    f"SELECT {EPISODE} FROM episode JOIN evidence ON evidence.id = episode.evidence"
    f" WHERE episode.subject = ? AND episode.side = ? AND verdict NOT IN ('', '{UNKNOWN}')"
    " ORDER BY episode.id"
)


class Formers:
    """Tell what a finding took the place of; most took nobody's, and cost a look into a dict."""

    def __init__(self, database: Database, recall: Recall) -> None:
        self._database = database
        self._recall = recall
        turned = {side: self._turned(side) for side in ("archive", "live", "host")}
        self._wants: dict[tuple[str, ...], int] = {}
        if turned["archive"]:
            for want, *named in database.stream(_WANTS):
                if want in turned["archive"]:
                    self._wants[tuple(named)] = want
        self._web = {
            side: {
                name: one
                for one, name in database.stream(f"SELECT id, {column} FROM {side}")
                if one in turned[side]
            }
            if turned[side]
            else {}
            for side, column in (("live", "original"), ("host", "name"))
        }

    def __call__(self, seen: Observed) -> tuple[Observed, str | None] | None:
        """Return the finding before, and by which rules it was judged if not by today's."""
        if isinstance(seen, ArchiveObservation):
            named = (seen.evidence.archive, seen.key, *want_values(seen.want))
            side, subject = "archive", self._wants.get(named)
        elif seen.finding.method is LiveMethod.HOST:
            side = "host"
            subject = self._web[side].get(host_of(seen.evidence.original) or "")
        else:
            side, subject = "live", self._web["live"].get(seen.evidence.original)
        if subject is None:
            return None
        at = number(seen.evidence.seen_at)
        before: Row | None = None
        for row in self._database.rows(_EPISODES, (subject, side)):
            if row[1] == at:
                was = decode_trace(row[3]).get(WAS)
                if was is not None:
                    return _judged_before(seen, was["finding"]), was["rules"]
                break
            before = row
        return None if before is None else (self._recalled(before, seen), None)

    def _recalled(self, row: Row, seen: Observed) -> Observed:
        original = seen.evidence.original
        if isinstance(seen, ArchiveObservation):
            archive = seen.evidence.archive
            return self._recall.archive(
                row, archive=archive, key=seen.key, original=original, want=seen.want
            )
        older = self._recall.live(row, original)
        if seen.finding.method is not LiveMethod.HOST:
            return older
        evidence = replace(older.evidence, original=original)
        finding = replace(older.finding, method=LiveMethod.HOST)
        return replace(older, evidence=evidence, finding=finding)

    def _turned(self, side: str) -> set[int]:
        return {one for (one,) in self._database.rows(_TURNED, (side, UNKNOWN, f'"{WAS}"'))}


def _judged_before(seen: Observed, finding: object) -> Observed:
    if isinstance(seen, ArchiveObservation):
        return replace(seen, finding=msgspec.convert(finding, ArchiveFinding))
    told = msgspec.convert(finding, LiveFinding)
    return replace(seen, finding=replace(told, method=seen.finding.method))

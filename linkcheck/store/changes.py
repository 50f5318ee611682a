"""What became of links since a run."""

from collections.abc import Iterator

from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict, Standing
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store.appraisal import appraise, confirmed, verdict_of
from linkcheck.store.database import Database, Row
from linkcheck.store.findings import finding_of, link_of, links_of
from linkcheck.store.furniture import furniture
from linkcheck.store.nouns import Change, ChangeKind
from linkcheck.store.sides import Sides
from linkcheck.store.state import past
from linkcheck.verdicts.standing import stand
from linkcheck.verdicts.strikes import Verdict

BAD_STANDINGS = frozenset(
    {
        Standing.LOST,
        Standing.FEARED_LOST,
        Standing.WITHHELD,
        Standing.IMPAIRED,
        Standing.AT_RISK,
    }
)

# A bad standing needs a bad verdict of the archive's; one that was bad has changed on some side.
_ARTICLES = """
SELECT id, path FROM article WHERE id IN (
    SELECT link.article FROM link JOIN want ON want.id = link.want
    JOIN episode ON episode.id = want.known
    WHERE episode.verdict IN ('hollow', 'missing', 'excluded', 'unplayable', 'differs')
    UNION SELECT link.article FROM episode JOIN link ON link.want = episode.subject
    WHERE episode.side = 'archive' AND episode.first_run > :since
    UNION SELECT link.article FROM episode JOIN link ON link.live = episode.subject
    WHERE episode.side = 'live' AND episode.first_run > :since
    UNION SELECT link.article FROM episode JOIN live ON live.host = episode.subject
    JOIN link ON link.live = live.id WHERE episode.side = 'host' AND episode.first_run > :since)
ORDER BY path
"""
_THEN = (
    "SELECT verdict, first_seen, last_seen, marks, last_run, first_run FROM episode"
    " WHERE subject = ? AND side = ? AND verdict NOT IN ('', 'unknown') AND first_run <= ?"
    " ORDER BY id"
)


class Changes:
    """Compare how links stand with how they stood at the end of a run."""

    def __init__(
        self, database: Database, sides: Sides, judging: JudgingSettings, since: int, ended: int
    ) -> None:
        self._database = database
        self._sides = sides
        self._judging = judging
        self._since = since
        self._ended = ended

    def __iter__(self) -> Iterator[Change]:
        """Yield what is bad or was, by path and line."""
        navigation = furniture(self._database)
        for article, path in self._database.stream(_ARTICLES, {"since": self._since}):
            archive = dict(self._sides.archive(article))
            live = dict(self._sides.live(article))
            for row in links_of(self._database, article):
                want, original = row[12:14]
                one, other = archive.get(want), live.get(original)
                if one is None:
                    continue
                now = finding_of(
                    link_of(path, row), one, other, furniture=one.subject in navigation
                )
                before = self._before(want, original)
                kind = kind_of(before, now.standing)
                if kind is not None:
                    yield Change(kind=kind, before=before, finding=now)

    def _before(self, want: int, original: int | None) -> Standing | None:
        """Return how a link stood, if its archive side was known at all."""
        one = self._then("archive", want)
        if not one:
            return None
        others = [] if original is None else self._web(original)
        sides = (self._verdict("archive", one), self._verdict("live", others))
        archive = sides[0] if isinstance(sides[0], ArchiveVerdict) else None
        live = sides[1] if isinstance(sides[1], LiveVerdict) else None
        standing = stand(archive, live, confirmed=False)
        if standing is Standing.FEARED_LOST and self._sure("archive", one):
            return Standing.LOST if self._sure("live", others) else standing
        return standing

    def _web(self, original: int) -> list[Row]:
        host = self._database.row("SELECT host FROM live WHERE id = ?", (original,))
        rows = self._then("live", original) + ([] if host is None else self._then("host", host[0]))
        # The one that was seen last by then stands for the original.
        return sorted(rows, key=lambda row: (min(row[4], self._since), row[5]))

    def _then(self, side: str, subject: int) -> list[Row]:
        return self._database.rows(_THEN, (subject, side, self._since))

    def _verdict(self, side: str, rows: list[Row]) -> Verdict | None:
        return verdict_of(side, rows[-1][0]) if rows else None

    def _sure(self, side: str, rows: list[Row]) -> bool:
        """Tell whether the verdict had its strikes by then."""
        told = []
        for verdict, first, last, marks, *_ in rows:
            one = past(side, verdict, first, last, marks)
            until = max(min(last, self._ended), first)
            known = tuple(at for at in one.marks if at <= until)
            told.append(type(one)(one.verdict, first, until, known))
        return confirmed(told[-1].verdict, appraise(told, self._judging).noun(self._judging))


def kind_of(before: Standing | None, now: Standing) -> ChangeKind | None:
    """Tell what became of a link; None where it neither is bad nor was."""
    was, bad = before in BAD_STANDINGS, now in BAD_STANDINGS
    if bad and was:
        return ChangeKind.STILL
    if bad:
        known = before not in {None, Standing.UNRESOLVED, Standing.NOT_CHECKED}
        return ChangeKind.REGRESSED if known else ChangeKind.NEW
    # An original that fell silent fixes nothing.
    unresolved = now in {Standing.UNRESOLVED, Standing.NOT_CHECKED}
    return ChangeKind.FIXED if was and not unresolved else None

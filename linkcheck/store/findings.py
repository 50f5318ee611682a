"""Findings as reports show them: article by article, in the order of their links."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.link import Kind, Link, Repair, Role, Time
from linkcheck.store.database import Database, Row
from linkcheck.store.furniture import furniture
from linkcheck.store.side import ArchiveSide, LiveSide
from linkcheck.store.sides import GIVEN, Sides, given
from linkcheck.verdicts.standing import stand

NOT_ASKED = "not asked yet"

_LINKS = (
    "SELECT line, column, role, raw, original, archive, timestamp, modifier, kind, reason, time,"
    f" repairs, want, live, article FROM link WHERE article IN {GIVEN} ORDER BY article, number"
)
_COLUMNS = "id, path, sha256, title, published"
_AT_ONCE = 32
"""Articles that are asked for together: they share navigation and figures, and the questions."""

_NO_STRIKES = Strikes()

# An enum's own look-up takes three times as long, and there are 343,109 links.
_ROLES = {str(one): one for one in Role}
_KINDS = {str(one): one for one in Kind}
_TIMES = {str(one): one for one in Time}


def findings(
    database: Database, sides: Sides, under: str = "", *, first: int = 0, count: int | None = None
) -> Iterator[ArticleFindings]:
    """Yield articles with their links, by path and line: all, or so many from the first on."""
    below = under.strip("/")
    articles = database.stream(
        f"SELECT {_COLUMNS} FROM article"
        " WHERE :under = '' OR path = :under OR substr(path, 1, length(:under) + 1) = :under || '/'"
        " ORDER BY path LIMIT :count OFFSET :first",
        {"under": below, "first": first, "count": -1 if count is None else count},
    )
    yield from _findings(database, sides, articles, furniture(database))


def findings_of(
    database: Database, sides: Sides, articles: Sequence[int], navigation: frozenset[int]
) -> Iterator[ArticleFindings]:
    """Yield these articles with their links, by path and line; what is furniture is known."""
    found = database.stream(
        f"SELECT {_COLUMNS} FROM article WHERE id IN {GIVEN} ORDER BY path", given(articles)
    )
    yield from _findings(database, sides, found, navigation)


def _findings(
    database: Database, sides: Sides, articles: Iterator[Row], navigation: frozenset[int]
) -> Iterator[ArticleFindings]:
    while some := list(islice(articles, _AT_ONCE)):
        numbers = [row[0] for row in some]
        archive, live = dict(sides.archive(*numbers)), dict(sides.live(*numbers))
        links: dict[int, list[Row]] = {}
        for row in database.rows(_LINKS, given(numbers)):
            links.setdefault(row[-1], []).append(row)
        for article, path, content, title, published in some:
            yield ArticleFindings(
                article=path,
                sha256=content.hex(),
                title=title,
                published=None if published is None else date.fromisoformat(published),
                links=tuple(
                    _finding(path, row, archive, live, navigation) for row in links.get(article, ())
                ),
            )


def links_of(database: Database, article: int) -> list[Row]:
    """Return the links of one article as they are kept; want and original stand at 12 and 13."""
    return database.rows(_LINKS, given((article,)))


def link_of(path: str, row: Row) -> Link:
    """Return a link as it was found."""
    line, column, role, raw, original, archive, timestamp, modifier, kind, reason, time, fixed = (
        row[:12]
    )
    return Link(
        article=path,
        line=line,
        column=column,
        role=_ROLES[role],
        raw=raw,
        original=raw[original:] if isinstance(original, int) else original,
        archive=archive,
        timestamp=timestamp,
        modifier=modifier,
        kind=_KINDS[kind],
        reason=reason,
        time=_TIMES[time] if time else None,
        repairs=tuple(map(Repair, fixed.split())) if fixed else (),
    )


def finding_of(
    link: Link, archive: ArchiveSide | None, live: LiveSide | None, *, furniture: bool
) -> LinkFinding:
    """Join both sides of one link."""
    seen = None if archive is None else archive.observation
    met = None if live is None else live.observation
    at = None if seen is None else seen.evidence.seen_at
    if met is not None and (at is None or met.evidence.seen_at < at):
        at = met.evidence.seen_at
    return LinkFinding(
        link=link,
        standing=stand(
            None if seen is None else seen.finding.verdict,
            None if met is None else met.finding.verdict,
            confirmed=(archive is None or archive.confirmed) and (live is None or live.confirmed),
        ),
        archive=seen,
        live=met,
        archive_strikes=_NO_STRIKES if archive is None else archive.strikes,
        live_strikes=_NO_STRIKES if live is None else live.strikes,
        archive_untold=None if archive is None else archive.untold,
        live_untold=None if live is None else live.untold,
        checked_at=at,
        furniture=furniture,
        reason=_reason(link, archive, live),
    )


def _finding(
    path: str,
    row: Row,
    archive: Mapping[int, ArchiveSide],
    live: Mapping[int, LiveSide],
    navigation: frozenset[int],
) -> LinkFinding:
    want, original = row[12:14]
    one = archive.get(want)
    return finding_of(
        link_of(path, row),
        one,
        live.get(original),
        furniture=one is not None
        and one.subject in navigation
        and row[2] not in {Role.URL, Role.ORIGINAL_URL},
    )


def _reason(link: Link, archive: ArchiveSide | None, live: LiveSide | None) -> str:
    """Return why it is not known better, or the words of the side that has some."""
    if archive is None and live is None:
        return link.reason or ""
    sides = [side for side in (archive, live) if side is not None]
    for side in sides:
        if side.untold is not None and side.untold.reason:
            return side.untold.reason
    told = [side.observation.finding.reason for side in sides if side.observation is not None]
    return next(filter(None, told), "" if told else NOT_ASKED)

"""What is due, in the order in which lanes take it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

import msgspec

from linkcheck.model.link import Role, Time
from linkcheck.model.live import LiveSubject
from linkcheck.model.noun import Noun
from linkcheck.plan.packed import Keys, Packed
from linkcheck.plan.spelling import Spelling, spelling_of
from linkcheck.plan.subjects import Subjects
from linkcheck.plan.wanted import Wanted
from linkcheck.store.database import Database
from linkcheck.store.moments import number, span
from linkcheck.store.round import as_list
from linkcheck.verdicts.live import SILENT_RULES

_AHEAD = timedelta(days=1)
"""What was asked later than this from now was asked by a clock that ran ahead: it counts as due."""

_ANY = 1 << 62


class MostDue(Noun, frozen=True, kw_only=True):
    """How much is due at most."""

    wants: Mapping[str, int]  # by their archives
    originals: int


# What is due is found first, and so it is told to SQLite: on most days that is little.
_WANTS = """
SELECT archive.name, subject.key, subject.original, want.timestamp, want.role, want.time,
       want.published
FROM ({due}) AS due JOIN want ON want.id = due.id JOIN subject ON subject.id = want.subject
JOIN archive ON archive.id = subject.archive
WHERE :archive = '' OR archive.name = :archive
ORDER BY archive.name, subject.key, want.id
"""
_DUE_WANTS = """
SELECT id FROM want
WHERE (:fresh OR due <= :now OR checked > :ahead
       OR checked_run IN (SELECT value FROM json_each(:runs))) AND checked_run IS NOT :run
      AND EXISTS (SELECT 1 FROM link WHERE link.want = want.id)
"""
_PERHAPS = """(:fresh OR {0}.due <= :now OR {0}.checked > :ahead
       OR {0}.checked_run IN (SELECT value FROM json_each(:runs)))"""
_MOST_WANTS = f"""
SELECT archive.name, count(*) FROM want JOIN subject ON subject.id = want.subject
JOIN archive ON archive.id = subject.archive
WHERE {_PERHAPS.format("want")} GROUP BY archive.name
"""
_MOST_LIVES = f"""
SELECT count(*) FROM live JOIN host ON host.id = live.host
WHERE {_PERHAPS.format("live")} AND {_PERHAPS.format("host")}
"""
_FIRST_WANTS = "ORDER BY rank, coalesce(checked, 0), id LIMIT :limit"

# An original is due when it is itself, unless its host was judged for it and that still holds; and
# when it belongs to a visit that goes on, which repeats what was heard without asking. What the
# host has answered in the same round is not asked again, though nobody can tell what it means.
_LIVES = """
SELECT live.id, host.name FROM live CROSS JOIN host ON host.id = live.host
LEFT JOIN episode AS judged ON judged.id = host.known
WHERE live.checked_run IS NOT :run
      AND (NOT coalesce(live.checked_run IN (SELECT value FROM json_each(:runs))
               AND (SELECT finding ->> '$.rule' FROM episode WHERE id = live.untold)
                   NOT IN (SELECT value FROM json_each(:silent)), 0)
           AND (:fresh OR live.due <= :now OR live.checked > :ahead)
           AND (coalesce(judged.verdict, '') = '' OR host.checked > :ahead
                OR ((:fresh OR host.due <= :now) AND host.checked_run IS NOT :run))
           OR (host.name, live.original) IN (SELECT host, url FROM heard))
      AND EXISTS (SELECT 1 FROM link WHERE link.live = live.id)
"""
_FIRST = "ORDER BY live.rank, coalesce(live.checked, 0), host.name, live.original LIMIT :limit"
_ABOUT = """
SELECT live.original, group_concat(DISTINCT link.role),
       count(DISTINCT iif(link.role IN ('url', 'original_url'), article.title, NULL)),
       max(iif(link.role IN ('url', 'original_url'), article.title, NULL))
FROM ({due}) AS due CROSS JOIN live ON live.id = due.id CROSS JOIN link ON link.live = live.id
CROSS JOIN article ON article.id = link.article
GROUP BY due.name, live.original
"""


def due_archive(  # noqa: PLR0913 what may be asked for, each by its name
    database: Database,
    now: datetime,
    run: int | None,
    *,
    fresh: bool,
    limit: int | None,
    runs: tuple[int, ...] = (),
    archive: str = "",
) -> dict[str, Subjects]:
    """Return what is due of each archive, or of one, and what these runs have asked; by key."""
    due = _DUE_WANTS if limit is None else _DUE_WANTS + _FIRST_WANTS
    found: dict[str, tuple[Keys, Packed[Spelling], Wanted]] = {}
    latest: str | None = None
    for name, key, original, timestamp, role, time, published in database.stream(
        _WANTS.format(due=due),
        {
            **_values(now, run, fresh=fresh, limit=limit),
            "runs": as_list(runs),
            "archive": archive,
        },
    ):
        known = found.get(name)
        if known is None:
            known = found[name] = Keys(), Packed(list[Spelling]), Wanted()
            latest = None
        keys, spellings, wants = known
        if latest != key:
            latest = key
            keys.append(key)
            spellings.append(spelling_of(key, original))
            wants.next()
        wants.add(
            timestamp or None,
            Role(role),
            Time(time) if time else None,
            date.fromisoformat(published) if published else None,
        )
    return {name: Subjects(*parts) for name, parts in found.items()}


def most_due(database: Database, now: datetime, *, fresh: bool, runs: tuple[int, ...]) -> MostDue:
    """Return how much is due at most, counted without a look at any of it."""
    values = {**_values(now, None, fresh=fresh, limit=None), "runs": as_list(runs)}
    originals = database.row(_MOST_LIVES, values)
    return MostDue(
        wants=dict(database.rows(_MOST_WANTS, values)),
        originals=0 if originals is None else originals[0],
    )


def due_live(  # noqa: PLR0913 what may be asked for, each by its name
    database: Database,
    now: datetime,
    run: int | None,
    *,
    fresh: bool,
    limit: int | None,
    runs: tuple[int, ...] = (),
) -> Iterator[LiveSubject]:
    """Yield the originals that are due, host by host."""
    due = _LIVES if limit is None else _LIVES + _FIRST
    found = database.stream(
        _ABOUT.format(due=due),
        {
            **_values(now, run, fresh=fresh, limit=limit),
            "runs": as_list(runs),
            "silent": msgspec.json.encode(sorted(SILENT_RULES)).decode(),
        },
    )
    for original, roles, titles, title in found:
        yield LiveSubject(
            original=original,
            roles=_roles(roles),
            hint=title if titles == 1 else "",
        )


@lru_cache(maxsize=256)  # there are five
def _roles(text: str) -> tuple[Role, ...]:
    return tuple(sorted(map(Role, text.split(","))))


def _values(now: datetime, run: int | None, *, fresh: bool, limit: int | None) -> dict[str, object]:
    at = number(now)
    return {
        "now": at,
        "ahead": at + span(_AHEAD),
        "run": -1 if run is None else run,
        "fresh": int(fresh),
        "limit": _ANY if limit is None else limit,
    }

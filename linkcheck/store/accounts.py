"""Whether a run can speak of the whole: what it judged, carried, skipped and could not tell."""

from collections import Counter

from linkcheck.model.manifest import Completeness
from linkcheck.store.database import Database
from linkcheck.store.moments import moment_or_none

# One row for each thing there is to ask that a link cites, and what the run made of it. `$` is its
# table; `checked` and `holds` look at the host too, where it was judged for its originals.
_WANTS = """
SELECT want.checked_run = :run AS asked, want.untold, want.known, want.due > :started AS holds,
       known.last_seen, untold.finding ->> '$.rule'
FROM want
LEFT JOIN episode AS known ON known.id = want.known
LEFT JOIN episode AS untold ON untold.id = want.untold
WHERE EXISTS (SELECT 1 FROM link WHERE link.want = want.id)
"""

_LIVES = """
SELECT live.checked_run = :run OR (host.checked_run = :run AND judged.verdict != ''),
       CASE WHEN host.checked_run = :run AND judged.verdict != '' AND host.untold IS NULL
                 AND live.checked_run IS NOT :run
            THEN NULL ELSE coalesce(live.untold, host.untold) END,
       coalesce(live.known, nullif(judged.verdict, '')),
       live.due > :started OR (host.due > :started AND judged.verdict != ''),
       coalesce(known.last_seen, judged.last_seen),
       coalesce(untold.finding, silent.finding) ->> '$.rule'
FROM live JOIN host ON host.id = live.host
LEFT JOIN episode AS known ON known.id = live.known
LEFT JOIN episode AS untold ON untold.id = live.untold
LEFT JOIN episode AS judged ON judged.id = host.known
LEFT JOIN episode AS silent ON silent.id = host.untold
WHERE EXISTS (SELECT 1 FROM link WHERE link.live = live.id)
"""


def completeness(database: Database, sequence: int, started: int, skipped: str) -> Completeness:
    """Count what a run has judged, carried, skipped and could not tell."""
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    oldest: int | None = None
    for sql in (_WANTS, _LIVES):
        for asked, untold, known, holds, seen, rule in database.stream(
            sql, {"run": sequence, "started": started}
        ):
            if asked:
                counts["judged" if untold is None else "unknown"] += 1
                if untold is not None:
                    unknown[rule or "unknown"] += 1
            elif known is not None and holds:
                counts["carried"] += 1
                oldest = seen if oldest is None or (seen and seen < oldest) else oldest
            else:
                counts["skipped"] += 1
    return Completeness(
        total=counts.total(),
        judged=counts["judged"],
        carried=counts["carried"],
        oldest_carried=moment_or_none(oldest),
        skipped=((skipped, counts["skipped"]),) if counts["skipped"] else (),
        unknown=tuple(sorted(unknown.items())),
    )

"""Whether a run can speak of the whole: what it judged, carried, skipped and could not tell."""

from collections import Counter
from collections.abc import Iterable

from linkcheck.model.manifest import Completeness
from linkcheck.store.database import Database
from linkcheck.store.moments import moment_or_none
from linkcheck.store.round import as_list

# What there is to ask that a link cites, by what the run made of it, in the order of the disk.
# Episodes are only looked at where the columns beside do not tell: there are half a million.
_WANTS = """
SELECT CASE WHEN checked_run = :run THEN iif(untold IS NULL, 'judged', 'unknown')
            WHEN {begun} THEN 'unknown'
            WHEN known IS NOT NULL AND due > :started THEN 'carried' ELSE 'skipped' END AS part,
       iif(checked_run = :run AND untold IS NOT NULL OR {begun},
           (SELECT finding ->> '$.rule' FROM episode WHERE id = untold), NULL) AS rule,
       count(*),
       min(iif(untold IS NULL, checked, (SELECT last_seen FROM episode WHERE id = known)))
FROM (SELECT DISTINCT want AS id FROM link WHERE want IS NOT NULL) AS cited
CROSS JOIN want ON want.id = cited.id
GROUP BY part, rule
"""

# An original that its host was judged for is known as the host is.
_LIVES = """
WITH site AS (
    SELECT host.id, host.untold, host.due, host.checked, host.checked_run,
           coalesce(episode.verdict, '') != '' AS judged
    FROM host LEFT JOIN episode ON episode.id = host.known),
stood AS (
    SELECT live.id, live.checked_run IS :run OR {begun} AS own,
           site.judged AND site.checked_run IS :run AS shared,
           live.untold AS own_untold, site.untold AS shared_untold,
           (live.known IS NOT NULL AND live.due > :started)
           OR (site.judged AND site.due > :started) AS holds,
           coalesce(iif(live.known IS NULL, NULL, live.checked), site.checked) AS seen
    FROM (SELECT DISTINCT live AS id FROM link WHERE live IS NOT NULL) AS cited
    CROSS JOIN live ON live.id = cited.id JOIN site ON site.id = live.host)
SELECT CASE WHEN own AND own_untold IS NULL OR shared AND shared_untold IS NULL THEN 'judged'
            WHEN own OR shared THEN 'unknown'
            WHEN holds THEN 'carried' ELSE 'skipped' END AS part,
       CASE WHEN own AND own_untold IS NULL OR shared AND shared_untold IS NULL THEN NULL
            WHEN own OR shared THEN (SELECT finding ->> '$.rule' FROM episode
                                     WHERE id = iif(own, own_untold, shared_untold)) END AS rule,
       count(*), min(seen)
FROM stood GROUP BY part, rule
"""


# Asked without an answer by a run that this one goes on with.
_BEGUN = "(live.untold IS NOT NULL AND live.checked_run IN (SELECT value FROM json_each(:runs)))"


def completeness(
    database: Database, sequence: int, started: int, skipped: str, runs: Iterable[int] = ()
) -> Completeness:
    """Count what a run has judged, carried, skipped and could not tell; `runs` it goes on with."""
    counts: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    carried: list[int] = []
    values = {"run": sequence, "started": started, "runs": as_list(tuple(runs))}
    begun = _BEGUN.replace("live.", "want.")
    for sql in (_WANTS.format(begun=begun), _LIVES.format(begun=_BEGUN)):
        for part, rule, count, seen in database.rows(sql, values):
            counts[part] += count
            if part == "unknown":
                unknown[rule or part] += count
            elif part == "carried":
                carried.append(seen)
    return Completeness(
        total=counts.total(),
        judged=counts["judged"],
        carried=counts["carried"],
        oldest_carried=moment_or_none(min(carried, default=None)),
        skipped=((skipped, counts["skipped"]),) if counts["skipped"] else (),
        unknown=tuple(sorted(unknown.items())),
    )

"""One archive's lane, from its subjects to the keeper."""

from datetime import date, datetime

import anyio

from linkcheck.archives import Archive
from linkcheck.lanes.archive.allowance import Allowance, Unlimited
from linkcheck.lanes.archive.report import ArchiveLaneReport
from linkcheck.lanes.archive.witness import Witness, no_witness
from linkcheck.lanes.keeper import ArchiveHistory, Citations, Keeper
from linkcheck.model.exchange import Asker
from linkcheck.plan.subjects import Subjects
from linkcheck.settings.archive_lane import ArchiveLaneSettings


async def run_archive(  # noqa: PLR0913 - the doors of the lane, each by its name
    archive: Archive,
    subjects: Subjects,
    *,
    ask: Asker,
    keeper: Keeper,
    citations: Citations,
    history: ArchiveHistory,
    settings: ArchiveLaneSettings | None = None,
    seed: str,
    now: datetime,
    witness: Witness = no_witness,
    allowance: Allowance | None = None,
    stop: anyio.Event | None = None,
    since: date | None = None,
) -> ArchiveLaneReport:
    """Ask an archive for all subjects, hand on each observation when it is known, and report.

    `now` is the run's own time, a recording's in a replay. `allowance` ends the asking before a
    request, `stop` at once. `since` is the day of the last run that kept the round of sole
    witnesses.
    """
    raise NotImplementedError

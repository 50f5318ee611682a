"""Record the cassettes anew: `python -m tests.make_cassettes`. Nothing leaves loopback.

`seeds-archive.warc` holds the archive side of the seeds, asked of a stand-in under the real name
web.archive.org. What it says is made up; how it says it was recorded of the real one.
`seeds.warc` holds a whole scan of them, the live web included: `make demo` replays it.
"""

import sys
import tempfile
from pathlib import Path

import anyio

from linkcheck.model.run import Run
from linkcheck.net.door import open_door
from linkcheck.net.evidence import Evidence
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.recording import Durability, Recording
from tests.seeds_town import record
from tests.standin.archive import StandIn
from tests.standin.doors import unhurried
from tests.standin.lane import NOW, Kept, run_lane
from tests.standin.seed_holdings import seed_holdings
from tests.standin.seeds import seed_sides
from tests.standin.served import served

CASSETTES = Path(__file__).resolve().parents[1] / "cassettes"
SEEDS = CASSETTES / "seeds.warc"
SEEDS_ARCHIVE = CASSETTES / "seeds-archive.warc"
DESCRIPTION = (
    "Synthetic. Recorded on loopback against a stand-in that answers as web.archive.org does; its"
    " captures are made up for the links of seeds/ and say nothing of the real ones."
)


async def seeds_archive(file: Path) -> Kept:
    """Record the archive side of the seeds."""
    run = Run(id="seeds-archive", started_at=NOW, seed=1, description=DESCRIPTION)
    evidence = Evidence(Recording(file=file, durability=Durability.NEVER), run)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(StandIn(holdings=seed_holdings()), Path(folder)) as town,
    ):
        async with open_door(
            unhurried(),
            evidence=evidence,
            environment=town.environment,
            lookup=town.lookup,
            now=lambda: NOW,
        ) as door:
            sides = [one for _, one in seed_sides()]
            kept, _ = await run_lane(door, sides, settings=ArchiveLaneSettings())
        await evidence.aclose()
    return kept


def main() -> None:
    """Record everything, in the place of what was there."""
    CASSETTES.mkdir(exist_ok=True)
    SEEDS_ARCHIVE.unlink(missing_ok=True)
    kept = anyio.run(seeds_archive, SEEDS_ARCHIVE)
    size = SEEDS_ARCHIVE.stat().st_size
    sys.stdout.write(f"{SEEDS_ARCHIVE.name}: {len(kept.latest)} wants, {size:,} bytes\n")
    SEEDS.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder), SEEDS)
    sys.stdout.write(f"{SEEDS.name}: {SEEDS.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()

"""The seeds' own town: an archive that holds something of nearly every link, and a small live web.

What both say is made up. The cassette of a whole scan is recorded here, under the real names.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
from msgspec.structs import replace as changed

from linkcheck.lanes.live import LiveLaneReport, run_live
from linkcheck.model.clock import utc_now
from linkcheck.net.retry import at_once
from linkcheck.scan.assembly import assemble
from linkcheck.scan.beginning import new_run
from linkcheck.scan.corridor import run_scan
from linkcheck.scan.job import Outcome
from linkcheck.scan.lanes import Lanes
from linkcheck.scan.progress import Progress
from linkcheck.settings.given import Given
from linkcheck.settings.load import load
from linkcheck.settings.recording import Durability
from linkcheck.settings.settings import Settings
from tests.standin.seed_holdings import seed_holdings
from tests.town import PAGE, Answer, Town, town
from tests.town_launch import settled

ROOT = Path(__file__).resolve().parents[1]
DESCRIPTION = (
    "Synthetic. Recorded on loopback, under the real names, against a stand-in that answers as"
    " web.archive.org does and a small live web. What they say is made up for the links of seeds/"
    " and says nothing of the real ones."
)
ALIVE = ("zh.wikipedia.org", "www.bbc.com", "www.upmedia.mg", "www.rti.org.tw")
NAMES = (
    *ALIVE, "www.epochtimes.com", "www.facebook.com", "www.xinhuanet.com", "world.huanqiu.com",
    "www.wikipedia.org",
)  # fmt: skip
WORDS = b"Words of a page that stands where it stood, as long as an honest one. " * 20


def live(host: str, path: str) -> Answer | None:  # noqa: PLR0911 one for each host
    """Answer as a web does in which most is alive, and something of everything is not.

    The paper of the four articles is gone with its name: it is not among the names at all.
    """
    text = f"{host} {path}".encode("utf-8", "replace")
    page: Answer = (200, PAGE % (text, text, text + WORDS))
    missing: Answer = (404, PAGE % (b"Not found", b"Not found", b"There is no such page."))
    if "no-such-page" in path:
        return missing
    match host:
        case "www.epochtimes.com":
            return 403, b"<title>Just a moment...</title>", (b"cf-mitigated: challenge",)
        case "www.facebook.com":
            return 302, b"", (b"Location: https://www.facebook.com/login/?next=x",)
        case "www.xinhuanet.com":
            return missing if path != "/" else page
        case "world.huanqiu.com":
            target = b"Location: https://www.rti.org.tw/moved" + path.encode()
            return (301, b"", (target,)) if path != "/" else page
        case "zh.wikipedia.org" if sum(path.encode()) % 17 == 0:
            return missing
        case _:
            return page


def seeds_town(folder: Path) -> Any:
    """Open the town."""
    return town(folder, held=seed_holdings(), live=live, names=NAMES)


async def hasty(*subjects: Any, **named: Any) -> LiveLaneReport:
    """Ask the live web without waiting between two looks at a name."""
    return await run_live(*subjects, **{**named, "sleep": at_once})


async def scanned(
    home: Town, store: Path, *, record: Path | None = None, replay: Path | None = None
) -> Outcome:
    """Scan the seeds in the town, or from a recording."""
    quick = {"pace.host.interval": 0, "pace.host.connections": 8, "retry.first_wait": 0.01}
    said = {"scan.store": str(store), **({} if replay else quick)}
    given = {
        name: Given(value=value, origin="test", base=ROOT, named=name)
        for name, value in said.items()
    }
    settings = load(ROOT, environment={}, options=given).settings
    job = assemble(
        settings,
        (str(ROOT / "seeds"),),
        ROOT,
        processes=1,
        record=record,
        replay=() if replay is None else (replay,),
    )
    if record is None:
        return await run_scan(job, Progress())
    run = changed(new_run(Settings(), utc_now()), id="seeds", description=DESCRIPTION)
    recording = replace(job.settings.recording, durability=Durability.NEVER)
    job = replace(
        job,
        run=run,
        settings=replace(job.settings, recording=recording),
        environment=home.environment,
    )
    return await run_scan(job, Progress(), lanes=Lanes(live=hasty))


def record(folder: Path, file: Path) -> Outcome:
    """Record a whole scan of the seeds."""
    with seeds_town(folder) as home, settled(home.settings):
        return anyio.run(lambda: scanned(home, folder / "store", record=file))

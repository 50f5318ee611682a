"""The live lane through the real door against a small web on loopback: every label right."""

from collections import Counter
from pathlib import Path

import anyio
import msgspec

from linkcheck.lanes.leaving import Sleep
from linkcheck.lanes.live import LiveLaneReport, run_live
from linkcheck.lanes.live.draw import is_yardstick
from linkcheck.model.exchange import Asker
from linkcheck.model.observation import HostObservation, LiveObservation
from linkcheck.model.run import Run
from linkcheck.model.verdict import LiveFinding, LiveVerdict
from linkcheck.net.door import open_door, open_replay
from linkcheck.net.evidence import Evidence
from linkcheck.net.retry import at_once
from linkcheck.net.vault import Vault
from linkcheck.proof.live import LiveReader
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.live import LiveSettings
from linkcheck.settings.network import LIMITS, Limits, Network
from linkcheck.settings.pace import HostPace, PaceSettings
from linkcheck.settings.recording import Recording
from linkcheck.settings.retry import RetrySettings
from tests.live_parts import Notebook
from tests.virtual import BORN
from tests.web.hosts import small_web
from tests.web.labels import LABELS
from tests.web.server import connected

PATIENCE = Limits(deadline=15.0, read=6.0, body=2 << 20)  # a loaded machine is slow, not silent
BRIEFLY = Limits(deadline=15.0, read=6.0, body=LIMITS["probe"].body)
DOOR = DoorSettings(
    network=Network(
        allow_private=True,
        connect=8.0,
        limits={**dict.fromkeys(("live", "index", "playback"), PATIENCE), "probe": BRIEFLY},
    ),
    pace=PaceSettings(
        archives=(),
        host=HostPace(interval=0.0, rest=0.01),
        # One after the other, so that it is known which one is the fifth.
        hosts=(HostPace(pattern="rate.internal", connections=1, interval=0.0, rest=0.01),),
    ),
    retry=RetrySettings(tries=1),
)
LIVE = LiveSettings(apart=0.01, silent_asks=2, controls=("https://control.internal/",))


async def ask(door: Asker, *, sleep: Sleep = anyio.sleep) -> tuple[LiveLaneReport, Notebook]:
    notes = Notebook()
    report = await run_live(
        [label.subject for label in LABELS],
        ask=door,
        keeper=notes,
        history=notes,
        settings=LIVE,
        seed="7",
        now=BORN,
        sleep=sleep,
    )
    return report, notes


async def check(folder: Path) -> tuple[LiveLaneReport, Notebook]:
    """Check the web and record it; then check the recording, which nobody may tell apart."""
    file = folder / "live.warc"
    evidence = Evidence(Recording(file=file), Run(id="run-1", started_at=BORN, seed=7))
    with small_web(folder) as web, connected(web):
        trust = web.certificates.environment
        async with open_door(DOOR, evidence=evidence, environment=trust, lookup=web.lookup) as door:
            report, notes = await ask(door)
        await evidence.aclose()
        checks = 3 + len(notes.hosts) // LIVE.suspects + len(LABELS) // LIVE.suspected_links
        assert web.turns.pop("control.internal") <= 2 * checks  # by both doors
        for name, times in web.turns.items():
            assert times <= 12 + 3 * sum(name in label.url for label in LABELS), name
    with open_replay(DOOR, [file]) as replay:
        again, same = await ask(replay, sleep=at_once)
    assert {url: told(one) for url, one in same.links.items()} == {
        url: told(one) for url, one in notes.links.items()
    }
    assert {host: told(one) for host, one in same.hosts.items()} == {
        host: told(one) for host, one in notes.hosts.items()
    }
    assert again == report
    with Vault([file], is_yardstick) as vault:  # and every word of it follows from its records
        assert not vault.faults
        reader = LiveReader(vault, LIVE, DOOR.network)
        links = [one.evidence for one in notes.links.values()]
        for evidence_of in (*links, *(one.evidence for one in notes.hosts.values())):
            assert reader.read(evidence_of) == evidence_of
    for one in (*notes.links.values(), *notes.hosts.values()):
        assert msgspec.json.decode(msgspec.json.encode(one), type=type(one)) == one
    assert {asked.agent for asked in web.asked} == {DOOR.network.user_agent}
    assert DOOR.network.user_agent.startswith("linkcheck/")
    return report, notes


def told(one: LiveObservation | HostObservation) -> tuple[object, ...]:
    """Return everything of an observation but its records, which a replay names as they were."""
    return one.finding, one.evidence


def row(url: str, finding: LiveFinding | None, wanted: LiveVerdict, what: str) -> str:
    verdict = finding.verdict if finding else "nothing"
    rule = f"{finding.rule} ({finding.method})" if finding else ""
    mark = " " if finding and finding.verdict is wanted else "X"
    return f"{mark} {what:40} {verdict:10} {rule:28} {url}"


def test_every_label_is_right(tmp_path: Path) -> None:
    report, notes = anyio.run(check, tmp_path)
    found = [(label, notes.finding(label.url)) for label in LABELS]
    lines = [row(label.url, each, label.verdict, label.what) for label, each in found]
    counts = Counter(label.verdict for label in LABELS)
    print("", *lines, f"{len(LABELS)} pages", sep="\n")  # noqa: T201 - the table of docs/live.md
    assert len(LABELS) >= 60
    assert set(counts) == set(LiveVerdict)
    assert [line for line in lines if line.startswith("X")] == []
    assert report.originals == len({label.url for label in LABELS}) == len(LABELS)
    assert report.not_asked == 0
    assert sum(report.verdicts.values()) == len(LABELS)

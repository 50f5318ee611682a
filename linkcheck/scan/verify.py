"""Whether what the store says follows from the evidence: a run is replayed and compared."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import anyio

from linkcheck.errors import UsageError
from linkcheck.model.finding import LinkFinding
from linkcheck.model.noun import Noun
from linkcheck.scan.api import read_findings, read_store
from linkcheck.scan.assembly import assemble
from linkcheck.scan.corridor import run_scan
from linkcheck.scan.progress import Progress
from linkcheck.settings.settings import Settings

Place = tuple[str, int, int, str]  # article, line, column, side
Told = tuple[frozenset[str], str, str]  # records, verdict, rule


class Verified(Noun, frozen=True, kw_only=True):
    """What a verification came to."""

    run: str
    chain: tuple[str, ...]  # what is wrong with the chain of manifests
    same: int  # sides of links that rest on this run's evidence, and follow from it
    differing: tuple[str, ...]  # in words
    elsewhere: int  # rest on other runs, on nothing that was recorded, or on more than this run


def verify_run(settings: Settings, name: str, paths: tuple[str, ...], root: Path) -> Verified:
    """Replay a run's evidence through the same lanes, and compare what follows from it."""
    with read_store(settings) as store:
        chain = store.verify_chain()
        run = store.run(name)
    files = sorted(settings.recording.folder.glob(f"{run.id}-*.warc*"))
    if not files:
        raise UsageError(
            f"there is no evidence of run {run.id} in {settings.recording.folder}:"
            " it was not recorded there, or was pruned"
        )
    with tempfile.TemporaryDirectory(prefix="linkcheck-") as folder:
        scan = replace(settings.scan, store=Path(folder))
        apart = replace(settings, scan=scan)
        anyio.run(run_scan, assemble(apart, paths, root, replay=tuple(files)), Progress())
        again = {
            place: told for found in read_findings(apart) for place, told in _told(found.links)
        }
    same, elsewhere, differing = 0, 0, []
    for found in read_findings(settings):
        for place, told in _told(found.links):
            other = again.get(place)
            if other is None or other[0] != told[0] or not told[0]:
                elsewhere += 1
            elif other[1:] == told[1:]:
                same += 1
            else:
                article, line, _, side = place
                differing.append(
                    f"{article}:{line}: {side}: the store says {told[1]} ({told[2]}),"
                    f" its evidence {other[1]} ({other[2]})"
                )
    return Verified(
        run=run.id,
        chain=chain,
        same=same,
        differing=tuple(differing),
        elsewhere=elsewhere,
    )


def _told(links: tuple[LinkFinding, ...]) -> Iterator[tuple[Place, Told]]:
    for finding in links:
        link = finding.link
        archive, live = finding.archive, finding.live
        if archive is not None:
            records = frozenset(one.record for one in archive.evidence.chain if one.record)
            said = (records, str(archive.finding.verdict), archive.finding.rule)
            yield (link.article, link.line, link.column, "archive"), said
        if live is not None:
            records = frozenset(one.record for one in live.evidence.answers if one.record)
            told = (records, str(live.finding.verdict), live.finding.rule)
            yield (link.article, link.line, link.column, "live"), told

"""Whether what the store says follows from the evidence: each verdict proved, or a run replayed."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio

from linkcheck import __version__
from linkcheck.archives import archives
from linkcheck.errors import UsageError
from linkcheck.lanes.live.draw import is_yardstick
from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.manifest import Beginning, Manifest
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.text import ArticleText
from linkcheck.net.vault import Vault
from linkcheck.proof import Outcome, Prover, Reader, Readers, Texts, records_of
from linkcheck.scan.api import read_findings, read_store
from linkcheck.scan.assembly import archive_named, assemble
from linkcheck.scan.citations import StoredCitations
from linkcheck.scan.corridor import run_scan
from linkcheck.scan.lanes import witness_of
from linkcheck.scan.progress import Progress
from linkcheck.scan.rules import judging_rules
from linkcheck.settings.settings import Settings
from linkcheck.store import Store

Side = tuple[str, ArchiveObservation | LiveObservation]
Place = tuple[str, int, int, str]  # article, line, column, side


@dataclass(slots=True)
class Verified:
    """What a verification came to; findings are counted by the sides of links."""

    faults: tuple[str, ...] = ()  # of the chain of manifests and of the files of evidence
    proven: int = 0
    wrong: list[str] = field(default_factory=list)  # findings that do not follow, in words
    reread: list[str] = field(default_factory=list)  # the same, read by another linkcheck
    readers: Counter[str] = field(default_factory=Counter)  # which that was
    unrecorded: Counter[str] = field(default_factory=Counter)  # why there is no proof
    unproven: int = 0  # of them say more than that nothing is known
    beside: Counter[str] = field(default_factory=Counter)  # what else verdicts weigh
    outdated: bool = False  # the store was judged by other rules than today's
    unsealed: tuple[str, ...] = ()  # files that are proved by their records alone
    replayed: int | None = None  # findings that a replay of a run gives too; None: none was asked

    def differ(self, where: str, words: str, reader: str) -> None:
        """Note a finding that does not follow; where another linkcheck has read it, which one."""
        if reader:
            self.readers[reader] += 1
            self.reread.append(f"{where}: {reader} read it otherwise than this one: {words}")
        else:
            self.wrong.append(f"{where}: {words}")

    @property
    def sound(self) -> bool:
        """Tell that nothing contradicts the store."""
        return not (self.faults or self.wrong)


def verify_findings(
    settings: Settings, root: Path | None = None, evidence: tuple[Path, ...] = ()
) -> Verified:
    """Read every verdict's records again, whole and by the same readers, and judge them again.

    Articles are looked for below `root`: pages are laid beside them again, where they are there.
    """
    with ExitStack() as opened:
        store = opened.enter_context(read_store(settings))
        manifests = [run.manifest for run in store.runs() if run.manifest is not None]
        seals = {name: digest for one in manifests for name, digest in one.ending.evidence}
        files = _files(evidence or (settings.recording.folder,))
        vault = opened.enter_context(Vault(files, is_yardstick))
        broken, unsealed = _compared_seals(vault, seals)
        faults = (*store.verify_chain(), *vault.faults, *broken)
        outdated = store.rules() not in {"", judging_rules(settings)}
        result = Verified(faults=faults, outdated=outdated, unsealed=unsealed)
        keys = frozenset(
            seen.key
            for found in store.findings()
            for link in found.links
            for _, seen in _sides(link)
            if isinstance(seen, ArchiveObservation)
        )
        known = dict.fromkeys((*map(archive_named, settings.scan.archives), *archives()))
        texts = None if root is None else _texts(store, settings, root)
        readers = _readers(manifests, settings)
        prover = Prover(vault, tuple(known), settings, keys, readers, texts)
        _prove(store.findings(), prover, result)
    return result


def _readers(manifests: Iterable[Manifest], settings: Settings) -> Readers:
    today = Reader(version=__version__, rules=judging_rules(settings))
    return Readers(today, {one.run: _reader(one.beginning) for one in manifests})


def _reader(beginning: Beginning) -> Reader:
    return Reader(version=dict(beginning.versions).get("linkcheck", ""), rules=beginning.rules)


def _texts(store: Store, settings: Settings, root: Path) -> Texts:
    cited: dict[str, StoredCitations] = {}

    def article(archive: str, key: str) -> ArticleText | None:
        if archive not in cited:
            index = store.citations(archive)
            cited[archive] = StoredCitations(index, root, settings.reading, settings.witness)
        return cited[archive].text(key)

    lane = settings.archive_lane()
    return Texts(article, witness_of(settings.witness), lane.page_bytes)


def verify_run(  # noqa: PLR0913, PLR0917 - a run, what it read, and where the result goes
    settings: Settings,
    name: str,
    paths: tuple[str, ...],
    root: Path,
    result: Verified,
    evidence: tuple[Path, ...] = (),
) -> None:
    """Replay a run through the same lanes, and compare what follows from it.

    This shows also what no record says by itself: which links were drawn, whose bytes are shared,
    what the controls answered.
    """
    with read_store(settings) as store:
        run = store.run(name)
    files = evidence or tuple(sorted(settings.recording.folder.glob(f"{run.id}-*.warc*")))
    if not files:
        raise UsageError(
            f"there is no evidence of run {run.id} in {settings.recording.folder}:"
            " it was not recorded there, or was pruned"
        )
    with tempfile.TemporaryDirectory(prefix="linkcheck-") as folder:
        apart = replace(settings, scan=replace(settings.scan, store=Path(folder)))
        anyio.run(run_scan, assemble(apart, paths, root, replay=files), Progress())
        again = dict(_told(read_findings(apart)))
    manifests = [run.manifest] if run.manifest is not None else []
    reader = _readers(manifests, settings).other([run.id])
    result.replayed = 0
    for place, (records, said) in _told(read_findings(settings)):
        other = again.get(place)
        if other is None or other[0] != records or not records:
            continue  # it rests on another run
        if other[1] == said:
            result.replayed += 1
        else:
            article, line, _, side = place
            words = f"the store says {said}, a replay of the run {other[1]}"
            result.differ(f"{article}:{line}: {side}", words, reader)


def _prove(articles: Iterable[ArticleFindings], prover: Prover, result: Verified) -> None:
    for found in articles:
        for link in found.links:
            for side, seen in _sides(link):
                proved = prover.prove(seen)
                if proved.outcome is Outcome.PROVEN:
                    result.proven += 1
                    result.beside.update(proved.beside)
                elif proved.outcome is Outcome.UNRECORDED:
                    result.unrecorded[proved.words] += 1
                    result.unproven += seen.finding.verdict != "unknown"
                else:
                    where = f"{link.link.article}:{link.link.line}: {side}"
                    said = f"{seen.finding.verdict} ({seen.finding.rule})"
                    words = f"the store says {said}: {proved.words}"
                    result.differ(where, words, proved.reader)


def _sides(link: LinkFinding) -> Iterator[Side]:
    if link.archive is not None:
        yield "archive", link.archive
    if link.live is not None:
        yield "live", link.live


def _told(
    articles: Iterable[ArticleFindings],
) -> Iterator[tuple[Place, tuple[frozenset[str], str]]]:
    for found in articles:
        for link in found.links:
            for side, seen in _sides(link):
                place = (link.link.article, link.link.line, link.link.column, side)
                said = f"{seen.finding.verdict} ({seen.finding.rule})"
                yield place, (frozenset(records_of(seen)), said)


def _files(places: tuple[Path, ...]) -> list[Path]:
    found: list[Path] = []
    for place in places:
        named = place.is_file() or place.suffix in {".warc", ".gz"}
        inside = [place] if named else [*place.glob("*.warc"), *place.glob("*.warc.gz")]
        found += sorted(inside, key=lambda path: path.name)
    if not found:
        raise UsageError(
            f"there is no evidence in {', '.join(map(str, places))}:"
            " nothing was recorded there, or it was pruned"
        )
    return found


def _compared_seals(vault: Vault, seals: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is wrong with files that a run has sealed, and the names of those none has."""
    broken, unsealed = [], []
    for path, digest in vault.hashes():
        sealed = seals.get(path.name)
        if sealed is not None and sealed != digest:
            broken.append(f"{path} is not the file that its run sealed: its SHA-256 is another one")
        elif digest not in seals.values():
            unsealed.append(path.name)
    return tuple(broken), tuple(unsealed)

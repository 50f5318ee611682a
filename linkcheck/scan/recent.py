"""The last summary, kept: where nothing has changed, 343,109 links need not be counted again."""

import hashlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from linkcheck.collection.spread import apart
from linkcheck.model.noun import Noun
from linkcheck.model.summary import Summary
from linkcheck.reports.summary import Tally
from linkcheck.scan.api import read_store
from linkcheck.scan.job import Job, Outcome
from linkcheck.scan.rules import as_json, extraction_rules, judging_rules
from linkcheck.settings.settings import Settings

FILE = "summary.json"
_NAMED = 10
"""Links of each worry that are named; reports have all."""

_ALONE = 8_000
"""Articles up to which one process counts: another one takes a second to start."""

_SHARES = 2
"""Of each process, for one may take longer than another."""


class Kept(Noun, frozen=True, kw_only=True):
    """A summary, and what it is of."""

    run: str
    rules: str
    summary: Summary


def summed_up(job: Job, outcome: Outcome, *, everything: bool = False) -> Summary:
    """Return what all findings come to, counted anew only where something may be new."""
    path = job.settings.scan.store / FILE
    rules = _rules(job)
    if outcome.unchanged_since and not everything:
        kept = _read(path)
        if kept is not None and kept.run == outcome.unchanged_since and kept.rules == rules:
            _write(path, Kept(run=outcome.run.id, rules=rules, summary=kept.summary))
            return kept.summary
    summary = _counted(job, None if everything else _NAMED).done()
    if not everything:
        _write(path, Kept(run=outcome.run.id, rules=rules, summary=summary))
    return summary


@dataclass(frozen=True, slots=True)
class _Counting:
    """Count some of the articles, in whichever process."""

    settings: Settings
    named: int | None

    def __call__(self, share: range) -> Tally:
        tally = Tally(self.settings.scan.fail_on, self.named)
        with read_store(self.settings) as store:
            for found in store.findings(evidence=False, first=share.start, count=len(share)):
                tally.add(found)
        return tally


def _counted(job: Job, named: int | None) -> Tally:
    """Count all findings, those of a large collection on all cores."""
    with read_store(job.settings) as store:
        articles = store.counts().get("article", 0)
    processes = job.collection.processes if articles > _ALONE else 1
    each = -(-articles // (_SHARES * processes)) or 1
    shares = [range(first, first + each) for first in range(0, articles, each)]
    tally = Tally(job.settings.scan.fail_on, named)
    with closing(apart(_Counting(job.settings, named), shares, processes)) as counted:
        for share in counted:
            tally.join(share)
    return tally


def _rules(job: Job) -> str:
    settings = job.settings
    said = as_json((extraction_rules(settings), judging_rules(settings), settings.scan.fail_on))
    return hashlib.sha256(said).hexdigest()


def _read(path: Path) -> Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError):
        return None


def _write(path: Path, kept: Kept) -> None:
    """Keep it if that can be: it saves time and holds nothing that is not in the store."""
    partial = path.with_suffix(".part")
    try:
        partial.write_bytes(msgspec.json.encode(kept))
        partial.replace(path)
    except OSError:
        path.unlink(missing_ok=True)

"""The last summary, kept: where nothing has changed, 343,109 links need not be counted again."""

import hashlib
from pathlib import Path

import msgspec

from linkcheck.model.noun import Noun
from linkcheck.model.summary import Summary
from linkcheck.reports.summary import Tally
from linkcheck.scan.api import read_store
from linkcheck.scan.job import Job, Outcome
from linkcheck.scan.rules import as_json, extraction_rules, judging_rules

FILE = "summary.json"
_NAMED = 10
"""Links of each worry that are named; reports have all."""


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
    tally = Tally(job.settings.scan.fail_on, None if everything else _NAMED)
    with read_store(job.settings) as store:
        for found in store.findings(evidence=False):
            tally.add(found)
    summary = tally.done()
    if not everything:
        _write(path, Kept(run=outcome.run.id, rules=rules, summary=summary))
    return summary


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

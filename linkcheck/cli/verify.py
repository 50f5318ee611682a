"""`linkcheck verify`: whether the findings follow from the evidence that is kept of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.options import CollectionOptions
from linkcheck.cli.output import opened
from linkcheck.cli.scan_options import ScanOptions
from linkcheck.errors import LinkcheckError
from linkcheck.reports import for_terminal
from linkcheck.scan.verify import Verified, verify_findings, verify_run

_INCONCLUSIVE = 4
_SHOWN = 3  # files of a kind that are named


def verify(
    *paths: str,
    run: str | None = None,
    evidence: Annotated[tuple[Path, ...], Parameter(negative=(), show_default=False)] = (),
    options: CollectionOptions = CollectionOptions(),  # noqa: B008 it is frozen
    store: Path | None = None,
) -> int:
    """Read every verdict's records again from the evidence, judge them again, and say what differs.

    Parameters
    ----------
    paths:
        The articles of a run that is replayed; the configured collection where none is named.
        Pages are laid beside articles as the store names them, from the root or the working folder.
    run:
        Replay this run too, its id, a date, or last: that shows also what no record says by itself.
    evidence:
        A recording, or a folder of them, instead of the evidence beside the store. Repeatable.
    store:
        The store's folder.
    """
    loaded = ScanOptions(store=store).loaded(options, record=None)
    root = loaded.root or Path.cwd()
    result = verify_findings(loaded.settings, root, evidence)
    if run is not None:
        named = options.named(paths, loaded)
        verify_run(loaded.settings, run, named, root, result, evidence)
    with opened(None) as place:
        for line in (*result.faults, *result.wrong, *result.reread, *_summary(result, run)):
            place.write(f"{for_terminal(line)}\n".encode("utf-8", "replace"))
    if not result.sound:
        return LinkcheckError.exit_code
    return _INCONCLUSIVE if result.unproven or result.reread else 0


def _summary(result: Verified, run: str | None) -> Iterator[str]:
    proven, wrong, nothing = result.proven, len(result.wrong), result.unrecorded.total()
    follow = "finding follows from its" if proven == 1 else "findings follow from their"
    yield (
        f"{proven:,} {follow} evidence, {wrong:,} {'does' if wrong == 1 else 'do'} not,"
        f" {nothing:,} {'rests' if nothing == 1 else 'rest'} on nothing that was recorded"
    )
    for who, count in sorted(result.readers.items()):
        yield (
            f"  read otherwise by {who}, {count:,}: no contradiction, and no proof;"
            " what is asked next is read by this one"
        )
    for why, count in sorted(result.unrecorded.items()):
        yield f"  no record, {count:,}: {why}"
    if result.unsealed:
        shown = ", ".join(result.unsealed[:_SHOWN])
        more = f" and {left:,} more" if (left := len(result.unsealed) - _SHOWN) > 0 else ""
        yield f"  sealed by no run, proved by its records alone: {shown}{more}"
    if result.outdated and result.wrong:
        yield "  the store was judged by other rules than today's: the next scan judges it again"
    if result.beside and run is None:
        what = ", ".join(f"{what} ({count:,})" for what, count in sorted(result.beside.items()))
        yield f"  taken from the store, for --run to replay: {what}"
    if result.replayed is not None:
        yield f"a replay of run {run} gives {result.replayed:,} of them again"

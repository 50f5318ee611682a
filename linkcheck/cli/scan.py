"""`linkcheck scan`: ask archive and web about every link, remember, and say how things stand."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import anyio
from cyclopts import Parameter
from rich.markup import escape

from linkcheck.cli.folders import DEFAULT_LANGUAGE
from linkcheck.cli.options import CollectionOptions
from linkcheck.cli.output import Notes
from linkcheck.cli.reporting import write_reports
from linkcheck.cli.scan_options import Flag, Repeated, ScanOptions, headers_of
from linkcheck.cli.wanted import Wanted, wanted
from linkcheck.console.forecast import forecast_table
from linkcheck.console.progress import show as show_progress
from linkcheck.console.stage import Stage, result_stage, show
from linkcheck.console.summary import brief, closing, steps
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.scan.alone import alone
from linkcheck.scan.assembly import assemble
from linkcheck.scan.corridor import forecast_scan, run_scan
from linkcheck.scan.exit_code import CONFIRMED, INCONCLUSIVE, exit_code
from linkcheck.scan.job import Job, Outcome
from linkcheck.scan.progress import Progress
from linkcheck.scan.recent import summed_up
from linkcheck.scan.rubbish import one_heap
from linkcheck.scan.signals import kept_signals


def scan(  # noqa: PLR0913 each is an option of its own
    *paths: str,
    dry_run: Flag = False,
    fresh: Flag = False,
    report: Repeated = (),
    lang: str = DEFAULT_LANGUAGE,
    record: Path | None = None,
    no_record: Flag = False,
    replay: Annotated[Path | None, Parameter(show_default=False)] = None,
    header: Annotated[
        tuple[str, ...], Parameter(name=["--header", "-H"], negative=(), show_default=False)
    ] = (),
    verbose: Annotated[Flag, Parameter(name=["--verbose", "-v"])] = False,
    no_progress: Annotated[Flag, Parameter(name=["--no-progress", "-n"])] = False,
    options: CollectionOptions = CollectionOptions(),  # noqa: B008 it is frozen
    asking: ScanOptions = ScanOptions(),  # noqa: B008 it is frozen
) -> int:
    """Ask the archive and the live web about every link, and say how things stand.

    Parameters
    ----------
    paths:
        Files, folders or patterns; the configured collection where none is named.
    dry_run:
        Say what would be asked, how, and how long it would take. Sends and writes nothing.
    fresh:
        Ask again what still holds.
    report:
        Write a report: FORMAT, or FORMAT=PATH. Repeatable.
    lang:
        The language of reports for people: en or zh-Hant.
    record:
        Keep every exchange in this WARC file instead of the store's evidence folder.
    no_record:
        Keep no exchanges: findings rest on nothing that can be shown.
    replay:
        Put a recording (a WARC file or a folder of them) in the place of the network. Findings go
        into a store of their own, unless --store says where.
    header:
        Send this header with every request, as NAME:VALUE. Never recorded. Repeatable.
    verbose:
        Name every link that is not well, not only the first of each kind.
    no_progress:
        Show no progress.
    """
    if record is not None and no_record:
        raise UsageError("--record and --no-record contradict each other")
    if replay is not None and not replay.exists():
        raise UsageError(f"--replay {replay}: there is no such file or folder")
    reports = wanted(report, lang)
    kept = replay is None or asking.store is not None
    with ExitStack() as stack:
        if not kept:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="linkcheck-"))
            asking = asking.in_store(Path(folder))
        loaded = asking.loaded(options, record=False if no_record else None)
        root = loaded.root or Path.cwd()
        job = assemble(
            loaded.settings,
            options.named(paths, loaded),
            root,
            ignored=options.ignored(loaded),
            processes=options.processes(),
            signals=True,
            replay=() if replay is None else (replay,),
            record=record,
            headers=headers_of(header),
            fresh=fresh,
        )
        if dry_run:
            return _explain(job, quiet=options.quiet)
        progress = Progress()
        console = None if options.quiet or no_progress else Stage(stderr=True)
        one_heap()
        with kept_signals():
            outcome = anyio.run(_run, job, progress, console)
        telling = _Telling(quiet=options.quiet, verbose=verbose, kept=kept)
        return _conclude(job, outcome, reports, telling)


async def _run(job: Job, progress: Progress, console: Stage | None) -> Outcome:
    with alone():
        async with anyio.create_task_group() as group:
            if console is not None:
                group.start_soon(
                    partial(show_progress, progress, console, moving=console.is_terminal)
                )
            outcome = await run_scan(job, progress)
            group.cancel_scope.cancel()
        return outcome


def _explain(job: Job, *, quiet: bool) -> int:
    with kept_signals():
        outcome = anyio.run(forecast_scan, job, Progress())
    _say_troubles(outcome)
    if outcome.inconclusive:
        Notes().say(f"there is no forecast: {outcome.words}; nothing was sent")
        return INCONCLUSIVE
    if not quiet:
        show(result_stage(), forecast_table(outcome.forecasts, job.settings.scan, outcome.pauses))
    return LinkcheckError.exit_code if outcome.troubles else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """How much is said at the end."""

    quiet: bool
    verbose: bool
    kept: bool  # the store is there afterwards


def _conclude(job: Job, outcome: Outcome, reports: tuple[Wanted, ...], telling: _Telling) -> int:
    summary = summed_up(job, outcome, everything=telling.verbose)
    _say_troubles(outcome)
    code = exit_code(summary, outcome)
    failed: list[LinkcheckError] = []
    if telling.quiet:
        for line in brief(summary, outcome, job.settings.scan.fail_on):
            Notes().say(line)
    with _gathered(failed):
        if not telling.quiet:
            stage = result_stage(beside=any(one.on_output for one in reports))
            next_steps = steps(summary, outcome, replayed=bool(job.replay), kept=telling.kept)
            show(stage, closing(summary, outcome, next_steps))
    with _gathered(failed):
        for said in write_reports(job.settings, reports, summary, outcome.manifest):
            if not telling.quiet:
                show(result_stage(beside=True), escape(said))
    for error in failed:
        Notes().say(str(error))
    return failed[0].exit_code if failed and code != CONFIRMED else code


@contextmanager
def _gathered(failed: list[LinkcheckError]) -> Iterator[None]:
    """Note what goes wrong and go on: a full disk under one output does not take the others."""
    try:
        yield
    except LinkcheckError as error:
        failed.append(error)


def _say_troubles(outcome: Outcome) -> None:
    notes = Notes()
    for trouble in outcome.troubles:
        notes.note(trouble)
    notes.end()

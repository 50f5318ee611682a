"""`linkcheck report`: what the store knows, without asking anybody."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.output import opened, row_format
from linkcheck.cli.reporting import known, write_changes, write_findings
from linkcheck.cli.stored import StoreOptions


def report(
    *,
    format: Annotated[str, Parameter(name=["--format", "-f"])] = "table",  # noqa: A002 the option's name
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    since: str | None = None,
    options: StoreOptions = StoreOptions(),  # noqa: B008 it is frozen
) -> int:
    """Write down what is known of every link, without asking anybody.

    Parameters
    ----------
    format:
        table, ndjson, csv, json, markdown, html, junit or github.
    output:
        Write to this file instead of standard output.
    since:
        Say only what has changed since this run: its id, a date, or last.
    """
    if since is None:
        known(format, "--format")
    else:
        row_format(format)
    settings = options.loaded().settings
    with opened(output) as place:
        if since is None:
            write_findings(settings, format, place)
        else:
            write_changes(settings, since, format, place)
    return 0

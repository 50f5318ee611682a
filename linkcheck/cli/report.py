"""`linkcheck report`: what the store knows, without asking anybody."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.folders import DEFAULT_LANGUAGE, FOLDERS, known_language
from linkcheck.cli.output import Notes, opened, row_format
from linkcheck.cli.reporting import write_changes, write_findings, write_folder_of
from linkcheck.cli.stored import StoreOptions
from linkcheck.cli.wanted import known, refuse_folder
from linkcheck.reports import for_terminal
from linkcheck.scan.api import read_store


def report(
    *,
    format: Annotated[str, Parameter(name=["--format", "-f"])] = "table",  # noqa: A002 the option's name
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    since: str | None = None,
    lang: str = DEFAULT_LANGUAGE,
    options: StoreOptions = StoreOptions(),  # noqa: B008 it is frozen
) -> int:
    """Write down what is known of every link, without asking anybody.

    Parameters
    ----------
    format:
        table, ndjson, csv, csv-excel (with a byte order mark), json, markdown, junit, github or
        nquads; html and jsonld are folders.
    output:
        Write to this file instead of standard output; of a folder: there, and to linkcheck-report
        unless said.
    since:
        Say only what has changed since this run (its id, a date); last: what the last one changed.
    lang:
        The language of html, markdown, junit and github: en or zh-Hant.
    """
    known_language(lang)
    if since is None:
        known(format, "--format")
    else:
        row_format(format)
    settings = options.loaded().settings
    with read_store(settings) as store:
        if not store.counts()["article"]:
            Notes().say("no article is known: `linkcheck scan` reads them")
    if since is None and format in FOLDERS:
        if output is not None:
            refuse_folder(output, f"--output {output}")
        said = write_folder_of(settings, format, output, lang)
        with opened(None) as place:
            place.write(f"{for_terminal(said)}\n".encode("utf-8", "replace"))
        return 0
    with opened(output) as place:
        if since is None:
            write_findings(settings, format, place, lang)
        else:
            write_changes(settings, since, format, place)
    return 0

"""`linkcheck schema`: the JSON Schema of what linkcheck writes."""

import difflib
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.output import opened
from linkcheck.errors import UsageError
from linkcheck.reports.schema import KINDS
from linkcheck.reports.schema import schema as schema_of


def schema(
    kind: str = "report",
    /,
    *,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
) -> int:
    """Print the JSON Schema of an output, for programs that read it.

    Parameters
    ----------
    kind:
        report (`report -f json`), finding (a line of `report -f ndjson`), link (of `links -f
        ndjson`) or audit (of `audit -f ndjson`).
    output:
        Write to this file instead of standard output.
    """
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(KINDS)}"
        raise UsageError(f"schema {kind}: there is none; {hint}")
    with opened(output) as place:
        place.write(schema_of(kind))
    return 0

"""Arguments to settings to work to report to exit code."""

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from linkcheck import __version__
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.reports import for_terminal

app = App(
    name="linkcheck",
    help="Check the archived and live links of a collection of saved articles.",
    version=__version__,
    version_flags=["--version", "-V"],
)
app.command("linkcheck.cli.links:links")
app.command("linkcheck.cli.audit:audit")

INTERRUPTED = 4


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code: 0 to 4, as the README lists them."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; errors become one line without a traceback."""
    try:
        result = app(
            list(arguments), exit_on_error=False, print_error=False, result_action="return_value"
        )
    except CycloptsError as error:
        return _complain(str(error), UsageError.exit_code, "try linkcheck --help")
    except LinkcheckError as error:
        return _complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing more is to be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return LinkcheckError.exit_code
    return result if isinstance(result, int) else 0


def _complain(message: str, code: int, hint: str | None = None) -> int:
    print(f"linkcheck: {for_terminal(message)}", file=sys.stderr)  # noqa: T201 the command speaks
    if hint:
        print(f"           {hint}", file=sys.stderr)  # noqa: T201 as above
    return code

"""Arguments to settings to work to report to exit code."""

import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from cyclopts import App, CycloptsError

from linkcheck import __version__
from linkcheck.cli.commands import COMMANDS, FIRST_STEPS
from linkcheck.cli.voice import complain
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.reports import for_terminal

app = App(
    name="linkcheck",
    help="Check the archived and live links of a collection of saved articles.",
    help_epilogue=FIRST_STEPS,
    version=__version__,
    version_flags=["--version", "-V"],
    suppress_keyboard_interrupt=False,  # it has a code of its own here
)
for _place, _command in enumerate(COMMANDS):
    # Loaded when they are asked for: each brings what only it needs.
    app.command(_command.place, help=_command.help, help_epilogue="", sort_key=_place)
app.register_install_completion_command(
    name="--install-completion", add_to_startup=False, group="Shell"
)

INTERRUPTED = 4


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code: 0 to 4, as the README lists them."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` leaves it
            signal.signal(number, _interrupt)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that is not UTF-8 cannot show every sign, and need not.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # once more, in the middle of the goodbye
        code = INTERRUPTED
    _let_go_of_output()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; errors become one line without a traceback."""
    try:
        result = app(
            list(arguments), exit_on_error=False, print_error=False, result_action="return_value"
        )
    except CycloptsError as error:
        return _complain(str(error), UsageError.exit_code, _hint(arguments, error))
    except LinkcheckError as error:
        return _complain(str(error), error.exit_code)
    except (KeyboardInterrupt, RuntimeError) as error:
        # Until Python 3.12 what is raised while a class learns its names comes wrapped, and
        # commands are loaded when they are asked for.
        if isinstance(error, RuntimeError) and not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; nothing more is to be said to it.
        return LinkcheckError.exit_code
    except OSError as error:  # help on a full disk, a folder that vanishes under us
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror or error}", LinkcheckError.exit_code)
    return result if isinstance(result, int) else 0


def _hint(arguments: Sequence[str], error: CycloptsError) -> str:
    if "-" in arguments:  # where others read from standard input or write to standard output
        return "- stands only behind --files-from; results go to standard output without -o"
    return f"try {' '.join(('linkcheck', *(error.command_chain or ()), '--help'))}"


def _complain(message: str, code: int, hint: str | None = None) -> int:
    complain(f"linkcheck: {for_terminal(message)}")
    if hint:
        complain(f"           {hint}")
    return code


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Let cron, systemd, `timeout` and a closed terminal end a run in the order of Ctrl-C."""
    del frame
    signal.signal(number, signal.SIG_IGN)  # once is enough: a second would break into the goodbye
    raise KeyboardInterrupt


def _let_go_of_output() -> None:
    """Write what is left, or drop it: the interpreter's own attempt would end in a traceback."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

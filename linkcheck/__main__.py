"""The command, also as `python -m linkcheck`: it may be interrupted from its first moment on."""

import sys


def main() -> None:
    """Load the command and run it; Ctrl-C while it loads ends it without a traceback."""
    try:
        from linkcheck.cli import main as command  # noqa: PLC0415 it takes a tenth of a second
    except KeyboardInterrupt:
        sys.stderr.write("linkcheck: interrupted\n")
        sys.exit(4)
    command()


if __name__ == "__main__":
    main()

"""Where the command was started."""

from pathlib import Path

from linkcheck.errors import UsageError


def here() -> Path:
    """Return the current folder; it may have been deleted under whoever stands in it."""
    try:
        return Path.cwd()
    except OSError as error:
        raise UsageError(f"the current folder cannot be told: {error.strerror}") from error

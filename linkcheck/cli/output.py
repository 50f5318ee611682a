"""Where a result goes, and what is said beside it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from linkcheck.collection.inputs import Inputs
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.audit import AuditFinding
from linkcheck.reports import RowFormat, for_terminal, row_formats

_MOST_NOTES = 20


def row_format(name: str) -> RowFormat:
    """Return the format of a name, or say which there are."""
    formats = row_formats()
    if name not in formats:
        raise UsageError(f"--format {name}: there is no such format; known: {', '.join(formats)}")
    return formats[name]


@contextmanager
def opened(output: Path | None) -> Iterator[BinaryIO]:
    """Give the place for the result; a file appears whole or not at all."""
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f"{output.name}.part")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(output)
    except OSError as error:
        raise LinkcheckError(f"{output}: cannot be written: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


class Notes:
    """Say what went wrong beside the result, and not without end."""

    def __init__(self) -> None:
        self._count = 0

    def say(self, message: str) -> None:
        """Write one line to standard error."""
        print(f"linkcheck: {for_terminal(message)}", file=sys.stderr)  # noqa: T201 it speaks to the user

    def finding(self, finding: AuditFinding) -> None:
        """Say one finding, if not too many were said."""
        self._count += 1
        if self._count <= _MOST_NOTES:
            self.say(f"{finding.article}:{finding.line}: {finding.message}")

    def end(self) -> None:
        """Say how many findings were left unsaid."""
        if self._count > _MOST_NOTES:
            self.say(f"and {self._count - _MOST_NOTES:,} more: linkcheck audit lists them")


def exit_code(inputs: Inputs, notes: Notes, articles: int, unreadable: int) -> int:
    """Say what could not be read, and return the exit code that follows from it."""
    for trouble in inputs.troubles:
        notes.say(f"{trouble.path}: {trouble.message}")
    if any(trouble.usage for trouble in inputs.troubles):
        return UsageError.exit_code
    if inputs.troubles or unreadable:
        return LinkcheckError.exit_code
    if not articles:
        notes.say("no articles found: looked for Markdown, plain text and HTML files")
        return UsageError.exit_code
    return 0

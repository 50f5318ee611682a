"""Where a result goes, and what is said beside it."""

import difflib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from linkcheck.cli.voice import complain
from linkcheck.collection.inputs import Inputs
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.audit import AuditFinding
from linkcheck.reports import RowFormat, for_terminal, row_formats

_MOST_NOTES = 20


def row_format(name: str) -> RowFormat:
    """Return the format of a name, or say which there are."""
    formats = row_formats()
    if name not in formats:
        near = difflib.get_close_matches(name, formats, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(formats)}"
        raise UsageError(f"--format {name}: there is no such format; {hint}")
    return formats[name]


class Place:
    """Where a result is written; what goes wrong there is told apart from all other trouble."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name

    def write(self, text: bytes) -> None:
        """Write some of the result."""
        with telling(self._name):
            self._file.write(text)

    def flush(self) -> None:
        """Hand on what was written, so that nothing can fail later."""
        with telling(self._name):
            self._file.flush()


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Turn what the system says of a place for output into words; a closed pipe stays itself."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise LinkcheckError(f"{name}: cannot be written: {error.strerror or error}") from error


@contextmanager
def opened(output: Path | None) -> Iterator[Place]:
    """Give the place for the result; a file appears whole or not at all."""
    if output is None:
        if sys.stdout is None:  # as `>&-` leaves it
            raise LinkcheckError("standard output is closed: nowhere to write the result")
        sys.stdout.flush()
        place = Place(sys.stdout.buffer, "standard output")
        yield place
        place.flush()
        return
    output = Path(os.path.realpath(output))
    with telling(str(output)):
        is_folder, is_special = output.is_dir(), output.exists() and not output.is_file()
    if is_folder:
        raise UsageError(f"--output {output}: is a folder, not a file")
    if is_special:
        # A device or a pipe is written to; a file in its place would destroy it.
        with telling(str(output)):
            special = output.open("wb")
        with special:
            place = Place(special, str(output))
            yield place
            place.flush()
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    with telling(str(output)):
        file = partial.open("wb")
    try:
        with file:
            place = Place(file, str(output))
            yield place
            place.flush()
        with telling(str(output)):
            partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


class Notes:
    """Say what went wrong beside the result, and not without end."""

    def __init__(self) -> None:
        self._count = 0

    def say(self, message: str) -> None:
        """Write one line to standard error."""
        complain(f"linkcheck: {for_terminal(message)}")

    def finding(self, finding: AuditFinding) -> None:
        """Say one finding, if not too many were said."""
        self.note(f"{finding.article}:{finding.line}: {finding.message}")

    def note(self, message: str) -> None:
        """Say one thing of many, if not too many were said."""
        self._count += 1
        if self._count <= _MOST_NOTES:
            self.say(message)

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
        notes.say(inputs.nothing)
        return UsageError.exit_code
    return 0

"""One input file to an article; what goes wrong with the file becomes a finding."""

import os
from pathlib import PurePath

from linkcheck.model.article import Article, Markup
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.input import Input
from linkcheck.readers import reader_of, readers
from linkcheck.settings.reading import ReadingSettings

UNREADABLE = "unreadable"

_FIRST_READ = 64 * 1024
_NEXT_READ = 1024 * 1024


def load(given: Input, settings: ReadingSettings) -> Article:
    """Read a file; whatever it is or does, an article comes back."""
    return read(given, settings)[0]


def read(given: Input, settings: ReadingSettings) -> tuple[Article, bytes]:
    """Return the article with the bytes that were read: what it was made from."""
    try:
        content, size = _read(given.path, settings.max_file_bytes)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        words = f"the file cannot be read: {reason}"
        return _nothing(given, UNREADABLE, words, "check its rights"), b""
    if size > settings.max_file_bytes:
        article = _nothing(
            given,
            "too-large",
            f"the file has {size:,} bytes, more than the"
            f" {settings.max_file_bytes:,} that are read; nothing was read from it",
            "split it, exclude it, or raise max_file_bytes",
        )
        return article, content
    # A file that the user named is read whatever its suffix: as plain text where none is known.
    reader = reader_of(given.path) or readers()[".txt"]
    return reader.read(content, given.name), content


def _read(path: str, most: int) -> tuple[bytes, int]:
    """Return a file's bytes and how many there are; of too many only the beginning."""
    # Three calls to the system for most files: `open().read()` makes nine of them.
    file = os.open(path, os.O_RDONLY)
    try:
        content = os.read(file, _FIRST_READ)
        if len(content) < _FIRST_READ:
            return content, len(content)
        size = os.fstat(file).st_size
        pieces = [content]
        read = len(content)
        while content and max(size, read) <= most:
            content = os.read(file, _NEXT_READ)
            pieces.append(content)
            read += len(content)
    finally:
        os.close(file)
    return b"".join(pieces), max(size, read)


def _nothing(given: Input, rule: str, message: str, advice: str) -> Article:
    finding = AuditFinding(
        article=given.name,
        line=1,
        rule=rule,
        severity=Severity.ERROR,
        message=message,
        advice=advice,
    )
    markup = Markup.HTML if PurePath(given.path).suffix.startswith(".htm") else Markup.MARKDOWN
    return Article(path=given.name, markup=markup, source=b"", body_start=0, findings=(finding,))

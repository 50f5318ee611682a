"""One input file to an article; what goes wrong with the file becomes a finding."""

import os
from pathlib import PurePath

from linkcheck.model.article import Article, Markup
from linkcheck.model.audit import AuditFinding, Severity
from linkcheck.model.input import Input
from linkcheck.readers import reader_of, readers
from linkcheck.settings.reading import ReadingSettings

UNREADABLE = "unreadable"


def load(given: Input, settings: ReadingSettings) -> Article:
    """Read a file; whatever it is or does, an article comes back."""
    try:
        with open(given.path, "rb", buffering=0) as file:  # noqa: PTH123 strings are faster
            size = os.fstat(file.fileno()).st_size
            content = b"" if size > settings.max_file_bytes else file.readall()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _nothing(given, UNREADABLE, f"the file cannot be read: {reason}", "check its rights")
    size = max(size, len(content))  # it may have grown while it was read
    if size > settings.max_file_bytes:
        return _nothing(
            given,
            "too-large",
            f"the file has {size:,} bytes, more than the"
            f" {settings.max_file_bytes:,} that are read; nothing was read from it",
            "split it, exclude it, or raise max_file_bytes",
        )
    # A file that the user named is read whatever its suffix: as plain text where none is known.
    reader = reader_of(given.path) or readers()[".txt"]
    return reader.read(content, given.name)


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

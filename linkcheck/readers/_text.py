"""Bytes to text: what files turn out to be when they should have been UTF-8."""

import codecs
import re

from linkcheck.model.audit import AuditFinding, Severity

# The longer marks first: UTF-32 begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE
)
_BINARY_SAMPLE = 8192
_CHARSET_SAMPLE = 4096  # the standard looks at 1,024 bytes; saved pages put more before it


def as_utf8(content: bytes, path: str, *, html: bool = False) -> tuple[bytes, AuditFinding | None]:
    """Return the content as valid UTF-8 without a mark, and what had to be said about it."""
    content = content.removeprefix(codecs.BOM_UTF8)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, path)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(content, error.start, path, html=html)
    if b"\0" in content[:_BINARY_SAMPLE]:
        return b"", _binary(path)
    return content, None


def _not_utf8(
    content: bytes, place: int, path: str, *, html: bool
) -> tuple[bytes, AuditFinding | None]:
    declared = _HTML_CHARSET.search(content, 0, _CHARSET_SAMPLE) if html else None
    if declared is not None and _is_known(declared[1].decode("ascii")):
        return content.decode(declared[1].decode("ascii"), "replace").encode(), None
    if b"\0" in content[:_BINARY_SAMPLE]:
        return b"", _binary(path)
    line = content.count(b"\n", 0, place) + 1
    return content.decode("utf-8", "replace").encode(), AuditFinding(
        article=path,
        line=line,
        rule="not-utf-8",
        severity=Severity.WARNING,
        message=f"byte {place + 1} is no UTF-8; every such byte was read as \ufffd",
        advice="save the file as UTF-8",
    )


def _decoded(content: bytes, encoding: str, path: str) -> tuple[bytes, AuditFinding | None]:
    text = content.decode(encoding, "replace")
    return text.encode("utf-8", "replace"), AuditFinding(
        article=path,
        line=1,
        rule="not-utf-8",
        severity=Severity.INFO,
        message=f"the file is {encoding.upper()}; it was read as such",
        advice="save the file as UTF-8",
    )


def _binary(path: str) -> AuditFinding:
    return AuditFinding(
        article=path,
        line=1,
        rule="not-text",
        severity=Severity.ERROR,
        message="the file is binary, not text: nothing was read from it",
        advice="remove it from the collection or exclude its path",
    )


def _is_known(charset: str) -> bool:
    try:
        return codecs.lookup(charset)._is_text_encoding  # noqa: SLF001 the only way to tell rot13 from big5
    except LookupError:
        return False

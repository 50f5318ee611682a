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
# What a page that says one of these turns out to be (encoding.spec.whatwg.org, names and labels).
_MEANT = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
# Python knows more, and some of them (idna, undefined, rot13) decode no page.
_OF_THE_WEB = ("big5", "cp", "euc_", "gb", "iso2022_jp", "iso8859", "koi8", "mac-", "utf-8")
_NUL, _LF = b"\0\n"
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
    if _NUL in content[:_BINARY_SAMPLE]:
        return b"", _binary(path)
    if _LF not in content and b"\r" in content:
        content = content.replace(b"\r", b"\n")  # as old Macs ended their lines
    return content, None


def _not_utf8(
    content: bytes, place: int, path: str, *, html: bool
) -> tuple[bytes, AuditFinding | None]:
    declared = _HTML_CHARSET.search(content, 0, _CHARSET_SAMPLE) if html else None
    encoding = None if declared is None else _web_encoding(declared[1].decode("ascii"))
    if encoding is not None:
        return content.decode(encoding, "replace").encode(), None
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


def _web_encoding(label: str) -> str | None:
    """Return the encoding that browsers use for a label; None where it is none of the web's."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return _MEANT.get(name, name if name.startswith(_OF_THE_WEB) else None)

"""How entities, activities and agents are named: the same thing has the same name in every run."""

import base64
import binascii
import hashlib
import re

from linkcheck.model.capture import Capture
from linkcheck.reports.html.places import capture_url
from linkcheck.reports.prov.terms import Iri, iri, is_web

_HEX = re.compile(r"[0-9a-f]{64}")
_RECORD = re.compile(r"<?(urn:uuid:[0-9A-Za-z-]+)>?")


def hashed(kind: str, *parts: object) -> Iri:
    """Return a name made of what makes the thing what it is."""
    joined = "\0".join("" if part is None else str(part) for part in parts)
    digest = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    return Iri(f"urn:linkcheck:{kind}:{digest}")


def original_iri(url: str) -> Iri:
    """Return the name of an original: its address, where that is one."""
    return iri(url) if is_web(url) else hashed("original", url)


def capture_iri(archive: str, timestamp: str, original: str) -> Iri:
    """Return the name of a capture: its address in the archive (URI-M)."""
    url = capture_url(archive, timestamp, original)
    usable = url is not None and is_web(original)
    return (
        iri(url) if usable and url is not None else hashed("capture", archive, timestamp, original)
    )


def row_iri(archive: str, row: Capture) -> Iri:
    """Return the name of a row of an index: its identity is key, moment and digest."""
    return hashed("index-row", archive, row.urlkey, row.timestamp, row.digest, row.source)


def record_iri(record: str) -> Iri:
    """Return the name of a WARC record: its own."""
    match = _RECORD.fullmatch(record)
    return Iri(match[1]) if match else hashed("record", record)


def version_iri(sha256: str) -> Iri:
    """Return the name of an article's version: its bytes' hash (RFC 6920)."""
    if _HEX.fullmatch(sha256) is None:
        return hashed("article-version", sha256)
    digest = base64.urlsafe_b64encode(binascii.unhexlify(sha256)).rstrip(b"=").decode()
    return Iri(f"ni:///sha-256;{digest}")


def article_iri(article: str) -> Iri:
    """Return the name of an article, whatever it says."""
    return hashed("article", article)

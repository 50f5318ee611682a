"""IRI to URI: encode what must be encoded, once, and leave every other byte as it is."""

import re
from functools import lru_cache

import idna

# Everything outside the visible ASCII, and the visible characters no URL may carry bare.
# "%", "[", "]", "|", "'" and "~" stay: archives hold captures under exactly these bytes.
_FOREIGN = re.compile(rb"[^!#-;=?-\[\]_a-z|~]+")
_WORDS = re.compile(rb"[\x80-\xff]+")
_DIRTY = re.compile(r"[^!#-;=?-\[\]_a-z|~]")
_DROPPED = re.compile(r"[\t\n\r]")  # what every browser drops from inside a URL
_HOST = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?)([^/?#:]+)")


def encode(iri: str) -> str:
    """Return the URI for an IRI; what is already encoded stays byte for byte."""
    if _DIRTY.search(iri) is None:
        return iri
    text = _DROPPED.sub("", iri.strip())
    host = _HOST.match(text)
    if host is not None and not host[2].isascii():
        text = host[1] + _ascii_host(host[2]) + text[host.end() :]
    return escaped(text.encode("utf-8", "surrogatepass")).decode("ascii")


def escaped(utf8: bytes) -> bytes:
    """Return the text with every byte escaped that no URL may carry bare."""
    return _FOREIGN.sub(_escape, utf8)


def escaped_words(text: str) -> str:
    """Return a URL with its words of other scripts escaped; nothing else in it is foreign."""
    folder, slash, name = text.rpartition("/")
    return _escaped_folder(folder) + slash + _escaped_words(name)


@lru_cache(maxsize=1024)  # thousands of URLs of one site stand in the same few folders
def _escaped_folder(folder: str) -> str:
    return _escaped_words(folder)


def _escaped_words(text: str) -> str:
    if text.isascii():
        return text
    return _WORDS.sub(_escape, text.encode("utf-8", "surrogatepass")).decode("ascii")


def _escape(run: re.Match[bytes]) -> bytes:
    return _escaped_run(run[0])


@lru_cache(maxsize=4096)  # the same few words stand in thousands of URLs of one site
def _escaped_run(run: bytes) -> bytes:
    return b"%" + run.hex("%").upper().encode()


def _ascii_host(host: str) -> str:
    """Return the name as DNS knows it, or as it stands where IDNA refuses it."""
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        return host

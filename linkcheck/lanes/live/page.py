"""The bytes of a live page to what its judge needs: title, text, its own refresh."""

import codecs
import html
import re
from itertools import islice

from linkcheck.model.exchange import Reply
from linkcheck.model.noun import Noun
from linkcheck.net.location import join
from linkcheck.unpack import beginning

MOST = 512 << 10  # bytes of content that are looked at, unpacked
_TEXT = 200_000  # characters of text; the longest articles have half of it
_MARKUP = 64 << 10  # characters of source in which marks are sought
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_HTML_BEGINS = re.compile(rb"[\xef\xbb\xbf\s]*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}
# Each goes over the page once, whatever stands in it: what never ends reaches to the page's end.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|title)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title\b[^<>]*>(.*?)(?:</title|\Z)", re.IGNORECASE | re.DOTALL)
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_DELAY = re.compile(r"\s*(\d{1,6})[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_FIGURES = 200
_FIGURE = re.compile(
    r"<(?:img|i?frame|video|audio|embed|source)\b[^<>]*?\bsrc\s*=\s*[\"']?([^\s\"'<>]{1,500})",
    re.IGNORECASE,
)
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9A-Fa-f]{8,});?")
_SOON = 10  # seconds: what refreshes later is a page that wants to be read first


class Page(Noun, frozen=True, kw_only=True):
    """A page as it was read."""

    title: str
    text: str
    low_title: str  # both in lower case, letter beside letter: phrases are sought there
    low_text: str
    source: str  # the beginning of the markup, in lower case
    refresh: str | None  # where the page itself leads on to
    figures: tuple[str, ...] = ()  # addresses of figures, films and frames that it shows


def is_page(reply: Reply) -> bool:
    """Tell a page of words by what its server calls it, or by its beginning if it has no name."""
    declared = media_type(reply)
    if declared is None:
        return _HTML_BEGINS.match(beginning(reply, 512)) is not None
    return declared in _PAGES


def media_type(reply: Reply) -> str | None:
    """Return the declared type without its parameters."""
    declared = reply.header("content-type")
    return declared.partition(";")[0].strip().lower()[:80] or None if declared else None


def read_page(reply: Reply) -> Page:
    """Read a page, as far as it came."""
    content = beginning(reply, MOST)
    source = _decoded(content, reply.header("content-type") or "")
    titled = _TITLE.search(source, 0, _MARKUP)
    seen = _UNSEEN.sub(" ", source)
    title = _shown(titled[1])[:300] if titled else ""
    text = _shown(_TAG.sub(" ", seen))
    return Page(
        title=title,
        text=text,
        low_title=lowered(title),
        low_text=lowered(text),
        source=source[:_MARKUP].lower(),
        refresh=_refresh(source[:_MARKUP], reply.url) or _told(reply.header("refresh"), reply.url),
        figures=tuple(islice((found[1] for found in _FIGURE.finditer(seen)), _FIGURES)),
    )


def lowered(text: str) -> str:
    """Return a text in lower case, as long as it is.

    A pattern that need not fold case itself finds its phrases in two fifths of the time. The
    capital of Turkish `i` is the only letter that would become two.
    """
    return text.replace("\u0130", "i").lower()


def _refresh(source: str, url: str) -> str | None:
    if "refresh" not in source.lower():
        return None
    # A refresh for browsers without scripts stands within <noscript>, and is none for the others.
    for meta in _META.finditer(_UNSEEN.sub(" ", source)):
        content = _CONTENT.search(meta[0]) if _REFRESH.search(meta[0]) else None
        if content is not None and _DELAY.match(told := _plain(content[1] or content[2] or "")):
            return _told(told, url)
    return None


def _told(refresh: str | None, url: str) -> str | None:
    """Return where a refresh leads, be it a field of the head or the page's own."""
    told = _DELAY.match(refresh or "")
    if told is None or int(told[1]) > _SOON:
        return None
    onward = join(url, told[2].strip())
    return None if onward.partition("#")[0] == url.partition("#")[0] else onward


def _shown(text: str) -> str:
    plain = " ".join(text.split())[:_TEXT]
    return " ".join(_plain(plain).split()) if "&" in plain else plain


def _plain(text: str) -> str:
    """Undo escapes; a number too long for any character is none."""
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text))


def _decoded(content: bytes, declared: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return content.decode("utf-8", "replace")
    found = _CHARSET.search(declared.encode("utf-8", "replace")) or _CHARSET.search(
        content, 0, 4096
    )
    return content.decode(_encoding(found[1].decode("ascii") if found else "cp1252"), "replace")


def _encoding(label: str) -> str:
    try:
        name = codecs.lookup(label).name
        "".encode(name)  # some of Python's are no encodings of text
    except (LookupError, ValueError):
        return "cp1252"
    return _WIDER.get(name, name)

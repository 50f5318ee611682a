"""The ways in which index servers want to be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from linkcheck.model.exchange import Purpose, Reply, Request
from linkcheck.model.index import IndexQuery
from linkcheck.unpack import beginning
from linkcheck.urls.encoding import encode
from linkcheck.urls.parts import without_fragment


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What one kind of index server understands, and how it says "no captures"."""

    fields: str
    says_none: Callable[[Reply], bool]
    json: bool = True
    keyed: bool = False  # it gives a resume key when more rows follow

    def request(self, index: str, query: IndexQuery) -> Request:
        """Return the request for a query; on a next page only the key is new."""
        named = (
            # Percent-encoded whole: a query in it would else be the index's own.
            ("url", without_fragment(encode(query.url))),
            ("matchType", query.scope.value),
            ("from", query.start),
            ("to", query.end),
            ("output", "json" if self.json else None),
            # Without `urlkey` the resume key comes out broken (internetarchive/wayback #121).
            ("fl", self.fields),
            ("limit", None if query.limit is None else str(query.limit)),
            ("showResumeKey", "true" if self.keyed else None),
            ("resumeKey", query.resume if self.keyed else None),
        )
        pairs = (f"{name}={_quoted(value)}" for name, value in named if value is not None)
        return Request(url=f"{index}?{'&'.join(pairs)}", purpose=Purpose.INDEX, follow=False)


def _quoted(value: str) -> str:
    return quote(value, safe=",", errors="surrogateescape")


def is_empty_array(reply: Reply) -> bool:
    """Tell `[]`: an empty body was measured as the limiter's refusal with status 200 (2026)."""
    return b"".join(beginning(reply, 64).split()) == b"[]"


def is_empty_rows(reply: Reply) -> bool:
    """Tell pywb's "none": status 200, an empty body, and the type of its rows (pywb 2.10)."""
    media = (reply.header("content-type") or "").partition(";")[0].strip().lower()
    rows = media in {"text/x-ndjson", "text/x-cdxj", "application/x-ndjson", "text/plain"}
    return rows and not beginning(reply, 64).strip()


def never(_: Reply) -> bool:
    """Tell nothing: how this server says "none" is not known."""
    return False


_CDX = "urlkey,timestamp,original,mimetype,statuscode,digest,length"
WAYBACK = Dialect(fields=_CDX, says_none=is_empty_array, keyed=True)
WAYBACK_TEXT = Dialect(fields=_CDX, says_none=never, json=False)
# Field names as pywb has them; it ignores paging and resume keys and gives all rows (pywb 2.10).
PYWB = Dialect(
    fields="urlkey,timestamp,url,mime,status,digest,length,filename", says_none=is_empty_rows
)

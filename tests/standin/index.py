"""The stand-in's index: `/cdx/search/cdx` and `/web/timemap/` as they answered in 2026."""

import base64
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from urllib.parse import parse_qsl

from linkcheck.urls.urlkey import urlkey
from tests.standin.held import Holdings, rows
from tests.standin.spoken import TEXT, Spoken, house, said

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
BLOCKED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
)
MOST = 150_000  # rows of one answer, by default
_KNOWN = frozenset(
    {"url", "matchType", "from", "to", "output", "fl", "limit", "showResumeKey", "resumeKey"}
)
_SCOPES: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "exact": lambda key: (key,),
    "prefix": lambda key: (key,),
    "host": lambda key: (f"{key.partition(')')[0]})/",),
    "domain": lambda key: (f"{key.partition(')')[0]})/", f"{key.partition(')')[0]},"),
}
Row = Mapping[str, str]


def answer_index(holdings: Holdings, query: str) -> Spoken:
    """Return the answer to a query string."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    wrong = _wrong(asked)
    if wrong:
        return said(400, f"{wrong}\n", media=TEXT)
    key = urlkey(asked["url"])
    scope = asked.get("matchType", "exact")
    if holdings.exclusion(key) is not None:
        runtime = ("X-Archive-Wayback-Runtime-Error", BLOCKED)
        return said(403, f"{BLOCKED}\n", runtime, media=TEXT)
    skipped = _skipped(asked)
    if skipped is None:
        return said(400, "resumeKey: not of this query\n", media=TEXT)
    limit = int(asked.get("limit", MOST))
    found = tuple(islice(_rows(holdings, key, scope, asked), skipped, skipped + limit))
    # A key does not promise more rows: it comes when the limit was reached (2022-10).
    keyed = asked.get("showResumeKey") == "true" and len(found) == limit
    token = _token(asked, found[-1], skipped + limit) if keyed else None
    names = tuple(asked.get("fl", ",".join(FIELDS)).split(","))
    body = (_json if asked.get("output") == "json" else _text)(found, names, token)
    fields = (
        ("Server", "nginx"),
        ("Content-Type", TEXT),
        ("X-be", "wb_cdx_pygwb_nomatch"),
        ("X-Page-Cache", "BYPASS"),
        *(field for field in house(200, "cdx") if field[0] != "X-Page-Cache"),
    )
    return Spoken(status=200, reason="OK", headers=fields, body=body)


def _wrong(asked: Mapping[str, str]) -> str:
    if unknown := sorted(asked.keys() - _KNOWN):
        return f"the stand-in knows no {unknown}"
    if not asked.get("url"):
        return "url parameter is required"
    if asked.get("matchType", "exact") not in _SCOPES:
        return f"Sorry, matchType={asked['matchType']} is not supported"
    start, end = asked.get("from", ""), asked.get("to", "")
    if start and end and start.ljust(14, "0") > end.ljust(14, "9"):
        return "java.lang.IllegalArgumentException: fromKey > toKey"
    return ""


def _rows(holdings: Holdings, key: str, scope: str, asked: Mapping[str, str]) -> Iterator[Row]:
    start = asked.get("from", "").ljust(14, "0")
    end = asked.get("to", "").ljust(14, "9")
    for prefix in _SCOPES[scope](key):
        if scope == "exact":
            captures = holdings.of(prefix)
        else:
            places = holdings.under(prefix)
            captures = holdings.captures[places.start : places.stop]
        yield from rows(
            one
            for one in captures
            if start <= one.timestamp <= end and holdings.exclusion(one.key) is None
        )


def _query(asked: Mapping[str, str]) -> int:
    plain = sorted((name, value) for name, value in asked.items() if name != "resumeKey")
    return zlib.crc32(repr(plain).encode("utf-8", "surrogateescape"))


def _token(asked: Mapping[str, str], last: Row, skipped: int) -> str:
    """Return an opaque key: base64url of zlib, as the new server's is (2026-05)."""
    text = f"{last['urlkey']} {last['timestamp']} {skipped} {_query(asked)}"
    packed = zlib.compress(text.encode("utf-8", "surrogateescape"))
    return base64.urlsafe_b64encode(packed).decode()


def _skipped(asked: Mapping[str, str]) -> int | None:
    """Return how many rows came before; None for a key that is none, or of another query."""
    token = asked.get("resumeKey")
    if token is None:
        return 0
    try:
        text = zlib.decompress(base64.urlsafe_b64decode(token)).decode("utf-8", "replace")
        *_, skipped, query = text.split(" ")
        return int(skipped) if int(query) == _query(asked) else None
    except (ValueError, zlib.error):
        return None


def _text(found: tuple[Row, ...], names: tuple[str, ...], token: str | None) -> bytes:
    lines = [" ".join(row[name] for name in names) for row in found]
    lines += ["", token] if token is not None else []
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def _json(found: tuple[Row, ...], names: tuple[str, ...], token: str | None) -> bytes:
    if not found:
        return b"[]\n"
    arrays = [json.dumps(names), *(json.dumps([row[name] for name in names]) for row in found)]
    arrays += ["[]", json.dumps([token])] if token is not None else []
    return ("[" + ",\n".join(arrays) + "]\n").encode()

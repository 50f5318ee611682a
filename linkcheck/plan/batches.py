"""Subjects to batches: one bulk query for many of a host, or each moment by itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from urllib.parse import unquote_to_bytes

from linkcheck.model.batch import Batch, Method
from linkcheck.model.index import IndexQuery, Scope
from linkcheck.plan.prices import Prices
from linkcheck.plan.spelling import host_of, web_address
from linkcheck.plan.subjects import Subjects
from linkcheck.urls.urlkey import urlkey

# From a letter or digit of the path on, servers agree what a prefix asks for (pywb 2.10,
# wayback-cdx-server). They differ on slashes, queries, which they sort, and halves of escapes.
_SAFE = re.compile(r"[^)]*\)/(?:%[0-9a-f]{2}|[^?%])*")


def batches(
    subjects: Subjects,
    prices: Prices,
    *,
    page_rows: int | None,
    rows: Mapping[str, float] | None = None,
) -> tuple[Batch, ...]:
    """Return how all subjects are first asked for, the longest work first.

    `page_rows` is None for an archive that gives no resume key: it sends all rows at once. `rows`
    are those that passed for each subject of a host in earlier runs.
    """
    found: list[Batch] = []
    for host, first, end in hosts(subjects.keys):
        answers = (
            (end - first)
            if page_rows is None
            else page_rows / max((rows or {}).get(host, 1.0), 1.0)
        )
        many = min(answers, subjects.asks(first, end)) >= prices.worthwhile and end - first > 1
        prefix = common_prefix(subjects.keys[first], subjects.keys[end - 1]) if many else ""
        if prefix:
            found.append(bulk(subjects, first, end, prefix, page_rows))
        else:
            found += singly(subjects, first, end, prices, page_rows)
    return tuple(sorted(found, key=urgency))


def singly(
    subjects: Subjects, first: int, end: int, prices: Prices, page_rows: int | None
) -> Iterator[Batch]:
    """Yield what asks for subjects one by one: playback of each moment.

    Where very many moments of one resource are wanted, an exact index query answers for all.
    """
    start, asks = first, 0
    for place in range(first, end):
        own = subjects.asks(place, place + 1)
        if own * prices.single < prices.index:
            asks += own
            continue
        if start < place:
            yield _playback(subjects, start, place, asks)
        yield bulk(subjects, place, place + 1, subjects.keys[place], page_rows)
        start, asks = place + 1, 0
    if start < end:
        yield _playback(subjects, start, end, asks)


def hosts(keys: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each host with the places of its first subject and after its last."""
    first = 0
    for host, group in groupby(keys, key=host_of):
        end = first + sum(1 for _ in group)
        yield host, first, end
        first = end


def urgency(batch: Batch) -> tuple[int, str, int]:
    """Rank the busiest first, so that the scan ends when it does; the same in every replay."""
    return -batch.asks, batch.host, batch.first


def bulk(  # noqa: PLR0913, PLR0917 the parts of a batch in their order
    subjects: Subjects,
    first: int,
    end: int,
    prefix: str,
    page_rows: int | None,
    window: tuple[str | None, str | None] = (None, None),
) -> Batch:
    """Return a batch that one query and its pages may answer."""
    host = host_of(prefix)
    if end - first == 1:
        scope, url = Scope.EXACT, subjects[first].original
    else:
        scope, url = Scope.PREFIX, web_address(prefix)
        scope = Scope.HOST if prefix == f"{host})/" else scope
    return Batch(
        host=host,
        method=Method.INDEX,
        first=first,
        end=end,
        asks=subjects.asks(first, end),
        prefix=prefix,
        query=IndexQuery(url=url, scope=scope, limit=page_rows, start=window[0], end=window[1]),
    )


def _playback(subjects: Subjects, first: int, end: int, asks: int) -> Batch:
    host = host_of(subjects.keys[first])
    return Batch(host=host, method=Method.PLAYBACK, first=first, end=end, asks=asks)


def common_prefix(first: str, last: str) -> str:
    """Return the deepest prefix that keys in order share and a server can be asked for."""
    return askable(shared_beginning(first, last))


def shared_beginning(one: str, other: str) -> str:
    """Return the characters that two keys begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    parting = next((at for at, (left, right) in pairs if left != right), None)
    return one[:parting] if parting is not None else min(one, other, key=len)


def askable(prefix: str) -> str:
    """Return the longest beginning of a prefix that servers agree on; empty where there is none."""
    match = _SAFE.match(prefix)
    if match is None or not host_of(prefix):
        return ""
    safe = match[0]
    while not (safe.endswith(")/") or (safe[-1].isalnum() and _is_text(safe))):
        safe = safe[:-3] if safe[-3:-2] == "%" else safe[:-1]
    # An address whose key is another one (ports, session ids, odd hosts) would ask for others.
    return safe if urlkey(web_address(safe)) == safe else ""


def _is_text(prefix: str) -> bool:
    """Tell that no character is cut in two."""
    try:
        unquote_to_bytes(prefix).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

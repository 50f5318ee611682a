"""Read an index answer: rows as they come, then how it ended."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from linkcheck.archives._array import Mark, Note
from linkcheck.archives._rows import Item, items
from linkcheck.archives._signs import Sign, sign_of, withheld
from linkcheck.model.capture import Capture
from linkcheck.model.exchange import Failure, Reply
from linkcheck.model.index import IndexEnd, IndexQuery, IndexState
from linkcheck.unpack import UnpackError, beginning, unpacked

_OK = 200
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<", re.IGNORECASE)
_STATES = {
    Sign.EXCLUDED: IndexState.EXCLUDED,
    Sign.THROTTLED: IndexState.THROTTLED,
    Sign.OFFLINE: IndexState.OFFLINE,
}

Negative = Callable[[Reply], bool]
"""Tells whether an answer without rows is this archive's way to say "no captures"."""


def read_index(
    query: IndexQuery, answer: Reply | Failure, says_none: Negative, *, keyed: bool
) -> Iterator[Capture | IndexEnd]:
    """Yield the captures of an index answer as they come, then one IndexEnd; never raise.

    `keyed` archives give a resume key when more rows follow.
    """
    if isinstance(answer, Failure):
        yield IndexEnd(
            state=IndexState.SILENT,
            reason=f"{answer.kind}: {answer.detail[:200]}",
            failure=answer.kind,
            retry_at=answer.retry_at,
        )
        return
    refusal = _refusal(answer)
    if refusal is not None:
        yield refusal
        return
    yield from _rows(query, answer, says_none, keyed=keyed)


def collected(stream: Iterable[Capture | IndexEnd]) -> tuple[tuple[Capture, ...], IndexEnd]:
    """Return the rows of a short answer together."""
    rows: list[Capture] = []
    end = IndexEnd(state=IndexState.CUT, reason="the stream was left early")
    for item in stream:
        if isinstance(item, IndexEnd):
            end = item
        else:
            rows.append(item)
    return tuple(rows), end


def _refusal(reply: Reply) -> IndexEnd | None:
    """Return the end of an answer that holds no rows at all."""
    markup = _MARKUP.match(beginning(reply, 64)) is not None
    if (
        not reply.hops
        and reply.status == _OK
        and not markup
        and reply.header("x-archive-wayback-runtime-error") is None
    ):
        return None
    sign = sign_of(reply)
    if sign is not None and not (sign[0] is Sign.EXCLUDED and markup):
        return IndexEnd(state=_STATES.get(sign[0], IndexState.UNREADABLE), reason=sign[1])
    # An index refuses in a header or in plain words (2020-06); a page may be anybody's.
    what = "a page where rows were expected" if markup else "no rows"
    what = "rows of somebody else" if reply.hops else what
    return IndexEnd(state=IndexState.UNREADABLE, reason=f"status {reply.status}: {what}")


@dataclass(slots=True)
class _Tally:
    """What was met on the way through an answer."""

    rows: int = 0
    repeated: int = 0
    disordered: int = 0
    oversized: int = 0
    unreadable: int = 0
    named: bool = False
    closed: bool = False
    withheld: bool = False
    trouble: str = ""
    key: str | None = None
    first: tuple[str, str] | None = None
    last: tuple[str, str] | None = None
    previous: Capture | None = None

    def is_new(self, row: Capture) -> bool:
        """Count a row; tell whether it differs from the one before it.

        Seen 2022: one row three times; 2026-05: 512 of 1,000 rows repeat the row before.
        """
        if row == self.previous:
            self.repeated += 1
            return False
        self.previous, place = row, (row.urlkey, row.timestamp)
        if self.last is not None and place < self.last:
            self.disordered += 1
        self.first, self.last = self.first or place, place
        self.rows += 1
        return True

    def note(self, note: Note) -> None:
        """Count what is no row."""
        match note.mark:
            case Mark.RESUME:
                self.key = note.text
            case Mark.NAMES:
                self.named = True
            case Mark.CLOSED:
                self.closed = True
            case Mark.OVERSIZED:
                self.oversized += 1
            case Mark.UNREADABLE:
                self.unreadable += 1
                self.withheld = self.withheld or withheld(note.text)


def _rows(
    query: IndexQuery, reply: Reply, says_none: Negative, *, keyed: bool
) -> Iterator[Capture | IndexEnd]:
    tally = _Tally()
    for item in _safely(reply, tally):
        if isinstance(item, Note):
            tally.note(item)
        elif tally.is_new(item):
            yield item
    state, reason = _state(query, reply, tally, says_none, keyed=keyed)
    yield IndexEnd(
        state=state,
        reason=reason,
        resume=tally.key if state is IndexState.MORE else None,
        rows=tally.rows,
        repeated=tally.repeated,
        unreadable=tally.unreadable,
        oversized=tally.oversized,
        disordered=tally.disordered,
        first=tally.first,
        last=tally.last,
    )


def _safely(reply: Reply, tally: _Tally) -> Iterator[Item]:
    try:
        yield from items(unpacked(reply))
    except UnpackError as error:
        tally.trouble = str(error)


def _state(
    query: IndexQuery, reply: Reply, tally: _Tally, says_none: Negative, *, keyed: bool
) -> tuple[IndexState, str]:
    nothing = tally.rows + tally.oversized == 0
    if tally.withheld and nothing:
        return IndexState.EXCLUDED, "the answer is a refusal in the place of a row"
    broken = tally.trouble or ("the answer was cut" if reply.body.truncated else "")
    if not broken and tally.key is None and not nothing:
        broken = _why_cut(query, reply, tally, keyed=keyed)
    if tally.key is not None and tally.key in {query.resume, ""}:
        broken = broken or "the resume key leads back to where it came from"
    if broken:
        return IndexState.CUT, broken
    if tally.key is not None:
        return IndexState.MORE, ""
    return _state_of_none(query, reply, tally, says_none) if nothing else (IndexState.WHOLE, "")


def _why_cut(query: IndexQuery, reply: Reply, tally: _Tally, *, keyed: bool) -> str:
    if not tally.closed and beginning(reply, 64).lstrip()[:1] == b"[":
        return "the JSON array is not closed"
    if not keyed and query.limit is not None and tally.rows + tally.repeated >= query.limit:
        return f"the limit of {query.limit} rows was reached"
    return ""


def _state_of_none(
    query: IndexQuery, reply: Reply, tally: _Tally, says_none: Negative
) -> tuple[IndexState, str]:
    if query.resume is not None and tally.closed and not tally.unreadable:
        return IndexState.WHOLE, "the last page is empty"  # seen 2022 (EDGI, search_multipage)
    if tally.named and tally.closed and not tally.unreadable:
        # Clients count rows below the header (waybackpack, sandcrawler). It is no `[]`: what it
        # denies is confirmed like any other absence from rows.
        return IndexState.WHOLE, "a table without rows"
    if tally.unreadable or not says_none(reply):
        what = "no row can be read" if tally.unreadable else "an empty answer is no negative here"
        return IndexState.UNREADABLE, what
    return IndexState.EMPTY, ""

"""Subjects, rows and pages for the tests of the plan."""

from collections.abc import Iterable, Sequence

from linkcheck.model.capture import Capture
from linkcheck.model.holding import Holding
from linkcheck.model.index import IndexEnd, IndexState
from linkcheck.model.link import Role
from linkcheck.model.subject import Want
from linkcheck.plan.cursor import Cursor, PageEnd
from linkcheck.plan.join import join
from linkcheck.plan.side import Side
from linkcheck.plan.subjects import Subjects, gathered

MOMENT = "20200101000000"
MORE = IndexState.MORE


def want(timestamp: str | None = MOMENT, role: Role = Role.LINK) -> Want:
    return Want(timestamp=timestamp, role=role)


def subjects_of(*urls: str, timestamps: Sequence[str | None] = (MOMENT,)) -> Subjects:
    wanted = (
        Side(archive="wayback", original=url, want=want(timestamp))
        for url in urls
        for timestamp in timestamps
    )
    return gathered(wanted).get("wayback", Subjects.none())


def row(key: str, timestamp: str = MOMENT, status: int | None = 200, **fields: object) -> Capture:
    known = {"urlkey": key, "timestamp": timestamp, "original": key, "status": status}
    return Capture(**{**known, **fields})  # type: ignore[arg-type]  # fields as tests name them


def ended(state: IndexState, rows: Sequence[Capture] = (), **fields: object) -> IndexEnd:
    last = (rows[-1].urlkey, rows[-1].timestamp) if rows else None
    known = {"state": state, "rows": len(rows), "last": last}
    return IndexEnd(**{**known, **fields})  # type: ignore[arg-type]  # the same


def run(
    subjects: Subjects, pages: Iterable[tuple[Sequence[Capture], IndexEnd]], **fields: object
) -> tuple[list[Holding], PageEnd]:
    """Join pages one after another, each from where the one before ended."""
    cursor = Cursor(**{"place": 0, "end": len(subjects), **fields})  # type: ignore[arg-type]  # as above
    holdings: list[Holding] = []
    for rows, end in pages:
        for item in join(cursor, subjects, [*rows, end]):
            if isinstance(item, PageEnd):
                page, cursor = item, item.cursor
            else:
                holdings.append(item)
    return holdings, page

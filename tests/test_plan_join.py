"""The merge-join against a plain dictionary, and against answers that are not what they should."""

import tracemalloc
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.capture import Capture
from linkcheck.model.index import IndexEnd, IndexState
from linkcheck.plan.cursor import Cursor, PageEnd
from linkcheck.plan.join import join
from linkcheck.plan.subjects import Subjects
from tests.plan_parts import MORE, ended, row, run, subjects_of

WHOLE, CUT = IndexState.WHOLE, IndexState.CUT
NAMES = [f"https://x.org/{name}" for name in ("a", "b", "b1", "c", "d/e", "d/f", "z")]
KEYS = [f"org,x)/{name}" for name in ("a", "b", "b1", "c", "d/e", "d/f", "z")]
OTHERS = [f"org,x)/{name}" for name in ("0", "a1", "b0", "d", "d/e/f", "y", "zz")]
STAMPS = ["20190101000000", "20200101000000", "20200101000001", "20210101000000"]

rows_of = st.lists(
    st.builds(row, st.sampled_from(KEYS + OTHERS), st.sampled_from(STAMPS)), max_size=40
)
wanted = st.sets(st.sampled_from(NAMES), min_size=1)


def in_order(rows: list[Capture]) -> list[Capture]:
    return sorted(rows, key=lambda one: (one.urlkey, one.timestamp))


def paged(
    rows: list[Capture], sizes: list[int], last: IndexState
) -> Iterator[tuple[list[Capture], IndexEnd]]:
    start = 0
    for number, size in enumerate(sizes):
        piece = rows[start : start + size]
        yield piece, ended(MORE, piece, resume=f"key {number}")
        start += size
    yield rows[start:], ended(last, rows[start:])


def naive(subjects: Subjects, rows: list[Capture]) -> dict[str, list[Capture]]:
    table: dict[str, list[Capture]] = defaultdict(list)
    for one in rows:
        table[one.urlkey].append(one)
    return {key: table[key] for key in subjects.keys}


@given(rows_of, wanted, st.lists(st.integers(0, 9), max_size=6))
def test_it_is_a_dictionary_join_however_rows_fall_on_pages(
    rows: list[Capture], names: set[str], sizes: list[int]
) -> None:
    rows, subjects = in_order(rows), subjects_of(*names)
    holdings, page = run(subjects, paged(rows, sizes, WHOLE))
    expected = naive(subjects, rows)
    assert {one.key: one.count for one in holdings} == {
        key: len(found) for key, found in expected.items()
    }
    assert len(holdings) == len(subjects)
    for one in holdings:
        if len(expected[one.key]) <= 8:
            assert list(one.rows) == expected[one.key]
        assert one.absent is not bool(expected[one.key])
        assert not one.late
    assert page.complete
    assert page.cursor.place == len(subjects)


@given(rows_of, wanted, st.lists(st.integers(0, 9), max_size=6), st.sampled_from([CUT, MORE]))
def test_no_absence_is_told_of_what_was_not_passed(
    rows: list[Capture], names: set[str], sizes: list[int], last: IndexState
) -> None:
    rows, subjects = in_order(rows), subjects_of(*names)
    holdings, page = run(subjects, paged(rows, sizes, last))
    reached = rows[-1].urlkey if rows else ""
    for one in holdings:
        assert one.key <= reached
        if one.absent:
            assert one.key < reached
    told = {one.key for one in holdings if one.whole}
    assert told == set(subjects.keys[: page.cursor.place])
    assert not page.complete


@given(rows_of, wanted)
def test_rows_out_of_order_prove_no_absence_and_none_is_lost(
    rows: list[Capture], names: set[str]
) -> None:
    subjects = subjects_of(*names)
    holdings, page = run(subjects, [(rows, ended(WHOLE, rows))])
    found: dict[str, int] = defaultdict(int)
    for one in holdings:
        found[one.key] += one.count
    expected = {key: len(kept) for key, kept in naive(subjects, rows).items() if kept}
    assert {key: count for key, count in found.items() if count} == expected
    changes = [
        one.urlkey for n, one in enumerate(rows) if n == 0 or rows[n - 1].urlkey != one.urlkey
    ]
    if changes != sorted(changes):
        assert not any(one.absent for one in holdings)
        assert not page.trusted
        silent = {place for first, end in page.untold for place in range(first, end)}
        assert silent >= {n for n, key in enumerate(subjects.keys) if key not in expected}


def test_disorder_is_remembered_on_later_pages() -> None:
    subjects = subjects_of(*NAMES)
    first = [row("org,x)/b"), row("org,x)/a")]
    second = [row("org,x)/c"), row("org,x)/z")]
    holdings, page = run(
        subjects, [(first, ended(MORE, first, resume="k")), (second, ended(WHOLE))]
    )
    assert [one.key for one in holdings if one.late] == ["org,x)/a"]
    assert not any(one.absent for one in holdings)
    assert page.untold == ((2, 3), (4, 6), (7, 7))[:2]


@pytest.mark.parametrize("fault", [{"unreadable": 1}, {"oversized": 1}])
def test_a_row_that_was_not_read_may_have_been_the_wanted_one(fault: dict[str, int]) -> None:
    subjects, rows = subjects_of(*NAMES[:3]), [row("org,x)/b")]
    holdings, page = run(subjects, [(rows, ended(WHOLE, rows, **fault))])
    assert [one.key for one in holdings] == ["org,x)/b"]
    assert page.untold == ((0, 1), (2, 3))
    assert page.absent == 0


def test_a_full_page_without_a_key_proves_nothing_behind_its_last_row() -> None:
    subjects, rows = subjects_of(*NAMES), [row("org,x)/b"), row("org,x)/c")]
    holdings, page = run(subjects, [(rows, ended(WHOLE, rows))], limit=2)
    assert [(one.key, one.whole) for one in holdings] == [
        ("org,x)/b", True), ("org,x)/c", False), ("org,x)/a", True), ("org,x)/b1", True),
    ]  # fmt: skip
    assert not page.complete
    assert page.cursor.place == 3


def test_an_empty_answer_passes_everything() -> None:
    holdings, page = run(subjects_of(*NAMES), [((), ended(IndexState.EMPTY))])
    assert len(holdings) == len(NAMES)
    assert all(one.absent for one in holdings)
    assert page.absent == len(NAMES)


@pytest.mark.parametrize(
    "state", [IndexState.SILENT, IndexState.OFFLINE, IndexState.THROTTLED, IndexState.UNREADABLE]
)
def test_no_answer_tells_nothing_and_loses_nothing(state: IndexState) -> None:
    subjects = subjects_of(*NAMES)
    first = [row("org,x)/a"), row("org,x)/c", "20190101000000")]
    rest = [row("org,x)/c", "20200101000000")]
    pages = [
        (first, ended(MORE, first, resume="k")),
        ((), ended(state)),
        (rest, ended(WHOLE, rest)),
    ]
    holdings, page = run(subjects, pages)
    assert next(one for one in holdings if one.key == "org,x)/c").count == 2
    assert page.complete


def test_a_resume_key_that_comes_back_is_a_loop() -> None:
    subjects, rows = subjects_of(*NAMES), [row("org,x)/a")]
    page = (rows, ended(MORE, rows, resume="k"))
    assert not run(subjects, [page])[1].loop
    assert run(subjects, [page, page])[1].loop
    other = (rows, ended(MORE, rows, resume="another"))
    assert run(subjects, [page, other])[1].loop  # other keys, the same rows


def test_siblings_of_what_has_no_good_row() -> None:
    wanted_url = "https://x.org/up/f-20180612_large.jpg"
    sizes = [row(f"org,x)/up/f-20180612_{size}.jpg") for size in ("a", "b", "medium", "small")]
    bad = row("org,x)/up/f-20180612_large.jpg", status=404)
    rows = in_order([*sizes, row("org,x)/up/e.jpg"), row("org,x)/up/g.jpg")])
    expected = tuple(one for one in rows if "f-2018" in one.urlkey)
    for answer in (rows, in_order([*rows, bad])):
        (holding,), _ = run(subjects_of(wanted_url), [(answer, ended(WHOLE, answer))])
        assert holding.siblings == expected
    good = in_order([*rows, row(bad.urlkey)])
    (holding,), _ = run(subjects_of(wanted_url), [(good, ended(WHOLE, good))])
    assert holding.siblings == ()


def test_a_page_of_millions_of_captures_takes_little_memory() -> None:
    subjects = subjects_of("https://x.org/a")
    cursor = Cursor(place=0, end=1)

    def endless() -> Iterator[Capture | IndexEnd]:
        for n in range(100_000):
            yield row("org,x)/a", f"{2000 + n // 5000}{1 + n % 12:02}01{n % 24:02}{n % 60:02}00")
        yield ended(WHOLE)

    tracemalloc.start()
    holding, page = join(cursor, subjects, endless())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not isinstance(holding, PageEnd)
    assert isinstance(page, PageEnd)
    assert holding.count == 100_000
    assert len(holding.rows) < 300
    assert peak < 5_000_000


def test_a_stream_that_was_left_is_cut() -> None:
    items = list(join(Cursor(place=0, end=1), subjects_of("https://x.org/a"), [row("org,x)/a")]))
    assert isinstance(items[-1], PageEnd)
    assert items[-1].end.state is CUT
    assert items[-1].cursor.place == 0

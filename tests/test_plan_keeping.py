"""What is kept of a key's rows: every choice comes out as from all of them."""

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.capture import Capture
from linkcheck.plan.keeping import FEW, keep
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.listing import choose
from tests.plan_parts import row, want

STAMPS = [f"20{year}0{month}01000000" for year in (18, 19, 20) for month in (1, 2, 3)]
ODD = ["20000012170449", "20000800241623", "20180101"]
WANTED = [*STAMPS, None, "2019", "201902", "20190115120000", "20000817044900"]
SETTINGS = JudgingSettings()

full = st.builds(
    row,
    st.just("org,x)/"),
    st.sampled_from(STAMPS),
    st.sampled_from([200, 301, 404, None]),
    digest=st.sampled_from("ABCDEF"),
    media_type=st.sampled_from(["text/html", "image/png"]),
)
revisit = st.builds(
    row,
    st.just("org,x)/"),
    st.sampled_from(STAMPS),
    st.none(),
    digest=st.sampled_from("ABCDEF"),
    revisit=st.sampled_from([True]),
)


def in_order(rows: list[Capture]) -> list[Capture]:
    return sorted(rows, key=lambda one: one.timestamp)


@given(st.lists(full | revisit, min_size=FEW + 1, max_size=40), st.sets(st.sampled_from(WANTED)))
def test_a_choice_among_the_kept_is_the_choice_among_all(
    rows: list[Capture], moments: set[str | None]
) -> None:
    rows = in_order(rows)
    kept = keep(rows, [want(moment) for moment in moments])
    for moment in moments:
        assert choose(moment, kept, SETTINGS) == choose(moment, rows, SETTINGS)


@given(
    st.lists(full | revisit, min_size=FEW + 1, max_size=60),
    st.sampled_from(WANTED),
    st.integers(5, 20),
)
def test_rows_may_be_forgotten_on_the_way(
    rows: list[Capture], moment: str | None, crowd: int
) -> None:
    rows, held = in_order(rows), []
    for one in rows:
        held.append(one)
        if len(held) >= crowd:
            held = list(keep(held, [want(moment)]))
    kept = keep(held, [want(moment)])
    assert choose(moment, kept, SETTINGS) == choose(moment, rows, SETTINGS)


def test_of_a_crowd_few_are_kept() -> None:
    rows = [
        row("org,x)/", f"{year}{month:02}{day:02}000000", digest=f"{year}{month}{day}")
        for year in range(2005, 2025)
        for month in range(1, 13)
        for day in range(1, 28)
    ]
    kept = keep(rows, [want("20150615120000")])
    near = [one.timestamp for one in kept if one.timestamp.startswith("201506")]
    assert near == ["20150615000000", "20150616000000"]
    assert len(kept) < 80


def test_every_capture_of_the_asked_second_stays_with_its_digest() -> None:
    same = [row("org,x)/", STAMPS[4], digest=digest) for digest in "ABC"]
    others = [row("org,x)/", stamp) for stamp in STAMPS for _ in range(3) if stamp != STAMPS[4]]
    kept = keep(in_order([*same, *others]), [want(STAMPS[4])])
    assert [one for one in kept if one.timestamp == STAMPS[4]] == same


def test_odd_digits_are_kept_when_they_are_asked_for() -> None:
    rows = in_order([row("org,x)/", stamp) for stamp in (*STAMPS, *ODD)])
    for odd in ODD:
        kept = keep(rows, [want(odd)])
        assert any(one.timestamp == odd for one in kept)
        chosen, expected = choose(odd, kept, SETTINGS), choose(odd, rows, SETTINGS)
        assert chosen is not None
        assert expected is not None
        assert chosen.row == expected.row

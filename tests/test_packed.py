"""Packed rows give back what was put in, and places are found as in a list."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.plan.packed import Keys, Packed

TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)


@given(st.lists(TEXTS | st.integers(0, 7), max_size=300))
def test_what_was_put_in_is_there_in_its_place(values: list[int | str]) -> None:
    packed = Packed(list[int | str], values)
    assert list(packed) == [packed[place] for place in range(len(values))] == values
    assert packed[3:] == tuple(values[3:])
    assert packed[-70:-1:7] == tuple(values[-70:-1:7])
    if values:
        assert packed[-1] == values[-1]


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128])
def test_there_is_nothing_behind_the_end_or_before_the_beginning(count: int) -> None:
    packed = Keys(f"{number:03}" for number in range(count))
    for place in (count, count + 64, -count - 1):
        with pytest.raises(IndexError):
            packed[place]


@given(st.sets(TEXTS, max_size=300), TEXTS, st.integers(0, 300), st.integers(0, 300))
def test_a_place_is_found_as_in_a_list(texts: set[str], key: str, one: int, other: int) -> None:
    keys = sorted(texts)
    first, end = sorted((min(one, len(keys)), min(other, len(keys))))
    packed = Keys(keys)
    assert packed.place_from(key, first, end) == bisect_left(keys, key, first, end)
    assert packed.place_from(key) == bisect_left(keys, key)


def test_more_blocks_than_stay_unpacked_are_read_in_any_order() -> None:
    keys = [f"{number:06}" for number in range(10_000)]
    packed = Keys(keys)
    for place in (*range(0, 10_000, 61), *range(9_999, 0, -67)):
        assert packed[place] == keys[place]

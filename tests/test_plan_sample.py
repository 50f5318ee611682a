"""The sample: fair to every stratum, the same for one seed, and bounding what it says it bounds."""

from collections import Counter
from itertools import product
from math import comb

import pytest

from linkcheck.model.link import Role
from linkcheck.plan.bound import bound
from linkcheck.plan.sample import Candidate, drawn

HOSTS = {"com,big": 700, "com,middle": 250, "com,small": 45, "com,one": 1}
YEARS = ("2015", "2018", "2021")


def candidates() -> list[Candidate]:
    return [
        Candidate(
            key=f"{host})/{number}",
            timestamp=f"{YEARS[number % 3]}0101000000",
            role=role,
            host=host,
        )
        for host, many in HOSTS.items()
        for number, role in product(range(many), (Role.LINK, Role.IMAGE))
    ]


@pytest.mark.parametrize("size", [1, 40, 400])
def test_every_stratum_has_its_share_to_within_one(size: int) -> None:
    everything = candidates()
    whole = Counter(one.stratum for one in everything)
    for seed in map(str, range(5)):
        taken = drawn(everything, size, seed)
        assert len(taken) == len(set(taken)) == size
        share = Counter(one.stratum for one in taken)
        for stratum, many in whole.items():
            assert abs(share[stratum] - many * size / len(everything)) < 1, stratum


def test_the_seed_alone_decides_not_the_order() -> None:
    everything = candidates()
    first = drawn(everything, 40, "a")
    assert drawn(everything[::-1], 40, "a") == first
    assert set(drawn(everything, 40, "b")) != set(first)
    assert set(drawn(everything, len(everything), "a")) == set(everything)
    assert drawn(everything, 0, "a") == ()


def test_every_candidate_has_the_same_chance() -> None:
    everything = candidates()[::20]
    times = Counter(one for seed in range(2000) for one in drawn(everything, 10, str(seed)))
    expected = 2000 * 10 / len(everything)
    # Five standard deviations: a fair draw fails this once in some 20,000 collections.
    assert max(abs(times[one] - expected) for one in everything) < 5 * expected**0.5


def test_known_bounds() -> None:
    assert bound(0, 400).high == pytest.approx(1 - 0.05 ** (1 / 400))
    assert bound(0, 1).high == pytest.approx(0.95)
    assert bound(4, 4).high == 1
    assert bound(1, 2).high == pytest.approx(0.95**0.5)  # all but "both are bad"
    assert bound(3, 400, 0.99).high > bound(3, 400).high
    with pytest.raises(ValueError, match="no count"):
        bound(5, 4)


@pytest.mark.parametrize("size", [1, 7, 40, 400])
def test_the_bound_promises_no_more_than_it_holds(size: int) -> None:
    """Whatever the true share is, samples whose bound lies below it come in 5% of draws at most."""
    bounds = [bound(bad, size).high for bad in range(size + 1)]
    assert bounds == sorted(bounds)
    for step in range(1, 400):
        share = step / 400
        missed = sum(
            comb(size, bad) * share**bad * (1 - share) ** (size - bad)
            for bad, high in enumerate(bounds)
            if high < share
        )
        assert missed <= 0.05 + 1e-9, share

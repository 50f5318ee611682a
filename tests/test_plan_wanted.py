"""What is packed comes out as it was put in."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.link import Role, Time
from linkcheck.model.subject import Want
from linkcheck.plan.wanted import Wanted

STAMPS = st.none() | st.from_regex(r"[0-9]{14}", fullmatch=True) | st.text(max_size=15)
WANTS = st.builds(
    Want,
    timestamp=STAMPS.map(lambda text: text or None),
    role=st.sampled_from(Role),
    time=st.none() | st.sampled_from(Time),
    published=st.none() | st.dates(),
)


@given(st.lists(st.lists(WANTS, min_size=1, max_size=6), max_size=6))
def test_wants_come_out_as_they_were_put_in(subjects: list[list[Want]]) -> None:
    packed = Wanted()
    for wants in subjects:
        packed.next()
        for want in wants:
            packed.add(want.timestamp, want.role, want.time, want.published)
    assert list(packed) == [tuple(wants) for wants in subjects]
    assert [packed.count(place) for place in range(len(packed))] == list(map(len, subjects))
    assert [packed.moments(place) for place in range(len(packed))] == [
        len({want.timestamp for want in wants}) for wants in subjects
    ]


def test_the_first_day_of_all_is_a_day() -> None:
    packed = Wanted()
    packed.next()
    packed.add(None, Role.LINK, None, date.min)
    assert packed[0][0].published == date.min
    assert packed[:1] == (packed[0],)

"""Which row counts, what absence means, and what to cite instead; all rows synthetic."""

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import Listing
from linkcheck.model.index import IndexEnd, IndexQuery, IndexState, Scope
from linkcheck.model.link import Role
from linkcheck.settings.judging import JudgingSettings
from linkcheck.urls.places import is_front_page, is_login, sibling_key
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts import listing
from linkcheck.verdicts.listing import absence, choose, resolved
from linkcheck.verdicts.suggestion import suggest

SETTINGS = JudgingSettings()
PAGE = "https://x.org/article/30783/old"
DIGEST = "MGIGF4GRGGF5GKV6VNCBAXOE3OR5BTZC"
OTHER = "YHY3F4GRGGF5GKV6VNCBAXOE3OR5BTZC"
EMPTY = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def row(
    timestamp: str,
    status: int | None = 200,
    url: str = PAGE,
    *,
    media: str | None = "text/html",
    digest: str = DIGEST,
) -> Capture:
    return Capture(
        urlkey=urlkey(url),
        timestamp=timestamp,
        original=url,
        status=status,
        media_type=media,
        digest=digest,
        revisit=status is None,
    )


ASKED = "20180101000000"
LATER = row("20180101000004")  # the 200 of https, seconds after the 301 of http (2022, 2023)
ODD = "20000012170449"


@pytest.mark.parametrize(
    ("asked", "rows", "chosen", "listing"),
    [
        (ASKED, [row(ASKED)], ASKED, Listing.LISTED),
        (ASKED, [row("20170101000000"), row("20180201000000")], "20180201000000", Listing.NEARBY),
        (ASKED, [row(ASKED, 301), LATER], LATER.timestamp, Listing.NEARBY),
        (ASKED, [row(ASKED, 301), row("20180301000000")], ASKED, Listing.LISTED),
        (ASKED, [row(ASKED, 404), LATER], ASKED, Listing.LISTED),
        (ODD, [row(ODD), row("20001217000000")], ODD, Listing.LISTED),
        (None, [row("20170101000000"), row(ASKED, 404)], "20170101000000", Listing.NEARBY),
    ],
)
def test_the_row_that_answers(
    asked: str | None, rows: list[Capture], chosen: str, listing: Listing
) -> None:
    choice = choose(asked, rows, SETTINGS)
    assert choice is not None
    assert choice.row is not None
    assert (choice.row.timestamp, choice.listing) == (chosen, listing)


def test_of_one_second_the_good_row_counts() -> None:
    choice = choose(ASKED, [row(ASKED, 301), row(ASKED, 200)], SETTINGS)
    assert choice is not None
    assert choice.row is not None
    assert choice.row.status == 200


def test_no_rows_choose_nothing() -> None:
    assert choose("20180101000000", [], SETTINGS) is None


def test_good_neighbours_on_both_sides() -> None:
    rows = [
        row("20160101000000"),
        row("20170101000000", 404),
        row("20190101000000"),
        row("20200101000000"),
    ]
    choice = choose("20180101000000", rows, SETTINGS)
    assert choice is not None
    assert choice.before is not None
    assert choice.after is not None
    assert (choice.before.timestamp, choice.after.timestamp) == ("20160101000000", "20190101000000")


def test_revisits_take_what_they_repeat() -> None:
    rows = (
        row("20170101000000", None, media=None),
        row("20180101000000"),
        row("20190101000000", None, media=None),
    )
    assert [each.status for each in resolved(rows)] == [200, 200, 200]
    assert [each.media_type for each in resolved(rows)] == ["text/html"] * 3
    # One digest under two statuses, another digest, and the empty body tell nothing.
    torn = (*rows, row("20200101000000", 404))
    assert [each.status for each in resolved(torn)] == [None, 200, None, 404]
    alone = (row("20170101000000", None, digest=OTHER), row("20180101000000"))
    assert resolved(alone)[0].status is None
    empty = (row("20170101000000", None, digest=EMPTY), row("20180101000000", digest=EMPTY))
    assert resolved(empty)[0].status is None


EXACT = IndexQuery(url="http://x.org/")
ABSENCE = {
    IndexState.EMPTY: Listing.EMPTY,
    IndexState.EXCLUDED: Listing.EXCLUDED,
    IndexState.WHOLE: Listing.BULK_ABSENT,
    IndexState.MORE: Listing.BULK_ABSENT,
}


@pytest.mark.parametrize("state", IndexState)
def test_absence_from_an_exact_answer(state: IndexState) -> None:
    assert absence(EXACT, IndexEnd(state=state)) is ABSENCE.get(state, Listing.UNTOLD)


@pytest.mark.parametrize(
    "query",
    [
        IndexQuery(url="x", scope=Scope.PREFIX),
        IndexQuery(url="x", scope=Scope.HOST),
        IndexQuery(url="x", start="2018", end="2018"),
        IndexQuery(url="x", resume="k"),
    ],
)
def test_absence_from_a_wider_or_bounded_answer_is_provisional(query: IndexQuery) -> None:
    assert absence(query, IndexEnd(state=IndexState.EMPTY)) is Listing.BULK_ABSENT


def test_rows_that_could_not_be_read_may_have_been_the_asked_one() -> None:
    for end in (
        IndexEnd(state=IndexState.WHOLE, oversized=1),
        IndexEnd(state=IndexState.WHOLE, unreadable=1),
    ):
        assert absence(EXACT, end) is Listing.UNTOLD


def asked(url: str = PAGE, timestamp: str | None = ASKED) -> ArchivedUrl:
    return ArchivedUrl(archive="wayback", timestamp=timestamp, modifier=None, inner=url)


NEW = "https://x.org/article/30783/new"
LARGE, SMALL = "https://x.org/i/a_large.jpg", "https://x.org/i/a_small.jpg"
JPEG = "image/jpeg"


@pytest.mark.parametrize(
    ("wanted", "rows", "expected"),
    [
        (asked(), [row("20160101000000"), row("20190101000000")], "20190101000000"),
        (asked(), [row("20180102000000", 404), row("20190101000000")], "20190101000000"),
        (asked(), [row("20180101000000"), row("20190101000000")], "20190101000000"),
        (asked(), [row("20180102000000", url=NEW), row("20100101000000")], "20100101000000"),
        (asked(), [row("20180102000000", url=NEW)], "20180102000000"),
        (asked(), [row("20180102000000", url="https://x.org/article/30784/old")], None),
        (asked(), [row("20180102000000", digest=OTHER)], None),  # a placeholder, handed in
        (asked(), [row("20180102000000", digest=EMPTY)], None),
        (asked(), [], None),
        (asked(timestamp=None), [row("20180102000000")], "20180102000000"),
    ],
)
def test_what_to_cite_instead(
    wanted: ArchivedUrl, rows: list[Capture], expected: str | None
) -> None:
    found = suggest(wanted, Role.LINK, rows, frozenset({OTHER}))
    assert (None if found is None else found.archived.timestamp) == expected


def test_a_sibling_is_called_one() -> None:
    rows = [row("20180102000000", url=LARGE), row("20180103000000", url=LARGE, media=JPEG)]
    found = suggest(asked(SMALL), Role.IMAGE, rows)
    assert found is not None
    assert found.sibling
    assert (found.archived.inner, found.archived.timestamp) == (LARGE, "20180103000000")
    assert found.distance_seconds == 2 * 86_400
    other_scheme = suggest(
        asked(), Role.LINK, [row("20190101000000", url=PAGE.replace("https", "http"))]
    )
    assert other_scheme is not None
    assert (other_scheme.sibling, other_scheme.likeness) == (False, "scheme")


@pytest.mark.parametrize(
    "path", ["", "/", "/index.html", "/INDEX.PHP", "/en", "/zh-hant/", "/home"]
)
def test_front_pages(path: str) -> None:
    assert is_front_page(f"https://x.org{path}")


@pytest.mark.parametrize("path", ["/a", "/?p=12", "/article/1", "/index/2", "/english/"])
def test_other_pages(path: str) -> None:
    assert not is_front_page(f"https://x.org{path}")


@pytest.mark.parametrize(
    "url",
    [
        "https://x.org/login",
        "https://x.org/wp-login.php?redirect_to=x",
        "https://x.org/users/sign_in",
        "https://accounts.google.com/v3/signin",
        "https://login.microsoftonline.com/x",
        "https://consent.youtube.com/m",
        "https://www.facebook.com/login/?next=x",
        "https://x.org/member-login.aspx",
        "https://x.org/login_required;jsessionid=1",
        "https://x.org/oauth/authorize?x",
    ],
)
def test_logins(url: str) -> None:
    assert is_login(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.org/blog/logins-explained",
        "https://x.org/author/a",
        "https://x.org/consentful",
        "https://x.org/news/consent-decree-is-signed",
        "https://x.org/2018/israel-checkpoint-shooting",
        "https://x.org/a/two-factor-login-is-broken.html",
        "https://x.org/authorize-the-use-of-force",
    ],
)
def test_no_logins(url: str) -> None:
    assert not is_login(url)


def test_siblings_share_a_key() -> None:
    assert sibling_key(PAGE) == sibling_key(NEW) == sibling_key("http://www.x.org/article/30783")
    assert (
        sibling_key(LARGE) == sibling_key(SMALL) == sibling_key("https://x.org/i/a-800x600.jpg?x=1")
    )
    assert sibling_key(PAGE) != sibling_key("https://x.org/article/30784/old")
    assert sibling_key(LARGE) != sibling_key("https://x.org/i/b_large.jpg")


@given(st.data())
def test_neighbours_found_by_halving_are_those_found_one_by_one(data: st.DataObject) -> None:
    stamps = st.sampled_from(
        [f"2018010{day}00000{second}" for day in range(1, 6) for second in range(3)]
        + ["20180230000000", "2018", "201801"]
    )
    statuses = st.sampled_from([200, 204, 302, 404, None])
    rows = [
        row(stamp, status) for stamp, status in data.draw(st.lists(st.tuples(stamps, statuses)))
    ]
    asked = data.draw(stamps)
    with mock.patch.object(listing, "FEW", 0):
        halved = choose(asked, rows, SETTINGS)
    with mock.patch.object(listing, "FEW", len(rows)):
        assert choose(asked, rows, SETTINGS) == halved

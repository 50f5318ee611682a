"""One body under several names, the text witness, and the round of sole witnesses."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from linkcheck.errors import UsageError
from linkcheck.lanes.archive import Ended
from linkcheck.lanes.archive.round import witnesses_due
from linkcheck.lanes.archive.sharing import unrelated
from linkcheck.lanes.keeper import ArticleText
from linkcheck.model.evidence import Text
from linkcheck.model.exchange import Failure, FailureKind, Purpose, Reply, Request
from linkcheck.model.holding import Holding
from linkcheck.model.link import Role
from linkcheck.model.noun import Noun
from linkcheck.plan.shares import Shares
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.playback import PlaybackSettings, read_playback
from linkcheck.urls.urlkey import urlkey
from tests.plan_parts import row
from tests.small_wayback import (
    JPEG,
    LATER,
    NOW,
    PAGE,
    STAMP,
    Cited,
    Kept,
    Past,
    SmallWayback,
    Stored,
    failure,
    run,
    wanted,
)

PLAYBACK = Purpose.PLAYBACK
QUIET = ArchiveLaneSettings(playback=PlaybackSettings(sample=0))
PICTURES = [f"https://img.big.com/{n:03}.jpg" for n in range(60)]
PAGES = [f"https://www.big.com/article/{n:03}" for n in range(60)]
ERROR = b"<html><title>Sorry</title>Something went wrong</html>"


def pictures(urls: Iterable[str], body: bytes | None = None, **fields: object) -> list[Stored]:
    known = {"media": "image/jpeg", **fields}
    return [
        Stored(**{"url": url, "body": body or JPEG + url.encode(), **known})  # type: ignore[arg-type]  # fields as tests name them
        for url in urls
    ]


def pages(urls: Iterable[str], body: bytes | None = None) -> list[Stored]:
    return [Stored(url=url, body=body or PAGE + url.encode()) for url in urls]


def rules(kept: Kept, urls: Iterable[str]) -> set[tuple[str, str]]:
    return {kept.rule(url) for url in urls}


@pytest.mark.anyio
async def test_a_page_body_under_several_addresses_is_hollow_by_one_replay() -> None:
    server = SmallWayback(pages(PAGES[:4], ERROR) + pages(PAGES[4:]))
    cited = Cited()
    kept, report = await run(server, wanted(*PAGES), QUIET, citations=cited)
    assert len(server.urls(PLAYBACK)) == 1
    assert rules(kept, PAGES[:4]) == {("hollow", "shared-body")}
    assert rules(kept, PAGES[4:]) == {("captured", "asked-time")}
    assert kept.of(PAGES[2]).evidence.sharing.articles == 4
    assert set(cited.asked) == {urlkey(url) for url in PAGES[:4]}
    assert report.shared == 1


@pytest.mark.anyio
async def test_articles_that_rest_on_two_bodies_count_for_each_of_them() -> None:
    """No row tells: ten have one body, three of them and ten others have another."""
    other = ERROR + b"!"
    articles = PAGES[:20]
    server = SmallWayback(
        [
            *(Stored(url=url, body=ERROR, listed=False) for url in articles[:10]),
            *(Stored(url=url, body=other, timestamp=LATER, listed=False) for url in articles[:3]),
            *(Stored(url=url, body=other, listed=False) for url in articles[10:]),
        ]
    )
    sides = wanted(*articles) + wanted(*articles[:3], stamp=LATER)
    settings = ArchiveLaneSettings(
        playback=PlaybackSettings(everything=True, doubtful=False, sample=0)
    )
    kept, report = await run(server, sides, settings)
    assert {kept.of(url).evidence.sharing.articles for url in articles[:10]} == {10}
    assert {kept.of(url, LATER).evidence.sharing.articles for url in articles[:3]} == {13}
    assert {kept.of(url).evidence.sharing.articles for url in articles[10:]} == {13}
    assert report.shared == 2


@pytest.mark.anyio
async def test_a_picture_that_is_used_again_is_no_placeholder() -> None:
    server = SmallWayback(pictures(PICTURES[:5], JPEG) + pictures(PICTURES[5:]))
    kept, _ = await run(server, wanted(*PICTURES, role=Role.IMAGE), QUIET)
    assert rules(kept, PICTURES) == {("captured", "asked-time")}
    assert kept.of(PICTURES[3]).evidence.sharing.genuine
    assert len(server.urls(PLAYBACK)) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\xff\xd8\xff\xe0tiny\xff\xd9", id="shows nothing"),
        pytest.param(JPEG[:4] + b"scan\xff\x00" * 1_500, id="breaks off"),
        pytest.param(ERROR, id="a page"),
    ],
)
async def test_a_shared_body_that_is_no_whole_picture_is_a_placeholder(body: bytes) -> None:
    server = SmallWayback(pictures(PICTURES[:3], body) + pictures(PICTURES[3:]))
    kept, _ = await run(server, wanted(*PICTURES, role=Role.IMAGE), QUIET)
    assert {kept.of(url).finding.verdict for url in PICTURES[:3]} == {"hollow"}
    assert rules(kept, PICTURES[1:3]) == {("hollow", "shared-body")}
    assert len(server.urls(PLAYBACK)) == 1


@pytest.mark.anyio
async def test_a_whole_picture_that_stood_in_for_others_is_a_placeholder() -> None:
    """Two names gave a picture of their own another time: the shared one is not theirs."""
    own = pictures(PICTURES[:2], timestamp=LATER)
    server = SmallWayback(own + pictures(PICTURES[:4], JPEG) + pictures(PICTURES[4:]))
    kept, _ = await run(server, wanted(*PICTURES, role=Role.IMAGE), QUIET)
    assert rules(kept, PICTURES[:4]) == {("hollow", "shared-body")}
    suggestion = kept.of(PICTURES[0]).suggestion
    assert suggestion is not None
    assert suggestion.archived.timestamp == LATER


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("by", "furniture"),
    [
        ({urlkey(url): ("one",) for url in PAGES[:4]}, frozenset[str]()),
        ({urlkey(url): ("one", "two") for url in PAGES[:4]}, frozenset[str]()),
        ({}, frozenset(urlkey(url) for url in PAGES[:2])),
    ],
    ids=["one article", "two articles", "furniture"],
)
async def test_related_names_may_share_a_body(
    by: dict[str, tuple[str, ...]], furniture: frozenset[str]
) -> None:
    server = SmallWayback(pages(PAGES[:4], ERROR) + pages(PAGES[4:]))
    cited = Cited(by=by, furniture=furniture)
    kept, _ = await run(server, wanted(*PAGES), QUIET, citations=cited)
    assert rules(kept, PAGES) == {("captured", "asked-time")}
    assert not server.urls(PLAYBACK)


@pytest.mark.anyio
async def test_a_page_that_scripts_fill_is_no_placeholder() -> None:
    frame = b"<!doctype html><html><body><div id='root'></div><script src=/a.js></script></body>"
    server = SmallWayback(pages(PAGES[:4], frame) + pages(PAGES[4:]))
    kept, _ = await run(server, wanted(*PAGES), QUIET)
    assert rules(kept, PAGES[:4]) == {("unknown", "suspicion-unconfirmed")}


@pytest.mark.anyio
async def test_a_shared_body_that_is_not_replayed_stays_a_suspicion() -> None:
    def special(request: Request) -> Reply | Failure | None:
        down = request.purpose is PLAYBACK
        return failure(request.url, FailureKind.REFUSED) if down else None

    server = SmallWayback(pages(PAGES[:4], ERROR) + pages(PAGES[4:]), special=special)
    kept, _ = await run(server, wanted(*PAGES), QUIET)
    assert rules(kept, PAGES[:4]) == {("unknown", "suspicion-unconfirmed")}
    assert rules(kept, PAGES[4:]) == {("captured", "asked-time")}


@pytest.mark.anyio
async def test_single_replays_with_the_same_bytes_are_found_too() -> None:
    few = [f"https://few{n}.org/x" for n in range(4)]
    server = SmallWayback(pages(few, ERROR) + pictures(PICTURES[:4], JPEG))
    sides = wanted(*few) + wanted(*PICTURES[:4], role=Role.IMAGE)
    kept, report = await run(server, sides, QUIET)
    assert rules(kept, few) == {("hollow", "shared-body")}
    assert rules(kept, PICTURES[:4]) == {("captured", "asked-time")}
    assert report.shared == 2


@pytest.mark.anyio
async def test_many_old_addresses_may_lead_to_one_page() -> None:
    old = [f"https://few{n}.org/old" for n in range(4)]
    moved = [Stored(url=url, status=301, location="https://new.org/page", body=b"") for url in old]
    server = SmallWayback([*moved, Stored(url="https://new.org/page")])
    kept, _ = await run(server, wanted(*old), QUIET)
    assert rules(kept, old) == {("redirected", "redirected")}


@pytest.mark.parametrize(
    ("by", "count"),
    [
        ({"a)/1": {"x"}, "a)/2": {"y"}, "a)/3": {"z"}}, 3),
        ({"a)/1": {"x"}, "a)/2": {"x"}, "a)/3": {"x"}}, 1),
        ({"a)/1": {"x", "y", "z"}}, 1),
        ({"a)/1": {"x"}, "a)/2": {"x", "y"}, "a)/3": {"y"}}, 2),
        ({"a)/logo.png": {"x"}, "a)/avatars/2": {"y"}, "a)/3": {"z"}}, 1),
        ({"a)/1": set(), "a)/2": set()}, 0),
        # One page, whoever sent its readers.
        ({"a)/1": {"x"}, "a)/1?fbclid=q": {"y"}, "a)/1?utm_medium=z&utm_source=z": {"z"}}, 1),
        ({"a)/?id=1": {"x"}, "a)/?id=2&utm_source=z": {"y"}, "a)/?id=3": {"z"}}, 3),
    ],
)
def test_how_many_articles_have_nothing_to_do_with_each_other(
    by: dict[str, set[str]], count: int
) -> None:
    assert unrelated(by, Cited(by=by)) == count


def test_shares_are_places_that_hold_one_body() -> None:
    shares = Shares()
    for place in (0, 1, 2, 2, 3):
        rows = (row(f"k{place}", digest="SAME"), row(f"k{place}", digest=f"own{place}"))
        moved = row(f"k{place}", status=301, digest="MOVED")
        shares.add(Holding(place=place, key=f"k{place}", rows=(*rows, moved)))
    assert list(shares.shared(3).values()) == [(0, 1, 2, 3)]
    assert not shares.shared(5)


class Told(Noun, frozen=True, kw_only=True):
    text: Text
    score: float | None = None


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("told", "rule"),
    [(Text.AGREES, "asked-time"), (Text.DISAGREES, "text-disagrees")],
)
async def test_the_witness_reads_the_page_of_an_article(told: Text, rule: str) -> None:
    read = []

    def witness(article: ArticleText, page: bytes, media_type: str | None, *, cut: bool) -> Told:
        assert not cut
        read.append((article.title, page, media_type))
        return Told(text=told, score=0.5)

    urls = ["http://a.org/x", "http://b.org/x"]
    texts = {urlkey(urls[0]): ArticleText(title="A title", text="Words.")}
    server = SmallWayback(pages(urls))
    sides = wanted(*urls, role=Role.URL)
    kept, _ = await run(server, sides, QUIET, witness=witness, citations=Cited(texts=texts))
    assert read == [("A title", PAGE + urls[0].encode(), "text/html")]
    assert kept.rule(urls[0])[1] == rule
    assert kept.of(urls[0]).evidence.text_score == 0.5
    assert kept.rule(urls[1])[1] == "asked-time"


DAYS = 364


def test_each_witness_has_its_turn_once_a_year_of_weekly_runs() -> None:
    keys = [(f"com,a)/{n}", STAMP) for n in range(300)]
    seen: dict[tuple[str, str], list[date]] = {key: [] for key in keys}
    first = date(2026, 1, 1)
    for week in range(1, 53):
        today = first + timedelta(days=7 * week)
        for key in witnesses_due(
            Past(witnesses=keys), today, today - timedelta(days=7), days=DAYS, seed="wayback"
        ):
            seen[key].append(today)
    assert {len(days) for days in seen.values()} == {1}


@pytest.mark.parametrize(("age", "due"), [(30, False), (363, True), (400, True)])
def test_a_witness_is_never_left_for_longer_than_a_year(age: int, due: bool) -> None:  # noqa: FBT001 - a column
    key = ("com,a)/1", STAMP)
    past = Past(witnesses=[key], replayed={key: NOW - timedelta(days=age)})
    for turn in range(60):  # whichever day its hash gives it
        found = list(
            witnesses_due(past, NOW.date(), NOW.date() - timedelta(7), days=DAYS, seed=f"{turn}")
        )
        assert bool(found) is due


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("doubtful,sample:400", PlaybackSettings()),
        ("Doubtful", PlaybackSettings(sample=0)),
        ("sample:7", PlaybackSettings(doubtful=False, sample=7)),
        ("all", PlaybackSettings(everything=True, doubtful=False, sample=0)),
        ("none", PlaybackSettings(nothing=True, doubtful=False, sample=0)),
    ],
)
def test_the_words_of_playback(text: str, settings: PlaybackSettings) -> None:
    assert read_playback(text) == settings
    assert read_playback(settings.words) == settings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("some", "'some' is none of all, none, doubtful, sample:N"),
        ("sample", "how many? sample:400"),
        ("sample:-1", "how many?"),
        ("all,sample:4", "'all' stands alone"),
        ("", "'' is none of"),
    ],
)
def test_other_words_are_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace("?", r"\?")):
        read_playback(text)


def test_why_a_lane_ended_has_names() -> None:
    assert {each.value for each in Ended} == {"done", "paused", "silent", "budget", "stopped"}

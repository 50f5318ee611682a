"""The lane of one archive against a small one: which questions it asks, and what it concludes."""

import pytest
from msgspec.structs import replace

from linkcheck.lanes.archive import Ended
from linkcheck.model.evidence import Baseline, Fixity, Listing
from linkcheck.model.exchange import Purpose
from linkcheck.model.link import Role, Time
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.verdict import ArchiveVerdict, ProofKind
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.judging import JudgingSettings
from linkcheck.settings.playback import PlaybackSettings, read_playback
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.baseline import Observation as SeenBytes
from tests.small_wayback import (
    JPEG,
    LATER,
    NOW,
    PAGE,
    SMALL_PAGES,
    STAMP,
    Kept,
    Past,
    SmallWayback,
    Stored,
    run,
    wanted,
)

pytestmark = pytest.mark.anyio

INDEX, PLAYBACK = Purpose.INDEX, Purpose.PLAYBACK
QUIET = ArchiveLaneSettings(playback=PlaybackSettings(sample=0))
PAGES = [f"https://www.big.com/article/{n:03}" for n in range(60)]


def stored(urls: list[str], **fields: object) -> list[Stored]:
    """Store a page of its own under each URL."""
    own = ((url, PAGE + url.encode()) for url in urls)
    return [Stored(**{"url": url, "body": body, **fields}) for url, body in own]  # type: ignore[arg-type]  # fields as tests name them


async def test_one_bulk_query_answers_for_a_whole_host() -> None:
    server = SmallWayback(stored(PAGES))
    kept, report = await run(server, wanted(*PAGES), QUIET)
    assert len(server.asked) == 1
    assert {one.finding.rule for one in kept.last.values()} == {"asked-time"}
    assert {one.evidence.listing for one in kept.last.values()} == {Listing.LISTED}
    assert report.ended is Ended.DONE
    assert (report.requests.index, report.requests.playback) == (1, 0)
    assert report.verdicts == {ArchiveVerdict.CAPTURED: 60}
    assert (report.wants, report.not_asked) == (60, 0)


async def test_pages_follow_each_other_and_headway_comes_after_the_rows() -> None:
    server = SmallWayback(stored(PAGES, timestamp=STAMP) + stored(PAGES, timestamp=LATER))
    kept, _ = await run(server, wanted(*PAGES), replace_pages(SMALL_PAGES, sample=0))
    assert len(server.urls(INDEX)) == 3
    ends = [(one.key, one.query is None) for one in kept.headways]
    assert [done for _, done in ends] == [False, False, True]
    assert ends[0][0] == urlkey(PAGES[24])
    before = kept.every[: kept.every.index(kept.headways[0])]
    assert len(before) >= 24
    assert kept.headways[0].query is not None
    assert kept.headways[0].query.resume == "50"
    assert kept.headways[-1].rows_each == pytest.approx(2.0)


def replace_pages(settings: ArchiveLaneSettings, *, sample: int) -> ArchiveLaneSettings:
    return ArchiveLaneSettings(planning=settings.planning, playback=PlaybackSettings(sample=sample))


async def test_a_run_goes_on_where_the_last_one_ended() -> None:
    server = SmallWayback(stored(PAGES, timestamp=STAMP) + stored(PAGES, timestamp=LATER))
    settings = replace_pages(SMALL_PAGES, sample=0)
    kept, _ = await run(server, wanted(*PAGES), settings)
    left = kept.headways[0]
    later = SmallWayback(server.captures)
    again, report = await run(
        later, wanted(*PAGES[24:]), settings, history=Past(headways={left.host: left})
    )
    assert "resumeKey=50" in later.urls(INDEX)[0]
    assert len(later.urls(INDEX)) == 2
    # Of the key in the middle of which the page ended only the later rows would come.
    assert [url.rsplit("/", 1)[1] for url in later.urls(PLAYBACK)] == ["024"]
    assert report.verdicts == {ArchiveVerdict.CAPTURED: 36}
    assert {one.finding.verdict for one in again.last.values()} == {ArchiveVerdict.CAPTURED}


@pytest.mark.parametrize("old", ["days", "query", "far"])
async def test_headway_that_does_not_fit_is_begun_anew(old: str) -> None:
    server = SmallWayback(stored(PAGES))
    settings = replace_pages(SMALL_PAGES, sample=0)
    kept, _ = await run(server, wanted(*PAGES), settings)
    left = kept.headways[0]
    assert left.query is not None
    changed = {
        "days": replace(left, at=left.at.replace(year=2020)),
        "query": replace(left, query=replace(left.query, limit=7)),
        "far": replace(left, key="com,big)/zzz"),
    }[old]
    later = SmallWayback(server.captures)
    _, report = await run(
        later, wanted(*PAGES), settings, history=Past(headways={left.host: changed})
    )
    assert "resumeKey" not in later.urls(INDEX)[0]
    assert report.verdicts == {ArchiveVerdict.CAPTURED: 60}


async def test_a_key_that_is_not_taken_any_more_is_begun_anew() -> None:
    server = SmallWayback(stored(PAGES, timestamp=STAMP) + stored(PAGES, timestamp=LATER))
    settings = replace_pages(SMALL_PAGES, sample=0)
    kept, _ = await run(server, wanted(*PAGES), settings)
    left = kept.headways[0]
    assert left.query is not None
    gone = replace(left, query=replace(left.query, resume="999999"))
    later = SmallWayback(server.captures)
    _, report = await run(
        later, wanted(*PAGES[25:]), settings, history=Past(headways={left.host: gone})
    )
    assert report.verdicts == {ArchiveVerdict.CAPTURED: 35}


async def test_an_absence_is_provisional_until_playback_denies_it() -> None:
    server = SmallWayback(stored(PAGES[1:]))
    kept, report = await run(server, wanted(*PAGES), QUIET)
    states = [
        (one.finding.verdict, one.finding.rule)
        for one in kept.every
        if isinstance(one, ArchiveObservation) and one.key == urlkey(PAGES[0])
    ]
    assert states == [("unknown", "bulk-absence"), ("missing", "replay-absent")]
    assert report.confirmations == 1
    assert len(server.urls(PLAYBACK)) == 1


async def test_an_absence_that_playback_gives_the_lie_never_becomes_missing() -> None:
    hidden = Stored(url=PAGES[0], listed=False)
    server = SmallWayback([hidden, *stored(PAGES[1:])])
    kept, _ = await run(server, wanted(*PAGES) + wanted(PAGES[0], stamp=LATER), QUIET)
    assert kept.rule(PAGES[0]) == ("captured", "asked-time")
    assert kept.rule(PAGES[0], LATER) == ("drifted", "elsewhen")
    assert kept.of(PAGES[0]).evidence.listing is Listing.BULK_ABSENT


async def test_all_moments_of_an_absent_original_are_settled_by_one_playback() -> None:
    sides = wanted(*PAGES) + wanted(PAGES[0], stamp=LATER) + wanted(PAGES[0], stamp="20210101")
    server = SmallWayback(stored(PAGES[1:]))
    kept, _ = await run(server, sides, QUIET)
    assert len(server.urls(PLAYBACK)) == 1
    for stamp in (STAMP, LATER, "20210101"):
        assert kept.rule(PAGES[0], stamp) == ("missing", "replay-absent")


async def test_few_links_of_a_host_are_played_one_by_one() -> None:
    server = SmallWayback([Stored(url="http://a.org/x"), Stored(url="http://b.org/", status=404)])
    sides = wanted("http://a.org/x", "http://b.org/", "http://c.org/y")
    kept, report = await run(server, sides, QUIET)
    assert not server.urls(INDEX)
    assert kept.rule("http://a.org/x") == ("captured", "asked-time")
    assert kept.rule("http://b.org/") == ("hollow", "own-error")
    assert kept.rule("http://c.org/y") == ("missing", "replay-absent")
    assert report.replayed == 3
    source = kept.of("http://a.org/x").evidence.chain[-1].source
    assert source == "MADE-UP-2020/a-00000.warc.gz"


async def test_hops_are_followed_and_the_end_is_judged() -> None:
    server = SmallWayback(
        [
            Stored(url="http://a.org/old", status=301, location="http://a.org/new", body=b""),
            Stored(url="http://a.org/new", timestamp="20200101000007"),
            Stored(url="http://b.org/x", status=302, location="http://b.org/", body=b""),
            Stored(url="http://b.org/"),
        ]
    )
    kept, report = await run(server, wanted("http://a.org/old", "http://b.org/x"), QUIET)
    assert kept.rule("http://a.org/old") == ("redirected", "redirected")
    assert kept.of("http://a.org/old").finding.final_url == "http://a.org/new"
    assert kept.rule("http://b.org/x") == ("hollow", "front-page")
    assert report.requests.playback == 5


async def test_doubtful_rows_are_replayed_and_settled_ones_are_not() -> None:
    doubtful = {
        PAGES[0]: Stored(url=PAGES[0], revisit=True, digest="A" * 32),
        PAGES[1]: Stored(url=PAGES[1], status=301, location=PAGES[5], body=b""),
        PAGES[2]: Stored(url=PAGES[2].replace("article", "Article"), body=b"<p>other"),
    }
    settled = {PAGES[3]: Stored(url=PAGES[3], status=404), PAGES[4]: Stored(url=PAGES[4])}
    others = stored(PAGES[5:])
    server = SmallWayback([*doubtful.values(), *settled.values(), *others])
    kept, _ = await run(server, wanted(*PAGES), QUIET)
    asked = {url.rsplit("/", 1)[1] for url in server.urls(PLAYBACK)}
    assert asked == {"000", "001", "002", "005"}
    assert kept.rule(PAGES[0])[0] == "captured"
    assert kept.rule(PAGES[1]) == ("redirected", "redirected")
    assert kept.rule(PAGES[2]) == ("unknown", "other-case")
    assert kept.rule(PAGES[3]) == ("hollow", "own-error")


async def test_a_page_where_an_image_was_meant_is_replayed_before_it_is_hollow() -> None:
    urls = [f"https://img.big.com/{n:03}.jpg" for n in range(60)]
    pictures = [Stored(url=url, body=JPEG + url.encode(), media="image/jpeg") for url in urls[2:]]
    page = Stored(url=urls[0], body=b"<html>Not here</html>")
    liar = Stored(url=urls[1], body=JPEG, media="text/html")
    server = SmallWayback([page, liar, *pictures])
    kept, _ = await run(server, wanted(*urls, role=Role.IMAGE), QUIET)
    assert kept.rule(urls[0]) == ("hollow", "wrong-kind")
    assert kept.rule(urls[1]) == ("captured", "asked-time")
    assert len(server.urls(PLAYBACK)) == 2


async def test_a_capture_from_after_the_end_of_its_site_is_replayed() -> None:
    ends = JudgingSettings(host_ends=(("www.big.com", NOW.date().replace(year=2019)),))
    server = SmallWayback(stored(PAGES))
    settings = ArchiveLaneSettings(judging=ends, playback=PlaybackSettings(sample=0))
    kept, _ = await run(server, wanted(*PAGES), settings)
    assert len(server.urls(PLAYBACK)) == 60
    assert kept.rule(PAGES[0]) == ("unknown", "host-ended-unproven")


async def test_a_host_that_is_withheld_is_excluded_with_the_archives_words() -> None:
    server = SmallWayback(stored(PAGES), excluded=frozenset({"com,big"}))
    kept, _ = await run(server, wanted(*PAGES), QUIET)
    assert kept.rule(PAGES[0]) == ("excluded", "index-withheld")
    assert len(server.asked) == 1
    assert kept.of(PAGES[0]).finding.reason


async def test_bytes_are_compared_with_the_archives_digest_and_our_own() -> None:
    server = SmallWayback(
        [Stored(url="http://a.org/x"), Stored(url="http://b.org/x"), *stored(PAGES)]
    )
    same, other = sha256_of(PAGE), "0" * 64
    past = Past(
        seen=[
            seen("http://a.org/x", same, days=9),
            seen("http://b.org/x", other, days=9),
        ]
    )
    settings = ArchiveLaneSettings(playback=PlaybackSettings(sample=60))
    sides = wanted("http://a.org/x", "http://b.org/x", *PAGES)
    kept, _ = await run(server, sides, settings, history=past)
    proof = kept.of("http://a.org/x").finding.proof
    assert proof is not None
    assert proof.kind is ProofKind.UNCHANGED
    assert kept.of("http://b.org/x").evidence.baseline is Baseline.CHANGED
    listed = kept.of(PAGES[7]).evidence
    assert listed.fixity is not None
    assert listed.fixity.fixity is Fixity.MATCH


def sha256_of(body: bytes) -> str:
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(body).hexdigest()


def seen(url: str, sha256: str, *, days: int) -> SeenBytes:
    return SeenBytes(
        urlkey=urlkey(url),
        timestamp=STAMP,
        source="MADE-UP-2020/a-00000.warc.gz",
        sha256=sha256,
        at=NOW.replace(day=NOW.day - days),
    )


async def test_suggestions_come_from_rows_and_siblings_that_passed() -> None:
    urls = [f"https://img.big.com/f-{n:03}_large.jpg" for n in range(60)]
    pictures = [Stored(url=url, body=JPEG + url.encode(), media="image/jpeg") for url in urls[1:]]
    sibling = Stored(
        url="https://img.big.com/f-000_small.jpg", body=JPEG + b"s", media="image/jpeg"
    )
    drifted = Stored(url=PAGES[0].replace("www.big.com", "img.big.com"), timestamp="20230101000000")
    server = SmallWayback([*pictures, sibling, drifted])
    kept, _ = await run(server, wanted(*urls, drifted.url, role=Role.IMAGE), QUIET)
    found = kept.of(urls[0])
    assert found.finding.verdict is ArchiveVerdict.MISSING
    assert found.suggestion is not None
    assert found.suggestion.sibling
    assert found.suggestion.archived.inner == sibling.url


async def test_the_sample_is_drawn_by_the_seed_alone_and_its_bound_is_told() -> None:
    settings = ArchiveLaneSettings(playback=PlaybackSettings(sample=10))
    lists = []
    for seed in ("1", "1", "2"):
        server = SmallWayback(stored(PAGES))
        kept, report = await run(server, wanted(*PAGES), settings, seed=seed)
        assert (report.sample.drawn, report.sample.replayed) == (10, 10)
        assert (report.sample.contradicted, report.sample.listed) == (0, 60)
        assert report.sample.bound is not None
        assert report.sample.bound.high == pytest.approx(0.2589, abs=1e-3)
        replayed = [one for one in kept.last.values() if one.evidence.chain]
        assert len(replayed) == 10
        lists.append(sorted(server.urls(PLAYBACK)))
    assert lists[0] == lists[1] != lists[2]


async def test_the_sample_finds_what_the_index_hides() -> None:
    server = SmallWayback(stored(PAGES, plays=False))
    settings = ArchiveLaneSettings(playback=PlaybackSettings(sample=10))
    kept, report = await run(server, wanted(*PAGES), settings)
    assert report.sample.contradicted == 10
    assert report.verdicts[ArchiveVerdict.UNPLAYABLE] == 10
    assert report.verdicts[ArchiveVerdict.CAPTURED] == 50
    assert len(kept.last) == 60


async def test_all_and_none_are_replayed() -> None:
    everything = ArchiveLaneSettings(playback=read_playback("all"))
    nothing = ArchiveLaneSettings(playback=read_playback("none"))
    sides = wanted(*PAGES, "http://few.org/x")
    captures = [*stored(PAGES[1:]), Stored(url="http://few.org/x")]
    server = SmallWayback(captures)
    kept, _ = await run(server, sides, everything)
    assert len(server.urls(PLAYBACK)) == 61
    assert kept.rule(PAGES[0]) == ("missing", "replay-absent")
    server = SmallWayback(captures)
    kept, report = await run(server, sides, nothing)
    assert not server.urls(PLAYBACK)
    assert kept.rule("http://few.org/x") == ("unknown", "nothing-told")
    assert kept.of("http://few.org/x").finding.reason.startswith("only a replay")
    assert kept.rule(PAGES[0]) == ("unknown", "bulk-absence")
    assert report.not_asked == 0


async def test_a_link_without_a_moment_takes_any_good_capture() -> None:
    server = SmallWayback(stored(PAGES))
    kept, _ = await run(server, wanted(*PAGES, stamp=None, time=None), QUIET)
    assert kept.rule(PAGES[0], None) == ("captured", "any-time")
    assert len(server.asked) == 1


async def test_sole_witnesses_have_their_turn() -> None:
    server = SmallWayback(stored(PAGES))
    key = urlkey(PAGES[0])
    old = NOW.replace(year=NOW.year - 1)
    past = Past(witnesses=[(key, STAMP), ("com,elsewhere)/", STAMP)], replayed={(key, STAMP): old})
    kept, report = await run(server, wanted(*PAGES), QUIET, history=past)
    assert [url.rsplit("/", 1)[1] for url in server.urls(PLAYBACK)] == ["000"]
    assert report.witnesses == 1
    assert kept.of(PAGES[0]).evidence.chain


async def test_an_exact_answer_needs_no_confirmation() -> None:
    """Very many moments of one original are asked for by one exact query."""
    sides = [
        side
        for n in range(40)
        for side in wanted("http://one.org/x", stamp=f"202001010000{n:02}", time=Time.INHERITED)
    ]
    server = SmallWayback([])
    kept, report = await run(server, sides, QUIET)
    assert len(server.asked) == 1
    assert "matchType=exact" in server.asked[0].url
    assert {one.finding.rule for one in kept.last.values()} == {"index-empty"}
    assert report.verdicts == {ArchiveVerdict.MISSING: 40}


async def test_endpoints_do_not_wait_for_each_other() -> None:
    hosts = [f"https://h{n}.org/{m:03}" for n in range(5) for m in range(40)]
    few = [f"https://few{n}.org/" for n in range(30)]
    server = SmallWayback(stored(hosts + few))
    kept, _ = await run(server, wanted(*hosts, *few), QUIET)
    assert server.most_busy[INDEX] >= 4
    assert server.most_busy[PLAYBACK] >= 4
    assert {one.finding.verdict for one in kept.last.values()} == {ArchiveVerdict.CAPTURED}


async def test_nothing_wanted_is_nothing_asked() -> None:
    server = SmallWayback()
    kept, report = await run(server, [])
    assert not server.asked
    assert isinstance(kept, Kept)
    assert (report.ended, report.wants) == (Ended.DONE, 0)

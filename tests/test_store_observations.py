"""Observations become episodes, episodes become findings; silence condemns nobody."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.evidence import Fixity, FixityReading
from linkcheck.model.exchange import Hop
from linkcheck.model.index import IndexQuery
from linkcheck.model.observation import Headway, LiveObservation
from linkcheck.model.pause import Pause, PauseReason
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.model.verdict import (
    ArchiveVerdict,
    LiveMethod,
    LiveVerdict,
    Standing,
    Suggestion,
)
from linkcheck.model.visit import Heard, Visited
from linkcheck.settings.judging import JudgingSettings
from linkcheck.store import Store
from linkcheck.store.appraisal import Past, appraise
from linkcheck.store.moments import number
from tests.store_parts import (
    DAY,
    NOW,
    PAGE,
    WEEK,
    archive_seen,
    begin,
    host_seen,
    live_seen,
    opened,
    page,
)

_A, _L = ArchiveVerdict, LiveVerdict
Seen = tuple[ArchiveVerdict | None, LiveVerdict | None]


def weekly(store: Store, *weeks: Seen, apart: dt.timedelta = WEEK) -> None:
    """Run once a week; the first run reads the article."""
    for week, (archive, live) in enumerate(weeks):
        now = NOW + apart * week
        writer = begin(store, f"run-{week}", now)
        if not week:
            writer.put([page()])
        writer.commit([] if archive is None else [archive_seen(archive, now)])
        writer.commit([] if live is None else [live_seen(live, now)])


def test_observations_come_back_exactly(tmp_path: Path) -> None:
    hop = Hop(url=PAGE, status=301, location="/b", address="1.2.3.4:443", record="<urn:uuid:1>")
    seen = archive_seen()
    reading = PlaybackReading(
        asked=ArchivedUrl(archive="wayback", timestamp=None, modifier="id_", inner=PAGE),
        answer=Answer.CAPTURE,
        status=200,
        timestamp="20210629000000",
        retry_at=NOW,
        record="<urn:uuid:2>",
    )
    evidence = replace(seen.evidence, chain=(reading, reading), published=None, original=PAGE + "/")
    suggestion = Suggestion(
        archived=reading.asked, distance_seconds=None, likeness="exact", sibling=True
    )
    archive = replace(seen, evidence=evidence, suggestion=suggestion)
    web = live_seen()
    answer = replace(web.evidence.answers[0], hops=(hop, hop), at=NOW - DAY)
    web = LiveObservation(
        evidence=replace(web.evidence, answers=(*web.evidence.answers, answer)),
        finding=web.finding,
    )
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        writer.commit([archive, web])
        (one,) = store.findings()
        for link in one.links:
            assert link.archive == archive
            assert link.live == web
            assert link.checked_at == NOW


@pytest.mark.parametrize("said", ["https://example.org/文/1#a", "https://example.org/%E6%96%87/1"])
def test_a_url_is_known_in_words_and_as_it_is_asked(tmp_path: Path, said: str) -> None:
    asked = "https://example.org/%E6%96%87/1"
    with opened(tmp_path) as store:
        begin(store).put([page(original=asked)])
        assert [(one.side, one.subject) for one in store.history(said)] == [
            ("archive", asked),
            ("live", asked),
        ]


def test_an_unchanged_answer_makes_the_episode_longer(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, *[(_A.CAPTURED, _L.ALIVE)] * 5)
        assert store.counts()["episode"] == 2
        assert store.counts()["evidence"] == 2
        for history in store.history(PAGE):
            (episode,) = history.episodes
            assert (episode.first_seen, episode.last_seen) == (NOW, NOW + WEEK * 4)
            assert (episode.count, episode.first_run, episode.last_run) == (5, "run-0", "run-4")
            assert episode.evidence.seen_at == NOW + WEEK * 4
            assert history.articles == ("a.md",)
        assert episode.records == (f"<urn:uuid:{NOW + WEEK * 4:%Y%m%d%H%M%S}>",)


def test_another_answer_begins_another_episode(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (_A.CAPTURED, None), (_A.MISSING, None), (_A.CAPTURED, None))
        (history,) = (each for each in store.history(PAGE) if each.side == "archive")
        verdicts = [each.finding.verdict for each in history.episodes if each.finding]
        assert verdicts == ["captured", "missing", "captured"]
        assert history.strikes.flaps == 2
        assert store.counts()["evidence"] == 2


def test_an_outage_hides_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (_A.CAPTURED, _L.ALIVE), (_A.UNKNOWN, _L.UNKNOWN), (_A.UNKNOWN, None))
        link = next(store.findings()).links[0]
        assert link.standing is Standing.ARCHIVED_AND_LIVE
        assert link.archive is not None
        assert link.archive.finding.verdict is _A.CAPTURED
        assert link.archive.evidence.seen_at == NOW
        assert link.archive_untold is not None
        assert link.archive_untold.reason == "timed out"
        assert link.archive_untold.since == NOW + WEEK
        assert link.archive_untold.at == NOW + WEEK * 2
        assert link.archive_untold.count == 2
        assert link.live_untold is not None
        assert link.reason == "timed out"


def test_an_answer_ends_the_silence(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (_A.CAPTURED, None), (_A.UNKNOWN, None), (_A.CAPTURED, None))
        link = next(store.findings()).links[0]
        assert link.archive_untold is None
        (history,) = (each for each in store.history(PAGE) if each.side == "archive")
        assert [each.count for each in history.episodes] == [2, 1]


def test_silence_alone_is_unresolved(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (_A.UNKNOWN, _L.UNKNOWN))
        link = next(store.findings()).links[0]
        assert link.standing is Standing.UNRESOLVED
        assert link.archive_untold is not None
        begin(store, "next")
        assert store.due_archive(NOW)["wayback"].keys
        assert list(store.due_live(NOW))


def test_what_was_never_asked_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page()])
        link = next(store.findings()).links[0]
        assert (link.standing, link.reason) == (Standing.NOT_CHECKED, "not asked yet")


@pytest.mark.parametrize(
    ("weeks", "apart", "strikes", "standing"),
    [
        ([(_A.MISSING, _L.GONE)], WEEK, 1, Standing.FEARED_LOST),
        ([(_A.MISSING, _L.GONE)] * 2, WEEK, 2, Standing.FEARED_LOST),
        ([(_A.MISSING, _L.GONE)] * 3, WEEK, 3, Standing.LOST),
        ([(_A.MISSING, _L.GONE)] * 3, DAY, 1, Standing.FEARED_LOST),
        ([(_A.MISSING, _L.GONE)] * 7, DAY, 3, Standing.LOST),
        ([(_A.MISSING, _L.GONE)] * 9, DAY / 24, 1, Standing.FEARED_LOST),
        (
            [(_A.MISSING, _L.GONE), (_A.UNKNOWN, _L.UNKNOWN), *[(_A.MISSING, _L.GONE)] * 2],
            WEEK,
            3,
            Standing.LOST,
        ),
        (
            [*[(_A.MISSING, _L.GONE)] * 2, (_A.CAPTURED, _L.ALIVE), (_A.MISSING, _L.GONE)],
            WEEK,
            1,
            Standing.FEARED_LOST,
        ),
    ],
)
def test_strikes_need_runs_that_are_apart(
    tmp_path: Path, weeks: list[Seen], apart: dt.timedelta, strikes: int, standing: Standing
) -> None:
    with opened(tmp_path) as store:
        weekly(store, *weeks, apart=apart)
        link = next(store.findings()).links[0]
        assert link.archive_strikes.strikes == strikes
        assert link.live_strikes.strikes == strikes
        assert link.standing is standing


def test_what_was_good_and_no_longer_is(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, *[(_A.CAPTURED, None)] * 2, (_A.UNKNOWN, None), *[(_A.MISSING, None)] * 2)
        strikes = next(store.findings()).links[0].archive_strikes
        assert strikes.regressed
        assert strikes.last_good == NOW + WEEK
        assert strikes.first_seen == NOW + WEEK * 3
        assert strikes.flaps == 1


def test_a_later_answer_of_one_run_takes_the_earlier_ones_place(tmp_path: Path) -> None:
    """The index says good, playback says not: each week anew, and yet three strikes."""
    with opened(tmp_path) as store:
        for week in range(3):
            now = NOW + WEEK * week
            writer = begin(store, f"run-{week}", now)
            writer.put([page()])
            writer.commit([archive_seen(_A.CAPTURED, now)])
            writer.commit([archive_seen(_A.UNKNOWN, now), archive_seen(_A.UNPLAYABLE, now)])
        link = next(store.findings()).links[0]
        assert link.archive_strikes.strikes == 3
        assert not link.archive_strikes.regressed
        (history,) = (each for each in store.history(PAGE) if each.side == "archive")
        assert [each.count for each in history.episodes] == [3]


def test_the_earlier_episode_is_as_it_was_before_the_run(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (_A.CAPTURED, None), (_A.CAPTURED, None))
        now = NOW + WEEK * 2
        writer = begin(store, "run-2", now)
        writer.commit([archive_seen(_A.CAPTURED, now), archive_seen(_A.MISSING, now)])
        (history,) = (each for each in store.history(PAGE) if each.side == "archive")
        assert [each.count for each in history.episodes] == [2, 1]
        assert history.episodes[0].last_seen == NOW + WEEK
        assert history.strikes.last_good == NOW + WEEK
        writer.commit([archive_seen(_A.CAPTURED, now)])
        (history,) = (each for each in store.history(PAGE) if each.side == "archive")
        assert [each.count for each in history.episodes] == [3]
        assert history.strikes.strikes == 0


def test_an_episode_that_was_taken_back_keeps_its_records(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (None, _L.ALIVE))
        now = NOW + WEEK
        begin(store, "run-1", now).commit([live_seen(_L.ALIVE, now), live_seen(_L.GONE, now)])
        (history,) = (each for each in store.history(PAGE) if each.side == "live")
        assert [each.evidence for each in history.episodes] == [
            live_seen(_L.ALIVE).evidence,
            live_seen(_L.GONE, now).evidence,
        ]


@pytest.mark.parametrize("anew", [_L.ALIVE, _L.GONE])
def test_what_a_visit_that_goes_on_tells_anew_counts_once(
    tmp_path: Path, anew: LiveVerdict
) -> None:
    host, at = "https://www.example.org", NOW + WEEK
    heard = Heard(host=host, seed="s", at=at, question="q", url=PAGE, body=b"")
    with opened(tmp_path) as store:
        weekly(store, (None, _L.ALIVE))
        now = NOW + WEEK
        begin(store, "killed", now).commit([heard, live_seen(_L.ALIVE, now)])
        writer = begin(store, "going on", now + DAY / 2)
        (due,) = store.due_live(now + DAY / 2)
        assert due.original == PAGE
        assert store.live_records(going_on=True).heard(host) == (heard,)
        assert store.live_records().heard(host) is None
        writer.commit([live_seen(anew, now), Visited(host=host)])
        assert store.live_records(going_on=True).heard(host) == ()
        (history,) = (each for each in store.history(PAGE) if each.side == "live")
        counts = [2] if anew is _L.ALIVE else [1, 1]
        assert [each.count for each in history.episodes] == counts
        assert history.episodes[-1].evidence == live_seen(anew, now).evidence


def test_what_was_heard_long_ago_is_forgotten(tmp_path: Path) -> None:
    def heard(host: str, at: dt.datetime) -> Heard:
        return Heard(host=host, seed="s", at=at, question=str(at), url=PAGE, body=b"")

    with opened(tmp_path) as store:
        old = [heard("old", NOW - DAY * 2), heard("old", NOW), heard("young", NOW)]
        begin(store, "killed").commit([*old, heard("ahead", NOW + DAY)])
        begin(store, "next", NOW + DAY / 2)
        assert store.live_records(going_on=True).open == {"young"}
        begin(store, "last", NOW + DAY * 2)
        assert not store.live_records(going_on=True).open


def test_the_same_in_one_run_counts_once(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (_A.MISSING, _L.GONE))
        now = NOW + WEEK
        begin(store, "run-1", now).commit([live_seen(_L.GONE, now)] * 3)
        (history,) = (each for each in store.history(PAGE) if each.side == "live")
        assert [each.count for each in history.episodes] == [2]


def test_a_host_stands_for_its_originals(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for week in range(3):
            now = NOW + WEEK * week
            writer = begin(store, f"run-{week}", now)
            writer.put([page(), page("b.md", PAGE + "b")])
            writer.commit([host_seen(now=now)])
        for one in store.findings():
            for link in one.links:
                assert link.live is not None
                assert link.live.finding.verdict is _L.HOST_GONE
                assert link.live.finding.method is LiveMethod.HOST
                assert link.live.evidence.seen_at == NOW + WEEK * 2
                assert link.live_strikes.strikes == 3
        assert store.counts()["episode"] == 1
        seen = store.live_records().host("https://www.example.org")
        assert seen == host_seen(now=NOW + WEEK * 2)


def test_a_host_that_came_back_lets_its_originals_speak(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (None, None))
        begin(store, "a", NOW).commit([host_seen(now=NOW)])
        later = NOW + WEEK
        writer = begin(store, "b", later)
        writer.commit([host_seen(None, later)])
        link = next(store.findings()).links[0]
        assert link.live is not None
        assert link.live.finding.verdict is _L.HOST_GONE
        writer.commit([live_seen(_L.ALIVE, later)])
        link = next(store.findings()).links[0]
        assert link.live == live_seen(_L.ALIVE, later)
        assert link.live_strikes.strikes == 0


def test_a_host_and_its_original_deny_together(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (None, _L.ALIVE), (None, _L.GONE))
        for week in (2, 3):
            now = NOW + WEEK * week
            begin(store, f"run-{week}", now).commit([host_seen(now=now)])
        link = next(store.findings()).links[0]
        assert link.live is not None
        assert link.live.finding.verdict is _L.HOST_GONE
        assert link.live_strikes.strikes == 3
        assert link.live_strikes.regressed


def test_an_original_of_a_judged_host_is_not_due(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        assert [each.original for each in store.due_live(NOW)] == [PAGE]
        writer.commit([host_seen()])
        assert not list(store.due_live(NOW, fresh=True))
    with opened(tmp_path) as store:
        begin(store, "two", NOW)
        assert not list(store.due_live(NOW + DAY))
        assert list(store.due_live(NOW + DAY * 3))
        assert list(store.due_live(NOW + DAY, fresh=True))


@pytest.mark.parametrize(
    ("archive", "days", "due"),
    [
        (_A.CAPTURED, 71, False),
        (_A.CAPTURED, 90, True),
        (_A.DRIFTED, 71, False),
        (_A.MISSING, 2.9, False),
        (_A.MISSING, 3, True),
        (_A.EXCLUDED, 179, False),
        (_A.EXCLUDED, 217, True),
        (_A.PENDING, 2, True),
        (_A.UNKNOWN, 0.001, True),
    ],
)
def test_findings_hold_for_a_while(
    tmp_path: Path, archive: ArchiveVerdict, days: float, *, due: bool
) -> None:
    with opened(tmp_path) as store:
        weekly(store, (archive, None))
    with opened(tmp_path) as store:
        begin(store, "next")
        now = NOW + DAY * days
        assert bool(store.due_archive(now)) == due
        assert store.due_archive(now, fresh=True)


@pytest.mark.parametrize(
    ("live", "days", "due"),
    [(_L.ALIVE, 5.9, False), (_L.ALIVE, 6, True), (_L.GONE, 2.9, False), (_L.GONE, 3, True)],
)
def test_live_findings_hold_for_less(
    tmp_path: Path, live: LiveVerdict, days: float, *, due: bool
) -> None:
    with opened(tmp_path) as store:
        weekly(store, (None, live))
    with opened(tmp_path) as store:
        begin(store, "next")
        assert bool(list(store.due_live(NOW + DAY * days))) == due


def test_what_was_never_checked_comes_first_then_the_failing_then_the_oldest(
    tmp_path: Path,
) -> None:
    names = ("old", "failing", "new", "young")
    pages = {name: f"https://www.example.org/{name}" for name in names}
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page(f"{name}.md", pages[name]) for name in names])
        writer.commit(
            [
                archive_seen(_A.CAPTURED, NOW, pages["old"]),
                archive_seen(_A.CAPTURED, NOW + DAY, pages["young"]),
                archive_seen(_A.MISSING, NOW + DAY, pages["failing"]),
                live_seen(_L.ALIVE, NOW, pages["old"]),
                live_seen(_L.ALIVE, NOW + DAY, pages["young"]),
                live_seen(_L.GONE, NOW + DAY, pages["failing"]),
            ]
        )
    with opened(tmp_path) as store:
        begin(store, "two")
        now = NOW + DAY * 200
        for limit, chosen in enumerate((["new"], ["failing"], ["old"], ["young"]), 1):
            keys = store.due_archive(now, limit=limit)["wayback"].keys
            lives = [each.original for each in store.due_live(now, limit=limit)]
            assert f"org,example)/{chosen[0]}" in keys
            assert len(keys) == limit
            assert pages[chosen[0]] in lives
            assert list(keys) == sorted(keys)
            assert lives == sorted(lives)


def test_what_this_run_has_asked_is_not_due_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        weekly(store, (_A.UNKNOWN, _L.UNKNOWN))
        assert store.due_archive(NOW, fresh=True) == {}
        assert not list(store.due_live(NOW, fresh=True))


def test_due_subjects_say_what_is_wanted(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page()])
        (subject,) = store.due_archive(NOW)["wayback"]
        assert subject.original == PAGE
        assert subject.wants == (archive_seen().want,)
        (live,) = store.due_live(NOW)
        assert live.hint == "Title of a.md"
        assert live.roles == ("original_url", "url")


def test_a_clock_that_ran_ahead_stops_nothing(tmp_path: Path) -> None:
    ahead = NOW + DAY * 3000
    with opened(tmp_path) as store:
        begin(store, "ahead", ahead).put([page()])
        begin(store, "b", ahead).commit(
            [archive_seen(_A.MISSING, ahead), live_seen(_L.GONE, ahead)]
        )
    with opened(tmp_path) as store:
        for week in range(3):
            now = NOW + WEEK * week
            writer = begin(store, f"run-{week}", now)
            assert store.due_archive(now)
            assert list(store.due_live(now))
            writer.commit([archive_seen(_A.MISSING, now), live_seen(_L.GONE, now)])
            link = next(store.findings()).links[0]
            assert link.archive_strikes.strikes == link.live_strikes.strikes == week + 1
        for history in store.history(PAGE):
            for episode in history.episodes:
                assert NOW == episode.first_seen <= episode.last_seen == NOW + WEEK * 2


def test_headway_is_kept_with_the_rows_before_it(tmp_path: Path) -> None:
    query = IndexQuery(url="http://example.org/", resume="org,example)/b 2021")
    headway = Headway(
        archive="wayback", host="org,example", at=NOW, query=query, key="org,example)/b"
    )
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        writer.commit([archive_seen(), headway])
        assert store.archive_records("wayback").headway() == {"org,example": headway}
        done = replace(headway, query=None)
        writer.commit([done])
        assert store.archive_records("wayback").headway() == {"org,example": done}
        assert store.archive_records("arquivo").headway() == {}


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])

        def batch() -> object:
            yield archive_seen()
            yield live_seen()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            writer.commit(batch())  # type: ignore[arg-type]  # it never ends well
        assert store.counts()["episode"] == 0
        writer.commit([archive_seen(), live_seen()])
        assert store.counts()["episode"] == 2
        assert next(store.findings()).links[0].archive == archive_seen()


def test_own_hashes_are_remembered(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for week, digest in enumerate(("aa", "aa", "bb")):
            now = NOW + WEEK * week
            seen = archive_seen(now=now)
            reading = PlaybackReading(
                asked=ArchivedUrl(
                    archive="wayback", timestamp="20210629000000", modifier="id_", inner=PAGE
                ),
                answer=Answer.CAPTURE,
                status=200,
                timestamp="20210629000000",
                source="item/file.warc.gz",
            )
            fixity = FixityReading(fixity=Fixity.MATCH, sha256=digest)
            evidence = replace(seen.evidence, chain=(reading,), fixity=fixity)
            begin(store, f"run-{week}", now).commit([replace(seen, evidence=evidence)])
        records = store.archive_records("wayback")
        bytes_seen = records.seen_bytes("org,example)/a", "20210629000000")
        assert [(each.sha256, each.at) for each in bytes_seen] == [
            ("aa", NOW),
            ("aa", NOW + WEEK),
            ("bb", NOW + WEEK * 2),
        ]
        assert bytes_seen[0].source == "item/file.warc.gz"
        assert records.replayed_at("org,example)/a", "20210629000000") == NOW + WEEK * 2
        assert records.replayed_at("org,example)/a", "20200629000000") is None
        assert records.seen_bytes("org,example)/b", "20210629000000") == ()


@pytest.mark.parametrize(
    ("archive", "live", "by_host", "witness"),
    [
        (_A.CAPTURED, _L.GONE, False, True),
        (_A.CAPTURED, _L.HOST_GONE, True, True),
        (_A.CAPTURED, _L.ALIVE, False, False),
        (_A.MISSING, _L.GONE, False, False),
        (_A.CAPTURED, None, False, False),
    ],
)
def test_sole_witnesses(
    tmp_path: Path,
    archive: ArchiveVerdict,
    live: LiveVerdict | None,
    *,
    by_host: bool,
    witness: bool,
) -> None:
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        writer.commit([archive_seen(archive)])
        if live is not None:
            writer.commit([host_seen(live) if by_host else live_seen(live)])
        key = "org,example)/a"
        found = list(store.archive_records("wayback", keys=("a", key)).sole_witnesses())
        assert found == ([(key, "20210629000000")] if witness else [])
        assert not list(store.archive_records("wayback", keys=("z",)).sole_witnesses())


def test_pauses_outlive_the_process(tmp_path: Path) -> None:
    pause = Pause(
        site="wayback", reason=PauseReason.BANNED, began_at=NOW, until=NOW + DAY, bans=1, detail="x"
    )
    with opened(tmp_path) as store:
        store.pauses().write(pause)
        store.pauses().write(replace(pause, bans=2))
    with Store.read(tmp_path / ".linkcheck") as store:
        assert store.pauses().read() == (replace(pause, bans=2),)


VERDICTS = st.sampled_from([_L.ALIVE, _L.GONE, _L.BROKEN, _L.UNKNOWN, _L.HOST_GONE, _L.BLOCKED])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(VERDICTS, st.integers(1, 20)), min_size=1, max_size=12))
def test_strikes_are_those_of_the_single_observations(
    tmp_path_factory: pytest.TempPathFactory, story: list[tuple[LiveVerdict, int]]
) -> None:
    """Kept as episodes or as single observations: the same, but for strikes beyond enough."""
    single = []
    with opened(tmp_path_factory.mktemp("story")) as store:
        now = NOW
        for day, (verdict, gap) in enumerate(story):
            now += DAY * gap
            writer = begin(store, f"run-{day}", now)
            if not day:
                writer.put([page()])
            writer.commit([live_seen(verdict, now)])
            if verdict is not _L.UNKNOWN:
                single.append(Past(verdict, number(now), number(now)))
        link = next(store.findings()).links[0]
        expected = appraise(single, JudgingSettings()).noun(JudgingSettings())
        found = link.live_strikes
        assert min(expected.strikes, 3) <= found.strikes <= expected.strikes
        assert replace(found, strikes=0) == replace(expected, strikes=0)
        episodes = sum(len(each.episodes) for each in store.history(PAGE))
        assert episodes <= len(story)

"""Runs: their manifests, what changed between them, new rules, and what may be let go."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.live import LiveEvidence
from linkcheck.model.manifest import Ended, Ending
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.model.verdict import (
    ArchiveFinding,
    ArchiveVerdict,
    LiveFinding,
    LiveVerdict,
    Standing,
)
from linkcheck.store import ChangeKind, Judges, Store
from tests.store_parts import (
    DAY,
    NOW,
    PAGE,
    WEEK,
    archive_seen,
    archived,
    article,
    begin,
    end,
    host_seen,
    live,
    live_seen,
    opened,
    page,
)

_A, _L = ArchiveVerdict, LiveVerdict


def test_manifests_are_a_chain(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        first = end(begin(store))
        second = end(begin(store, "two", NOW + WEEK), NOW + WEEK)
        assert first.previous is None
        assert second.previous == first.digest
        assert store.verify_chain() == ()
        assert [run.digest for run in store.runs()] == [first.digest, second.digest]
        assert store.run("two").manifest == second


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "UPDATE run SET manifest = replace(CAST(manifest AS TEXT), 'r1', 'r2') WHERE seq = 1",
            "two: the manifest before it is not the one that it names",
        ),
        ("DELETE FROM run WHERE id = 'one'", "two: the manifest before it is not the one"),
        ("UPDATE run SET manifest = x'7b' WHERE id = 'two'", "two: the manifest cannot be read"),
        ("UPDATE run SET id = 'six' WHERE id = 'two'", "six: the manifest is of another run, two"),
    ],
)
def test_a_broken_chain_is_told(tmp_path: Path, sql: str, words: str) -> None:
    with opened(tmp_path) as store:
        end(begin(store))
        end(begin(store, "two", NOW + WEEK), NOW + WEEK)
        end(begin(store, "three", NOW + WEEK * 2), NOW + WEEK * 2)
    with sqlite3.connect(tmp_path / ".linkcheck" / "state.db") as connection:
        connection.execute(sql)
    connection.close()
    with Store.read(tmp_path / ".linkcheck") as store:
        assert any(fault.startswith(words) for fault in store.verify_chain())


def test_a_run_that_left_no_word_is_sealed_by_the_next(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        writer.commit([archive_seen(now=NOW + DAY)])
    with opened(tmp_path) as store:
        begin(store, "two", NOW + WEEK)
        killed, running = store.runs()
        assert killed.ended is Ended.KILLED
        assert killed.ended_at == NOW + DAY
        assert running.ended is None


def test_runs_have_names_of_their_own(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store)
        with pytest.raises(LinkcheckError, match="there is a run one already"):
            begin(store)


def test_runs_are_found_by_id_date_or_last(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for name, now in (("a", NOW), ("b", NOW + DAY / 24), ("c", NOW + WEEK)):
            end(begin(store, name, now), now)
        begin(store, "d", NOW + WEEK * 2)
        assert store.run("a").id == "a"
        assert store.run("2026-11-02").id == "b"
        assert store.run("last").id == "c"
        with pytest.raises(UsageError, match=r"no run 'x'; the latest are: a, b, c, d"):
            store.run("x")


def test_everything_is_accounted_for(tmp_path: Path) -> None:
    names = ("judged", "carried", "skipped", "untold", "stale")
    pages = {name: f"https://{name}.example/" for name in names}
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page(f"{name}.md", url) for name, url in pages.items()])
        writer.commit(
            [
                archive_seen(_A.CAPTURED, NOW, pages["carried"]),
                archive_seen(_A.MISSING, NOW, pages["stale"]),
                live_seen(_L.ALIVE, NOW, pages["carried"]),
                live_seen(_L.ALIVE, NOW, pages["stale"]),
            ]
        )
        first = end(writer, ended=Ended.BUDGET).ending.completeness
        assert (first.total, first.judged, first.carried) == (10, 4, 0)
        assert first.skipped == (("budget", 6),)
        now = NOW + DAY * 5
        writer = begin(store, "two", now)
        writer.commit(
            [
                archive_seen(_A.CAPTURED, now, pages["judged"]),
                archive_seen(_A.UNKNOWN, now, pages["untold"]),
                host_seen(_L.HOST_GONE, now, "https://judged.example"),
                live_seen(_L.UNKNOWN, now, pages["untold"]),
            ]
        )
        second = writer.end(Ending(ended=Ended.INTERRUPTED, ended_at=now)).ending.completeness
        assert second.total == 10
        assert second.judged == 2
        assert second.carried == 3
        assert second.oldest_carried == NOW
        assert second.skipped == (("interrupted", 3),)
        assert second.unknown == (("rule-unknown", 2),)


def changed(store: Store, since: str) -> list[tuple[str, ChangeKind, Standing | None, Standing]]:
    return [
        (each.finding.link.article, each.kind, each.before, each.finding.standing)
        for each in store.changes(store.run(since))
        if each.finding.link.role == "url"
    ]


def test_what_changed_since_a_run(tmp_path: Path) -> None:
    stories = {
        "fixed.md": ((_A.MISSING, _L.GONE), (_A.CAPTURED, _L.GONE)),
        "good.md": ((_A.CAPTURED, _L.ALIVE), (_A.CAPTURED, _L.GONE)),
        "new.md": ((None, None), (_A.MISSING, _L.GONE)),
        "regressed.md": ((_A.CAPTURED, _L.GONE), (_A.MISSING, _L.GONE)),
        "silent.md": ((_A.MISSING, _L.GONE), (_A.UNKNOWN, _L.UNKNOWN)),
        "still.md": ((_A.MISSING, _L.GONE), (_A.MISSING, _L.GONE)),
    }
    with opened(tmp_path) as store:
        for run in range(2):
            now = NOW + WEEK * run
            writer = begin(store, f"run-{run}", now)
            writer.put([page(name, f"{PAGE}/{name}") for name in stories])
            for name, story in stories.items():
                one, other = story[run]
                if one is not None and other is not None:
                    writer.commit(
                        [
                            archive_seen(one, now, f"{PAGE}/{name}"),
                            live_seen(other, now, f"{PAGE}/{name}"),
                        ]
                    )
            end(writer, now)
        feared = Standing.FEARED_LOST
        assert changed(store, "run-0") == [
            ("fixed.md", ChangeKind.FIXED, feared, Standing.ARCHIVE_ONLY),
            ("new.md", ChangeKind.NEW, None, feared),
            ("regressed.md", ChangeKind.REGRESSED, Standing.ARCHIVE_ONLY, feared),
            ("silent.md", ChangeKind.STILL, feared, feared),
            ("still.md", ChangeKind.STILL, feared, feared),
        ]
        assert {each[1] for each in changed(store, "run-1")} == {ChangeKind.STILL}


def test_what_was_confirmed_by_then(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for run in range(4):
            now = NOW + WEEK * run
            writer = begin(store, f"run-{run}", now)
            writer.put([page()])
            writer.commit([archive_seen(_A.MISSING, now), host_seen(_L.HOST_GONE, now)])
            end(writer, now)
        for since, before in enumerate((Standing.FEARED_LOST, Standing.FEARED_LOST, Standing.LOST)):
            assert changed(store, f"run-{since}") == [
                ("a.md", ChangeKind.STILL, before, Standing.LOST)
            ]


def judges(rules: str, archive: ArchiveVerdict, live_: LiveVerdict) -> Judges:
    finding = LiveFinding(verdict=live_, rule="new")

    def host(evidence: LiveEvidence) -> LiveFinding | None:
        return finding if evidence.original.endswith("/") else None

    return Judges(
        archive=lambda _: ArchiveFinding(verdict=archive, rule="new"),
        live=lambda _: finding,
        host=host,
        rules=rules,
    )


def test_new_rules_judge_stored_evidence_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert store.rejudge(judges("a", _A.CAPTURED, _L.ALIVE)).judged == 0
        for week in range(3):
            now = NOW + WEEK * week
            writer = begin(store, f"run-{week}", now)
            writer.put([page(), page("b.md", "https://dead.example/b")])
            writer.commit(
                [
                    archive_seen(now=now),
                    live_seen(now=now),
                    host_seen(_L.ALIVE, now, "https://dead.example"),
                ]
            )
        before = store.counts()
    with opened(tmp_path) as store:
        assert store.rejudge(judges("a", _A.CAPTURED, _L.ALIVE)).judged == 0
        done = store.rejudge(judges("b", _A.MISSING, _L.GONE))
        assert (done.judged, done.changed) == (3, 3)
        assert store.rejudge(judges("b", _A.MISSING, _L.GONE)).judged == 0
        assert store.counts() == before
        one, other = (each.links[0] for each in store.findings())
        assert one.archive is not None
        assert (one.archive.finding.verdict, one.archive.finding.rule) == (_A.MISSING, "new")
        assert one.archive.evidence == archive_seen(now=NOW + WEEK * 2).evidence
        # Only the first and the last sight of a good answer were kept: fewer strikes, never more.
        assert one.archive_strikes.strikes == one.live_strikes.strikes == 2
        assert other.live is not None
        assert other.live.finding.verdict is _L.GONE
        begin(store, "next", NOW + WEEK * 3)
        assert tuple(store.due_archive(NOW + WEEK * 3)["wayback"].keys) == (
            "example,dead)/b",
            "org,example)/a",
        )


def test_rules_that_are_back_give_back_the_findings(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.rejudge(judges("a", _A.CAPTURED, _L.ALIVE))
        writer = begin(store)
        writer.put([page()])
        seen = replace(archive_seen(), finding=ArchiveFinding(verdict=_A.CAPTURED, rule="new"))
        writer.commit([seen])
        expected = next(store.findings())
        store.rejudge(judges("b", _A.UNKNOWN, _L.UNKNOWN))
        untold = next(store.findings()).links[0]
        assert untold.archive_untold is not None
        store.rejudge(judges("a", _A.CAPTURED, _L.ALIVE))
        assert next(store.findings()) == expected


def replayed(record: str, verdict: ArchiveVerdict, now: dt.datetime) -> ArchiveObservation:
    seen = archive_seen(verdict, now)
    reading = PlaybackReading(
        asked=ArchivedUrl(archive="wayback", timestamp=None, modifier=None, inner=PAGE),
        answer=Answer.ABSENT,
        status=404 if verdict is _A.MISSING else 200,
        record=record,
    )
    return replace(seen, evidence=replace(seen.evidence, chain=(reading,)))


def test_prune_keeps_what_anything_rests_on(tmp_path: Path) -> None:
    story = [_A.CAPTURED, _A.MISSING, _A.CAPTURED, _A.MISSING, _A.MISSING, _A.MISSING]
    with opened(tmp_path) as store:
        for week, verdict in enumerate(story):
            now = NOW + WEEK * week
            writer = begin(store, f"run-{week}", now)
            writer.put([page()])
            writer.commit([replayed(f"<r{week}>", verdict, now)])
            end(writer, now)
        before = next(store.findings())
        pruned = store.prune(DAY * 365, NOW + DAY * 4000)
        assert pruned.episodes == 2
        assert pruned.needed == {"<r2>", "<r5>"}
        assert pruned.dropped == {"<r0>", "<r1>"}
        assert pruned.runs == ("run-0", "run-1", "run-3", "run-4")
        after = next(store.findings())
        assert after.links[0].archive == before.links[0].archive
        assert after.links[0].archive_strikes.strikes == 3
        assert store.counts()["evidence"] == 2
        assert store.verify_chain() == ()
        assert store.prune(DAY * 365, NOW + DAY * 4000).episodes == 0


def test_prune_keeps_what_a_published_report_rests_on(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for week, verdict in enumerate([_A.CAPTURED, _A.MISSING, _A.CAPTURED, _A.CAPTURED]):
            now = NOW + WEEK * week
            writer = begin(store, f"run-{week}", now)
            writer.put([page()])
            writer.commit([replayed(f"<r{week}>", verdict, now)])
            end(writer, now)
        store.publish(store.run("run-1"))
        pruned = store.prune(DAY, NOW + DAY * 4000)
        assert pruned.needed == {"<r1>", "<r3>"}
        assert "run-1" not in pruned.runs


def test_prune_forgets_what_nobody_cites(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        writer.commit([archive_seen(), live_seen(), host_seen(None)])
        writer.put([article("a.md", (live("a.md", "https://new.example/"),), "other")])
        end(writer)
        assert store.prune(DAY * 365, NOW + DAY).episodes == 0
        assert store.prune(DAY, NOW + DAY * 30).episodes == 3
        counts = store.counts()
        assert (counts["want"], counts["live"], counts["host"], counts["evidence"]) == (1, 1, 1, 0)


def test_history_is_found_by_any_name(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        writer = begin(store)
        link = archived("a.md", PAGE)
        writer.put([article("a.md", (link,))])
        writer.commit([host_seen()])
        sides = [
            [each.side for each in store.history(url)]
            for url in (link.raw, PAGE, "http://example.org/a", "nothing", "https://x.example/")
        ]
        assert sides == [["archive", "live", "host"]] * 2 + [["archive"], [], []]


def test_findings_of_a_part(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page(name) for name in ("b/a.md", "b/c/d.md", "ba.md", "a.md")])
        for under, paths in {
            "": ["a.md", "b/a.md", "b/c/d.md", "ba.md"],
            "b": ["b/a.md", "b/c/d.md"],
            "b/": ["b/a.md", "b/c/d.md"],
            "ba.md": ["ba.md"],
            "x": [],
        }.items():
            assert [each.article for each in store.findings(under=under)] == paths


def test_few_that_nothing_rests_on_wait_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for them takes as long as all episodes are many."""

    def evidence(store: Store) -> int:
        return store.counts()["evidence"]

    with opened(tmp_path) as store:
        for day in range(4):
            monkeypatch.setattr("linkcheck.store.runs._EPISODES", 0 if day < 3 else 1_000)
            now = NOW + DAY * day
            writer = begin(store, f"run-{day}", now)
            if not day:
                writer.put([page()])
            seen = live_seen(now=now)
            evidence_of_day = replace(seen.evidence, reason=f"day {day}")
            writer.commit([replace(seen, evidence=evidence_of_day)])
            end(writer, now)
            assert evidence(store) == (day + 1 if day < 3 else 1)
        assert next(store.findings()).links[0].live is not None

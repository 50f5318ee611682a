"""What a person sees of a scan: words, progress, the closing table, and no escape of a page."""

import io
from datetime import UTC, datetime, timedelta

import anyio
import pytest
from rich.cells import cell_len
from rich.console import Console

from linkcheck.console import progress as shown
from linkcheck.console.progress import lines, picture, show
from linkcheck.console.summary import brief, closing, steps
from linkcheck.console.words import clock, lasting, many, paused
from linkcheck.lanes.live import Ended as LiveEnded
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.live import Reach
from linkcheck.model.manifest import Completeness, Ended
from linkcheck.model.pause import MemoryPauseBook, Pause, PauseReason
from linkcheck.model.run import Run
from linkcheck.model.verdict import Standing
from linkcheck.reports.speech import at_least, at_most
from linkcheck.reports.summary import Tally
from linkcheck.scan.job import Outcome
from linkcheck.scan.pauses import WatchedBook
from linkcheck.scan.progress import LaneProgress, Phase, Progress
from tests.report_parts import named_article as article
from tests.report_parts import standing_finding as finding
from tests.virtual import simulate

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RUN = Run(id="r", started_at=NOW, seed=1)


def printed(thing: object, *, width: int = 100, terminal: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, no_color=True)
    console.print(thing)
    return out.getvalue()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 s"), (59, "59 s"), (61, "1 min 01 s"), (3_599, "59 min 59 s"),
        (3_600, "1 h 00 min"), (86_400, "1 d 0 h"), (200_000, "2 d 7 h"),
    ],
)  # fmt: skip
def test_times_are_said_in_two_units(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


def test_a_pause_of_a_clock_that_was_ahead_is_told_as_long_as_it_is_kept() -> None:
    now = datetime.now(UTC)
    ahead = now + timedelta(days=400)
    pause = Pause(
        site="wayback",
        reason=PauseReason.THROTTLED,
        began_at=ahead,
        until=ahead + timedelta(hours=1),
        detail="429",
    )
    made = Progress()
    lane = made.lane("wayback")
    assert WatchedBook(MemoryPauseBook((pause,)), made).read() == (pause,)
    assert lane.pause is not None
    assert timedelta(minutes=59) < lane.pause.until - now < timedelta(minutes=61)


def test_counts_and_shares_are_said_as_people_do() -> None:
    assert many(1, "article") == "1 article"
    assert many(49_118, "article") == "49,118 articles"
    assert many(2, "playback", "playbacks") == "2 playbacks"
    bounds = (0.0074, 0.0004, 0.5, 0.951, 1.0)
    assert [at_most(one) for one in bounds] == ["0.8%", "0.1%", "50%", "96%", "100%"]
    assert [at_least(one) for one in bounds] == ["0.7%", "0.0%", "50%", "95%", "100%"]


def test_a_pause_is_said_in_words() -> None:
    pause = Pause(
        site="wayback",
        reason=PauseReason.THROTTLED,
        began_at=NOW,
        until=NOW + timedelta(minutes=42),
        detail="429, Retry-After 2520",
    )
    said = paused(pause, NOW)
    assert said.startswith("wayback asked for a rest: paused until ")
    assert "42 min 00 s more (429, Retry-After 2520)" in said


@pytest.mark.parametrize(
    ("lane", "left"),
    [
        (LaneProgress(name="x"), None),
        (LaneProgress(name="x", total=100, began=0.0), None),
        (LaneProgress(name="x", total=100, done=50, began=0.0), 10.0),
        (LaneProgress(name="x", total=100, done=1, began=0.0, expected_seconds=90.0), 80.0),
        (LaneProgress(name="x", total=100, done=1, began=0.0, expected_seconds=9.0), None),
        (LaneProgress(name="x", total=100, done=100, began=0.0), None),
        (LaneProgress(name="x", total=100, done=100, began=0.0, expected_seconds=90.0), 80.0),
        (LaneProgress(name="x", total=100, done=3, began=0.0, ended=True), 0.0),
    ],
)
def test_the_time_left_is_told_from_what_is_known(lane: LaneProgress, left: float | None) -> None:
    assert lane.left(10.0) == left


def progress() -> Progress:
    made = Progress(phase=Phase.ASKING, articles=1_200, unchanged=1_000, links=8_000)
    archive = made.lane("wayback")
    archive.total, archive.done, archive.requests, archive.began = 4_000, 1_000, 60, 0.0
    live = made.lane("live web")
    live.total, live.done, live.requests, live.began = 900, 900, 300, 0.0
    live.ended = True
    return made


def test_two_lanes_are_shown_with_done_rate_requests_and_time_left() -> None:
    said = printed(picture(progress(), 30.0), terminal=True)
    assert "asking: 1,200 articles (1,000 unchanged), 8,000 links read" in said
    assert "1,000 of 4,000" in said
    assert "60 requests, 2.0/s" in said
    assert "about 1 min 30 s left" in said
    assert "live web" in said
    assert "done" in said


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_narrow_terminal_is_told_as_much(width: int) -> None:
    said = printed(picture(progress(), 30.0), terminal=True, width=width)
    words = " ".join(said.split())
    for each in ("wayback", "1,000 of 4,000", "60 requests, 2.0/s", "about 1 min 30 s left"):
        assert each in words, said
    tally = Tally()
    tally.add(article("頁.md", finding(Standing.ARCHIVED_AND_LIVE, "https://例え.example/頁")))
    said = printed(closing(tally.done(), None, []), width=width)
    assert "archived-and-live" in said
    assert "…" not in said
    assert all(cell_len(line) <= width for line in said.splitlines())


def test_what_was_not_read_is_not_said_to_have_no_links() -> None:
    made = Progress(phase=Phase.ASKING, articles=4, unchanged=4)
    assert next(lines(made, 1.0)) == "asking: 4 articles (4 unchanged)"
    made.articles, made.links = 5, 7
    assert next(lines(made, 1.0)) == "asking: 5 articles (4 unchanged), 7 links read"


def test_a_log_gets_one_line_and_one_for_each_rest() -> None:
    made = progress()
    now = datetime.now(UTC)
    made.lane("wayback").pause = Pause(
        site="wayback",
        reason=PauseReason.BANNED,
        began_at=now,
        until=now + timedelta(hours=1),
        detail="refused\x1b[31m",
    )
    said = list(lines(made, 30.0))
    assert len(said) == 2
    assert "wayback 1,000 of 4,000 (60 requests, 2.0/s, about 1 min 30 s left)" in said[0]
    assert "turns our connections away" in said[1]
    assert "\x1b" not in said[1]


def test_a_log_gets_a_line_every_half_minute() -> None:
    out = io.StringIO()

    async def main() -> None:
        with anyio.move_on_after(shown.LOG_EVERY * 3.5):
            await show(progress(), Console(file=out, width=80), moving=False)

    simulate("trio", main)
    assert out.getvalue().count("\n") == 3


def test_an_ending_run_says_so() -> None:
    made = progress()
    made.phase, made.ending = Phase.ENDING, "SIGINT asked it to"
    assert "ending: SIGINT asked it to; answers under way are kept" in printed(picture(made, 1.0))


def test_the_closing_table_leads_with_the_standings_and_names_what_is_lost() -> None:
    tally = Tally({Standing.LOST})
    tally.add(
        article(
            "一.md",
            finding(Standing.LOST, "https://失.example/\x1b]0;x\x07", line=7, strikes=3),
            finding(Standing.ARCHIVE_ONLY, "https://a.example/"),
            finding(Standing.ARCHIVED_AND_LIVE, "https://menu.example/", furniture=True),
        )
    )
    tally.add(
        article("二.md", finding(Standing.LOST, "https://失.example/\x1b]0;x\x07", strikes=3))
    )
    summary = tally.done()
    outcome = Outcome(run=RUN, ended=Ended.BUDGET, words="its 10 requests are spent")
    said = printed(closing(summary, outcome, steps(summary, outcome)), width=120)
    assert "2 articles, 4 links, 3 originals" in said
    assert "ended before its end (budget: its 10 requests are spent)" in said
    rows = [line.split() for line in said.splitlines()]
    assert next(row for row in rows if row[:1] == ["lost"])[1:4] == ["1", "2", "2"]
    assert next(row for row in rows if row[:1] == ["furniture"])[1:4] == ["1", "1", "1"]
    assert "https://失.example/\\u001b]0;x\\u0007" in said
    assert "一.md:7 and 1 more" in said
    assert "goes on where this one stopped" in said
    assert "\x1b" not in said
    assert summary.failing == 1


def ended(how: Ended, words: str = "", **more: object) -> tuple[str, list[str], list[str]]:
    """Return what is said in the headline, as what to do next, and to whoever wants quiet."""
    tally = Tally()
    tally.add(article("a.md", finding(Standing.UNRESOLVED, "https://a.example/")))
    summary = tally.done()
    outcome = Outcome(run=RUN, ended=how, words=words, **more)  # type: ignore[arg-type]  # by name
    said = printed(closing(summary, outcome, []), width=200).splitlines()[0]
    return said, steps(summary, outcome), list(brief(summary, outcome, (Standing.LOST,)))


def test_a_run_that_an_archive_sent_to_rest_says_until_when() -> None:
    now = datetime.now(UTC)
    pause = Pause(
        site="wayback",
        reason=PauseReason.THROTTLED,
        began_at=now,
        until=now + timedelta(days=2),
        detail="status 429",
    )
    said, following, quietly = ended(Ended.PAUSED, pauses=(pause,))
    until = clock(pause.until, now)
    assert len(until) == len("2026-11-20 12:00")
    assert f"(wayback asked for a rest: paused until {until}, " in said
    assert following[0].startswith(f"Run the same command again after {until}: it goes on")
    assert quietly[0] in said


def test_a_run_that_could_not_ask_says_what_to_look_at() -> None:
    words = "wayback: its last 7 answers told nothing: reset"
    said, following, quietly = ended(Ended.OFFLINE, words)
    assert said.endswith(f"The run ended before its end ({words})")
    assert following[0].startswith("Run the same command again when the archive answers: ")
    assert quietly == [f"The run ended before its end ({words})"]
    alone = LiveLaneReport(
        ended=LiveEnded.OFFLINE, reach=Reach.FAILED, hosts=1, originals=1, asked=1, wire=1,
        alone=0, by_host=0, resting=0, not_asked=1, verdicts={},
    )  # fmt: skip
    _, following, _ = ended(Ended.OFFLINE, words, live=alone)
    assert following[0].startswith("Run the same command again when this machine has a network")


def test_who_wants_quiet_hears_of_losses_and_not_of_what_was_wished() -> None:
    assert ended(Ended.BUDGET, "its time is over")[2] == []
    assert ended(Ended.INTERRUPTED)[2] == []
    tally = Tally({Standing.LOST})
    tally.add(article("a.md", finding(Standing.LOST, "https://a.example/", strikes=3)))
    outcome = Outcome(run=RUN, ended=Ended.COMPLETE)
    (said,) = brief(tally.done(), outcome, (Standing.LOST, Standing.WITHHELD))
    assert said.startswith("1 original confirmed as lost or withheld: linkcheck report")


def test_a_store_that_is_gone_is_not_asked_for_reports() -> None:
    tally = Tally()
    tally.add(article("a.md", finding(Standing.ARCHIVED, "https://a.example/")))
    outcome = Outcome(run=RUN, ended=Ended.COMPLETE)
    assert steps(tally.done(), outcome, replayed=True, kept=False) == [
        "linkcheck scan FOLDER --dry-run says what a scan of your own would ask; it sends nothing"
    ]


def test_columns_stay_in_line_under_wide_signs() -> None:
    tally = Tally()
    tally.add(article("頁.md", finding(Standing.AT_RISK, "https://例え.example/頁")))
    said = printed(closing(tally.done(), None, []), width=60)
    assert all(len(line) <= 60 for line in said.splitlines())


def test_a_suspicion_says_how_many_scans_agree() -> None:
    tally = Tally({Standing.WITHHELD})
    tally.add(article("a.md", finding(Standing.WITHHELD, "https://a.example/", strikes=1)))
    summary = tally.done()
    assert "(1 of 3)" in printed(closing(summary, None, []))
    assert summary.failing == 0


def test_a_run_that_came_to_its_end_is_not_told_to_go_on() -> None:
    tally = Tally()
    tally.add(article("a.md", finding(Standing.ARCHIVED, "https://a.example/")))
    summary = tally.done()
    outcome = Outcome(run=RUN, ended=Ended.COMPLETE)
    assert not any("goes on" in step for step in steps(summary, outcome))
    assert Completeness().total == 0

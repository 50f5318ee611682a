"""A scan of the real shape, in virtual time, through the real pace: requests, hours and truth."""

from pathlib import Path

import pytest

from benchmarks import sampled
from benchmarks.economy import Outcome, ask, forecasts, plain, scan
from benchmarks.made_up import CITED, Shape
from linkcheck.lanes.archive import Ended
from linkcheck.model.exchange import Purpose
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.settings.archive_lane import ArchiveLaneSettings
from linkcheck.settings.playback import PlaybackSettings
from tests.sample import unpacked


def well_behaved(outcome: Outcome) -> None:
    assert outcome.report.ended is Ended.DONE
    assert outcome.wrong == 0
    assert outcome.throttled == 0
    assert outcome.most_busy <= 4
    assert outcome.report.not_asked == 0
    assert sum(outcome.report.verdicts.values()) == outcome.wants
    sent = outcome.report.requests
    assert (sent.index, sent.playback) == (outcome.index, outcome.playback)


def test_a_fiftieth_of_a_scan_is_true_and_within_its_share() -> None:
    outcome = scan(Shape(0.02))
    well_behaved(outcome)
    assert outcome.report.sample.replayed == 400
    assert outcome.report.sample.contradicted == 0
    # The sample and the first pages weigh more in so small a scan.
    assert outcome.requests <= 0.02 * 36_000 + 400 * 1.5
    assert outcome.seconds <= 0.02 * 2.5 * 3600 + 400 * 1.5 / 4 * 1.1 + 60


def test_what_is_asked_depends_on_the_seed_alone() -> None:
    settings = ArchiveLaneSettings(playback=PlaybackSettings(sample=20))
    one, same, other = (scan(Shape(0.004), settings, seed) for seed in ("1", "1", "2"))
    assert (one.index, one.playback) == (same.index, same.playback)
    for outcome in (one, same, other):
        well_behaved(outcome)
        assert outcome.index == one.index


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_scan_of_the_real_size() -> None:
    once = scan(Shape())
    well_behaved(once)
    assert once.originals == 135_335
    assert once.seconds <= 2.5 * 3600
    assert once.requests <= 36_000
    assert once.report.verdicts[ArchiveVerdict.MISSING] > 4_000
    assert once.memory <= 250e6
    singly = plain(Purpose.PLAYBACK, CITED)
    exact = plain(Purpose.INDEX, once.originals)
    assert min(singly, exact) >= 6 * once.seconds
    twice = scan(Shape(big=2.0))
    well_behaved(twice)
    assert twice.requests <= 1.10 * once.requests


@pytest.mark.soak
@pytest.mark.sample
def test_what_real_articles_want_is_told_truly(tmp_path: Path) -> None:
    subjects = sampled.wanted(unpacked(tmp_path))
    outcome = ask(subjects, sampled.HELD, sampled.verdict)
    well_behaved(outcome)
    assert outcome.originals > 21_000
    assert set(outcome.report.verdicts) == {
        *(ArchiveVerdict.CAPTURED, ArchiveVerdict.DRIFTED, ArchiveVerdict.HOLLOW),
        *(ArchiveVerdict.SHELL, ArchiveVerdict.MISSING),
    }
    cited = subjects.asks(0, len(subjects))
    assert plain(Purpose.PLAYBACK, cited) >= 3 * outcome.seconds


def test_a_first_forecast_names_what_it_cannot_know_and_a_second_one_knows_it() -> None:
    shape = Shape(0.02)
    found = scan(shape)
    first, again = forecasts(shape, found.rows)
    assert first.requests < found.requests <= first.most_requests
    assert again.most_requests - again.requests < first.most_requests - first.requests
    assert abs(again.requests - found.requests) < 0.2 * found.requests

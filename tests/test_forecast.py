"""What a scan says it will send, and who must be able to be written to before it does."""

from dataclasses import replace

import pytest

from linkcheck.archives import archives
from linkcheck.errors import UsageError
from linkcheck.plan.forecast import Forecast
from linkcheck.scan.forecasts import forecast_archive, needs_contact, refuse_without_contact
from linkcheck.scan.job import ArchiveForecast, Forecasts
from linkcheck.settings.playback import PlaybackSettings, read_playback
from linkcheck.settings.scan import ScanSettings
from linkcheck.settings.settings import Settings
from tests.plan_parts import subjects_of

WAYBACK = next(one for one in archives() if one.name == "wayback")
BIG = [f"https://big.example/p{n}" for n in range(3_000)]
OTHER = [f"https://other.example/p{n}" for n in range(900)]
FEW = [f"https://few.example/p{n}" for n in range(3)]


def forecast(*urls: str, playback: str = "doubtful,sample:400") -> Forecast:
    settings = replace(Settings(), scan=ScanSettings(playback=read_playback(playback)))
    return forecast_archive(WAYBACK, subjects_of(*urls), settings, {})


@pytest.mark.parametrize(
    ("playback", "sample", "playbacks"),
    [
        # 90 absences of 3,000 confirmed, 3 asked singly, the sample; three tenths more for hops.
        ("doubtful,sample:400", 400, 90 + 4 + 520),
        ("doubtful,sample:0", 0, 90 + 4),
        ("sample:50", 50, 90 + 4 + 65),
        ("doubtful,sample:99999", 3_000, 90 + 4 + 3_900),  # only what is listed can be drawn
        ("all", 0, 3_900 + 4),
        ("none", 0, 0),
    ],
)
def test_what_is_replayed_is_what_the_scan_was_told(
    playback: str, sample: int, playbacks: int
) -> None:
    found = forecast(*BIG, *FEW, playback=playback)
    assert (found.sample, found.playback_requests) == (sample, playbacks)
    assert found.index_requests == 2  # 9,000 rows
    assert found.requests == found.most_requests  # the busiest host is the collection's own


def test_a_sample_is_not_drawn_of_what_is_replayed_anyway() -> None:
    found = forecast(*FEW)
    assert (found.sample, found.requests) == (0, 4)


@pytest.mark.parametrize(
    ("urls", "settings", "needed"),
    [
        (FEW, {}, False),
        (BIG, {}, False),
        (BIG, {"playback": PlaybackSettings(everything=True, doubtful=False, sample=0)}, True),
        # Some 600 requests, unless the other host has captures without end.
        (BIG + OTHER, {}, True),
        (BIG + OTHER, {"contact": "me@example.org"}, False),
        (BIG + OTHER, {"max_requests": 1_000}, False),
        (BIG + OTHER, {"max_requests": 1_001}, True),
        (BIG + OTHER, {"contact_after": 2_000}, False),
    ],
)
def test_a_contact_is_needed_for_the_most_that_may_be_sent(
    urls: list[str], settings: dict[str, object], *, needed: bool
) -> None:
    scan = ScanSettings(**settings)  # type: ignore[arg-type]  # as tests name them
    found = forecast(*urls, playback=scan.playback.words)
    assert needs_contact(found, scan) == needed
    all_of_it = Forecasts(archives=(ArchiveForecast(archive="wayback", forecast=found),))
    if not needed:
        refuse_without_contact(all_of_it, scan)
        return
    with pytest.raises(UsageError, match=r"this scan would send wayback about .*Nothing was sent"):
        refuse_without_contact(all_of_it, scan)

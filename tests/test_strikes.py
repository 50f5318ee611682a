from datetime import UTC, datetime, timedelta

import pytest

from linkcheck.model.evidence import Baseline
from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.baseline import Observation, compare_baseline
from linkcheck.verdicts.strikes import BAD, FAILED, GOOD, PastFinding, confirm

START = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = JudgingSettings()
VERDICTS: dict[str, ArchiveVerdict | LiveVerdict] = {
    **{each.value: each for each in LiveVerdict},
    **{each.value: each for each in ArchiveVerdict},
}
NEITHER = {ArchiveVerdict.SHELL, ArchiveVerdict.PENDING, ArchiveVerdict.UNKNOWN}


def past(text: str) -> list[PastFinding]:
    """Read "0 gone, 3 gone" as findings by day."""
    pairs = (each.split() for each in text.split(",") if each.strip())
    return [
        PastFinding(verdict=VERDICTS[word], at=START + timedelta(days=float(day)))
        for day, word in pairs
    ]


@pytest.mark.parametrize(
    ("text", "strikes", "confirmed", "regressed"),
    [
        ("", 0, True, False),
        ("0 captured", 0, True, False),
        ("0 missing", 1, False, False),
        ("0 missing, 7 missing", 2, False, False),
        ("0 missing, 3 missing, 6 missing", 3, True, False),
        ("0 missing, 7 missing, 14 missing, 21 missing", 4, True, False),
        ("0 missing, 1 missing, 2 missing", 1, False, False),  # one bad day
        ("0 missing, 2 missing, 3 missing, 6 missing", 3, True, False),
        ("0 missing, 2.9 missing, 5.8 missing", 2, False, False),
        ("0 missing, 7 missing, 14 captured", 0, True, False),
        ("0 missing, 7 missing, 14 captured, 21 missing", 1, False, True),
        ("0 captured, 7 missing", 1, False, True),
        ("0 drifted, 7 hollow", 0, True, True),  # a capture's own state needs no strikes
        ("0 missing, 7 unknown, 14 missing, 21 pending, 28 missing", 3, True, False),
        ("0 missing, 7 excluded, 14 missing", 1, False, False),  # they do not agree
        ("0 missing, 7 missing, 14 hollow, 21 missing", 1, False, False),
        ("0 gone, 7 host-gone, 14 soft-gone", 3, True, False),
        ("0 alive, 7 gone, 14 gone, 21 gone", 3, True, True),
        ("0 gone, 7 gone, 14 moved, 21 broken", 0, True, False),
        ("0 gone, 7 gone, 14 blocked, 21 gone", 3, True, False),
        ("21 gone, 0 gone, 7 gone", 3, True, False),  # in whatever order they come
    ],
)
def test_confirmation(text: str, strikes: int, confirmed: bool, regressed: bool) -> None:  # noqa: FBT001 - expected
    result = confirm(past(text), SETTINGS)
    assert (result.strikes, result.confirmed, result.regressed) == (strikes, confirmed, regressed)
    assert result.needed == 3


def test_both_numbers_are_settings() -> None:
    settings = JudgingSettings(strikes=2, strike_gap=timedelta(days=1))
    assert confirm(past("0 gone, 1 gone"), settings).confirmed


def test_every_verdict_has_its_place() -> None:
    live_silence = {LiveVerdict.UNKNOWN, LiveVerdict.BROKEN, LiveVerdict.BLOCKED}
    assert not GOOD & FAILED
    assert BAD < FAILED
    assert GOOD | FAILED | NEITHER | live_silence == {*LiveVerdict, *ArchiveVerdict}


def seen(text: str) -> list[Observation]:
    """Read "0 a, 1 b other" as observations by day, hash and source."""
    rows = [each.split() for each in text.split(",") if each.strip()]
    return [
        Observation(
            urlkey="org,x)/",
            timestamp="20180101000000",
            source=row[2] if len(row) > 2 else "item/a.warc.gz",
            sha256=row[1],
            at=START + timedelta(days=float(row[0])),
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("", Baseline.NONE),
        ("0 a", Baseline.NONE),
        ("0 a, 7 a", Baseline.UNCHANGED),
        ("0 a, 7 b", Baseline.CHANGED),
        ("0 a, 7 b, 7.5 b", Baseline.CHANGED),
        ("0 a, 7 b, 8 b", Baseline.CHANGED_AGAIN),
        ("0 a, 7 b, 8 c", Baseline.CHANGED_AGAIN),
        ("0 a, 7 b, 8 a", Baseline.UNCHANGED),
        ("0 a, 7 b item/b.warc.gz", Baseline.NONE),  # another record
        ("0 a live-x, 7 b item/b.warc.gz, 14 b item/b.warc.gz", Baseline.UNCHANGED),
        ("7 b, 0 a, 8 b", Baseline.CHANGED_AGAIN),
    ],
)
def test_bytes_over_the_years(text: str, baseline: Baseline) -> None:
    assert compare_baseline(seen(text), SETTINGS) is baseline


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("0 a, 7 b", Baseline.UNPACKED),
        ("0 b, 7 b", Baseline.UNCHANGED),
        ("0 c, 7 b", Baseline.CHANGED),
    ],
)
def test_bytes_that_were_packed_on_the_way_are_the_same(text: str, baseline: Baseline) -> None:
    assert compare_baseline(seen(text), SETTINGS, unpacked="a") is baseline

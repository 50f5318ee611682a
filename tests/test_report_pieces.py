"""Rows by several processes: the same bytes as by one, and one alone while a scan writes."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from linkcheck.cli import shares as cli
from linkcheck.collection.spread import apart
from linkcheck.model.finding import ArticleFindings
from linkcheck.reports import About, PiecedFormat, report_formats
from linkcheck.reports.html import Share
from linkcheck.reports.summary import summarise
from linkcheck.scan.api import read_store
from linkcheck.settings.scan import ScanSettings
from linkcheck.settings.settings import Settings
from tests.command import linkcheck as run
from tests.findings import everything, findings, hostile

ROOT = Path(__file__).parents[1]
PIECED = [name for name, form in report_formats().items() if isinstance(form, PiecedFormat)]


def some(first: int = 0, end: int | None = None) -> list[ArticleFindings]:
    return [everything(), hostile(), *findings(9)][first:end]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    store = tmp_path / "store"
    replayed = ("--replay", ROOT / "cassettes" / "seeds.warc", "--store", store)
    scanned = run("scan", ROOT / "seeds", "-q", *replayed)
    assert scanned.code == 0, scanned.err
    return Settings(scan=ScanSettings(store=store))


def test_rows_are_written_in_pieces() -> None:
    assert PIECED == ["csv", "csv-excel", "ndjson"]
    assert [name for name, form in report_formats().items() if form.summed] == ["json", "markdown"]


@pytest.mark.parametrize("form", PIECED)
@pytest.mark.parametrize("processes", [1, 2])
def test_pieces_of_shares_are_the_whole(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, form: str, processes: int
) -> None:
    writer = report_formats()[form]
    assert isinstance(writer, PiecedFormat)
    about = About(summary=summarise(()))
    parts = [Share(partial(some, 0, 4)), Share(partial(some, 4, 5), 4), Share(partial(some, 5), 5)]
    monkeypatch.setattr(cli, "shares", lambda *_: parts)
    monkeypatch.setattr(cli, "processes", lambda: 2)
    monkeypatch.setattr(cli, "spread", partial(spread, processes))
    made = b"".join(cli.pieces(settings, writer, about))
    assert made == b"".join(writer.write(some(), about))


def spread(processes: int, work: cli.Pieces, parts: Iterable[Share]) -> Iterator[Path]:
    return apart(work, list(parts), processes)


@pytest.mark.parametrize("form", PIECED)
def test_a_scan_that_writes_is_read_at_one_moment(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    writer = report_formats()[form]
    assert isinstance(writer, PiecedFormat)
    about = About(summary=summarise(()))
    calm = b"".join(cli.pieces(settings, writer, about))
    with read_store(settings) as store:
        runs = [replace(one, ended=None) for one in store.runs()]
    monkeypatch.setattr("linkcheck.store.Store.runs", lambda _: tuple(runs))
    monkeypatch.setattr(cli, "processes", lambda: 2)
    monkeypatch.setattr(cli, "shares", lambda *_: [Share(some), Share(some)])
    monkeypatch.delattr(cli, "spread")
    assert b"".join(cli.pieces(settings, writer, about)) == calm
    assert calm

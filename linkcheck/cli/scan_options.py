"""The options of a scan, in lychee's names where it has one; each is a setting too."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from linkcheck.cli.here import here
from linkcheck.cli.options import CollectionOptions, given
from linkcheck.errors import UsageError
from linkcheck.settings.given import Given
from linkcheck.settings.load import Loaded

Flag = Annotated[bool, Parameter(negative=(), show_default=False)]
Repeated = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOptions:
    """What a scan asks, how, and for how long."""

    only: Literal["archive", "live"] | None = None
    """Ask one side alone."""

    archive: Repeated = ()
    """Ask this archive: wayback, arquivo, archive-it, or the URL of a pywb collection. The first
    one stands for all that are not named. Repeatable."""

    contact: str | None = None
    """An address for the archive's staff; needed for more than 1,000 requests."""

    playback: str | None = None
    """What is replayed: all, none, or doubtful,sample:400."""

    fixity: Annotated[bool | None, Parameter(negative="--no-fixity")] = None
    """Compare replayed bytes with the archive's digests."""

    max_run_time: str | None = None
    """End the run after this time (90s, 2h); the next one goes on."""

    max_requests: int | None = None
    """End the run after so many requests; the next one goes on."""

    fail_on: str | None = None
    """Leave with code 2 at these confirmed standings: lost,withheld unless said; none for never."""

    store: Path | None = None
    """Keep findings and evidence in this folder."""

    allow_private: Annotated[bool | None, Parameter(negative=())] = None
    """Let links lead into this machine's own network."""

    status_code: Repeated = ()
    """Take a status of the live web for what you know it is: 403:ok, 5xx:skip. Repeatable."""

    timeout: Annotated[float | None, Parameter(name=["--timeout", "-t"])] = None
    """Seconds that a live page may be silent."""

    max_retries: int | None = None
    """Tries after the first one."""

    max_redirects: Annotated[int | None, Parameter(name=["--max-redirects", "-m"])] = None
    """Redirects that are followed."""

    user_agent: Annotated[str | None, Parameter(name=["--user-agent", "-u"])] = None
    """Ask under this name."""

    max_concurrency: int | None = None
    """Requests in flight over all hosts."""

    host_concurrency: int | None = None
    """Requests in flight to one host of the live web."""

    host_request_interval: str | None = None
    """Time between two requests to one host of the live web: 500ms, 2s."""

    def loaded(self, collection: CollectionOptions, *, record: bool | None) -> Loaded:
        """Return all settings with these options laid over them."""
        start = here()
        fail_on = self.fail_on if self.fail_on != "none" else ()
        own: dict[str, tuple[str, object]] = {
            "scan.only": ("--only", self.only),
            "scan.archives": ("--archive", self.archive or None),
            "scan.contact": ("--contact", self.contact),
            "scan.playback": ("--playback", self.playback),
            "archive.fixity": ("--fixity", self.fixity),
            "scan.max_run_time": ("--max-run-time", self.max_run_time),
            "scan.max_requests": ("--max-requests", self.max_requests),
            "scan.fail_on": ("--fail-on", fail_on),
            "scan.store": ("--store", None if self.store is None else str(self.store)),
            "scan.record": ("--no-record", record),
            "network.allow_private": ("--allow-private", self.allow_private),
            "live.status_actions": ("--status-code", self.status_code or None),
            "network.limits.live.read": ("--timeout", self.timeout),
            "network.redirects": ("--max-redirects", self.max_redirects),
            "network.user_agent": ("--user-agent", self.user_agent),
            "retry.tries": ("--max-retries", _plus_one(self.max_retries)),
            "pace.max_concurrency": ("--max-concurrency", self.max_concurrency),
            "pace.host.connections": ("--host-concurrency", self.host_concurrency),
            "pace.host.interval": ("--host-request-interval", _seconds(self.host_request_interval)),
        }
        return collection.loaded(self._beside_store(given(own, start), start))

    def in_store(self, folder: Path) -> "ScanOptions":
        """Return the same with another store."""
        return replace(self, store=folder)

    def _beside_store(self, options: dict[str, Given], start: Path) -> dict[str, Given]:
        """Keep evidence in a store that was named here."""
        if self.store is not None:
            options["recording.folder"] = Given(
                value=str(self.store / "evidence"), origin="--store", base=start, named="--store"
            )
        return options


def headers_of(said: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return what `-H NAME:VALUE` says; its values are never repeated."""
    found = []
    for header in said:
        name, colon, value = header.partition(":")
        if not colon or not name.strip():
            raise UsageError("--header: write NAME: VALUE")
        if name.strip().lower() == "host":
            raise UsageError("--header: Host is each request's own")
        found.append((name.strip(), value.strip()))
    return tuple(found)


def _plus_one(retries: int | None) -> int | None:
    return None if retries is None else retries + 1


def _seconds(text: str | None) -> float | str | None:
    if text is None:
        return None
    number, unit = (text[:-2], 0.001) if text.endswith("ms") else (text.removesuffix("s"), 1.0)
    try:
        return float(number) * unit
    except ValueError as error:
        raise UsageError(
            f"--host-request-interval {text!r}: write a time such as 500ms or 2s"
        ) from error

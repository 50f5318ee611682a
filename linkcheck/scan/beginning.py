"""What is settled before a run begins: its name, its versions, how its door is set."""

import datetime as dt
import secrets
from dataclasses import replace
from importlib.metadata import requires, version
from re import match

import msgspec

from linkcheck import __version__
from linkcheck.model.manifest import Beginning
from linkcheck.model.run import Run
from linkcheck.model.vantage import Vantage
from linkcheck.scan.job import Job
from linkcheck.scan.rules import as_json, judging_rules
from linkcheck.settings.door import DoorSettings
from linkcheck.settings.network import Network
from linkcheck.settings.recording import Recording
from linkcheck.settings.scan import ScanSettings
from linkcheck.settings.settings import Settings

_DISTRIBUTION = "archival-linkcheck"


def new_run(settings: Settings, now: dt.datetime, vantage: Vantage | None = None) -> Run:
    """Return a run that begins now."""
    return Run(
        id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
        started_at=now,
        seed=settings.scan.seed,
        settings=as_json(without_places(settings)).decode(),
        vantage="" if vantage is None else msgspec.json.encode(vantage).decode(),
    )


def without_places(settings: Settings) -> Settings:
    """Return what decides about requests: evidence is handed on, and says nothing of this disk."""
    scan = replace(settings.scan, paths=(), store=ScanSettings().store)
    return replace(settings, scan=scan, recording=Recording())


def beginning(job: Job, run: Run) -> Beginning:
    """Return what is known of a run before it asks anybody; a replay looks from where it was."""
    vantage = {
        **vantage_of(run),
        "user_agent": user_agent(job.settings),
        "replay": bool(job.replay),
    }
    return Beginning(
        versions=_versions(),
        rules=judging_rules(job.settings),
        configuration=as_json(job.settings).decode(),
        vantage=msgspec.json.encode(vantage).decode(),
    )


def vantage_of(run: Run) -> dict[str, object]:
    """Return from where a run looks; nothing where its recording does not say so."""
    try:
        return msgspec.json.decode(run.vantage or "{}", type=dict[str, object])
    except msgspec.DecodeError:
        return {}


def is_proxied(run: Run) -> bool:
    """Tell whether a proxy stood between a recorded run and the web: it heard no word of names."""
    return bool(vantage_of(run).get("proxies"))


def user_agent(settings: Settings) -> str:
    """Return who asks: linkcheck, and whom to write to."""
    said = settings.network.user_agent
    if said != Network().user_agent or not settings.scan.contact:
        return said
    return f"{said} (+{settings.scan.contact})"


def door_settings(job: Job, run: Run) -> DoorSettings:
    """Return what every layer of the door is told."""
    settings = job.settings
    return DoorSettings(
        network=replace(settings.network, user_agent=user_agent(settings)),
        pace=replace(settings.pace, archives=tuple(archive.pace for archive in job.archives)),
        retry=replace(settings.retry, seed=run.seed),
        user_headers=_names(job),
    )


def recording_settings(job: Job) -> Recording | None:
    """Return where the exchanges go; None where they are not kept."""
    settings = job.settings
    if not settings.scan.record:
        return None
    return replace(settings.recording, user_headers=_names(job))


def _names(job: Job) -> tuple[str, ...]:
    return tuple(name for name, _ in job.headers)


def _versions() -> tuple[tuple[str, str], ...]:
    names = {
        found[0]
        for one in requires(_DISTRIBUTION) or ()
        if "extra ==" not in one and (found := match(r"[A-Za-z0-9._-]+", one))
    }
    return (("linkcheck", __version__), *((name, version(name)) for name in sorted(names)))

"""Run the command in a town: well-known ports and names lead to loopback, the pace is quick."""

import importlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from socket import EAI_NONAME, gaierror
from typing import Any
from unittest import mock

import anyio

from linkcheck.model.pace import Budget
from linkcheck.model.run import Run
from linkcheck.net import dialer, resolver
from linkcheck.net.guard import Address
from linkcheck.net.stream import Stream, connect
from linkcheck.scan import asking, due
from linkcheck.scan.beginning import door_settings
from linkcheck.scan.job import Job
from linkcheck.settings.door import DoorSettings
from linkcheck.store import lock

HOME = ip_address("127.0.0.1")
# The guard lets nothing private through: in the town, loopback has an address of the web.
PUBLIC = ip_address("93.184.216.34")


@contextmanager
def settled(town: dict[str, Any]) -> Iterator[None]:
    """Turn everything that would leave loopback."""

    async def turned(_address: Address, port: int) -> Stream:
        return await connect(HOME, {80: town["http"], 443: town["https"]}.get(port, port))

    async def found(name: str, _limiter: anyio.CapacityLimiter) -> tuple[Address, ...]:
        await anyio.lowlevel.checkpoint()
        if name not in town["names"]:
            raise gaierror(EAI_NONAME, "Name or service not known")
        return (PUBLIC,)

    budget = Budget(requests=1, seconds=town["pace"])

    def quick(job: Job, run: Run) -> DoorSettings:
        # The plan rests on what archives declare; only the door is in a hurry.
        settings = door_settings(job, run)
        paces = tuple(
            replace(pace, endpoints=tuple(replace(end, budget=budget) for end in pace.endpoints))
            for pace in settings.pace.archives
        )
        return replace(settings, pace=replace(settings.pace, archives=paces))

    with (
        mock.patch.object(dialer, "connect", turned),
        mock.patch.object(resolver, "ask_system", found),
        mock.patch.object(asking, "door_settings", quick),
        mock.patch.object(lock, "_MACHINE", (Path(town["locks"]),)),
        mock.patch.object(due, "ANNEX_FROM", town.get("annex_from", due.ANNEX_FROM)),
    ):
        yield


def launch(town: dict[str, Any], environment: dict[str, str], cwd: str, said: list[str]) -> None:
    """Run the command in this process, which a test has forked for it."""
    os.environ.update(environment)
    os.chdir(cwd)
    with settled(town), Path(cwd, "stderr.txt").open("a", encoding="utf-8") as sys.stderr:
        importlib.import_module("linkcheck.cli").main(said)


if __name__ == "__main__":
    with settled(json.loads(os.environ["TOWN"])):
        importlib.import_module("linkcheck.cli").main()

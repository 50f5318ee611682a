"""Run the command in a town: well-known ports and names lead to loopback, the pace is quick."""

import importlib
import json
import os
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from socket import EAI_NONAME, gaierror
from typing import Any

import anyio

from linkcheck.archives import wayback
from linkcheck.model.pace import Budget
from linkcheck.net import dialer, resolver
from linkcheck.net.guard import Address
from linkcheck.net.stream import Stream, connect
from linkcheck.store import lock

TOWN: dict[str, Any] = json.loads(os.environ["TOWN"])
HOME = ip_address("127.0.0.1")
# The guard lets nothing private through: in the town, loopback has an address of the web.
PUBLIC = ip_address("93.184.216.34")


async def turned(_address: Address, port: int) -> Stream:
    return await connect(HOME, {80: TOWN["http"], 443: TOWN["https"]}.get(port, port))


async def found(name: str, _limiter: anyio.CapacityLimiter) -> tuple[Address, ...]:
    await anyio.lowlevel.checkpoint()
    if name not in TOWN["names"]:
        raise gaierror(EAI_NONAME, "Name or service not known")
    return (PUBLIC,)


def settle() -> None:
    """Turn everything that would leave loopback."""
    dialer.connect = turned
    resolver.ask_system = found
    pace = wayback.ARCHIVE.pace
    budget = Budget(requests=1, seconds=TOWN["pace"])
    ends = tuple(replace(end, budget=budget) for end in pace.endpoints)
    wayback.ARCHIVE = replace(wayback.ARCHIVE, pace=replace(pace, endpoints=ends))
    lock._MACHINE = (Path(TOWN["locks"]),)


if __name__ == "__main__":
    settle()
    importlib.import_module("linkcheck.cli").main()

"""Scans in a made-up world: it stands in the engine's place, and nobody is waited for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest import mock

from benchmarks.world import World
from linkcheck.model.pace import Budget
from linkcheck.model.run import Run
from linkcheck.net import door as doors
from linkcheck.scan import asking
from linkcheck.scan.beginning import door_settings
from linkcheck.scan.job import Job
from linkcheck.settings.door import DoorSettings
from linkcheck.store import archive_lock


@contextmanager
def in_a_hurry(folder: Path, world: World) -> Iterator[None]:
    """Let scans of this process ask a made-up world, as fast as it answers."""

    def hurried(job: Job, run: Run) -> DoorSettings:
        # The plan rests on what archives declare; only the door is in a hurry.
        settings = door_settings(job, run)
        budget = Budget(requests=1, seconds=0.0)
        archives = tuple(
            replace(one, endpoints=tuple(replace(end, budget=budget) for end in one.endpoints))
            for one in settings.pace.archives
        )
        return replace(settings, pace=replace(settings.pace, archives=archives))

    with (
        mock.patch.object(doors, "make_engine", return_value=world),
        mock.patch.object(asking, "door_settings", hurried),
        # Nobody's archive is asked: scans of others on this machine need not wait for this one.
        mock.patch.object(asking, "archive_lock", partial(archive_lock, folder=folder)),
    ):
        yield

"""The archive side: index in bulk, playback of what is doubtful, fixity and text on the way."""

from linkcheck.lanes.allowance import Allowance, Unlimited
from linkcheck.lanes.archive.lane import run_archive
from linkcheck.lanes.archive.report import ArchiveLaneReport, Ended, Requests, SampleReading
from linkcheck.lanes.archive.witness import TextReading, Witness

__all__ = [
    "Allowance",
    "ArchiveLaneReport",
    "Ended",
    "Requests",
    "SampleReading",
    "TextReading",
    "Unlimited",
    "Witness",
    "run_archive",
]

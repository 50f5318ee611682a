"""The live side: what became of each original, host by host."""

from linkcheck.lanes.allowance import Allowance, Unlimited
from linkcheck.lanes.live.lane import run_live
from linkcheck.lanes.live.report import Ended, LiveLaneReport

__all__ = ["Allowance", "Ended", "LiveLaneReport", "Unlimited", "run_live"]

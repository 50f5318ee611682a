"""How a run ended, told by how its lanes did. Pure."""

from collections.abc import Container, Iterator, Sequence

from linkcheck.lanes.archive import ArchiveLaneReport
from linkcheck.lanes.archive import Ended as LaneEnded
from linkcheck.lanes.live import Ended as LiveEnded
from linkcheck.lanes.live import LiveLaneReport
from linkcheck.model.manifest import Ended, Sampled

_LANE_ENDS = {
    LaneEnded.PAUSED: Ended.PAUSED,
    LaneEnded.SILENT: Ended.OFFLINE,
    LaneEnded.BUDGET: Ended.BUDGET,
    LaneEnded.STOPPED: Ended.INTERRUPTED,
}


def end_of(archives: Sequence[ArchiveLaneReport], live: LiveLaneReport | None) -> Ended:
    """Return how a run ended that nobody stopped."""
    ends = [_LANE_ENDS[one.ended] for one in archives if one.ended in _LANE_ENDS]
    if live is not None and live.ended is LiveEnded.OFFLINE:
        ends.append(Ended.OFFLINE)
    return ends[0] if ends else Ended.COMPLETE


def why_ended(
    archives: Sequence[ArchiveLaneReport], live: LiveLaneReport | None, *, resting: Container[str]
) -> str:
    """Say which lanes could not go on, but for those whose pauses say it: they are `resting`."""
    return "; ".join(_reasons(archives, live, resting))


def sampled(archives: Sequence[ArchiveLaneReport]) -> Sampled | None:
    """Return what the sample came to, in the first lane that had one."""
    for report in archives:
        sample = report.sample
        if sample.bound is not None:
            return Sampled(
                size=sample.replayed,
                bad=sample.contradicted,
                bound=sample.bound.high,
                confidence=sample.bound.confidence,
            )
    return None


def _reasons(
    archives: Sequence[ArchiveLaneReport], live: LiveLaneReport | None, resting: Container[str]
) -> Iterator[str]:
    for one in archives:
        if one.ended in _LANE_ENDS and not (
            one.ended is LaneEnded.PAUSED and one.archive in resting
        ):
            yield f"{one.archive}: {one.reason or one.ended}"
    if live is not None and live.ended is LiveEnded.OFFLINE:
        yield "live web: the control hosts do not answer either, so it is our own network"

"""Where a site leads its old addresses: one end for several of them is the page of none."""

from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.model.observation import LiveObservation
from linkcheck.settings.live import LiveSettings
from linkcheck.urls.parts import split
from linkcheck.urls.places import is_front_page
from linkcheck.verdicts.live import judge_live
from linkcheck.verdicts.live_way import same_site


class Ends:
    """Keep what was led on, by where it was led, until enough of it met there."""

    def __init__(self, settings: LiveSettings) -> None:
        self._settings = settings
        self._met: dict[str, dict[str, LiveObservation]] = {}

    def add(self, observation: LiveObservation) -> Iterator[LiveObservation]:
        """Take in what one link came to, and yield what is to be seen in a new light for it."""
        evidence, final = observation.evidence, observation.finding.final_url
        if final is None or observation.finding.rule != "redirected":
            return
        if not _is_left(evidence.original, final):
            return
        met, enough = self._met.setdefault(final, {}), self._settings.fellows
        fresh = [observation]
        if len(met) < enough:
            met[evidence.original] = observation
            if len(met) < enough:
                return
            fresh = list(met.values())
        for one in fresh:
            seen = replace(one.evidence, fellows=enough - 1)
            yield replace(one, evidence=seen, finding=judge_live(seen, self._settings))


def _is_left(original: str, final: str) -> bool:
    """Tell an end within the site, or a front page, that has nothing of the address left.

    `/amp/bridge-closed` and `/bridge-closed/2` may both lead to `/bridge-closed`; and several
    short links to one page.
    """
    if not (same_site(original, final) or is_front_page(final)):
        return False
    source, target = split(original), split(final)
    if source is None or target is None:
        return False
    last = target.path.rstrip("/").rpartition("/")[2]
    return last not in source.path.split("/")

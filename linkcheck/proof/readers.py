"""Which linkcheck read the records of a run: another one may have seen other signs in a page."""

from collections.abc import Iterable, Mapping

from linkcheck.model.noun import Noun


class Reader(Noun, frozen=True, kw_only=True):
    """One linkcheck: what a manifest says of it."""

    version: str
    rules: str  # their hash


class Readers:
    """Know who read what."""

    def __init__(self, today: Reader, runs: Mapping[str, Reader]) -> None:
        self._today = today
        self._runs = runs

    def other(self, runs: Iterable[str]) -> str:
        """Name who read the records of these runs, where that is another linkcheck than this."""
        read = (self._runs.get(run, self._today) for run in sorted(runs))
        found = next((one for one in read if one != self._today), None)
        if found is None:
            return ""
        rules = "" if found.version != self._today.version else " with other rules"
        return f"linkcheck {found.version}{rules}"

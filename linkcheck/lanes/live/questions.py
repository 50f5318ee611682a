"""The lane's one way to put a question: to the line, or to the notes of a visit that goes on."""

from linkcheck.lanes.live.line import Line
from linkcheck.lanes.live.notes import Notes
from linkcheck.lanes.live.reading import Seen, refreshed, restless
from linkcheck.model.exchange import Purpose


class Questions:
    """Put questions; `None` instead of an answer means that the run may ask no more."""

    def __init__(self, line: Line, notes: Notes | None = None) -> None:
        self._line = line
        self._notes = notes

    def at(self, notes: Notes) -> "Questions":
        """Return the same for one visit, of which notes are taken."""
        return Questions(self._line, notes)

    @property
    def over(self) -> bool:
        """Tell whether the run may ask no more."""
        return self._line.over

    async def head(self, url: str) -> Seen | None:
        """Ask for the head of an address and of what it leads to."""
        return await self._put(url, "HEAD", Purpose.PROBE)

    async def control(self, url: str) -> Seen | None:
        """Ask for an address to see whether names are known and connections to be had."""
        return await self._line.put(url, "GET", Purpose.PROBE, "", fresh=True)

    async def get(self, url: str, *, whole: bool, refreshes: int = 0) -> Seen | None:
        """Ask for an address, its beginning or all of it, and for what its page leads on to."""
        purpose = Purpose.LIVE if whole else Purpose.PROBE
        seen = await self._put(url, "GET", purpose)
        for _ in range(refreshes):
            if seen is None or not (onward_to := _onward(seen)):
                return seen
            onward = await self._put(onward_to, "GET", purpose, wanted=url)
            if onward is None:
                return None
            seen = refreshed(seen, onward)
        return restless(seen) if refreshes and seen is not None and _onward(seen) else seen

    async def _put(
        self, url: str, method: str, purpose: Purpose, *, wanted: str = ""
    ) -> Seen | None:
        notes = self._notes
        if notes is None:
            return await self._line.put(url, method, purpose, wanted)
        question = notes.question(method, purpose, url, wanted)
        seen = notes.recall(question)
        if seen is None:
            await notes.ask()
            seen = await self._line.put(url, method, purpose, wanted)
            if seen is not None:
                await notes.take_down(question, "" if wanted else url, seen)
        return seen


def _onward(seen: Seen) -> str | None:
    return seen.page.refresh if seen.good and seen.page is not None else None

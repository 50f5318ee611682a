"""The one writer of a run."""

from collections.abc import Iterable, Sequence

from linkcheck.model.manifest import Ending, Manifest
from linkcheck.model.observation import Observation
from linkcheck.store.nouns import Footprint, Sweep
from linkcheck.store.prepared import Prepared


class Writer:
    """Take in what a run reads and sees. Made by `Store.begin`; calls may come from any thread."""

    # The collection.

    def is_known(self, name: str, size: int, mtime_ns: int) -> bool:
        """Tell that a file is as it was: same size and time. It then counts as met in this run."""
        raise NotImplementedError

    def adopt(self, footprint: Footprint) -> bool:
        """Tell that a file's content is known, here or under a former name; then keep its links.

        False: it must be parsed and `put`. Needs `sha256`; title and date stay as they were.
        """
        raise NotImplementedError

    def put(self, articles: Iterable[Prepared]) -> None:
        """Take in articles that were parsed, in one transaction, durable when it returns."""
        raise NotImplementedError

    def sweep(self, walked: Sequence[str]) -> Sweep:
        """Forget articles that were not met below roots that were walked to the end.

        `walked` are names relative to the collection's root: "" is all of it, "news" all below
        `news/`, and a file's own name the file alone.
        """
        raise NotImplementedError

    # What lanes saw.

    def commit(self, observations: Iterable[Observation]) -> None:
        """Keep observations in one transaction, durable and judged when it returns.

        A later observation of the same subject in the same run takes the earlier one's place,
        and counts once. Unknown ones never take the place of what is known.
        """
        raise NotImplementedError

    def end(self, ending: Ending) -> Manifest:
        """Seal the run. Completeness and corpus are counted here where `ending` leaves them out.

        What was due and not asked is counted as skipped, for the reason that the run ended.
        """
        raise NotImplementedError

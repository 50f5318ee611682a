"""Which links count, by what the user includes and excludes."""

import re
from dataclasses import dataclass

from linkcheck.model.link import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A choice among links; as with lychee, what is included is never excluded."""

    include: tuple[re.Pattern[str], ...] = ()
    exclude: tuple[re.Pattern[str], ...] = ()

    def among(self, links: list[Link]) -> list[Link]:
        """Return the links that count."""
        if not self.include and not self.exclude:
            return links
        return [link for link in links if self._counts(link)]

    def _counts(self, link: Link) -> bool:
        if any(_matches(pattern, link) for pattern in self.include):
            return True
        if self.include:
            return False
        return not any(_matches(pattern, link) for pattern in self.exclude)


def _matches(pattern: re.Pattern[str], link: Link) -> bool:
    return bool(pattern.search(link.raw) or (link.original and pattern.search(link.original)))

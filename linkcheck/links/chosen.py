"""Which links count, by what the user includes and excludes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from linkcheck.errors import UsageError
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


def patterns(sources: Sequence[str], origin: str) -> tuple[re.Pattern[str], ...]:
    """Return regular expressions as they were written, or say which is none."""
    return tuple(_pattern(source, origin) for source in sources)


def _pattern(source: str, origin: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(f"{origin}: {source!r} is no regular expression: {error}") from error

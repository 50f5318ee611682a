"""Archives in the manner of pywb: a prefix, a timestamp with modifier, a URL."""

import re
from dataclasses import dataclass, field

from linkcheck.model.archived import ArchivedUrl

# pywb's own grammar: no timestamp asks for the latest capture, a star for the list of them.
# Source: pywb/rewrite/wburl.py, read 2026-11.
_REST = r"(?P<timestamp>\d*)[\d\-]*\*?(?P<modifier>[a-z]{2}_)?/+(?P<inner>.+)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixedArchive:
    """An archive whose every capture stands under one prefix."""

    name: str
    prefix: str  # "https://arquivo.pt/wayback/"; a group of it may name the collection
    examples: tuple[str, ...]
    pattern: str | None = None  # where the prefix is not one string
    _regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        prefix = self.pattern or "(?:https?:)?" + re.escape(self.prefix.partition(":")[2])
        object.__setattr__(self, "_regex", re.compile(prefix + _REST, re.IGNORECASE | re.DOTALL))

    def recognise(self, url: str) -> ArchivedUrl | None:
        """Return the parts of a URL under the prefix."""
        match = self._regex.fullmatch(url)
        if match is None:
            return None
        return ArchivedUrl(
            archive=self.name,
            timestamp=match["timestamp"] or None,
            modifier=match["modifier"],
            inner=match["inner"],
        )

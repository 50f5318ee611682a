"""What is wanted of an archive: one resource, and the moments that links cite of it."""

from datetime import date

from linkcheck.model.link import Role, Time
from linkcheck.model.noun import Noun


class Want(Noun, frozen=True, kw_only=True, gc=False):
    """What some links want of one resource."""

    timestamp: str | None  # the digits as cited; None: any good capture will do
    role: Role
    time: Time | None = None
    published: date | None = None  # of the article: where an inherited moment's window begins


class Subject(Noun, frozen=True, kw_only=True, gc=False):
    """One resource by the archive's own key."""

    key: str
    original: str  # as the first link spells it
    wants: tuple[Want, ...]

    @property
    def moments(self) -> tuple[str | None, ...]:
        """Return the different moments, each of which playback is asked for by itself."""
        return tuple(dict.fromkeys(want.timestamp for want in self.wants))

"""An archived URL: which archive, which moment, which form, of which original."""

from linkcheck.model.link import Repair
from linkcheck.model.noun import Noun


class ArchivedUrl(Noun, frozen=True, kw_only=True, gc=False):
    """The parts that an archive's URL is made of, as they are written."""

    archive: str  # the catalogue's name
    timestamp: str | None  # digits, however many; None asks for the latest or for a list
    modifier: str | None
    inner: str  # what stands behind: an original, or another archived URL
    repairs: tuple[Repair, ...] = ()

"""A mention: where a URL stands in a source, before anybody asks what it means."""

from linkcheck.model.link import Role
from linkcheck.model.noun import Noun


class Mention(Noun, frozen=True, kw_only=True, gc=False):
    """One URL as markup gives it, and the bytes of the source that spell it."""

    start: int
    end: int
    value: str  # entities and escapes undone
    role: Role

"""What a replayed body is, by its own bytes."""

from enum import StrEnum

from linkcheck.model.noun import Noun


class Medium(StrEnum):
    """The kinds of content that a link's role is compared with."""

    HTML = "html"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    TEXT = "text"
    OTHER = "other"
    NOTHING = "nothing"


class Sniffed(Noun, frozen=True, kw_only=True):
    """What a body is by its own bytes."""

    medium: Medium
    form: str = ""  # "jpeg", "png", …
    whole: bool | None = None  # its end is there; None: nothing tells


class ContentReading(Noun, frozen=True, kw_only=True):
    """A replayed body, weighed."""

    sniffed: Sniffed
    size: int
    declared: str | None = None  # the media type of the headers: never believed alone
    short: bool | None = None  # shorter than the origin said; None: it said nothing usable
    cut: bool = False  # at our own cap: its end was not seen, which is nobody's fault

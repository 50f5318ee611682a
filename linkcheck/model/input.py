"""An input: one file that shall be read, under the name it has in reports."""

from linkcheck.model.noun import Noun


class Input(Noun, frozen=True, kw_only=True):
    """One file of the collection."""

    path: str  # where the disk has it
    name: str  # relative to the root where it lies below it, with forward slashes


class Trouble(Noun, frozen=True, kw_only=True):
    """Something on the disk that could not be read; everything else still is."""

    path: str
    message: str
    usage: bool = False  # the path was the user's own word

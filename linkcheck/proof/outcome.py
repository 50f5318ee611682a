"""What the proof of one verdict came to."""

from enum import StrEnum

from linkcheck.model.noun import Noun


class Outcome(StrEnum):
    """Whether a verdict follows from its evidence."""

    PROVEN = "proven"  # its records, read and judged again, give it
    DIFFERS = "differs"  # they give something else
    REREAD = "reread"  # the same, but it was another linkcheck that read them
    UNSOUND = "unsound"  # one of them is not there, or is not what was recorded
    UNRECORDED = "unrecorded"  # it rests on nothing that was recorded


class Proved(Noun, frozen=True, kw_only=True):
    """One verdict's proof."""

    outcome: Outcome
    words: str = ""  # what is wrong, or why there is no proof
    reader: str = ""  # the other linkcheck
    beside: tuple[str, ...] = ()  # what the verdict weighs besides its records: only a run shows it


class DiffersError(Exception):
    """What was read again is not what the store has; the words say in what."""


class ReadOtherwiseError(DiffersError):
    """What was made of the records differs, not what they hold: other readers do that honestly."""

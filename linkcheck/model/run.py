"""One run of linkcheck, as its evidence names it."""

from datetime import datetime

from linkcheck.model.noun import Noun


class Run(Noun, frozen=True, kw_only=True):
    """Everything that a repetition of the run must know besides the answers."""

    id: str  # of letters, digits, `.`, `_`, `-`: files and record ids are named after it
    started_at: datetime
    seed: int  # of every random choice
    settings: str = "{}"  # as JSON
    vantage: str = ""  # from where it looks at the web, as JSON; empty where nobody noted it
    description: str = ""  # what a later reader should know: "on loopback, synthetic"

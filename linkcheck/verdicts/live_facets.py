"""The few words that the table of the live side is written in."""

from enum import StrEnum

from linkcheck.model.live import Reach
from linkcheck.model.noun import Noun
from linkcheck.verdicts.live_way import Way


class Ending(StrEnum):
    """How the asking ended."""

    NOT_ASKED = "not-asked"
    UNTOLD = "untold"  # nothing that says anything about the link: guarded, proxy, paused
    ONCE = "once"  # no such name, or refused, but asked only once
    NO_NAME = "no-name"
    REFUSED = "refused"
    PORT_REFUSED = "port-refused"  # the host answers at its other door
    DEAD_END = "dead-end"  # redirected to where nobody is
    SILENT = "silent"
    TLS = "tls"
    GARBLED = "garbled"
    CIRCLES = "circles"
    ANSWERED = "answered"


class Status(StrEnum):
    """What the last status says."""

    NONE = "none"
    GOOD = "good"
    GONE = "gone"
    DENIED = "denied"
    THROTTLED = "throttled"
    FAULTY = "faulty"
    STRAY = "stray"


class Told(StrEnum):
    """What the user said that the status means."""

    NOTHING = "nothing"
    GOOD = "good"
    UNJUDGED = "unjudged"
    BAD = "bad"


class Wall(StrEnum):
    """Whether something stands before the page."""

    NONE = "none"
    STANDS = "stands"


class Owner(StrEnum):
    """Whose page it is, as far as it shows."""

    ITS_OWN = "its-own"
    USURPER = "usurper"  # parking, for sale, gambling
    SUSPECT = "suspect"  # reads like it, on a host that has other answers for impossible pages
    STRANGER = "stranger"  # this page says nothing of what stood there
    NEW = "new"  # several pages of the host, and none that does


class Probe(StrEnum):
    """What a page that cannot exist gets on the same host."""

    UNTOLD = "untold"
    HONEST = "honest"  # 404 or 410
    SAME = "same"  # the same answer as the link
    OTHER = "other"  # a good answer too, but another one


class Page(StrEnum):
    """What the page is, by its look."""

    UNSEEN = "unseen"
    FITTING = "fitting"
    EMPTY = "empty"
    SHELL = "shell"
    BLANK = "blank"
    TROUBLE = "trouble"
    MAINTENANCE = "maintenance"
    APOLOGY = "apology"
    TITLED = "titled"  # called like an excuse, and too long for one
    SCRIPTED = "scripted"  # short, with a script, and the front page is the same
    WRONG_KIND = "wrong-kind"


class LiveFacets(Noun, frozen=True, kw_only=True):
    """All that a rule may look at."""

    reach: Reach
    ending: Ending
    status: Status
    told: Told
    way: Way
    wall: Wall
    owner: Owner
    probe: Probe
    page: Page

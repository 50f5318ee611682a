"""What was seen of an original on the live web, as data; conclusions stand elsewhere."""

from datetime import datetime
from enum import StrEnum

from linkcheck.model.exchange import FailureKind, Hop
from linkcheck.model.link import Role
from linkcheck.model.noun import Noun


class LiveSubject(Noun, frozen=True, kw_only=True, gc=False):
    """One address of the live web, and what links want of it."""

    original: str  # encoded, without its fragment: as it is asked
    roles: tuple[Role, ...]
    hint: str = ""  # the title of the article that stood there; empty where nobody knows


class SignKind(StrEnum):
    """What a page shows besides its content."""

    PARKED = "parked"  # a parking service's own marks
    FOR_SALE = "for-sale"
    GAMBLING = "gambling"
    CHALLENGE = "challenge"  # a wall against robots
    CAPTCHA = "captcha"
    LOGIN = "login"
    CONSENT = "consent"
    AGE = "age"
    REGION = "region"  # not for visitors from here
    MAINTENANCE = "maintenance"  # says in words that it will be back
    APOLOGY = "apology"  # says in words that there is no such page
    VACANT = "vacant"  # a server or an account at which nobody has put a site
    SHELL = "shell"  # a program that makes the page in the browser
    BLANK = "blank"  # a script, and nothing that can be read or seen
    TROUBLE = "trouble"  # says in words that the machine fails, or has had enough


class Sign(Noun, frozen=True, kw_only=True):
    """One mark, and the words that it was known by."""

    kind: SignKind
    words: str
    certain: bool = False  # an address of a service's own: no words that an honest page may quote


class LiveAnswer(Noun, frozen=True, kw_only=True):
    """One answer of the live web, read."""

    asked: str
    method: str
    at: datetime
    status: int | None = None  # None: there was no answer
    final_url: str | None = None
    hops: tuple[Hop, ...] = ()  # a page's own refresh is one, with the page's status
    media_type: str | None = None
    title: str | None = None
    body_sha256: str | None = None
    body_size: int | None = None
    declared_size: int | None = None  # what the server says that the body has
    cut: bool = False  # only the beginning was read
    words: int | None = None  # of the text; None: no text was read
    text_sha256: str | None = None  # of the text without markup, numbers and the echoed address
    signs: tuple[Sign, ...] = ()
    scripted: bool = False  # a script may make another page of it
    server_says: str = ""  # a header that names a wall
    secure: bool = False  # the certificate was good: nobody on the way made this answer
    address: str | None = None
    wire: int = 0  # requests on the wire, tries and hops included
    failure: FailureKind | None = None
    reason: str = ""
    record: str | None = None  # the WARC record of ours that holds the answer


class Comparison(Noun, frozen=True, kw_only=True):
    """The deciding answer beside those to pages that cannot exist on the same host."""

    status: int | None = None  # of the impossible page; None: it has no answer
    same_place: bool = False  # both were sent on to one page
    own: int | None = (
        None  # word groups and figures that the impossible page does not have; None: no texts
    )
    missing: int | None = None  # word groups that only the impossible page has
    size: int = 0  # word groups of the impossible page
    noise: int = 0  # by which two impossible pages differ from each other
    same_title: bool = False  # the echoed address left out
    same_bytes: bool = False
    front: bool = False  # the front page gets the same answer as the impossible one
    lot: bool = False  # the impossible page is parking, a sale or a casino too


class Scope(StrEnum):
    """What evidence is about."""

    LINK = "link"
    HOST_ALIKE = "host-alike"  # the whole host: everything that was asked got one answer
    HOST_VARIED = "host-varied"  # the whole host: its answers differ, each link speaks for itself


class Reach(StrEnum):
    """Whether what came through this network can be believed."""

    PROVEN = "proven"  # a control answered as it should
    UNPROVEN = "unproven"  # no control was asked, or a proxy stands between
    FAILED = "failed"  # the controls fail too: it is our end
    LIED = "lied"  # the same answer as to a name that cannot exist


class LiveEvidence(Noun, frozen=True, kw_only=True):
    """Everything that the judge of the live side needs."""

    original: str
    seen_at: datetime
    roles: tuple[Role, ...] = ()
    scope: Scope = Scope.LINK
    reach: Reach = Reach.PROVEN
    answers: tuple[LiveAnswer, ...] = ()
    deciding: int = -1  # the place of the answer that the verdict rests on
    compared: Comparison | None = None
    strangers: int = 0  # pages of the host that share no words with what stood there
    kin: int = 0  # pages of the host that do
    fellows: int = 0  # other originals of the host that were led to the same page
    reason: str = ""  # why nothing was asked

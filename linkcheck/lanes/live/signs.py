"""What a page shows besides its content, told by marks and phrases."""

import re

from linkcheck.lanes.live import excuses, lots, walls
from linkcheck.lanes.live.page import Page
from linkcheck.model.exchange import Reply
from linkcheck.model.live import Sign, SignKind
from linkcheck.urls.parts import split

_K = SignKind
_LITTLE = 250  # words: a page that says little besides the phrase
_NOTE = 120  # words of a wall or an excuse; nobody writes an article as short that quotes one
_FORM = 60  # words of a page that is little more than a form
_BARE = 25  # words of a page that waits for a script
_AROUND = 400  # words around an empty place: a head, a foot, a menu
_SHELL = 40  # words that a program's page has before it runs
_BEGINNING = 10_000  # characters of so few words
_MOST = 100_000  # characters in which terms are counted
_TERMS = 4  # different terms of gambling in a text
_DENSE = 0.02  # of all words
_MUCH, _OFTEN = 0.12, 20  # of all words, and in all, where no title says so
_NAMELESS = re.compile(r"\s*[-|–—·•]\s")
_LOTS = frozenset({_K.PARKED, _K.FOR_SALE})
_GOOD, _ERRORS = range(200, 300), range(400, 1000)
# Header fields by which walls name themselves (2020 to 2026).
_SAYS = (
    ("cf-mitigated", ""),
    ("x-amzn-waf-action", ""),
    ("x-datadome", "protected"),
    ("x-sucuri-block", ""),
    ("x-px-block", ""),
)
_ACTING = {"x-datadome"}  # stands on good answers too: it tells only where the status is bad


def server_says(reply: Reply) -> str:
    """Return the header field by which a wall names itself; empty where none does."""
    for name, wanted in _SAYS:
        value = reply.header(name)
        if value is None or wanted not in value.lower():
            continue
        if name not in _ACTING or reply.status in _ERRORS:
            return f"{name}: {value}"[:80]
    return ""


def signs_of(page: Page, reply: Reply, asked: str, words: int) -> tuple[Sign, ...]:
    """Return what a page of so many words shows; each sign with the words that it was known by."""
    host = _host(reply.url)
    found = [
        _parked(page, host, _host(asked), words),
        _for_sale(page, host, _host(asked), words),
        _gambling(page, _host(asked), words),
        _marked(_K.CHALLENGE, page, words, walls.CHALLENGE_MARKS, walls.CHALLENGE),
        _marked(_K.CAPTCHA, page, words, walls.CAPTCHA_MARKS, walls.CAPTCHA),
        _login(page, words),
        _phrase(_K.CONSENT, page, words, walls.CONSENT),
        _phrase(_K.AGE, page, words, walls.AGE),
        _phrase(_K.REGION, page, words, walls.REGION),
        _phrase(_K.MAINTENANCE, page, words, excuses.MAINTENANCE),
        _phrase(_K.TROUBLE, page, words, excuses.TROUBLE),
        _phrase(_K.APOLOGY, page, words, excuses.APOLOGY) if reply.status in _GOOD else None,
        _vacant(page, words) if reply.status in _GOOD else None,
        _shell(page, words),
        _blank(page, words),
    ]
    return tuple(sign for sign in found if sign is not None)


def _parked(page: Page, host: str, asked: str, words: int) -> Sign | None:
    where = lots.PARKING_HOST.search(host) if host != asked else None
    if where is not None:
        return _sign(_K.PARKED, f"sent to {host}", certain=True)
    mark = _mark(page, lots.PARKING_MARKS)
    if mark and words < _LITTLE:
        return _sign(_K.PARKED, mark)
    return _phrase(_K.PARKED, page, words, lots.PARKED)


def _for_sale(page: Page, host: str, asked: str, words: int) -> Sign | None:
    if host != asked and lots.SALE_HOST.search(host):
        return _sign(_K.FOR_SALE, f"sent to {host}", certain=True)
    mark = _mark(page, lots.SALE_MARKS)
    if mark and words < _LITTLE:
        return _sign(_K.FOR_SALE, mark)
    return _phrase(_K.FOR_SALE, page, words, lots.FOR_SALE)


def _gambling(page: Page, host: str, words: int) -> Sign | None:
    """Tell a casino by its title and its text together: news of a casino have one of both.

    A host whose very name says so never was anything else.
    """
    if lots.GAMBLING_NAME.search(host):
        return None
    in_title = set(lots.GAMBLING.findall(page.low_title))
    in_text = lots.GAMBLING.findall(page.low_text, 0, _MOST)
    different = set(in_text)
    dense = len(in_text) >= _DENSE * words
    titled = len(in_title) > 1 or (in_title and len(different) > _TERMS)
    # A casino may wear the title of the paper that stood there; of what it says, much is gambling.
    masked = len(different) > _TERMS and len(in_text) >= max(_MUCH * words, _OFTEN)
    if masked or (titled and len(different) >= _TERMS and dense):
        return _sign(_K.GAMBLING, ", ".join(sorted(in_title | different)[:5]))
    return None


def _login(page: Page, words: int) -> Sign | None:
    called_so = words < _LITTLE and walls.LOGIN_TITLE.search(page.low_title)
    if (words < _FORM or called_so) and walls.PASSWORD.search(page.source):
        return _sign(_K.LOGIN, "asks for a password")
    withheld = _told(walls.PAYWALL.match(page.low_title), page.title)
    if words < _LITTLE:
        whole = f"{page.title}\n{page.text}"
        found = walls.PAYWALL.search(f"{page.low_title}\n{page.low_text}")
        in_source = walls.NOT_FREE.search(page.source)
        withheld = _told(found, whole) or withheld or (in_source[0] if in_source else "")
    if withheld:
        return _sign(_K.LOGIN, withheld)
    return _phrase(_K.LOGIN, page, words, walls.LOGIN, in_title=False)


def _shell(page: Page, words: int) -> Sign | None:
    if words >= _AROUND or "<script" not in page.source:
        return None
    mount = excuses.SHELL_MOUNT.search(page.source)
    if mount is not None or words >= _SHELL:
        return _sign(_K.SHELL, mount[0]) if mount is not None else None
    found = excuses.SHELL_ROOT.search(page.source) or excuses.SHELL_WORDS.search(page.source)
    return _sign(_K.SHELL, found[0]) if found else None


def _vacant(page: Page, words: int) -> Sign | None:
    """Tell a server's own page: its title says so, however long it explains itself."""
    told = _told(excuses.VACANT.search(page.low_title), page.title)
    if told and 2 * len(told) < len(page.title) and words >= _NOTE:
        told = ""  # "Account suspended: teacher loses profile"
    if not told and words < _NOTE:
        told = _told(excuses.VACANT.search(page.low_text, 0, _BEGINNING), page.text)
    return _sign(_K.VACANT, told) if told else None


def _blank(page: Page, words: int) -> Sign | None:
    """Tell a page on which nothing can be read or seen, and a script that may lead on."""
    if words >= _SHELL or page.figures or "<script" not in page.source:
        return None
    if _NAMELESS.match(page.title):
        return _sign(_K.BLANK, "a script, and a title without a name")  # ` - YouTube`
    if words:
        return None
    rooted = excuses.SHELL_MOUNT.search(page.source) or excuses.SHELL_ROOT.search(page.source)
    return None if rooted else _sign(_K.BLANK, "a script, and nothing else")


def _marked(
    kind: SignKind, page: Page, words: int, known: tuple[str, ...], phrases: re.Pattern[str]
) -> Sign | None:
    """Tell a wall: a service's mark on a page that says nothing else, or its words."""
    mark = _mark(page, known) if words < _BARE else None
    return _sign(kind, mark) if mark else _phrase(kind, page, words, phrases)


def _mark(page: Page, known: tuple[str, ...]) -> str | None:
    return next((mark for mark in known if mark in page.source), None)


def _phrase(
    kind: SignKind, page: Page, words: int, phrases: re.Pattern[str], *, in_title: bool = True
) -> Sign | None:
    if words >= _LITTLE:
        return None
    found, within = (phrases.search(page.low_title) if in_title else None), page.title
    if found and words >= _NOTE and kind is not _K.APOLOGY:
        # "Access denied: how the paper lost its newsroom" is an article, "Access denied" is none.
        # Of parking and sales nothing is believed for a title alone.
        wholly = 2 * len(found[0]) >= len(page.title)
        found = found if wholly or (kind in _LOTS and found.start() == 0) else None
    if found is None and words < _NOTE:
        found, within = phrases.search(page.low_text, 0, _BEGINNING), page.text
    return _sign(kind, _told(found, within)) if found else None


def _told(found: re.Match[str] | None, text: str) -> str:
    """Return what was found in a text's lower case as it stands in the text."""
    return "" if found is None else text[found.start() : found.end()]


def _sign(kind: SignKind, words: str, *, certain: bool = False) -> Sign:
    return Sign(kind=kind, words=" ".join(words.split())[:60], certain=certain)


def _host(url: str) -> str:
    parts = split(url)
    return "" if parts is None else parts.host

"""Where redirects of the live web led: to the same thing, to the front door, or elsewhere."""

import re
from enum import StrEnum
from urllib.parse import parse_qsl, unquote

from linkcheck.urls.likeness import Likeness, likeness
from linkcheck.urls.parts import split
from linkcheck.urls.places import is_front_page, is_login

_L = Likeness
# http to https, with and without www, a slash, another order of the query: one thing.
_SAME = frozenset(
    {
        *(_L.EXACT, _L.ENCODING, _L.FRAGMENT, _L.SCHEME, _L.WWW),
        *(_L.PORT, _L.SLASH, _L.QUERY_ORDER, _L.KEY),
    }
)
_GATED = re.compile(
    r"&(?:return\w*|next\w*|(?:session_?)?redirect\w*|redir\w*|continue\w*|dest\w*|url|goto|back\w*|target\w*"
    r"|forward\w*|service|callback\w*|r|u|ru)=",
    re.IGNORECASE,
)
_WWW = re.compile(r"www\d*\.")
_ERROR_PAGE = re.compile(
    r"/(?:errors?/)?(?:404|410|error[-_]?(?:404|page)?|(?:page[-_]?)?not[-_]?found|pagenotfound|missing)"
    r"(?:[-_]?page)?(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)


_NAMED = re.compile(r".-.+-.|\.[a-z]{3,5}$|[0-9]{5}", re.IGNORECASE)
_ROBOTS = re.compile(
    r"captcha|are-?you-?(?:a-)?human|(?:human|robot|browser)-?(?:check|verif)", re.IGNORECASE
)


class Way(StrEnum):
    """What lies between the address that was asked and the one that answered."""

    DIRECT = "direct"
    SAME_THING = "same-thing"
    FRONT_PAGE = "front-page"  # of whichever site, where another page was asked for
    COMMON = "common"  # to where several others of the site were led
    GATE = "gate"  # a login, a consent, an age: it would lead back
    ELSEWHERE = "elsewhere"


def way_of(asked: str, final: str | None) -> Way:
    """Tell where an answer came from."""
    if final is None or final == asked:
        return Way.DIRECT
    if leads_back(asked, final) or any(
        is_gate(final) and not is_gate(asked) for is_gate in (is_login, _is_for_robots)
    ):
        return Way.GATE
    if likeness(asked, final) in _SAME or _only_adds(asked, final):
        return Way.SAME_THING
    return _front_way(asked, final) if is_front_page(final) else Way.ELSEWHERE


def _front_way(asked: str, final: str) -> Way:
    if same_site(asked, final):
        return Way.SAME_THING if is_front_page(asked) else Way.FRONT_PAGE
    return Way.FRONT_PAGE if _is_deep(asked) else Way.ELSEWHERE


def _is_deep(url: str) -> bool:
    """Tell the address of one page among many: a short link, or another name of a site, is none."""
    parts = split(url)
    if parts is None:
        return False
    steps = [step for step in parts.path.split("/") if step]
    return len(steps) > 1 or any(_NAMED.search(step) for step in steps)


def _is_for_robots(url: str) -> bool:
    return _ROBOTS.search(url.partition("?")[0]) is not None


def same_site(one: str, other: str) -> bool:
    """Tell addresses of one host, `www` left aside."""
    left, right = split(one), split(other)
    return left is not None and right is not None and _bare(left.host) == _bare(right.host)


def leads_back(asked: str, final: str) -> bool:
    """Tell a page that was told where to send the visitor on to: to what was asked for.

    `passport.weibo.com/visitor/visitor?url=https%3A%2F%2Fweibo.com%2F…`, `/age-check?return=/a/b`.
    Error pages are told too where one came from, but by other names: `from`, `aspxerrorpath`.
    """
    source, target = split(asked), split(final)
    if source is None or target is None or target.query is None or len(source.path) <= 1:
        return False
    if source.query is not None and _GATED.search("&" + source.query):
        return False  # it was a gate that was asked for
    told = (value for _, value in parse_qsl(_gated(target.query)))
    return not leads_to_error_page(asked, final) and any(
        unquote(source.path) in unquote(value) for value in told
    )


def _gated(query: str) -> str:
    return "&".join(each for each in query.split("&") if _GATED.match("&" + each))


def _only_adds(asked: str, final: str) -> bool:
    """Tell an address that only got more parameters: a language, a session, a check of cookies."""
    source, target = split(asked), split(final)
    if source is None or target is None or not same_site(asked, final):
        return False
    before, after = (set((each.query or "").split("&")) - {""} for each in (source, target))
    return source.path.rstrip("/") == target.path.rstrip("/") and before <= after


def leads_to_error_page(asked: str, final: str | None) -> bool:
    """Tell a redirect to a page that is named after an error (IABot's list, 2023, and more)."""
    if final is None or final == asked:
        return False
    target, source = split(final), split(asked)
    if target is None or source is None or _ERROR_PAGE.search(source.path):
        return False
    return _ERROR_PAGE.search(target.path) is not None


def same_place(asked: str, final: str | None, other_asked: str, other_final: str | None) -> bool:
    """Tell whether two addresses were both sent on, and to one page.

    What a page's query repeats of the address that was asked for (`/404?from=/a/b`) is no
    difference; what comes of itself from there (`/new/a/b` for `/a/b`) is one.
    """
    if final is None or other_final is None or final == asked or other_final == other_asked:
        return False
    return _place(final) == _place(other_final)


def _place(url: str) -> tuple[str, str, str]:
    parts = split(url)
    if parts is None:
        return "", "", url
    query = parts.query or ""
    kept = "&".join(each for each in query.split("&") if "/" not in each and "%2" not in each)
    return _bare(parts.host), parts.path.rstrip("/"), kept


def _bare(host: str) -> str:
    return _WWW.sub("", host, count=1).rstrip(".")

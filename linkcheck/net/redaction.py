"""What evidence leaves out: cookies, credentials, the user's own headers, the network's name."""

import re

import msgspec

from linkcheck.model.exchange import Asker, Failure, Reply, Request
from linkcheck.model.noun import Noun

COOKIES_AND_CREDENTIALS = ("Authorization", "Cookie", "Cookie2", "Proxy-Authorization")
# web.archive.org echoes the asking network's provider and number (X-NID, X-AS).
COOKIES_AND_NETWORK = ("Set-Cookie", "Set-Cookie2", "X-AS", "X-NID")
# A server that sends its visitor to an address with a password in it: never sent on either.
ADDRESSES = (b"location", b"content-location")

_userinfo = re.compile(r"^(\s*[a-z][a-z0-9+.-]*:[/\\]{2,})([^/?#]*)@", re.IGNORECASE)
_sent_to = re.compile(rb"^([ \t]*(?:[a-z][a-z0-9+.-]*:)?//)[^/?#]*@", re.IGNORECASE)
_any_userinfo = re.compile(r"(://)[^\s/?#\"'@]*@")


class LeftOut(Noun, frozen=True, kw_only=True):
    """The names of the headers that are left out, in lower case."""

    requests: frozenset[str]
    replies: frozenset[bytes]

    @classmethod
    def of(cls, user_headers: tuple[str, ...] = ()) -> "LeftOut":
        """Leave out what is always left out, and the headers that the user set with `-H`."""
        return cls(
            requests=frozenset(map(str.lower, COOKIES_AND_CREDENTIALS + user_headers)),
            replies=frozenset(name.lower().encode() for name in COOKIES_AND_NETWORK),
        )


class Redactor:
    """Take the secrets out of every reply: what stands in for a Recorder under `--no-record`.

    Verdicts then rest on the same headers whether a run is recorded, replayed, or neither.
    """

    def __init__(self, inner: Asker, *, left_out: LeftOut) -> None:
        self._inner = inner
        self._left_out = left_out

    async def ask(self, request: Request) -> Reply | Failure:
        """Ask once and return the answer without its secrets."""
        return answer_without_secrets(await self._inner.ask(request), request, self._left_out)


def answer_without_secrets(
    answer: Reply | Failure, request: Request, left_out: LeftOut
) -> Reply | Failure:
    """Return the answer as it may be kept."""
    if isinstance(answer, Reply):
        return reply_without_secrets(answer, left_out)
    userinfo = userinfo_of(request.url)
    if userinfo and userinfo in answer.detail:
        return msgspec.structs.replace(answer, detail=answer.detail.replace(f"{userinfo}@", ""))
    return answer


def reply_without_secrets(reply: Reply, left_out: LeftOut) -> Reply:
    """Return the reply without the headers that are left out, or a Location's password."""
    kept = tuple(
        [
            (name, _sent_to.sub(rb"\1", value) if _holds_userinfo(name, value) else value)
            for name, value in reply.headers
            if name.lower() not in left_out.replies
        ]
    )
    return reply if kept == reply.headers else msgspec.structs.replace(reply, headers=kept)


def request_without_secrets(request: Request, left_out: LeftOut) -> Request:
    """Return the request as it may be kept."""
    url = without_userinfo(request.url)
    names = left_out.requests
    headers = tuple(header for header in request.headers if header[0].lower() not in names)
    if url == request.url and len(headers) == len(request.headers):
        return request
    return msgspec.structs.replace(request, url=url, headers=headers)


def left_out_of_request(whole: Request, kept: Request, left_out: LeftOut) -> str:
    """Name what the request had besides what is kept of it."""
    if whole is kept:
        return ""
    names = [name for name, _ in whole.headers if name.lower() in left_out.requests]
    return _listed([*names, *(["userinfo"] if userinfo_of(whole.url) else [])])


def left_out_of_reply(whole: Reply | Failure, kept: Reply | Failure, left_out: LeftOut) -> str:
    """Name what the reply had besides what is kept of it."""
    if whole is kept or isinstance(whole, Failure):
        return ""
    names = [name for name, _ in whole.headers if name.lower() in left_out.replies]
    cut = any(_holds_userinfo(name, value) for name, value in whole.headers)
    return _listed([*(name.decode() for name in names), *(["userinfo"] if cut else [])])


def _holds_userinfo(name: bytes, value: bytes) -> bool:
    return b"@" in value and name.lower() in ADDRESSES and _sent_to.match(value) is not None


def _listed(names: list[str]) -> str:
    return ", ".join("".join(name.split()) for name in dict.fromkeys(names))


def userinfo_of(url: str) -> str:
    """Return the name and password of a URL's authority, or nothing."""
    found = _userinfo.match(url) if "@" in url else None
    return found[2] if found else ""


def without_userinfo(url: str) -> str:
    """Return the URL without the name and password of its authority."""
    return _userinfo.sub(r"\1", url) if "@" in url else url


def without_any_userinfo(text: str) -> str:
    """Return a text of settings without the name and password of any URL in it."""
    return _any_userinfo.sub(r"\1", text)

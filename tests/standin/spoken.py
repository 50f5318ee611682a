"""An answer of the stand-in, with the headers that web.archive.org's answers have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

Headers = tuple[tuple[str, str], ...]
Pieces = Callable[[], Iterator[bytes]]
"""A body that is made while it is sent: it may have no end."""

TEXT, HTML = "text/plain", "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Status, headers and body; `pieces` stands for a body that is too long to be held."""

    status: int
    reason: str
    headers: Headers = ()
    body: bytes = b""
    pieces: Pieces | None = None

    def header(self, name: str) -> str | None:
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def said(
    status: int, body: bytes | str = b"", *headers: tuple[str, str], media: str = HTML
) -> Spoken:
    """Return an answer of the archive itself."""
    wire = body.encode() if isinstance(body, str) else body
    reason = HTTPStatus(status).phrase
    fields = (("Server", "nginx"), ("Content-Type", media), *headers, *house(status))
    return Spoken(status=status, reason=reason, headers=fields, body=wire)


def house(status: int, location: str = "All") -> Headers:
    """Return the headers that the archive's own machines add (2023-09 to 2026-05)."""
    return (
        ("x-app-server", "wwwb-app221"),
        ("x-ts", str(status)),
        ("x-tr", "470"),
        ("X-location", location),
        ("X-RL", "1"),
        ("X-NA", "0"),
        ("X-Page-Cache", "MISS"),
        ("X-NID", "MADE-UP-NETWORK"),
        ("X-AS", "64496"),
        ("set-cookie", "wb-p-SERVER=wwwb-app221; path=/"),
        ("Permissions-Policy", "interest-cohort=()"),
        ("Referrer-Policy", "no-referrer-when-downgrade"),
    )


# Navigation stands before the words in all of the archive's pages (94 kB, 2021-03).
_NAVIGATION = '<nav><a href="/web/">Wayback Machine</a></nav>\n' * 200


def page(words: str, title: str = "Wayback Machine") -> str:
    """Return a page of the archive's own around some words."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><title>Internet Archive {title}</title></head>'
        f'<body class="navia ia-module">{_NAVIGATION}<div id="error">{words}</div></body></html>\n'
    )

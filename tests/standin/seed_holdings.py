"""What the stand-in holds of the seeds: made up, with something of everything for each link."""

import html
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from linkcheck.model.capture import instant, written
from linkcheck.model.link import Role
from linkcheck.plan.side import Side
from linkcheck.urls.encoding import encode
from linkcheck.urls.parts import without_fragment
from linkcheck.urls.urlkey import urlkey
from tests.standin.held import Exclusion, Held, Holdings, holdings
from tests.standin.seeds import SEEDS, seed_sides

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x12\xff\x00\x34" * 300 + b"%b\xff\xd9"
PAGE = "<html><head><title>{title}</title></head><body>{text}</body></html>"
SOURCE = "made-up-crawl-00{number}/made-up-00000.warc.gz"
EARLY, LATE = "20160309101500", "20230518220110"


def seed_holdings() -> Holdings:
    """Return captures for nearly every link, each kind of luck in its turn."""
    captures: list[Held] = []
    exclusions: dict[str, Exclusion] = {}
    turns = {Role.IMAGE: 0, Role.LINK: 0}
    seen: set[str] = set()
    for link, one in seed_sides():
        url = without_fragment(encode(one.original))
        key = urlkey(url)
        if key in seen or link.role is Role.ORIGINAL_URL:
            continue
        seen.add(key)
        if one.want.role is Role.URL:
            captures += _article(url, one, SEEDS / link.article)
        elif one.want.role is Role.IMAGE:
            captures += _figure(url, one.want.timestamp or LATE, turns[Role.IMAGE])
            turns[Role.IMAGE] += 1
        elif one.want.timestamp is not None:
            captures.append(_page(url, _moved(one.want.timestamp, hours=3), "About"))
        else:
            turn = turns[Role.LINK]
            captures += _cited(url, turn)
            turns[Role.LINK] += 1
            if turn % 24 == 11:
                exclusions[key] = Exclusion.PAGE
    return holdings(captures, exclusions)


def _article(url: str, one: Side, path: Path) -> Iterator[Held]:
    """Yield the article's own page at its asked second, its text that of the seed."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    title = next((line[2:] for line in lines if line.startswith("# ")), "")
    plain = [line for line in lines[lines.index(f"# {title}") :] if line[:1] not in {"<", "#", "-"}]
    text = "".join(f"<p>{html.escape(line)}</p>\n" for line in plain if line)
    body = PAGE.format(title=html.escape(title), text=f"<h1>{html.escape(title)}</h1>{text}")
    # The last of the seeds has no capture of its own second, but one of weeks later.
    late = 40 * 24 if path.name.startswith("004") else 0
    moment = _moved(one.want.timestamp or LATE, hours=late)
    yield _held(url, moment, body=body.encode(), media="text/html; charset=utf-8")


def _figure(url: str, timestamp: str, turn: int) -> Iterator[Held]:
    """Yield the captures of a figure; a page's images rarely have the page's own second."""
    body = JPEG % url.encode()
    near = _moved(timestamp, hours=5)
    match turn:
        case 2:  # a page in its place
            yield _page(url, near, "Not found", media="image/jpeg")
        case 4:  # cut off
            length = (("Content-Length", str(len(body))),)
            yield _held(url, near, body=body[:700], media="image/jpeg", headers=length)
        case 6:  # only another size is held
            yield _held(url.replace("_large", "_small"), near, body=body, media="image/jpeg")
        case 8:  # listed, and not to be played
            error = "org.archive.wayback.exception.ResourceNotAvailableException: corrupt record"
            yield _held(url, timestamp, body=body, media="image/jpeg", error=error)
        case _:  # years away: its name was given once
            moment = near if turn % 2 else _moved(timestamp, hours=-30_000)
            yield _held(url, moment, body=body, media="image/jpeg")


def _cited(url: str, turn: int) -> Iterator[Held]:
    """Yield the captures of a page that is cited without a moment: any good one will do."""
    match turn % 12:
        case 6:  # the latest is an error, an earlier one is not
            yield _page(url, EARLY, f"Page {turn}")
            yield _page(url, LATE, "Not found", status=404)
        case 7:
            return
        case 8:
            target = url.rstrip("/") + "-moved"
            yield _held(url, LATE, status=301, location=target)
            yield _page(target, _moved(LATE, hours=0, seconds=4), f"Moved {turn}")
        case 9:
            yield _page(url, LATE, "Access denied", status=403)
        case 10:
            yield _held(url, LATE, status=302, location="/login")
            yield _page(f"{url.partition('://')[0]}://{_host(url)}/login", LATE, f"Login {turn}")
        case _:
            yield _page(url, LATE, f"Page {turn}")


def _page(url: str, timestamp: str, title: str, **fields: object) -> Held:
    body = PAGE.format(title=title, text=f"<p>{html.escape(title)}: {html.escape(url)}</p>")
    return _held(url, timestamp, **{"body": body.encode(), **fields})


def _held(url: str, timestamp: str, **fields: object) -> Held:
    source = SOURCE.format(number=len(url) % 7)
    known = {"original": url, "timestamp": timestamp, "source": source}
    return Held(**{**known, **fields})  # type: ignore[arg-type]  # fields as they are named above


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def _moved(timestamp: str, *, hours: int, seconds: int = 0) -> str:
    moment = instant(timestamp)
    assert moment is not None, timestamp
    return written(moment + timedelta(hours=hours, seconds=seconds))

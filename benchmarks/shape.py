"""A made-up collection of the real shape on the disk, and the index of an archive that holds it.

    python benchmarks/shape.py FOLDER [SCALE]

49,118 articles with 343,109 links, 135,335 archived originals on 3,415 hosts, four fifths of them
on one dead host (counted in the real collection, 2026-11). Everything follows from hashes, so that
the world that answers (`benchmarks/world.py`) needs no memory of it. Run it in a process of its
own: what it takes to make the world up is not what a scan takes.
"""

import hashlib
import sys
from array import array
from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec

from benchmarks.made_up import (
    ARTICLES,
    BIG_SHARE,
    ERRORS,
    GIANTS,
    HOSTS,
    MISSING,
    ORIGINALS,
    draw,
    stamp,
)
from linkcheck.urls.encoding import encode
from linkcheck.urls.urlkey import urlkey

BIG = "www.big.example"
IMAGES = 58_094  # of the big host
NAVIGATION, VIDEOS = 41_300, 16_191  # links; both stand in that many articles at most once
AGAIN = 1.1  # links for each original of another host: 5,706 for 5,037 in 4,912 real articles
LINKS = 343_109
FRONT = f"https://{BIG}/"
ABOUT = f"https://{BIG}/aboutus/"
HOT = {FRONT: 5_000, ABOUT: 2_000}  # captures of what every page leads to
GAPS = (0, 0, 1, 3, 3, 10, 30, 100)  # captures of strangers before each original, by host
_WORDS = [quote(chr(0x4E00 + draw(f"word {n}", 8_000))) for n in range(997)]
_SENTENCES = [
    "".join(chr(0x4E00 + draw(f"{n} {at}", 8_000)) for at in range(60 + draw(f"long {n}", 80)))
    for n in range(499)
]


@dataclass(frozen=True, slots=True)
class Shape:
    """How large it is."""

    scale: float = 1.0

    @property
    def articles(self) -> int:
        """Count the articles."""
        return round(ARTICLES * self.scale)

    @property
    def images(self) -> int:
        """Count the pictures of the big host."""
        return round(IMAGES * self.scale)

    @property
    def strangers(self) -> int:
        """Count the originals of all other hosts."""
        return round(ORIGINALS * (1 - BIG_SHARE) * self.scale)

    def films(self) -> list[str]:
        """Return those on giants: half of them."""
        return [
            f"https://www.giant{n % GIANTS}.example/watch?v={draw(f'film {n}', 1 << 30):09x}{n:05}"
            for n in range(self.strangers // 2)
        ]

    def others(self) -> list[str]:
        """Return those on many small hosts: the other half."""
        left = self.strangers - self.strangers // 2
        small = min(HOSTS - GIANTS - 1, self.strangers // 3)
        harmonic = sum(1 / (rank + 1) for rank in range(small))
        share = (left - small * 0.55) / harmonic
        counts = [max(1, round(share / (rank + 1))) for rank in range(small)]
        counts[0] += left - sum(counts)
        found = []
        for rank, count in enumerate(counts):
            for n in range(count):
                tail = "x.jpg" if draw(f"{rank} {n}", 10) == 0 else "x"
                found.append(f"https://s{rank:04}.example/{n % 3}/{n:05}/{tail}")
        return found


def place_of(folder: Path, n: int) -> Path:
    """Return where an article lies."""
    return folder / "articles" / f"{n // 1000:03}" / f"article_{n:05}.md"


def page_of(n: int) -> str:
    """Return an article's original: as long as real ones are."""
    slug = "".join(_WORDS[draw(f"slug {n} {at}", 997)] for at in range(12))
    return f"https://{BIG}/article/{n:05}/{slug}"


def image_of(n: int) -> str:
    """Return a picture's original, with its upload's moment in its name."""
    day = f"201{6 + n % 4}{1 + n % 12:02}{1 + n % 28:02}"
    return (
        f"https://{BIG}/news_新聞/{day[:4]}/{day[4:6]}/圖片{n:05}-"
        f"{day}1318{n % 60:02}_{n % 65536:04x}_large.jpg"
    )


def text_of(n: int) -> str:
    """Return an article's text."""
    return "\n\n".join(
        "。".join(_SENTENCES[draw(f"text {n} {at} {one}", 499)] for one in range(3))
        for at in range(3 + draw(f"length {n}", 5))
    )


def moment_of(n: int) -> str:
    """Return when an article's page was captured."""
    return stamp(f"article {n}")


@dataclass(slots=True)
class Article:
    """One article: what it cites beside itself."""

    number: int
    images: list[str]
    others: list[str]
    navigation: bool
    video: str | None

    def originals(self) -> list[str]:
        """Return what it cites, each once: its own page first."""
        film = [] if self.video is None else [self.video]
        navigation = [ABOUT] if self.navigation else []
        return [page_of(self.number), *self.images, *self.others, *navigation, *film]

    def text(self) -> str:
        """Return it as Markdown."""
        n, moment = self.number, moment_of(self.number)
        year = max(2016, int(moment[:4]) - 1)
        lines = [
            "---",
            f'title: "{_SENTENCES[n % 499][:24]} {n}"',
            f'date: "{year}-{moment[4:6]}-{moment[6:8]}"',
            'author: "記者"',
            f'url: "https://web.archive.org/web/{moment}/{page_of(n)}"',
            f'original_url: "{page_of(n)}"',
            "---",
            "",
            text_of(n),
            "",
        ]
        for at, image in enumerate(self.images):
            url = f"https://web.archive.org/web/{moment}im_/{image}"
            markdown = draw(f"manner {n} {at}", 7) == 0
            figure = f'<figure>\n<img src="{url}" alt="">\n</figure>\n'
            lines.append(f"![]({url})\n" if markdown else figure)
        lines += [
            f"[{at}](https://web.archive.org/web/{moment}/{other})\n"
            for at, other in enumerate(self.others)
        ]
        if self.video is not None:
            lines.append(f'{{{{< video src="/web/{moment}if_/{self.video}" >}}}}\n')
        if self.navigation:
            lines.append(f"[x](/web/{moment}/{ABOUT}#subscribe)")
        return "\n".join(lines) + "\n"


def articles(shape: Shape) -> Iterator[Article]:
    """Yield all articles; every original is cited at least once."""
    count, others, films = shape.articles, shape.others(), shape.films()
    videos, navigation = round(VIDEOS * shape.scale), round(NAVIGATION * shape.scale)
    places = _spread(len(others), round(len(others) * AGAIN))
    seen = _spread(len(films), videos)
    figures = round(LINKS * shape.scale) - 2 * count - len(places) - videos - navigation
    cites = _spread(shape.images, figures)
    for n in range(count):
        film, after = n * videos // count, (n + 1) * videos // count
        yield Article(
            number=n,
            images=[image_of(each) for each in cites[n::count]],
            others=[others[each] for each in places[n::count]],
            navigation=n * navigation // count != (n + 1) * navigation // count,
            video=films[seen[film]] if film != after else None,
        )


def _spread(things: int, times: int) -> list[int]:
    """Return every thing once, then some again, until there are so many."""
    return [*range(things), *(draw(f"again {n}", things) for n in range(times - things))]


def content(key: str, timestamp: str) -> bytes:
    """Return the stored bytes of a capture: an article's page says what the article says."""
    told = f"{key} {timestamp}".encode()
    if key.endswith(".jpg"):
        return b"\xff\xd8\xff\xe0" + told * 12 + b"\xff\xd9"
    if "/article/" in key:
        number = int(key.partition("/article/")[2][:5])
        return f"<!doctype html><title>{number}</title><p>{text_of(number)}".encode()
    return b"<!doctype html><title>" + told + b"</title><p>" + told * 3


def mark(key: str) -> int:
    """Return a number by which a key is found again."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")


def rows(cited: dict[str, list[str]]) -> Iterator[tuple[str | None, bytes]]:
    """Yield the index: of each original what the archive holds, and strangers before it."""
    for original in sorted(cited, key=urlkey):
        key = urlkey(original)
        host = key.partition(")")[0]
        gap = 1 if host == "example,big" else GAPS[draw(f"gap {host}", len(GAPS))]
        for n in range(0 if "giant" in host else gap):
            yield None, row(f"{key[:-1]}!{n:05}", original, "20190101000000", 200)
        fate = draw(f"fate {key}", 100)
        if fate < MISSING and original not in HOT:
            continue
        for moment in held(original, cited[original]):
            yield key, row(key, original, moment, 404 if fate < MISSING + ERRORS else 200)


def held(original: str, cited: list[str]) -> list[str]:
    """Return when an original was captured: most often not when the article's page was."""
    if original in HOT:
        return sorted({stamp(f"{original} {n}") for n in range(HOT[original])})
    share = 40 if original.endswith(".jpg") else 25
    own = [moment for moment in cited[:1] if draw(f"nearest {original}", 100) >= share]
    count = draw(f"count {original}", 4)
    return sorted({*own, *(stamp(f"{original} capture {n}") for n in range(count + (not own)))})


def row(key: str, original: str, moment: str, status: int) -> bytes:
    """Return a row as it stands in an answer."""
    digest = b32encode(hashlib.sha1(content(key, moment), usedforsecurity=False).digest()).decode()
    media = "image/jpeg" if key.endswith(".jpg") else "text/html"
    manner = encode(original) if draw(f"manner {key}", 4) else f"http{encode(original)[5:]}"
    return msgspec.json.encode((key, moment, manner, media, str(status), digest, "600"))


def make(folder: Path, shape: Shape) -> int:
    """Write articles and index, and return how many links there are."""
    cited: dict[str, list[str]] = {FRONT: []}  # originals, and when each was captured
    links = 0
    for article in articles(shape):
        n = article.number
        place = place_of(folder, n)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(article.text())
        moment = moment_of(n)
        originals = article.originals()
        links += 1 + len(originals)  # its page is cited twice
        for original in originals:
            cited.setdefault(original, []).append(moment)
    captures = write_index(folder, rows(cited))
    moments = sum(len(set(each)) for each in cited.values())
    hosts = len({urlkey(one).partition(")")[0] for one in cited})
    print(
        f"{shape.articles:,} articles, {links:,} links, {len(cited):,} originals at {moments:,}"
        f" moments, {hosts:,} hosts, {captures:,} captures in the index"
    )
    return links


def write_index(folder: Path, lines: Iterable[tuple[str | None, bytes]]) -> int:
    """Write the archive's index, by which it answers, and return how many captures it has."""
    offsets = array("Q")
    firsts: dict[int, int] = {}  # of each key, the place of its first row
    with (folder / "index.rows").open("wb") as file:
        for key, line in lines:
            if key is not None:
                firsts.setdefault(mark(key), len(offsets))
            offsets.append(file.tell())
            file.write(line + b"\n")
        offsets.append(file.tell())
    known = sorted(firsts.items())
    (folder / "index.marks").write_bytes(array("Q", [one for one, _ in known]).tobytes())
    (folder / "index.firsts").write_bytes(array("I", [first for _, first in known]).tobytes())
    (folder / "index.offsets").write_bytes(offsets.tobytes())
    return len(offsets) - 1


if __name__ == "__main__":
    make(Path(sys.argv[1]), Shape(float(sys.argv[2]) if len(sys.argv) > 2 else 1.0))

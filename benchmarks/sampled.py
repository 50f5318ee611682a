"""What the real links of the shared sample want, and an archive that is made up for them.

Real are originals, roles, moments and days of publication. What is held follows from hashes, as in
`made_up.py`, and so does the truth: tolerances are written down here once more.
"""

import re
import tarfile
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.links import SAMPLE
from benchmarks.made_up import GAPS, GIANT_GAP, MISSING, Holdings, draw, stamp
from linkcheck.archives import archives
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.collection.load import load
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.input import Input
from linkcheck.model.link import Role, Time
from linkcheck.model.subject import Subject, Want
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.plan.side import sides
from linkcheck.plan.spelling import host_of
from linkcheck.plan.subjects import Gathering, Subjects
from linkcheck.settings.reading import ReadingSettings
from linkcheck.urls.players import is_player

GIANTS = frozenset({"com,youtube", "com,facebook", "com,twitter", "com,google,docs", "ly,bit"})
_DAY, _MARGIN = timedelta(days=1), timedelta(days=90)
_UPLOADED = re.compile(r"-20\d{12}_[0-9a-f]{4}_[a-z]+\.(?:jpg|png|gif)$")
_SUFFIX = re.compile(r"\.(jpe?g|png|gif|pdf|svg|xlsx?|docx?)(?:\?|$)")
_BODIES = {
    "jpg": ("image/jpeg", b"\xff\xd8\xff\xe0%b\xff\xd9"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n%b\0\0\0\0IEND\xaeB`\x82"),
    "gif": ("image/gif", b"GIF89a%b;"),
    "pdf": ("application/pdf", b"%%PDF-1.4\n%b\n%%%%EOF\n"),
    "svg": ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"><desc>%b</desc></svg>'),
    "xls": ("application/vnd.ms-excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1%b"),
    "doc": ("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1%b"),
    "": ("text/html", b"<!doctype html><title>%b</title>"),
}


def wanted(folder: Path) -> Subjects:
    """Return the subjects of the articles below a folder."""
    settings = ReadingSettings()
    extractor = Extractor(Resolver(archives()), settings)
    gathering = Gathering()
    for path in sorted(folder.rglob("*.md")):
        article = load(Input(path=str(path), name=path.name), settings)
        day = next((field.value for field in article.fields if field.key == "date"), "")
        published = date.fromisoformat(day[:10]) if re.match(r"\d{4}-\d\d-\d\d", day) else None
        for _, side in sides(extractor.links(article), published, ARCHIVE.name):
            gathering.add(side)
    return gathering.subjects()[ARCHIVE.name]


def wanted_of_sample() -> Subjects:
    """Return the subjects of the shared sample, unpacked for as long as that takes."""
    with tempfile.TemporaryDirectory() as name:
        with tarfile.open(SAMPLE) as archive:
            archive.extractall(name, filter="data")
        return wanted(Path(name))


def verdict(subject: Subject, want: Want) -> ArchiveVerdict:
    """Return the true verdict on a want, by the generator alone."""
    key, original = subject.key, subject.original
    held = HELD.stamps(key, subject.wants)
    if not held:
        return ArchiveVerdict.MISSING
    if HELD.status_of(key) != 200:
        return ArchiveVerdict.HOLLOW
    if is_player(original):
        return ArchiveVerdict.SHELL
    if want.timestamp is None:
        return ArchiveVerdict.CAPTURED
    asked = _moment(want.timestamp)
    nearest = min(map(_moment, held), key=lambda one: abs(one - asked))
    if abs(nearest - asked) <= _DAY or _UPLOADED.search(original):
        return ArchiveVerdict.CAPTURED
    around = [asked]
    if want.published is not None:
        around.append(datetime(*want.published.timetuple()[:3], tzinfo=UTC))
    within = min(around) - _MARGIN <= nearest <= max(around) + _MARGIN
    inherited = want.time is Time.INHERITED and within
    return ArchiveVerdict.CAPTURED if inherited else ArchiveVerdict.DRIFTED


class Held(Holdings):
    """What is held of the sample: 97 of 100 originals, at three moments on average."""

    def stamps(self, key: str, wants: tuple[Want, ...]) -> tuple[str, ...]:
        """Return the moments at which a key was captured."""
        if draw(f"fate {key}", 100) < MISSING:
            return ()
        found = {stamp(f"{key} capture {n}") for n in range(1 + draw(f"count {key}", 5))}
        nearest_only = 40 if wants[0].role is Role.IMAGE else 25  # of a hundred
        asked = wants[0].timestamp
        if asked is not None and draw(f"nearest {key}", 100) >= nearest_only:
            found = {asked, *sorted(found)[1:]}
        return tuple(sorted(found))

    def content(self, key: str, timestamp: str) -> tuple[str, bytes]:
        """Return the type and the stored bytes of a capture: such as its name promises."""
        suffix = _SUFFIX.search(key)
        media, form = _BODIES[suffix[1].replace("jpeg", "jpg")[:3] if suffix else ""]
        return media, form % (f"{key} {timestamp}".encode() * 20)

    def strangers(self, key: str) -> tuple[str, int]:
        """Return how many captures nobody wants stand behind a key's own."""
        host = host_of(key)
        gap = GAPS[draw(f"gap {host}", len(GAPS))]
        return f"{key}!", GIANT_GAP if host in GIANTS else 1 if host == "com,hkcnews" else gap


HELD = Held()


def _moment(timestamp: str) -> datetime:
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)

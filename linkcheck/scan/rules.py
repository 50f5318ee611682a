"""Which rules are in force, by name: other rules read articles, or judge evidence, again."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from linkcheck import __version__
from linkcheck.settings.settings import Settings

_EXTRACTION = (
    *("archives", "links", "readers", "urls"),
    *("plan.side", "store.prepared", "scan.parsing", "collection.load", "audit.publication"),
)
_JUDGING = ("verdicts", "lanes", "media", "fixity")


def extraction_rules(settings: Settings) -> str:
    """Name the rules by which links are found: code, front matter's keys, what is left out."""
    scan = settings.scan
    said = (settings.reading, scan.include, scan.exclude, scan.archives)
    return _named(_EXTRACTION, said)


def judging_rules(settings: Settings) -> str:
    """Name the rules by which evidence is judged."""
    return _named(_JUDGING, (settings.judging, settings.live))


def as_json(said: object) -> bytes:
    """Return settings as JSON, the same for equal ones."""
    return msgspec.json.encode(said, enc_hook=_plain, order="sorted")


def _named(parts: tuple[str, ...], said: object) -> str:
    digest = hashlib.sha256(as_json(said))
    for part in parts:
        digest.update(_source(part))
    return digest.hexdigest()[:32]


@cache
def _source(part: str) -> bytes:
    """Return the hash of a room's code: a number kept by hand would be forgotten once."""
    place = files("linkcheck").joinpath(*part.split("."))
    rooms = [place] if place.is_dir() else [place.parent.joinpath(f"{place.name}.py")]  # type: ignore[attr-defined]  # a path where the code lies in files
    digest = hashlib.sha256(__version__.encode())
    while rooms:
        room = rooms.pop()
        if room.is_dir():
            rooms += sorted(room.iterdir(), key=lambda entry: entry.name)
        elif room.name.endswith(".py") and room.is_file():
            digest.update(room.name.encode())
            digest.update(room.read_bytes())
    return digest.digest()


def _plain(value: Any) -> Any:
    return dict(value) if hasattr(value, "items") else str(value)

"""Settings and paths to a job: the one way in, for the command and for Python."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from linkcheck.archives import Archive, archives, pywb_at
from linkcheck.collection.inputs import Inputs, missing
from linkcheck.collection.spread import usable_cores
from linkcheck.errors import UsageError
from linkcheck.links.chosen import Chosen, patterns
from linkcheck.scan.job import Job
from linkcheck.scan.reading import Collection
from linkcheck.settings.settings import Settings


def assemble(  # noqa: PLR0913 the parts of a job, each with its default
    settings: Settings,
    paths: Sequence[str],
    root: Path,
    *,
    ignored: Sequence[str] = (),
    processes: int | None = None,
    replay: tuple[Path, ...] = (),
    record: Path | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    fresh: bool = False,
    signals: bool = False,
) -> Job:
    """Return the scan that is asked for; `ignored` are more patterns of links to leave out."""
    scan = settings.scan
    if record is not None:
        recording = replace(settings.recording, file=record)
        settings = replace(settings, recording=recording, scan=replace(scan, record=True))
    if not paths:
        raise UsageError("there is nothing to scan: name at least one file or folder")
    if troubles := [f"{one.path}: {one.message}" for one in missing(paths)]:
        raise UsageError("; ".join(troubles))
    asked = tuple(dict.fromkeys(archive_named(name) for name in scan.archives))
    names = {archive.name for archive in asked}
    collection = Collection(
        root=root,
        paths=tuple(paths),
        inputs=Inputs(str(root), patterns(scan.exclude_path, "exclude_path")),
        chosen=Chosen(
            include=patterns(scan.include, "include"),
            exclude=(*patterns(scan.exclude, "exclude"), *patterns(ignored, "ignored")),
        ),
        reading=settings.reading,
        # One's own archive comes first: it may stand inside of another one's addresses.
        archives=(*asked, *(one for one in archives() if one.name not in names)),
        asked=tuple(archive.name for archive in asked),
        processes=processes or usable_cores(),
    )
    return Job(
        settings=settings,
        collection=collection,
        archives=asked,
        replay=replay,
        headers=headers,
        fresh=fresh,
        signals=signals,
    )


def archive_named(name: str) -> Archive:
    """Return an archive of the catalogue, or the pywb collection at a URL."""
    known = {archive.name: archive for archive in archives()}
    if name in known:
        return known[name]
    if name.lower().startswith(("http://", "https://")):
        if not _has_host(name):
            raise UsageError(
                f"archive {name}: no host can be read in it; write the URL of a collection,"
                " as http://localhost:8080/collection/"
            )
        return pywb_at(name)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}, or a URL"
    raise UsageError(f"there is no archive {name}; {hint}")


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False

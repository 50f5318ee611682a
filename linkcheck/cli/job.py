"""Settings and arguments to a job."""

import difflib
from dataclasses import replace
from pathlib import Path

from linkcheck.archives import Archive, archives, pywb_at
from linkcheck.cli.options import CollectionOptions
from linkcheck.errors import UsageError
from linkcheck.scan.job import Job
from linkcheck.scan.reading import Collection
from linkcheck.settings.load import Loaded


def make_job(  # noqa: PLR0913 each is an option
    loaded: Loaded,
    options: CollectionOptions,
    paths: tuple[str, ...],
    *,
    replay: tuple[Path, ...] = (),
    record: Path | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    fresh: bool = False,
) -> Job:
    """Return the scan that was asked for."""
    settings = loaded.settings
    if record is not None:
        settings = replace(settings, recording=replace(settings.recording, file=record))
    asked = tuple(archive_named(name) for name in settings.scan.archives)
    root = loaded.root or Path.cwd()
    names = {archive.name for archive in asked}
    collection = Collection(
        root=root,
        paths=options.named(paths, loaded),
        inputs=options.inputs(loaded, root),
        chosen=options.chosen(loaded),
        reading=settings.reading,
        # An archive of one's own comes first: it may stand inside of another one's addresses.
        archives=(*asked, *(one for one in archives() if one.name not in names)),
        asked=tuple(archive.name for archive in asked),
        processes=options.processes(),
    )
    return Job(
        settings=settings,
        collection=collection,
        archives=asked,
        replay=replay,
        headers=headers,
        fresh=fresh,
        signals=True,
    )


def archive_named(name: str) -> Archive:
    """Return an archive of the catalogue, or the pywb collection at a URL."""
    known = {archive.name: archive for archive in archives()}
    if name in known:
        return known[name]
    if name.lower().startswith(("http://", "https://")):
        return pywb_at(name)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}, or a URL"
    raise UsageError(f"--archive {name}: there is no such archive; {hint}")

"""Reports that are folders of pages or documents, and the one that is a stream of quads."""

from collections.abc import Iterator
from pathlib import Path

from linkcheck.cli.output import telling
from linkcheck.cli.shares import shares, spread
from linkcheck.console.words import many
from linkcheck.errors import UsageError
from linkcheck.model.manifest import Manifest
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.summary import Summary
from linkcheck.reports.html import (
    Since,
    Written,
    pages_written,
    write_report,
    write_shares,
)
from linkcheck.reports.prov import Former, Predecessor, write_jsonld, write_nquads
from linkcheck.reports.words import LANGUAGES
from linkcheck.scan.api import read_findings, read_store
from linkcheck.settings.settings import Settings
from linkcheck.store import Store

FOLDERS = ("html", "jsonld")
QUADS = "nquads"
HERE = Path("linkcheck-report")
"""Where a folder goes that nobody named."""

DEFAULT_LANGUAGE = LANGUAGES[0]
_SHARES = 4
"""Of each process that writes pages: what all of a share told is held twice on its way home."""


def known_language(lang: str) -> str:
    """Return a language that reports are written in, or say which there are."""
    if lang not in LANGUAGES:
        raise UsageError(f"--lang {lang}: reports are written in {' and '.join(LANGUAGES)}")
    return lang


def write_folder(  # noqa: PLR0913, PLR0917 what a report is made of, and where it goes
    settings: Settings,
    form: str,
    folder: Path,
    manifest: Manifest | None,
    summary: Summary | None,
    lang: str,
) -> str:
    """Write a report into a folder of its own; return what was done, in words."""
    with telling(str(folder)):
        if form == "html":
            written = _pages(settings, folder, manifest, summary, lang)
            pages = many(written.pages, "page")
            return f"{folder / 'index.html'}: {pages}, {written.changed:,} changed"
        with read_store(settings) as store:
            written = write_jsonld(
                folder,
                store.findings(),
                _traced(manifest),
                earlier=_earlier(store, manifest),
                institution=settings.scan.institution,
                before=_before(store),
            )
        return f"{folder}: {many(written.pages, 'document')}, {written.changed:,} changed"


def _pages(
    settings: Settings,
    folder: Path,
    manifest: Manifest | None,
    summary: Summary | None,
    lang: str,
) -> Written:
    """Write the pages, by several processes where there are many and nobody else writes."""
    with read_store(settings) as store:
        moment = store.moment()
        state = store.imprint()
        written = pages_written(folder, manifest, lang, state)
        if written is not None:
            return written
        previous = _previous(store)
        parts = shares(settings, store.counts()["article"], _SHARES)
        written = write_shares(
            *(folder, parts, manifest, summary),
            previous=previous,
            lang=lang,
            spread=spread,
            state=state,
        )
        if store.moment() == moment:
            return written
    # A scan has written meanwhile: once more, all of it as it stood at one moment.
    found = read_findings(settings)
    return write_report(folder, found, manifest, None, previous=previous, lang=lang)


def _previous(store: Store) -> Since | None:
    """Return the run before the last one, and what has changed since."""
    ended = [run for run in store.runs() if run.ended_at is not None]
    before = ended[-2] if len(ended) > 1 else None
    if before is None or before.ended_at is None:
        return None
    return Since(at=before.ended_at, changes=tuple(store.changes(before)))


def quads(settings: Settings, manifest: Manifest | None) -> Iterator[bytes]:
    """Yield the provenance of the whole collection as N-Quads."""
    with read_store(settings) as store:
        yield from write_nquads(
            store.findings(),
            _traced(manifest),
            earlier=_earlier(store, manifest),
            institution=settings.scan.institution,
            before=_before(store),
        )


def _earlier(store: Store, manifest: Manifest | None) -> tuple[Manifest, ...]:
    runs = [run.manifest for run in store.runs() if run.manifest is not None]
    return tuple(run for run in runs if manifest is None or run.run != manifest.run)


def _before(store: Store) -> Predecessor:
    formers = store.formers()

    def before(seen: ArchiveObservation | LiveObservation) -> Former | None:
        found = formers(seen)
        return None if found is None else Former(seen=found[0], rules=found[1])

    return before


def _traced(manifest: Manifest | None) -> Manifest:
    if manifest is None:
        raise UsageError("no run has ended yet: there is nothing whose provenance could be told")
    return manifest

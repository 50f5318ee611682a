"""The archive's claims about its captures: theirs, not ours, so in a bundle of their own."""

from collections.abc import Iterator

from linkcheck.model.capture import instant, mended
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.manifest import Manifest
from linkcheck.reports.prov.entities import describe_original
from linkcheck.reports.prov.identity import archive_iri
from linkcheck.reports.prov.names import capture_iri, hashed, original_iri
from linkcheck.reports.prov.terms import GENERATED_BY, LABEL, A, Literal, Quad, moment, term


def describe_capture(
    evidence: ArchiveEvidence, timestamp: str, url: str, manifest: Manifest
) -> Iterator[Quad]:
    """Say what the archive claims of a capture, in the archive's own bundle."""
    bundle = hashed("bundle", evidence.archive, manifest.run)
    archive = archive_iri(evidence.archive)
    capture = capture_iri(evidence.archive, timestamp, url)
    source = _source(evidence, timestamp)
    crawl = hashed("crawl", evidence.archive, source or capture)
    yield Quad(bundle, A, term("prov:Bundle"))
    yield Quad(bundle, A, term("prov:Entity"))
    yield Quad(bundle, term("prov:wasAttributedTo"), archive)
    yield Quad(archive, A, term("prov:Organization"))
    yield Quad(archive, LABEL, Literal(evidence.archive))
    yield Quad(capture, A, term("prov:Entity"), bundle)
    yield Quad(capture, A, term("lc:Capture"), bundle)
    yield Quad(capture, term("prov:specializationOf"), original_iri(url), bundle)
    yield Quad(capture, GENERATED_BY, crawl, bundle)
    yield Quad(capture, term("lc:timestamp"), Literal(timestamp), bundle)
    yield Quad(crawl, A, term("prov:Activity"), bundle)
    yield Quad(crawl, A, term("lc:Crawl"), bundle)
    if source is not None:
        yield Quad(crawl, term("lc:source"), Literal(source), bundle)
    at = instant(mended(timestamp))
    if at is not None:
        yield Quad(capture, term("prov:generatedAtTime"), moment(at), bundle)
    # The archive's word ties the capture to its original; what we asked for may be another address.
    yield from describe_original(original_iri(url), url)


def _source(evidence: ArchiveEvidence, timestamp: str) -> str | None:
    """Return the WARC that an archive says a capture lies in."""
    for reading in evidence.chain:
        if reading.timestamp == timestamp and reading.source is not None:
            return reading.source
    row = evidence.row
    return row.source if row is not None and row.timestamp == timestamp else None

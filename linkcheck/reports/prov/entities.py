"""What was looked at: originals, rows of an index, and the responses that are kept as records."""

from collections.abc import Iterator

from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.exchange import Hop
from linkcheck.model.live import LiveAnswer
from linkcheck.model.playback import PlaybackReading
from linkcheck.reports.prov.names import capture_iri, original_iri, record_iri, row_iri
from linkcheck.reports.prov.terms import (
    DERIVED,
    GENERATED_BY,
    A,
    Iri,
    Literal,
    Quad,
    moment,
    number,
    term,
)


def describe_original(original: Iri, url: str) -> Iterator[Quad]:
    """Yield an original: an address of the live web."""
    yield Quad(original, A, term("prov:Entity"))
    yield Quad(original, A, term("lc:Original"))
    yield Quad(original, term("lc:url"), Literal(url))


def describe_row(evidence: ArchiveEvidence, row: Capture, check: Iri) -> Iterator[Quad]:
    """Yield a row of an archive's index, which was read in the answers of the index."""
    name = row_iri(evidence.archive, row)
    yield Quad(name, A, term("prov:Entity"))
    yield Quad(name, A, term("lc:IndexRow"))
    yield Quad(name, GENERATED_BY, check)
    for each in evidence.index_records:
        yield Quad(name, DERIVED, record_iri(each))
    yield Quad(name, term("lc:timestamp"), Literal(row.timestamp))
    about = capture_iri(evidence.archive, row.timestamp, row.original)
    yield Quad(name, term("lc:about"), about)
    if row.status is not None:
        yield Quad(name, term("lc:status"), number(row.status))
    if row.media_type is not None:
        yield Quad(name, term("dcterms:format"), Literal(row.media_type))
    if row.digest is not None:
        yield Quad(name, term("lc:digest"), Literal(row.digest))


def describe_played(
    evidence: ArchiveEvidence, reading: PlaybackReading, check: Iri
) -> Iterator[Quad]:
    """Yield an answer of playback."""
    record = record_iri(reading.record or "")
    yield from describe_response(record, check, reading.status, reading.media_type)
    if reading.timestamp is not None:
        url = reading.original or evidence.original
        about = capture_iri(evidence.archive, reading.timestamp, url)
        yield Quad(record, term("lc:about"), about)


def describe_answered(answer: LiveAnswer, check: Iri) -> Iterator[Quad]:
    """Yield an answer of the live web."""
    record = record_iri(answer.record or "")
    yield from describe_response(record, check, answer.status, answer.media_type)
    yield Quad(record, term("lc:about"), original_iri(answer.asked))
    yield Quad(record, term("prov:generatedAtTime"), moment(answer.at))
    if answer.failure is not None:
        yield Quad(record, term("lc:failure"), Literal(answer.failure))
    if answer.body_sha256 is not None:
        yield Quad(record, term("lc:sha256"), Literal(answer.body_sha256))


def describe_hop(hop: Hop, record: str, check: Iri) -> Iterator[Quad]:
    """Yield a redirect on the way to an answer."""
    name = record_iri(record)
    yield from describe_response(name, check, hop.status, None)
    yield Quad(name, term("lc:about"), original_iri(hop.url))


def describe_response(
    record: Iri, check: Iri, status: int | None, media_type: str | None
) -> Iterator[Quad]:
    """Yield what all answers have in common."""
    yield Quad(record, A, term("prov:Entity"))
    yield Quad(record, A, term("lc:Response"))
    yield Quad(record, GENERATED_BY, check)
    if status is not None:
        yield Quad(record, term("lc:status"), number(status))
    if media_type is not None:
        yield Quad(record, term("dcterms:format"), Literal(media_type))

"""Findings as statements of PROV-O: what the archive claims, what we saw, what we concluded.

The archive's claims about its captures stand in a bundle attributed to it; everything else is ours.
"""

from collections.abc import Iterator

from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.link import Kind, Role, Time
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.reports.prov.activities import describe_check, describe_judgement
from linkcheck.reports.prov.bundle import describe_capture
from linkcheck.reports.prov.entities import (
    describe_answered,
    describe_hop,
    describe_original,
    describe_played,
    describe_response,
    describe_row,
)
from linkcheck.reports.prov.identity import archive_iri, check_iri, finding_iri
from linkcheck.reports.prov.names import (
    article_iri,
    capture_iri,
    hashed,
    original_iri,
    record_iri,
    row_iri,
    version_iri,
)
from linkcheck.reports.prov.telling import Telling
from linkcheck.reports.prov.terms import DERIVED, USED, A, Iri, Literal, Quad, day, number, term


def describe(found: ArticleFindings, telling: Telling) -> Iterator[Quad]:
    """Yield what there is to say of one article, each statement once.

    What a stream has described already is not told again: the same original is cited by many
    articles, and furniture by nearly all.
    """
    return iter(dict.fromkeys(_article(found, telling)))


def _article(found: ArticleFindings, telling: Telling) -> Iterator[Quad]:
    version, article = version_iri(found.sha256), article_iri(found.article)
    yield Quad(version, A, term("prov:Entity"))
    yield Quad(version, A, term("lc:ArticleVersion"))
    yield Quad(version, term("lc:sha256"), Literal(found.sha256))
    yield Quad(version, term("prov:specializationOf"), article)
    yield Quad(article, A, term("prov:Entity"))
    yield Quad(article, term("lc:path"), Literal(found.article))
    if found.title:
        yield Quad(version, term("dcterms:title"), Literal(found.title))
    if found.published is not None:
        yield Quad(version, term("dcterms:issued"), day(found.published))
    for finding in found.links:
        yield from _link(finding, version, telling)


def _link(finding: LinkFinding, version: Iri, telling: Telling) -> Iterator[Quad]:
    link = finding.link
    if link.original is None:
        return
    original, cited = original_iri(link.original), _cited(finding)
    yield from describe_original(original, link.original)
    yield from _reference(finding, version, cited or original)
    citation = hashed("citation", version, link.line, link.column)
    yield Quad(citation, A, term("prov:Entity"))
    yield Quad(citation, A, term("lc:Citation"))
    yield Quad(citation, term("dcterms:isPartOf"), version)
    yield Quad(citation, term("lc:role"), Literal(link.role))
    yield Quad(citation, term("lc:line"), number(link.line))
    yield Quad(citation, term("lc:column"), number(link.column))
    yield Quad(citation, term("dcterms:references"), cited or original)
    yield Quad(citation, term("lc:original"), original)
    yield Quad(citation, term("lc:standing"), Literal(finding.standing))
    if cited is not None and cited != original:
        yield from _asked(cited, original, finding)
    if finding.archive is not None:
        yield Quad(citation, DERIVED, finding_iri(finding.archive))
        if telling.is_new(finding.archive):
            yield from _archive(finding.archive, telling)
    if finding.live is not None:
        yield Quad(citation, DERIVED, finding_iri(finding.live))
        if telling.is_new(finding.live):
            yield from _live(finding.live, telling)


def _reference(finding: LinkFinding, version: Iri, cited: Iri) -> Iterator[Quad]:
    """Say what the article rests on: its own copy is the source, all else it only refers to."""
    link = finding.link
    asserted = (link.role, link.kind, link.time) == (Role.URL, Kind.ARCHIVED, Time.ASSERTED)
    relation = "prov:hadPrimarySource" if asserted else "dcterms:references"
    yield Quad(version, term(relation), cited)


def _asked(cited: Iri, original: Iri, finding: LinkFinding) -> Iterator[Quad]:
    """Say what is cited, which need not be what the archive has."""
    yield Quad(cited, A, term("prov:Entity"))
    yield Quad(cited, term("lc:about"), original)
    if finding.link.timestamp is not None:
        yield Quad(cited, term("lc:timestampAsked"), Literal(finding.link.timestamp))


def _archive(seen: ArchiveObservation, telling: Telling) -> Iterator[Quad]:
    evidence, found = seen.evidence, seen.finding
    original = original_iri(evidence.original)
    yield from describe_original(original, evidence.original)
    check, run = check_iri(seen), telling.checked_by(seen)
    used: list[Iri] = []
    for each in evidence.index_records:
        used.append(record_iri(each))
        yield from describe_response(record_iri(each), check, None, None)
    for row in _rows(evidence):
        used.append(row_iri(evidence.archive, row))
        yield from describe_row(evidence, row, check)
    for reading in evidence.chain:
        if reading.record is not None:
            used.append(record_iri(reading.record))
            yield from describe_played(evidence, reading, check)
    if found.capture_timestamp is not None:
        url = found.captured_url or evidence.original
        capture = capture_iri(evidence.archive, found.capture_timestamp, url)
        yield from describe_capture(evidence, found.capture_timestamp, url, run)
        yield Quad(check, USED, capture)
        yield Quad(finding_iri(seen), term("lc:capture"), capture)
    if found.distance_seconds is not None:
        yield Quad(finding_iri(seen), term("lc:distanceSeconds"), number(found.distance_seconds))
    if found.proof is not None:
        yield Quad(finding_iri(seen), term("lc:proof"), Literal(found.proof.kind))
    yield Quad(check, term("lc:archive"), archive_iri(evidence.archive))
    yield from describe_check(seen, check, original, run)
    yield from describe_judgement(seen, check, used, telling)


def _live(seen: LiveObservation, telling: Telling) -> Iterator[Quad]:
    original = original_iri(seen.evidence.original)
    yield from describe_original(original, seen.evidence.original)
    check, run = check_iri(seen), telling.checked_by(seen)
    used: list[Iri] = []
    for answer in seen.evidence.answers:
        for hop in answer.hops:
            if hop.record is not None:
                used.append(record_iri(hop.record))
                yield from describe_hop(hop, hop.record, check)
        if answer.record is not None:
            used.append(record_iri(answer.record))
            yield from describe_answered(answer, check)
    yield Quad(check, USED, original)
    yield from describe_check(seen, check, original, run)
    yield from describe_judgement(seen, check, used, telling)


def _cited(finding: LinkFinding) -> Iri | None:
    link = finding.link
    if link.kind is not Kind.ARCHIVED or link.archive is None or link.original is None:
        return None
    return capture_iri(link.archive, link.timestamp or "", link.original)


def _rows(evidence: ArchiveEvidence) -> list[Capture]:
    rows = (evidence.row, evidence.before, evidence.after)
    return list(dict.fromkeys(row for row in rows if row is not None))

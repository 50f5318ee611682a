"""Findings as statements of PROV-O: what the archive claims, what we saw, what we concluded.

The archive's claims about its captures stand in a bundle attributed to it; everything else is ours.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.capture import Capture, instant, mended
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.link import Kind, Role
from linkcheck.model.live import LiveAnswer
from linkcheck.model.manifest import Manifest
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.playback import PlaybackReading
from linkcheck.reports.prov.names import (
    article_iri,
    capture_iri,
    hashed,
    original_iri,
    record_iri,
    row_iri,
    version_iri,
)
from linkcheck.reports.prov.terms import Iri, Literal, Quad, day, moment, number, term

Observed = ArchiveObservation | LiveObservation
Predecessor = Callable[[Observed], Observed | None]
"""Returns what was observed of the same before, as the store remembers it."""

_t = term
A = _t("rdf:type")
LABEL = _t("rdfs:label")
_USED, _GENERATED_BY = _t("prov:used"), _t("prov:wasGeneratedBy")
_DERIVED = _t("prov:wasDerivedFrom")


def no_predecessor(_: Observed) -> None:
    """Know of nothing before."""


def describe_run(manifest: Manifest, institution: str | None = None) -> Iterator[Quad]:
    """Yield what is true of all findings of a run: agents and plans, told once in a stream."""
    run, agent = _run(manifest), _agent(manifest)
    yield Quad(run, A, _t("prov:Activity"))
    yield Quad(run, A, _t("lc:Run"))
    yield Quad(run, LABEL, Literal(manifest.run))
    yield Quad(run, _t("prov:startedAtTime"), moment(manifest.started_at))
    yield Quad(run, _t("prov:endedAtTime"), moment(manifest.ending.ended_at))
    yield Quad(agent, A, _t("prov:SoftwareAgent"))
    yield Quad(agent, LABEL, Literal(_software(manifest)))
    if institution:
        name = hashed("institution", institution)
        yield Quad(name, A, _t("prov:Organization"))
        yield Quad(name, LABEL, Literal(institution))
        yield Quad(agent, _t("prov:actedOnBehalfOf"), name)
    for plan, label in (
        (_configuration(manifest), "configuration"),
        (_rules(manifest), "rule tables"),
    ):
        yield Quad(plan, A, _t("prov:Plan"))
        yield Quad(plan, A, _t("prov:Entity"))
        yield Quad(plan, LABEL, Literal(label))
    yield Quad(
        _configuration(manifest), _t("prov:value"), Literal(manifest.beginning.configuration)
    )
    yield Quad(_rules(manifest), _t("prov:value"), Literal(manifest.beginning.rules))
    vantage = _vantage(manifest)
    yield Quad(vantage, A, _t("prov:Location"))
    yield Quad(vantage, LABEL, Literal(manifest.beginning.vantage))


def describe(
    found: ArticleFindings,
    manifest: Manifest,
    before: Predecessor = no_predecessor,
    told: set[Iri] | None = None,
) -> Iterator[Quad]:
    """Yield what there is to say of one article, each statement once.

    `told` holds the checks that a stream has described already, and grows: the same original is
    cited by many articles, and furniture by nearly all.
    """
    telling = _Telling(manifest, before, set() if told is None else told)
    return iter(dict.fromkeys(_article(found, telling)))


@dataclass(frozen=True, slots=True)
class _Telling:
    manifest: Manifest
    before: Predecessor
    told: set[Iri]

    def is_new(self, seen: Observed) -> bool:
        """Tell a check that was not described before, and remember it."""
        check = check_iri(seen)
        new = check not in self.told
        self.told.add(check)
        return new


def _article(found: ArticleFindings, telling: _Telling) -> Iterator[Quad]:
    version, article = version_iri(found.sha256), article_iri(found.article)
    yield Quad(version, A, _t("prov:Entity"))
    yield Quad(version, A, _t("lc:ArticleVersion"))
    yield Quad(version, _t("lc:sha256"), Literal(found.sha256))
    yield Quad(version, _t("prov:specializationOf"), article)
    yield Quad(article, A, _t("prov:Entity"))
    yield Quad(article, _t("lc:path"), Literal(found.article))
    if found.title:
        yield Quad(version, _t("dcterms:title"), Literal(found.title))
    if found.published is not None:
        yield Quad(version, _t("dcterms:issued"), day(found.published))
    for finding in found.links:
        yield from _link(finding, version, telling)


def _link(finding: LinkFinding, version: Iri, telling: _Telling) -> Iterator[Quad]:
    link = finding.link
    if link.original is None:
        return
    original, cited = original_iri(link.original), _cited(finding)
    yield from _original(original, link.original)
    yield from _reference(finding, version, cited or original)
    citation = hashed("citation", version, link.line, link.column)
    yield Quad(citation, A, _t("prov:Entity"))
    yield Quad(citation, A, _t("lc:Citation"))
    yield Quad(citation, _t("dcterms:isPartOf"), version)
    yield Quad(citation, _t("lc:role"), Literal(link.role))
    yield Quad(citation, _t("lc:line"), number(link.line))
    yield Quad(citation, _t("lc:column"), number(link.column))
    yield Quad(citation, _t("dcterms:references"), cited or original)
    yield Quad(citation, _t("lc:original"), original)
    yield Quad(citation, _t("lc:standing"), Literal(finding.standing))
    if cited is not None and cited != original:
        yield from _asked(cited, original, finding)
    if finding.archive is not None:
        yield Quad(citation, _DERIVED, finding_iri(finding.archive))
        if telling.is_new(finding.archive):
            yield from _archive(finding.archive, telling)
    if finding.live is not None:
        yield Quad(citation, _DERIVED, finding_iri(finding.live))
        if telling.is_new(finding.live):
            yield from _live(finding.live, telling)


def _reference(finding: LinkFinding, version: Iri, cited: Iri) -> Iterator[Quad]:
    """Say what the article rests on: its own copy is the source, all else it only refers to."""
    asserted = finding.link.role is Role.URL and finding.link.kind is Kind.ARCHIVED
    relation = "prov:hadPrimarySource" if asserted else "dcterms:references"
    yield Quad(version, _t(relation), cited)


def _asked(cited: Iri, original: Iri, finding: LinkFinding) -> Iterator[Quad]:
    """Say what is cited, which need not be what the archive has."""
    yield Quad(cited, A, _t("prov:Entity"))
    yield Quad(cited, _t("lc:about"), original)
    if finding.link.timestamp is not None:
        yield Quad(cited, _t("lc:timestampAsked"), Literal(finding.link.timestamp))


def _original(original: Iri, url: str) -> Iterator[Quad]:
    yield Quad(original, A, _t("prov:Entity"))
    yield Quad(original, A, _t("lc:Original"))
    yield Quad(original, _t("lc:url"), Literal(url))


def _archive(seen: ArchiveObservation, telling: _Telling) -> Iterator[Quad]:
    evidence, found = seen.evidence, seen.finding
    original = original_iri(evidence.original)
    yield from _original(original, evidence.original)
    check = check_iri(seen)
    used: list[Iri] = []
    for each in evidence.index_records:
        used.append(record_iri(each))
        yield from _response(record_iri(each), check, None, None)
    for row in _rows(evidence):
        used.append(row_iri(evidence.archive, row))
        yield from _row(evidence, row, check)
    for reading in evidence.chain:
        if reading.record is not None:
            used.append(record_iri(reading.record))
            yield from _played(evidence, reading, check)
    if found.capture_timestamp is not None:
        url = found.captured_url or evidence.original
        capture = capture_iri(evidence.archive, found.capture_timestamp, url)
        yield from _capture(evidence, found.capture_timestamp, url, telling.manifest)
        yield Quad(check, _USED, capture)
        yield Quad(finding_iri(seen), _t("lc:capture"), capture)
    if found.distance_seconds is not None:
        yield Quad(finding_iri(seen), _t("lc:distanceSeconds"), number(found.distance_seconds))
    if found.proof is not None:
        yield Quad(finding_iri(seen), _t("lc:proof"), Literal(found.proof.kind))
    yield Quad(check, _t("lc:archive"), archive_iri(evidence.archive))
    yield from _checked(seen, check, original, telling.manifest)
    yield from _judged(seen, check, used, telling)


def _live(seen: LiveObservation, telling: _Telling) -> Iterator[Quad]:
    original = original_iri(seen.evidence.original)
    yield from _original(original, seen.evidence.original)
    check = check_iri(seen)
    used: list[Iri] = []
    for answer in seen.evidence.answers:
        if answer.record is not None:
            used.append(record_iri(answer.record))
            yield from _answered(answer, check)
    yield Quad(check, _USED, original)
    yield from _checked(seen, check, original, telling.manifest)
    yield from _judged(seen, check, used, telling)


def _capture(
    evidence: ArchiveEvidence, timestamp: str, url: str, manifest: Manifest
) -> Iterator[Quad]:
    """Say what the archive claims of a capture, in the archive's own bundle."""
    bundle = hashed("bundle", evidence.archive, manifest.run)
    archive = archive_iri(evidence.archive)
    capture = capture_iri(evidence.archive, timestamp, url)
    source = _source(evidence, timestamp)
    crawl = hashed("crawl", evidence.archive, source or capture)
    yield Quad(bundle, A, _t("prov:Bundle"))
    yield Quad(bundle, A, _t("prov:Entity"))
    yield Quad(bundle, _t("prov:wasAttributedTo"), archive)
    yield Quad(archive, A, _t("prov:Organization"))
    yield Quad(archive, LABEL, Literal(evidence.archive))
    yield Quad(capture, A, _t("prov:Entity"), bundle)
    yield Quad(capture, A, _t("lc:Capture"), bundle)
    yield Quad(capture, _t("prov:specializationOf"), original_iri(url), bundle)
    yield Quad(capture, _GENERATED_BY, crawl, bundle)
    yield Quad(capture, _t("lc:timestamp"), Literal(timestamp), bundle)
    yield Quad(crawl, A, _t("prov:Activity"), bundle)
    yield Quad(crawl, A, _t("lc:Crawl"), bundle)
    if source is not None:
        yield Quad(crawl, _t("lc:source"), Literal(source), bundle)
    at = instant(mended(timestamp))
    if at is not None:
        yield Quad(capture, _t("prov:generatedAtTime"), moment(at), bundle)
    # The archive's word ties the capture to its original; what we asked for may be another address.
    yield from _original(original_iri(url), url)


def _row(evidence: ArchiveEvidence, row: Capture, check: Iri) -> Iterator[Quad]:
    name = row_iri(evidence.archive, row)
    yield Quad(name, A, _t("prov:Entity"))
    yield Quad(name, A, _t("lc:IndexRow"))
    yield Quad(name, _GENERATED_BY, check)
    for each in evidence.index_records:
        yield Quad(name, _DERIVED, record_iri(each))
    yield Quad(name, _t("lc:timestamp"), Literal(row.timestamp))
    about = capture_iri(evidence.archive, row.timestamp, row.original)
    yield Quad(name, _t("lc:about"), about)
    if row.status is not None:
        yield Quad(name, _t("lc:status"), number(row.status))
    if row.media_type is not None:
        yield Quad(name, _t("dcterms:format"), Literal(row.media_type))
    if row.digest is not None:
        yield Quad(name, _t("lc:digest"), Literal(row.digest))


def _played(evidence: ArchiveEvidence, reading: PlaybackReading, check: Iri) -> Iterator[Quad]:
    record = record_iri(reading.record or "")
    yield from _response(record, check, reading.status, reading.media_type)
    if reading.timestamp is not None:
        url = reading.original or evidence.original
        about = capture_iri(evidence.archive, reading.timestamp, url)
        yield Quad(record, _t("lc:about"), about)


def _answered(answer: LiveAnswer, check: Iri) -> Iterator[Quad]:
    record = record_iri(answer.record or "")
    yield from _response(record, check, answer.status, answer.media_type)
    yield Quad(record, _t("lc:about"), original_iri(answer.asked))
    yield Quad(record, _t("prov:generatedAtTime"), moment(answer.at))
    if answer.failure is not None:
        yield Quad(record, _t("lc:failure"), Literal(answer.failure))
    if answer.body_sha256 is not None:
        yield Quad(record, _t("lc:sha256"), Literal(answer.body_sha256))


def _response(
    record: Iri, check: Iri, status: int | None, media_type: str | None
) -> Iterator[Quad]:
    yield Quad(record, A, _t("prov:Entity"))
    yield Quad(record, A, _t("lc:Response"))
    yield Quad(record, _GENERATED_BY, check)
    if status is not None:
        yield Quad(record, _t("lc:status"), number(status))
    if media_type is not None:
        yield Quad(record, _t("dcterms:format"), Literal(media_type))


def _checked(seen: Observed, check: Iri, original: Iri, manifest: Manifest) -> Iterator[Quad]:
    started, ended = _times(seen)
    yield Quad(check, A, _t("prov:Activity"))
    yield Quad(check, A, _t("lc:Check"))
    yield Quad(check, _t("lc:about"), original)
    yield Quad(check, _t("prov:startedAtTime"), started)
    yield Quad(check, _t("prov:endedAtTime"), ended)
    yield Quad(check, _t("prov:atLocation"), _vantage(manifest))
    yield from _association(check, manifest, _configuration(manifest))


def _judged(seen: Observed, check: Iri, used: Iterable[Iri], telling: _Telling) -> Iterator[Quad]:
    finding = finding_iri(seen)
    judgement = hashed("judgement", finding, telling.manifest.beginning.rules)
    yield Quad(judgement, A, _t("prov:Activity"))
    yield Quad(judgement, A, _t("lc:Judgement"))
    yield Quad(judgement, _t("prov:wasInformedBy"), check)
    yield from _association(judgement, telling.manifest, _rules(telling.manifest))
    yield Quad(finding, A, _t("prov:Entity"))
    yield Quad(finding, A, _t("lc:Finding"))
    yield Quad(finding, _GENERATED_BY, judgement)
    yield Quad(finding, _t("lc:about"), original_iri(seen.evidence.original))
    yield Quad(finding, _t("lc:side"), Literal(_side(seen)))
    yield Quad(finding, _t("lc:verdict"), Literal(seen.finding.verdict))
    yield Quad(finding, _t("lc:rule"), Literal(seen.finding.rule))
    if seen.finding.reason:
        yield Quad(finding, _t("lc:reason"), Literal(seen.finding.reason))
    for each in used:
        yield Quad(judgement, _USED, each)
        yield Quad(finding, _DERIVED, each)
    older = telling.before(seen)
    if older is not None and finding_iri(older) != finding:
        yield from _revised(seen, older, judgement, telling.manifest)


def _revised(seen: Observed, older: Observed, judgement: Iri, manifest: Manifest) -> Iterator[Quad]:
    """Say what a finding took the place of; judged again from the same, the old one is void."""
    finding, replaced = finding_iri(seen), finding_iri(older)
    yield Quad(finding, _t("prov:wasRevisionOf"), replaced)
    yield Quad(replaced, A, _t("prov:Entity"))
    yield Quad(replaced, A, _t("lc:Finding"))
    yield Quad(replaced, _t("lc:verdict"), Literal(older.finding.verdict))
    yield Quad(replaced, _t("lc:rule"), Literal(older.finding.rule))
    if older.evidence == seen.evidence:
        at = moment(manifest.started_at)
        yield Quad(replaced, _t("prov:wasInvalidatedBy"), judgement)
        yield Quad(replaced, _t("prov:invalidatedAtTime"), at)


def _association(activity: Iri, manifest: Manifest, plan: Iri) -> Iterator[Quad]:
    association = Iri(f"{activity}:association")
    yield Quad(activity, _t("prov:wasAssociatedWith"), _agent(manifest))
    yield Quad(activity, _t("prov:qualifiedAssociation"), association)
    yield Quad(association, A, _t("prov:Association"))
    yield Quad(association, _t("prov:agent"), _agent(manifest))
    yield Quad(association, _t("prov:hadPlan"), plan)


def check_iri(seen: Observed) -> Iri:
    """Return the name of a check: which side of what, asked for which moment, and when."""
    return hashed("check", *_identity(seen))


def finding_iri(seen: Observed) -> Iri:
    """Return the name of a finding: what was checked, and what was concluded by which rule."""
    return hashed("finding", *_identity(seen), seen.finding.verdict, seen.finding.rule)


def archive_iri(archive: str) -> Iri:
    """Return the name of an archive."""
    return hashed("archive", archive)


def _identity(seen: Observed) -> tuple[object, ...]:
    evidence = seen.evidence
    if isinstance(seen, ArchiveObservation):
        asked = (seen.evidence.archive, seen.want.timestamp, seen.want.role)
        return "archive", evidence.original, *asked, evidence.seen_at.isoformat()
    return "live", evidence.original, evidence.seen_at.isoformat()


def _cited(finding: LinkFinding) -> Iri | None:
    link = finding.link
    if link.kind is not Kind.ARCHIVED or link.archive is None or link.original is None:
        return None
    return capture_iri(link.archive, link.timestamp or "", link.original)


def _times(seen: Observed) -> tuple[Literal, Literal]:
    at = seen.evidence.seen_at
    if isinstance(seen, LiveObservation):
        times = [answer.at for answer in seen.evidence.answers] + [at]
        return moment(min(times)), moment(max(times))
    return moment(at), moment(at)


def _rows(evidence: ArchiveEvidence) -> list[Capture]:
    rows = (evidence.row, evidence.before, evidence.after)
    return list(dict.fromkeys(row for row in rows if row is not None))


def _source(evidence: ArchiveEvidence, timestamp: str) -> str | None:
    """Return the WARC that an archive says a capture lies in."""
    for reading in evidence.chain:
        if reading.timestamp == timestamp and reading.source is not None:
            return reading.source
    row = evidence.row
    return row.source if row is not None and row.timestamp == timestamp else None


def _side(seen: Observed) -> str:
    return "archive" if isinstance(seen, ArchiveObservation) else "live"


def _software(manifest: Manifest) -> str:
    return "@".join(manifest.beginning.versions[0]) if manifest.beginning.versions else "linkcheck"


def _agent(manifest: Manifest) -> Iri:
    return hashed("software", _software(manifest))


def _run(manifest: Manifest) -> Iri:
    return hashed("run", manifest.run)


def _configuration(manifest: Manifest) -> Iri:
    return hashed("configuration", manifest.beginning.configuration)


def _rules(manifest: Manifest) -> Iri:
    return hashed("rules", manifest.beginning.rules)


def _vantage(manifest: Manifest) -> Iri:
    return hashed("vantage", manifest.beginning.vantage)

"""What was done: a check looks, a judgement concludes, and may take the place of another."""

from collections.abc import Iterable, Iterator

from linkcheck.model.manifest import Manifest
from linkcheck.reports.prov.agents import (
    associate,
    configuration_iri,
    rules_iri,
    vantage_iri,
)
from linkcheck.reports.prov.identity import Observed, finding_iri, side, times
from linkcheck.reports.prov.names import hashed, original_iri
from linkcheck.reports.prov.telling import Telling
from linkcheck.reports.prov.terms import (
    DERIVED,
    GENERATED_BY,
    USED,
    A,
    Iri,
    Literal,
    Quad,
    moment,
    term,
)


def describe_check(seen: Observed, check: Iri, original: Iri, manifest: Manifest) -> Iterator[Quad]:
    """Yield a check: what it is about, when it was, from where, and by which plan."""
    started, ended = times(seen)
    yield Quad(check, A, term("prov:Activity"))
    yield Quad(check, A, term("lc:Check"))
    yield Quad(check, term("lc:about"), original)
    yield Quad(check, term("prov:startedAtTime"), started)
    yield Quad(check, term("prov:endedAtTime"), ended)
    yield Quad(check, term("prov:atLocation"), vantage_iri(manifest))
    yield from associate(check, manifest, configuration_iri(manifest))


def describe_judgement(
    seen: Observed, check: Iri, used: Iterable[Iri], telling: Telling
) -> Iterator[Quad]:
    """Yield a judgement and the finding that it came to, with what both rest on."""
    finding = finding_iri(seen)
    judgement = hashed("judgement", finding, telling.manifest.beginning.rules)
    yield Quad(judgement, A, term("prov:Activity"))
    yield Quad(judgement, A, term("lc:Judgement"))
    yield Quad(judgement, term("prov:wasInformedBy"), check)
    yield from associate(judgement, telling.manifest, rules_iri(telling.manifest))
    yield Quad(finding, A, term("prov:Entity"))
    yield Quad(finding, A, term("lc:Finding"))
    yield Quad(finding, GENERATED_BY, judgement)
    yield Quad(finding, term("lc:about"), original_iri(seen.evidence.original))
    yield Quad(finding, term("lc:side"), Literal(side(seen)))
    yield Quad(finding, term("lc:verdict"), Literal(seen.finding.verdict))
    yield Quad(finding, term("lc:rule"), Literal(seen.finding.rule))
    if seen.finding.reason:
        yield Quad(finding, term("lc:reason"), Literal(seen.finding.reason))
    for each in used:
        yield Quad(judgement, USED, each)
        yield Quad(finding, DERIVED, each)
    older = telling.before(seen)
    if older is not None and finding_iri(older) != finding:
        yield from _revised(seen, older, judgement, telling.manifest)


def _revised(seen: Observed, older: Observed, judgement: Iri, manifest: Manifest) -> Iterator[Quad]:
    """Say what a finding took the place of; judged again from the same, the old one is void."""
    finding, replaced = finding_iri(seen), finding_iri(older)
    yield Quad(finding, term("prov:wasRevisionOf"), replaced)
    yield Quad(replaced, A, term("prov:Entity"))
    yield Quad(replaced, A, term("lc:Finding"))
    yield Quad(replaced, term("lc:verdict"), Literal(older.finding.verdict))
    yield Quad(replaced, term("lc:rule"), Literal(older.finding.rule))
    if older.evidence == seen.evidence:
        at = moment(manifest.started_at)
        yield Quad(replaced, term("prov:wasInvalidatedBy"), judgement)
        yield Quad(replaced, term("prov:invalidatedAtTime"), at)

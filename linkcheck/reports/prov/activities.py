"""What was done: a check looks, a judgement concludes, and may take the place of another."""

from collections.abc import Iterable, Iterator

from linkcheck.model.manifest import Manifest
from linkcheck.reports.prov.agents import (
    associate,
    configuration_iri,
    describe_rules,
    rules_iri,
    vantage_iri,
)
from linkcheck.reports.prov.entities import describe_response
from linkcheck.reports.prov.identity import Observed, check_iri, finding_iri, records, side, times
from linkcheck.reports.prov.names import hashed, original_iri, record_iri
from linkcheck.reports.prov.telling import Former, Telling
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
    finding, used = finding_iri(seen), tuple(used)
    judge = telling.judged_by(telling.checked_by(seen))
    rules = telling.manifest.beginning.rules
    judgement = _judgement_iri(finding, rules)
    yield from _judged(seen, judgement, check)
    yield from associate(judgement, judge, rules_iri(rules))
    for each in used:
        yield Quad(judgement, USED, each)
        yield Quad(finding, DERIVED, each)
    former = telling.before(seen)
    if former is not None and finding_iri(former.seen) != finding:
        yield from _revised(seen, former, judgement, telling)


def _judged(seen: Observed, judgement: Iri, check: Iri) -> Iterator[Quad]:
    finding = finding_iri(seen)
    yield Quad(judgement, A, term("prov:Activity"))
    yield Quad(judgement, A, term("lc:Judgement"))
    yield Quad(judgement, term("prov:wasInformedBy"), check)
    yield Quad(finding, A, term("prov:Entity"))
    yield Quad(finding, A, term("lc:Finding"))
    yield Quad(finding, GENERATED_BY, judgement)
    yield Quad(finding, term("lc:about"), original_iri(seen.evidence.original))
    yield Quad(finding, term("lc:side"), Literal(side(seen)))
    yield Quad(finding, term("lc:verdict"), Literal(seen.finding.verdict))
    yield Quad(finding, term("lc:rule"), Literal(seen.finding.rule))
    if seen.finding.reason:
        yield Quad(finding, term("lc:reason"), Literal(seen.finding.reason))


def _revised(seen: Observed, former: Former, judgement: Iri, telling: Telling) -> Iterator[Quad]:
    """Say what a finding took the place of; judged again from the same, the old one is void."""
    older = former.seen
    finding, replaced, check = finding_iri(seen), finding_iri(older), check_iri(older)
    rules = former.rules or telling.manifest.beginning.rules
    before = telling.checked_by(older)
    yield Quad(finding, term("prov:wasRevisionOf"), replaced)
    original = original_iri(older.evidence.original)
    yield from describe_check(older, check, original, before)
    yield from _judged(older, _judgement_iri(replaced, rules), check)
    yield from describe_rules(rules)
    yield from associate(_judgement_iri(replaced, rules), before, rules_iri(rules))
    for record in map(record_iri, records(older)):
        yield from describe_response(record, check, None, None)
        yield Quad(_judgement_iri(replaced, rules), USED, record)
        yield Quad(replaced, DERIVED, record)
    if older.evidence == seen.evidence:
        at = moment(telling.judged_by(before).started_at)
        yield Quad(replaced, term("prov:wasInvalidatedBy"), judgement)
        yield Quad(replaced, term("prov:invalidatedAtTime"), at)


def _judgement_iri(finding: Iri, rules: str) -> Iri:
    return hashed("judgement", finding, rules)

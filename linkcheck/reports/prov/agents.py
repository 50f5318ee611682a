"""Who acted, and by which plan: the tool, the institution, the configuration, the rules."""

from collections.abc import Iterator

from linkcheck.model.manifest import Manifest
from linkcheck.reports.prov.names import hashed
from linkcheck.reports.prov.terms import LABEL, A, Iri, Literal, Quad, moment, term


def describe_run(manifest: Manifest, institution: str | None = None) -> Iterator[Quad]:
    """Yield what is true of all findings of a run: agents and plans, told once in a stream."""
    run, agent = run_iri(manifest), agent_iri(manifest)
    yield Quad(run, A, term("prov:Activity"))
    yield Quad(run, A, term("lc:Run"))
    yield Quad(run, LABEL, Literal(manifest.run))
    yield Quad(run, term("prov:startedAtTime"), moment(manifest.started_at))
    yield Quad(run, term("prov:endedAtTime"), moment(manifest.ending.ended_at))
    yield Quad(agent, A, term("prov:SoftwareAgent"))
    yield Quad(agent, LABEL, Literal(_software(manifest)))
    if institution:
        name = hashed("institution", institution)
        yield Quad(name, A, term("prov:Organization"))
        yield Quad(name, LABEL, Literal(institution))
        yield Quad(agent, term("prov:actedOnBehalfOf"), name)
    begun = manifest.beginning
    yield from _plan(configuration_iri(manifest), "configuration", begun.configuration)
    yield from describe_rules(begun.rules)
    vantage = vantage_iri(manifest)
    yield Quad(vantage, A, term("prov:Location"))
    yield Quad(vantage, LABEL, Literal(manifest.beginning.vantage))


def describe_rules(rules: str) -> Iterator[Quad]:
    """Yield the plan of a judgement."""
    yield from _plan(rules_iri(rules), "rule tables", rules)


def _plan(plan: Iri, label: str, value: str) -> Iterator[Quad]:
    yield Quad(plan, A, term("prov:Plan"))
    yield Quad(plan, A, term("prov:Entity"))
    yield Quad(plan, LABEL, Literal(label))
    yield Quad(plan, term("prov:value"), Literal(value))


def associate(activity: Iri, manifest: Manifest, plan: Iri) -> Iterator[Quad]:
    """Yield who carried an activity out, and by which plan."""
    association = Iri(f"{activity}:association")
    yield Quad(activity, term("prov:wasAssociatedWith"), agent_iri(manifest))
    yield Quad(activity, term("prov:qualifiedAssociation"), association)
    yield Quad(association, A, term("prov:Association"))
    yield Quad(association, term("prov:agent"), agent_iri(manifest))
    yield Quad(association, term("prov:hadPlan"), plan)


def run_iri(manifest: Manifest) -> Iri:
    """Return the name of a run."""
    return hashed("run", manifest.run)


def configuration_iri(manifest: Manifest) -> Iri:
    """Return the name of a configuration."""
    return hashed("configuration", manifest.beginning.configuration)


def rules_iri(rules: str) -> Iri:
    """Return the name of rule tables."""
    return hashed("rules", rules)


def vantage_iri(manifest: Manifest) -> Iri:
    """Return the name of the place that a run looked from."""
    return hashed("vantage", manifest.beginning.vantage)


def agent_iri(manifest: Manifest) -> Iri:
    """Return the name of the software."""
    return hashed("software", _software(manifest))


def _software(manifest: Manifest) -> str:
    return "@".join(manifest.beginning.versions[0]) if manifest.beginning.versions else "linkcheck"

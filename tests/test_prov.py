"""Provenance: both forms say the same, and what they say is PROV-O."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import rdflib
from msgspec.structs import replace
from rdflib.term import Literal as Said

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.link import Role
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.verdict import ArchiveVerdict
from linkcheck.reports.prov import (
    Former,
    Telling,
    describe,
    describe_run,
    to_jsonld,
    to_nquads,
    write_jsonld,
    write_nquads,
)
from linkcheck.reports.prov.identity import finding_iri
from linkcheck.reports.prov.names import record_iri, version_iri
from linkcheck.reports.prov.terms import Iri, Literal, Quad, iri
from tests.findings import NOW, article, everything, findings, hostile, manifest
from tests.prov_rules import PREFIXES, VIOLATIONS, parsed

# rdflib 7.6 warns of what itself does while it parses.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

PROV = "http://www.w3.org/ns/prov#"
DOCUMENT = Path(__file__).parents[1] / "docs" / "provenance.md"
Observed = ArchiveObservation | LiveObservation


def quads_of(found: ArticleFindings) -> list[Quad]:
    return [*describe_run(manifest(), 'The "Library"'), *describe(found, Telling(manifest()))]


def quads_in(dataset: rdflib.Dataset) -> set[object]:
    return set(dataset.quads())


def every(found: ArticleFindings, step: int) -> ArticleFindings:
    """Return an article with some of its links: rdflib takes its time."""
    return replace(found, links=found.links[::step])


@pytest.fixture(scope="module")
def dataset() -> rdflib.Dataset:
    return parsed(to_nquads(quads_of(every(everything(), 3))), "nquads")


@pytest.mark.parametrize(
    "found", [every(everything(), 9), hostile(), article(3)], ids=["all", "bad", "one"]
)
def test_both_forms_say_the_same_and_no_statement_is_lost(found: ArticleFindings) -> None:
    quads = quads_of(found)
    lines, document = to_nquads(quads), to_jsonld(quads)
    one, other = quads_in(parsed(lines, "nquads")), quads_in(parsed(document, "json-ld"))
    assert one == other  # no blank nodes: equal is isomorphic
    assert len(one) == len(set(quads)) == lines.count(b"\n")


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_statements_keep_the_rules(dataset: rdflib.Dataset, name: str) -> None:
    found = list(dataset.query(PREFIXES + VIOLATIONS[name]))
    assert not found


def test_the_rules_would_notice_a_breach() -> None:
    said = (f"<urn:x:c> <{PROV}used> <urn:x:e> .", f"<urn:x:f> <{PROV}wasGeneratedBy> <urn:x:c> .")
    graph = parsed("\n".join(said).encode(), "nquads")
    names = [
        name for name in list(VIOLATIONS)[:3] if list(graph.query(PREFIXES + VIOLATIONS[name]))
    ]
    assert names == list(VIOLATIONS)[:3]


def test_the_archive_s_claims_stand_in_its_bundle_and_nowhere_else() -> None:
    quads = quads_of(article(1))
    captures = {quad.subject for quad in quads if quad.object == Iri("urn:linkcheck:terms#Capture")}
    claims = {"specializationOf", "generatedAtTime"}
    for quad in quads:
        if quad.subject in captures and quad.predicate.removeprefix(PROV) in claims:
            assert quad.graph is not None
    assert captures


def test_only_the_article_s_own_copy_is_a_primary_source() -> None:
    quads = quads_of(article(2))
    sources = [quad for quad in quads if quad.predicate == Iri(f"{PROV}hadPrimarySource")]
    references = [
        quad
        for quad in quads
        if quad.predicate.endswith("references") and quad.subject == version_iri(article(2).sha256)
    ]
    asserted = [one for one in article(2).links if one.link.role is Role.URL]
    assert len(sources) == len(asserted) == 1
    assert references


def _revised(found: ArticleFindings, older: Observed) -> set[tuple[str, str]]:
    def before(seen: Observed) -> Former | None:
        return Former(seen=older) if seen == found.links[0].archive else None

    quads = describe(found, Telling(manifest(), before=before))
    return {
        (quad.predicate.removeprefix(PROV), str(quad.subject))
        for quad in quads
        if finding_iri(older) in {quad.subject, quad.object}
    }


def test_a_finding_that_new_rules_made_invalidates_the_old_one() -> None:
    found = article(4)
    seen = found.links[0].archive
    assert seen is not None
    judged = replace(seen.finding, verdict=ArchiveVerdict.UNKNOWN, rule="older-rule")
    said = _revised(found, replace(seen, finding=judged))
    assert ("wasRevisionOf", finding_iri(seen)) in said
    assert {"wasInvalidatedBy", "invalidatedAtTime"} <= {name for name, _ in said}


def test_a_finding_from_another_day_is_revised_and_stays_true() -> None:
    found = article(4)
    seen = found.links[0].archive
    assert seen is not None
    evidence = replace(seen.evidence, seen_at=NOW - timedelta(days=7))
    said = _revised(found, replace(seen, evidence=evidence))
    assert ("wasRevisionOf", finding_iri(seen)) in said
    assert not {name for name, _ in said} & {"wasInvalidatedBy", "invalidatedAtTime"}


def test_the_documented_question_is_answered() -> None:
    query = re.findall(r"```sparql\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)[0]
    replayed = next(
        seen
        for found in findings(40)
        for finding in found.links
        if (seen := finding.archive) is not None and seen.evidence.chain
    )
    holder = next(
        found for found in findings(40) if any(one.archive == replayed for one in found.links)
    )
    url = iri(replayed.finding.captured_url or "")
    query = query.replace("https://www.standnews.example/photo.jpg", url)
    answers = list(parsed(to_nquads(quads_of(holder)), "nquads").query(query))
    assert len(answers) == 1
    row = answers[0].asdict()  # type: ignore[union-attr]  # a SELECT gives rows
    assert row["archive"] == Said("wayback")
    assert str(row["source"]) == replayed.evidence.chain[0].source
    assert row["agent"] == Said("linkcheck@0.1.0")
    assert row["institution"] == Said('The "Library"')
    assert str(row["checked"]).startswith(f"{replayed.evidence.seen_at:%Y-%m-%dT%H:%M:%S}")


def test_a_stream_tells_each_check_once_and_loses_nothing() -> None:
    some = list(findings(3))
    stream = b"".join(write_nquads(some, manifest(), institution='The "Library"'))
    apart = b"".join(to_nquads(quads_of(found)) for found in some)
    assert quads_in(parsed(stream, "nquads")) == quads_in(parsed(apart, "nquads"))
    assert len(stream) < len(apart)


def test_documents_are_written_one_for_each_article(tmp_path: Path) -> None:
    written = write_jsonld(tmp_path / "prov", findings(3), manifest())
    assert (written.pages, written.changed, written.removed) == (3, 3, 0)
    assert write_jsonld(tmp_path / "prov", findings(3), manifest()).changed == 0
    assert write_jsonld(tmp_path / "prov", findings(2), manifest()).removed == 1
    documents = list((tmp_path / "prov").rglob("*.jsonld"))
    assert len(documents) == 2


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("https://x.org/a b", "https://x.org/a%20b"),
        ('https://x.org/<>"{}|^`\\', "https://x.org/%3C%3E%22%7B%7D%7C%5E%60%5C"),
        ("https://x.org/\u202e", "https://x.org/%E2%80%AE"),
        ("https://x.org/100%", "https://x.org/100%25"),
        ("https://x.org/%E5%9C%96", "https://x.org/%E5%9C%96"),
        ("https://x.org/圖", "https://x.org/圖"),
        ("https://x.org/\ud800", "https://x.org/%3F"),
    ],
)
def test_no_address_breaks_an_iri(text: str, escaped: str) -> None:
    assert iri(text) == escaped


@pytest.mark.parametrize(
    "text",
    ['"', "\\", "\n\r\t\b\f", "\x00\x1b\x7f", '" . <urn:x:injected> <urn:x:y> "', "圖\u202e"],
)
def test_no_text_breaks_a_line(text: str) -> None:
    quad = Quad(Iri("urn:x:s"), Iri("urn:x:p"), Literal(text))
    lines = to_nquads([quad])
    assert lines.count(b"\n") == 1
    ((_, _, said, _),) = parsed(lines, "nquads").quads()
    assert str(said) == text


def test_records_and_hashes_have_their_own_names() -> None:
    uuid = "urn:uuid:6f1d2c3b-0000-4000-8000-000000000000"
    assert record_iri(f"<{uuid}>") == uuid
    assert record_iri("<script>").startswith("urn:linkcheck:record:")
    assert version_iri("00" * 32) == "ni:///sha-256;" + "A" * 43
    assert version_iri("<script>").startswith("urn:linkcheck:article-version:")


def _strings(found: ArticleFindings) -> Iterator[str]:
    for finding in found.links:
        yield finding.link.raw


def test_a_hostile_article_stays_within_its_own_names() -> None:
    lines = to_nquads(describe(hostile(), Telling(manifest()))).decode()
    subjects = {line.split("> ")[0] for line in lines.splitlines()}
    for subject in subjects:
        assert re.match(r"<(https?://|urn:linkcheck:|urn:uuid:|ni:///)", subject)
    assert any("evil.example" in raw for raw in _strings(hostile()))

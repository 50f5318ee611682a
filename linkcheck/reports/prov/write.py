"""Write provenance: a document for each article, or all of it as a stream."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.manifest import Manifest
from linkcheck.reports.html.folder import Folder
from linkcheck.reports.html.places import article_page
from linkcheck.reports.html.written import Written
from linkcheck.reports.prov.agents import describe_run
from linkcheck.reports.prov.describe import describe
from linkcheck.reports.prov.jsonld import to_jsonld
from linkcheck.reports.prov.nquads import to_nquads
from linkcheck.reports.prov.telling import Predecessor, no_predecessor
from linkcheck.reports.prov.terms import Iri


def write_nquads(
    articles: Iterable[ArticleFindings],
    manifest: Manifest,
    *,
    institution: str | None = None,
    before: Predecessor = no_predecessor,
) -> Iterator[bytes]:
    """Yield the provenance of a collection piece by piece: what is true of all of it first."""
    told = set[Iri]()
    yield to_nquads(describe_run(manifest, institution))
    for found in articles:
        yield to_nquads(describe(found, manifest, before, told))


def write_jsonld(
    folder: Path,
    articles: Iterable[ArticleFindings],
    manifest: Manifest,
    *,
    institution: str | None = None,
    before: Predecessor = no_predecessor,
) -> Written:
    """Write one document for each article, each of which can be read by itself."""
    count = 0
    with Folder(folder) as out:
        for found in articles:
            quads = chain(describe_run(manifest, institution), describe(found, manifest, before))
            name = article_page(found.article).removesuffix(".html")
            out.write(f"{name}.jsonld", to_jsonld(quads))
            count += 1
        removed = out.finish()
    return Written(pages=count, changed=out.changed, removed=removed)

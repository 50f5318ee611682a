"""Write provenance: a document for each article, or all of it as a stream."""

from collections.abc import Iterable, Iterator, Sequence
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
from linkcheck.reports.prov.telling import Predecessor, Telling, no_predecessor


def write_nquads(
    articles: Iterable[ArticleFindings],
    manifest: Manifest,
    *,
    earlier: Sequence[Manifest] = (),
    institution: str | None = None,
    before: Predecessor = no_predecessor,
) -> Iterator[bytes]:
    """Yield the provenance of a collection piece by piece: what is true of all of it first.

    `earlier` are the runs before, oldest first: what they saw and still holds is theirs.
    """
    telling = Telling(manifest, earlier, before)
    for run in (*earlier, manifest):
        yield to_nquads(describe_run(run, institution))
    for found in articles:
        yield to_nquads(describe(found, telling))


def write_jsonld(  # noqa: PLR0913 - what is told, of whom, and where it goes
    folder: Path,
    articles: Iterable[ArticleFindings],
    manifest: Manifest,
    *,
    earlier: Sequence[Manifest] = (),
    institution: str | None = None,
    before: Predecessor = no_predecessor,
) -> Written:
    """Write one document for each article, each of which can be read by itself."""
    count = 0
    with Folder(folder) as out:
        for found in articles:
            telling = Telling(manifest, earlier, before)
            quads = list(describe(found, telling))
            runs = telling.runs or {manifest.run: manifest}
            told = (describe_run(runs[name], institution) for name in sorted(runs))
            name = article_page(found.article).removesuffix(".html")
            out.write(f"{name}.jsonld", to_jsonld(chain(*told, quads)))
            count += 1
        removed = out.finish()
    return Written(pages=count, changed=out.changed, removed=removed)

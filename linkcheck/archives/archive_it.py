"""Archive-It: the collections that institutions keep at the Internet Archive."""

from linkcheck.archives._prefixed import PrefixedArchive

ARCHIVE = PrefixedArchive(
    name="archive-it",
    prefix="https://wayback.archive-it.org/all/",
    pattern=r"(?:https?:)?//wayback\.archive-it\.org/(?:all|org-\d+|\d+)/",
    examples=(
        "https://wayback.archive-it.org/5184/20150129011011/http://www.example.org/",
        "https://wayback.archive-it.org/all/20150129011011id_/http://www.example.org/",
    ),
)

"""The rows of a list of articles, written by hand for the same reason as the cards."""

from markupsafe import Markup

from linkcheck.reports.called import called
from linkcheck.reports.html.escaped import text
from linkcheck.reports.html.places import article_page
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.html.roster import Entry
from linkcheck.reports.html.safe import language
from linkcheck.reports.speech import Speech


class Rows:
    """Write the rows of one language."""

    def __init__(self, speech: Speech) -> None:
        self._badges = {
            standing: f'<span class="count"><span class="s s-{band}">'
            f"{text(speech.named('standing', standing))}</span>"
            for standing, band in BAND.items()
        }

    def all(self, entries: list[Entry]) -> Markup:
        """Return the rows of one page."""
        return Markup("\n".join(map(self._row, entries)))  # noqa: S704 - made here, escaped

    def _row(self, entry: Entry) -> str:
        title = called(entry.title, entry.article)
        lang = language(title)
        spoken = "" if lang is None else f' lang="{lang}"'
        counts = " ".join(f"{self._badges[one]} {count:,}</span>" for one, count in entry.counts)
        return (
            f'<tr><th scope="row"><a href="../{article_page(entry.article)}"{spoken}>'
            f"<bdi>{text(title)}</bdi></a><br><code><bdi>{text(entry.article)}</bdi></code></th>"
            f"<td>{text(entry.published)}</td><td>{counts}</td></tr>"
        )

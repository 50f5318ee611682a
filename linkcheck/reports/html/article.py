"""The page of one article: its links first, those of every page apart."""

from collections import Counter

from markupsafe import Markup

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.reports.called import called
from linkcheck.reports.confirmed import WORRYING, is_regressed
from linkcheck.reports.html.cards import Cards
from linkcheck.reports.html.escaped import text, words_of
from linkcheck.reports.html.ranks import BAND, RANK
from linkcheck.reports.html.safe import language
from linkcheck.reports.speech import Speech, moment

TITLE, BODY = Markup("\x01title\x01"), Markup("\x01body\x01")
"""Where the frame that all pages share is filled; no text of a page holds such characters."""


class Articles:
    """Write the pages of one language into the frame that a template made once."""

    def __init__(self, speech: Speech, frame: str) -> None:
        self._w = words_of(speech)
        self._cards = Cards(speech)
        self._before, rest = frame.split(TITLE)
        self._between, self._after = rest.split(BODY)
        self._counts = {
            standing: f'<li><a href="../../words.html#standing-{standing}">'
            f'<span class="s s-{band}">{text(speech.named("standing", standing))}</span></a> '
            for standing, band in BAND.items()
        }

    def page(self, found: ArticleFindings) -> str:
        """Return the page of one article."""
        w = self._w
        own = [finding for finding in found.links if not finding.furniture]
        furniture = [finding for finding in found.links if finding.furniture]
        parts = [
            self._before,
            text(called(found.title, found.article)),
            self._between,
            self._about(found),
            self._counted(found),
            self._in_need(found),
            f"<h2>{w['ui.in_text']}</h2>\n",
            f"{self._cards.all(own)}\n" if own else f"<p>{w['ui.no_links']}</p>\n",
        ]
        if furniture:
            parts += (
                f"<h2>{w['ui.furniture']}</h2>\n",
                f'<p class="note">{w["ui.furniture_note"]}</p>\n',
                f"{self._cards.all(furniture)}\n",
            )
        parts.append(self._after)
        return "".join(parts)

    def _about(self, found: ArticleFindings) -> str:
        w, title = self._w, called(found.title, found.article)
        spoken = language(title)
        lang = f' lang="{spoken}"' if spoken else ""
        published = moment(found.published)
        when = f"<dt>{w['ui.published']}</dt><dd>{published}</dd>" if published else ""
        return (
            f"<h1{lang}><bdi>{text(title)}</bdi></h1>\n"
            f'<dl class="about"><dt>{w["ui.path"]}</dt>'
            f"<dd><code><bdi>{text(found.article)}</bdi></code></dd>{when}"
            f"<dt>{w['ui.sha256']}</dt><dd><code>{text(found.sha256)}</code></dd></dl>\n"
        )

    def _in_need(self, found: ArticleFindings) -> str:
        """Return what needs somebody, the gravest first: an article may have hundreds of links."""
        some: dict[tuple[str, str | None], LinkFinding] = {}
        for one in found.links:
            if (one.standing in WORRYING or is_regressed(one)) and not one.furniture:
                some.setdefault((one.standing, one.link.original), one)
        if not some:
            return ""
        gravest = sorted(some.values(), key=lambda one: RANK[one.standing])
        items = "".join(map(self._cards.entry, gravest))
        return f'<h2>{self._w["ui.in_need"]}</h2>\n<ul class="concerns">{items}</ul>\n'

    def _counted(self, found: ArticleFindings) -> str:
        counts = Counter(finding.standing for finding in found.links)
        if not counts:
            return ""
        items = (f"{self._counts[one]}{counts[one]}</li>" for one in BAND if one in counts)
        return f'<ul class="counts">{"".join(items)}</ul>\n'

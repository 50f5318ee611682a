"""What reports without pages say, in one language: no more than is known.

Every text stands in the catalogue of words, once; here it is put together.
"""

from functools import cache

from linkcheck.model.manifest import Manifest
from linkcheck.model.summary import Count, Named, Summary
from linkcheck.model.verdict import Standing
from linkcheck.reports.speech import Speech
from linkcheck.reports.words import LANGUAGES

_MINUTES = "%Y-%m-%d %H:%M"


class Wording(Speech):
    """Sentences of the markdown report, of annotations, and of the table at a scan's end."""

    def meaning(self, standing: Standing) -> str:
        """Return what a standing says, shortly."""
        return self.words[f"standing.{standing}.brief"]

    def label(self, standing: Standing) -> str:
        """Return a standing as lists call it: its own word, where that is of the language."""
        if self.lang == LANGUAGES[0]:
            return standing
        return self.aside(self.named("standing", standing), standing)

    def title(self, standing: Standing) -> str:
        """Return a standing's name as a heading."""
        name = self.named("standing", standing)
        return f"{name[:1].upper()}{name[1:]}"

    def counted(self, count: Count) -> str:
        """Return a count in its order."""
        return self.say(
            "plain.counted",
            originals=self.many(count.originals, "original"),
            articles=self.many(count.articles, "article"),
            links=self.many(count.occurrences, "link"),
        )

    def headline(self, summary: Summary) -> str:
        """Return how much there is."""
        return self.say(
            "plain.headline",
            originals=self.many(summary.originals, "distinct"),
            articles=self.many(summary.articles, "article"),
            links=self.many(summary.links, "link"),
        )

    def run(self, manifest: Manifest, name: str) -> str:
        """Say which run it was and how it ended; a recording's name comes from outside."""
        ending = manifest.ending
        whole = ending.completeness
        said = self.say(
            "plain.run",
            run=name,
            start=f"{manifest.started_at:{_MINUTES}}",
            end=f"{ending.ended_at:{_MINUTES}}",
            ended=self.words[f"ended.{ending.ended}"],
        )
        if not whole.total:
            return said
        asked = self.say(
            "plain.asked",
            total=whole.total,
            judged=whole.judged,
            carried=whole.carried,
            unknown=sum(count for _, count in whole.unknown),
            skipped=sum(count for _, count in whole.skipped),
        )
        return f"{said}{asked}"

    def doubt(self, named: Named) -> str:
        """Return how sure a bad standing is: "1 of 3", or nothing where it is confirmed."""
        strikes = named.strikes
        if named.confirmed or not strikes.strikes:
            return ""
        return self.say("plain.suspicion", strikes=strikes.strikes, needed=strikes.needed)


@cache
def wording(lang: str = LANGUAGES[0]) -> Wording:
    """Return the sentences of a language."""
    return Wording(lang)

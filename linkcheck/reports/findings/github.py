"""GitHub's annotations: lines that a workflow prints and the forge shows beside the articles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.reports._escape import for_terminal
from linkcheck.reports.about import About
from linkcheck.reports.confirmed import WORRYING, is_regressed
from linkcheck.reports.findings.junit import Failing, said
from linkcheck.reports.wording import Wording, wording

_LONGEST = 500
# What a property may not hold, and what a message may not.
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


@dataclass(frozen=True, slots=True)
class GithubReport:
    """Write an error for what fails the scan, a warning for what is worrying or regressed."""

    name: str = "github"
    summed: bool = False

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield the lines of each article that has any; furniture has none."""
        failing, words = Failing(about.fail_on), wording(about.lang)
        for article in articles:
            for finding in article.links:
                if failing(finding):
                    yield _line("error", finding, words)
                elif not finding.furniture and (
                    finding.standing in WORRYING or is_regressed(finding)
                ):
                    yield _line("warning", finding, words)


def _line(level: str, finding: LinkFinding, words: Wording) -> bytes:
    link = finding.link
    place = f"file={_property(link.article)},line={link.line},col={link.column}"
    mark = words.say("plain.note", said=words.words["plain.regressed_mark"])
    title = _property(f"{finding.standing}{mark if is_regressed(finding) else ''}")
    message = _message(f"{link.raw[:_LONGEST]} — {said(finding, words)}")
    return f"::{level} {place},title={title}::{message}\n".encode("utf-8", "replace")


def _property(text: str) -> str:
    return for_terminal(text).translate(_IN_PROPERTY)


def _message(text: str) -> str:
    return for_terminal(text).translate(_IN_MESSAGE)


REPORT = GithubReport()

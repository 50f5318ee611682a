"""JUnit's XML, which every CI server shows: an article is a suite, a link a case."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.verdict import Standing
from linkcheck.reports._escape import for_terminal
from linkcheck.reports.about import About
from linkcheck.reports.confirmed import is_confirmed, least_strikes
from linkcheck.reports.wording import Wording, wording

_SKIPPED = frozenset({Standing.UNRESOLVED, Standing.NOT_CHECKED})
_LONGEST = 1000
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class JunitReport:
    """Write a failure for each confirmed standing that fails the scan, and nothing else as one.

    A link that could not be told is skipped, never failed.
    """

    name: str = "junit"
    summed: bool = False

    def write(self, articles: Iterable[ArticleFindings], about: About) -> Iterator[bytes]:
        """Yield a suite for each article."""
        failing, words = Failing(about.fail_on), wording(about.lang)
        yield b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="linkcheck">\n'
        for article in articles:
            yield _suite(article, failing, words).encode("utf-8", "replace")
        yield b"</testsuites>\n"


class Failing:
    """Tell which confirmed standings fail the scan; navigation fails it once, not on each page."""

    def __init__(self, fail_on: Iterable[Standing]) -> None:
        self._fail_on = frozenset(fail_on)
        self._told: set[str | None] = set()

    def __call__(self, finding: LinkFinding) -> bool:
        """Tell it of one finding."""
        if finding.standing not in self._fail_on or not is_confirmed(finding):
            return False
        if finding.furniture:
            if finding.link.original in self._told:
                return False
            self._told.add(finding.link.original)
        return True


def _suite(article: ArticleFindings, failing: Failing, words: Wording) -> str:
    failed = [failing(finding) for finding in article.links]
    skipped = sum(finding.standing in _SKIPPED for finding in article.links)
    counts = f'tests="{len(failed)}" failures="{sum(failed)}" skipped="{skipped}" errors="0"'
    cases = "".join(
        _case(finding, words, failed=fails)
        for finding, fails in zip(article.links, failed, strict=True)
    )
    return f"<testsuite name={attribute(article.article)} {counts}>\n{cases}</testsuite>\n"


def _case(finding: LinkFinding, words: Wording, *, failed: bool) -> str:
    link = finding.link
    name = attribute(f"{link.line}:{link.column} {link.role} {link.raw}")
    file = attribute(link.article)
    head = f'<testcase classname={file} name={name} file={file} line="{link.line}"'
    message = attribute(said(finding, words))
    if failed:
        return (
            f"{head}><failure type={attribute(finding.standing)} message={message}/></testcase>\n"
        )
    if finding.standing in _SKIPPED:
        return f"{head}><skipped message={message}/></testcase>\n"
    return f"{head}/>\n"


def said(finding: LinkFinding, words: Wording) -> str:
    """Return one line about a link: standing, both verdicts, and why."""
    sides = [
        f"{words.words[f'plain.side_{side}']} {seen.finding.verdict} ({seen.finding.rule})"
        for side, seen in (("archive", finding.archive), ("live", finding.live))
        if seen is not None
    ]
    strikes = least_strikes(finding)
    doubt = words.say("plain.suspicion", strikes=strikes.strikes, needed=strikes.needed)
    doubt = "" if is_confirmed(finding) else f"; {doubt}"
    why = f": {finding.reason}" if finding.reason else ""
    told = ", ".join(sides) or words.words["plain.not_asked"]
    return f"{finding.standing}, {words.meaning(finding.standing)}{doubt}; {told}{why}"


def attribute(text: str) -> str:
    """Return text as an attribute; what XML cannot hold at all is written out."""
    shown = for_terminal(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
    return quoteattr(_NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", shown))


REPORT = JunitReport()

"""The few findings that the summary on a terminal is tried with."""

from msgspec.structs import replace

from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.link import Kind, Link, Role
from linkcheck.model.verdict import Standing


def finding(
    standing: Standing, original: str, *, line: int = 1, strikes: int = 0, furniture: bool = False
) -> LinkFinding:
    link = Link(
        article="",
        line=line,
        column=1,
        role=Role.LINK,
        raw=original,
        original=original,
        archive=None,
        timestamp=None,
        modifier=None,
        kind=Kind.LIVE,
        reason=None,
        time=None,
        repairs=(),
    )
    return LinkFinding(
        link=link,
        standing=standing,
        archive_strikes=Strikes(strikes=strikes),
        furniture=furniture,
    )


def article(name: str, *findings: LinkFinding) -> ArticleFindings:
    links = tuple(replace(one, link=replace(one.link, article=name)) for one in findings)
    return ArticleFindings(article=name, sha256="", links=links)

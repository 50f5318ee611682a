"""An article's links: every mention located, resolved, and told whose moment it names."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import urljoin

from linkcheck.links.bare import bare_mentions, may_hold_url
from linkcheck.links.html import base_url, html_mentions
from linkcheck.links.locate import Locator
from linkcheck.links.markdown import markdown_mentions
from linkcheck.links.mention import Mention
from linkcheck.links.resolve import Resolver
from linkcheck.model.article import Article, Markup
from linkcheck.model.link import Kind, Link, Role, Target, Time
from linkcheck.settings.reading import ReadingSettings

_START_OF = attrgetter("start")
_MANY = 2_000


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turn articles into links by one set of rules."""

    resolver: Resolver
    settings: ReadingSettings

    def links(self, article: Article) -> list[Link]:
        """Return every link of an article, in the order in which they stand."""
        return [link for some in self.some_at_a_time(article) for link in some]

    def some_at_a_time(self, article: Article) -> Iterator[list[Link]]:
        """Yield the same in pieces: an article may hold hundreds of thousands."""
        front = self._front_mentions(article)
        resolve = self.resolver.resolve
        targets = [resolve(mention.value) for mention in front]
        located = _Located(article, _moment(front, targets), Locator(article.source))
        links = located.links(front, targets, 0)
        source, start = article.source, article.body_start
        if article.markup is Markup.HTML:
            base, offset = base_url(source, start, len(source)), 0
            mentions = list(html_mentions(source, start, len(source)))
        else:
            base, offset = None, start
            mentions = markdown_mentions(source[start:] if start else source)
        for first in range(0, len(mentions) or 1, _MANY):
            some = mentions[first : first + _MANY]
            if base is None:
                targets = [resolve(mention.value) for mention in some]
            else:
                targets = [self._target(mention, base) for mention in some]
            yield links + located.links(some, targets, offset)
            links = []

    def _front_mentions(self, article: Article) -> list[Mention]:
        roles, found = self.settings.roles, list[Mention]()
        for field in article.fields:
            role = roles.get(field.key)
            if role is not None:
                value = field.value
                found.append(Mention(start=field.start, end=field.end, value=value, role=role))
            elif may_hold_url(field.value):
                found += bare_mentions(article.source, field.start, field.end)
        found.sort(key=_START_OF)
        return found

    def _target(self, mention: Mention, base: str) -> Target:
        target = self.resolver.resolve(mention.value)
        if target.kind is Kind.LOCAL:
            return self.resolver.resolve(_joined(base, mention.value))
        return target


def _moment(front: list[Mention], targets: list[Target]) -> str | None:
    """Return the moment of the article's own capture."""
    for mention, target in zip(front, targets, strict=True):
        if mention.role is Role.URL and target.timestamp:
            return target.timestamp
    return None


@dataclass(frozen=True, slots=True)
class _Located:
    """Where the mentions of one article stand, and whose moments they name."""

    article: Article
    moment: str | None
    locator: Locator

    def links(self, mentions: list[Mention], targets: list[Target], offset: int) -> list[Link]:
        """Return mentions, which count their bytes from an offset, with what they name."""
        path, source, locate = self.article.path, self.article.source, self.locator.locate
        links = []
        for mention, target in zip(mentions, targets, strict=True):
            start, end = mention.start + offset, mention.end + offset
            line, column = locate(start)
            time = None
            if target.timestamp is not None:
                own = mention.role is Role.URL or target.timestamp != self.moment
                time = Time.ASSERTED if own else Time.INHERITED
            links.append(
                Link(
                    article=path,
                    line=line,
                    column=column,
                    role=mention.role,
                    raw=source[start:end].decode("utf-8", "replace"),
                    original=target.original,
                    archive=target.archive,
                    timestamp=target.timestamp,
                    modifier=target.modifier,
                    kind=target.kind,
                    reason=target.reason,
                    time=time,
                    repairs=target.repairs,
                )
            )
        return links


def _joined(base: str, value: str) -> str:
    try:
        return urljoin(base, value)
    except ValueError:  # an impossible host in either of them
        return value

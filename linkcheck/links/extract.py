"""An article's links: every mention located, resolved, and told whose moment it names."""

from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import urljoin

from linkcheck.links.bare import bare_mentions, may_hold_url
from linkcheck.links.html import base_url, html_mentions
from linkcheck.links.locate import Locator
from linkcheck.links.markdown import markdown_mentions
from linkcheck.links.mention import Mention
from linkcheck.links.resolve import Resolver
from linkcheck.model.article import Article, Field, Markup
from linkcheck.model.link import Kind, Link, Role, Target, Time
from linkcheck.settings.reading import ReadingSettings

_START_OF = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turn articles into links by one set of rules."""

    resolver: Resolver
    settings: ReadingSettings

    def links(self, article: Article) -> list[Link]:
        """Return every link of an article, in the order in which they stand."""
        source, start = article.source, article.body_start
        front = [found for field in article.fields for found in self._field_mentions(source, field)]
        front.sort(key=_START_OF)
        targets = [self.resolver.resolve(mention.value) for mention in front]
        moment = _moment(front, targets)
        locator = Locator(source)
        links = [
            _link(article, locator, mention, mention.start, target, moment)
            for mention, target in zip(front, targets, strict=True)
        ]
        if article.markup is Markup.HTML:
            base = base_url(source, start, len(source))
            for mention in html_mentions(source, start, len(source)):
                target = self._target(mention, base)
                links.append(_link(article, locator, mention, mention.start, target, moment))
            return links
        resolve = self.resolver.resolve
        links += [
            _link(article, locator, mention, mention.start + start, resolve(mention.value), moment)
            for mention in markdown_mentions(source[start:] if start else source)
        ]
        return links

    def _field_mentions(self, source: bytes, field: Field) -> list[Mention]:
        role = self.settings.roles.get(field.key)
        if role is not None:
            return [Mention(start=field.start, end=field.end, value=field.value, role=role)]
        if not may_hold_url(field.value):
            return []
        return list(bare_mentions(source, field.start, field.end))

    def _target(self, mention: Mention, base: str | None) -> Target:
        target = self.resolver.resolve(mention.value)
        if base is not None and target.kind is Kind.LOCAL:
            return self.resolver.resolve(_joined(base, mention.value))
        return target


def _moment(front: list[Mention], targets: list[Target]) -> str | None:
    """Return the moment of the article's own capture."""
    for mention, target in zip(front, targets, strict=True):
        if mention.role is Role.URL and target.timestamp:
            return target.timestamp
    return None


def _link(  # noqa: PLR0913, PLR0917 called for every link: keywords would cost a tenth of it
    article: Article,
    locator: Locator,
    mention: Mention,
    start: int,
    target: Target,
    moment: str | None,
) -> Link:
    line, column = locator.locate(start)
    time = None
    if target.timestamp is not None:
        own = mention.role is Role.URL or target.timestamp != moment
        time = Time.ASSERTED if own else Time.INHERITED
    end = start + mention.end - mention.start
    return Link(
        article=article.path,
        line=line,
        column=column,
        role=mention.role,
        raw=article.source[start:end].decode("utf-8", "replace"),
        original=target.original,
        archive=target.archive,
        timestamp=target.timestamp,
        modifier=target.modifier,
        kind=target.kind,
        reason=target.reason,
        time=time,
        repairs=target.repairs,
    )


def _joined(base: str, value: str) -> str:
    try:
        return urljoin(base, value)
    except ValueError:  # an impossible host in either of them
        return value

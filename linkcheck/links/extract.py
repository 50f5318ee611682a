"""An article's links: every mention located, resolved, and told whose moment it names."""

from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turn articles into links by one set of rules."""

    resolver: Resolver
    settings: ReadingSettings

    def links(self, article: Article) -> list[Link]:
        """Return every link of an article, in the order in which they stand."""
        targets = [
            (mention, self._target(mention, base)) for mention, base in self._mentions(article)
        ]
        moment = next(
            (
                target.timestamp
                for mention, target in targets
                if mention.role is Role.URL and target.timestamp
            ),
            None,
        )
        locator = Locator(article.source)
        return [_link(article, locator, mention, target, moment) for mention, target in targets]

    def _mentions(self, article: Article) -> Iterator[tuple[Mention, str | None]]:
        front = [
            mention
            for field in article.fields
            for mention in self._field_mentions(article.source, field)
        ]
        front.sort(key=lambda mention: mention.start)
        yield from ((mention, None) for mention in front)
        start, end = article.body_start, len(article.source)
        if article.markup is Markup.HTML:
            base = base_url(article.source, start, end)
            for mention in html_mentions(article.source, start, end):
                yield mention, base
            return
        for mention in markdown_mentions(article.source[start:]):
            yield _moved(mention, start), None

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


def _link(
    article: Article, locator: Locator, mention: Mention, target: Target, moment: str | None
) -> Link:
    line, column = locator.locate(mention.start)
    time = None
    if target.timestamp is not None:
        own = mention.role is Role.URL or target.timestamp != moment
        time = Time.ASSERTED if own else Time.INHERITED
    return Link(
        article=article.path,
        line=line,
        column=column,
        role=mention.role,
        raw=article.source[mention.start : mention.end].decode("utf-8", "replace"),
        original=target.original,
        archive=target.archive,
        timestamp=target.timestamp,
        modifier=target.modifier,
        kind=target.kind,
        reason=target.reason,
        time=time,
        repairs=target.repairs,
    )


def _moved(mention: Mention, by: int) -> Mention:
    if not by:
        return mention
    return Mention(
        start=mention.start + by, end=mention.end + by, value=mention.value, role=mention.role
    )


def _joined(base: str, value: str) -> str:
    try:
        return urljoin(base, value)
    except ValueError:  # an impossible host in either of them
        return value

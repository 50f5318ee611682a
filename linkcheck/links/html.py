"""HTML to mentions: a whole page, or a piece of it inside Markdown."""

import re
from collections.abc import Iterator

from linkcheck.links.bare import bare_mentions
from linkcheck.links.elements import mention, mentions_of_tag
from linkcheck.links.mention import Mention
from linkcheck.links.tags import Tag, tokens
from linkcheck.model.link import Role

# Inside these, text is code or a link's own words: a URL in it is no bare one.
ENCLOSING = frozenset((b"a", b"code", b"kbd", b"pre", b"samp"))

_BASE = re.compile(rb"<base[\s/]", re.IGNORECASE)


def html_mentions(source: bytes, start: int, end: int) -> Iterator[Mention]:
    """Yield the mentions of a stretch of HTML, in order."""
    enclosed: dict[bytes, int] = {}
    in_audio = False
    for token in tokens(source, start, end):
        if not isinstance(token, Tag):
            if not any(enclosed.values()):
                yield from bare_mentions(source, token.start, token.end)
            continue
        if token.name in ENCLOSING:
            depth = enclosed.get(token.name, 0) + (-1 if token.closing else 1)
            # An `a` never stands inside another; without `href` it marks a place, often unclosed.
            enclosed[token.name] = max(0, depth) if token.name != b"a" else int(is_anchor(token))
        elif token.name == b"audio":
            in_audio = not token.closing
        for found in mentions_of_tag(source, token):
            sound = in_audio and found.role is Role.VIDEO
            yield found if not sound else _as_link(found)


def is_anchor(tag: Tag) -> bool:
    """Tell an `a` that begins a link from one that marks a place or closes."""
    return not tag.closing and any(attribute.name == b"href" for attribute in tag.attributes)


def base_url(source: bytes, start: int, end: int) -> str | None:
    """Return the address that a page says its relative links start from."""
    if _BASE.search(source, start, end) is None:
        return None
    for token in tokens(source, start, end):
        if isinstance(token, Tag) and token.name == b"base":
            for attribute in token.attributes:
                if attribute.name == b"href":
                    return mention(source, attribute.start, attribute.end, Role.LINK).value
        if isinstance(token, Tag) and token.name == b"body":
            return None
    return None


def _as_link(found: Mention) -> Mention:
    return Mention(start=found.start, end=found.end, value=found.value, role=Role.LINK)

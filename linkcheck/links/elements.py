"""Which attribute of which element holds a URL, and the role it gives to it."""

import re
from collections.abc import Iterator
from operator import attrgetter

from linkcheck.links.entities import unescaped_attribute
from linkcheck.links.mention import Mention
from linkcheck.links.tags import Attribute, Tag
from linkcheck.model.link import Role
from linkcheck.urls.players import is_film, is_player

_START_OF = attrgetter("start")

# fmt: off
_ROLES: dict[bytes, dict[bytes, Role]] = {
    b"a":          {b"href": Role.LINK},
    b"area":       {b"href": Role.LINK},
    b"audio":      {b"src": Role.LINK},
    b"blockquote": {b"cite": Role.LINK},
    b"body":       {b"background": Role.IMAGE},
    b"del":        {b"cite": Role.LINK},
    b"frame":      {b"src": Role.LINK},
    b"image":      {b"href": Role.IMAGE, b"xlink:href": Role.IMAGE},
    # lazy pages keep the real picture beside `src` until a script puts it there
    b"img":        {b"src": Role.IMAGE, b"data-src": Role.IMAGE, b"data-original": Role.IMAGE},
    b"input":      {b"src": Role.IMAGE},
    b"ins":        {b"cite": Role.LINK},
    b"link":       {b"href": Role.LINK},
    b"q":          {b"cite": Role.LINK},
    b"script":     {b"src": Role.LINK},
    b"source":     {b"src": Role.VIDEO},
    b"table":      {b"background": Role.IMAGE},
    b"td":         {b"background": Role.IMAGE},
    b"track":      {b"src": Role.LINK},
    b"video":      {b"src": Role.VIDEO, b"poster": Role.IMAGE},
}
_SETS = {b"img": (b"srcset", b"data-srcset"), b"source": (b"srcset",)}
_EMBEDS = {b"iframe": (b"src", b"data-src"), b"embed": (b"src",), b"object": (b"data",)}
# fmt: on
_HINTS = frozenset((b"preconnect", b"dns-prefetch"))  # a host to warm up, no document
# The standard's grammar of a set: a URL is what stands between blanks, less commas at its end.
_CANDIDATE = re.compile(rb"[\s,]*+(?P<url>[^\s,]\S*+)")
_DESCRIPTOR = re.compile(rb"[^,(]*+(?:\([^)]*+\)[^,(]*+)*+(?:,|$)")


def mentions_of_tag(source: bytes, tag: Tag) -> list[Mention]:
    """Return the URLs that a tag cites, in the order in which they stand."""
    if tag.closing or not tag.attributes:
        return []
    found = list(_mentions(source, tag))
    if len(found) > 1:
        found.sort(key=_START_OF)
    return found


def _mentions(source: bytes, tag: Tag) -> Iterator[Mention]:
    roles = _ROLES.get(tag.name)
    if roles is not None and not _is_hint(source, tag):
        for attribute in tag.attributes:
            role = roles.get(attribute.name)
            if role is not None and (attribute.start < attribute.end or attribute.name == b"src"):
                yield mention(source, attribute.start, attribute.end, role)
    for name in _SETS.get(tag.name, ()):
        for attribute in _named(tag, name):
            yield from _candidates(source, attribute)
    for name in _EMBEDS.get(tag.name, ()):
        for attribute in _named(tag, name):
            yield _embed(source, tag, attribute)


def mention(source: bytes, start: int, end: int, role: Role) -> Mention:
    """Return the mention at a stretch of HTML, blanks around it left out."""
    raw = source[start:end]
    bare = raw.strip()
    if bare and len(bare) < len(raw):
        start += len(raw) - len(raw.lstrip())
        end = start + len(bare)
    text = bare.decode("utf-8", "replace")
    value = unescaped_attribute(text) if "&" in text else text
    return Mention(start=start, end=end, value=value, role=role)


def embedded_role(url: str) -> Role:
    """Tell an embedded film or player from any other embedded page."""
    return Role.VIDEO if is_player(url) or is_film(url) else Role.LINK


def _embed(source: bytes, tag: Tag, attribute: Attribute) -> Mention:
    declared = next((source[a.start : a.end] for a in _named(tag, b"type")), b"").lower()
    found = mention(source, attribute.start, attribute.end, Role.LINK)
    role = embedded_role(found.value)
    if declared.startswith(b"video/"):
        role = Role.VIDEO
    elif declared.startswith(b"image/"):
        role = Role.IMAGE
    return Mention(start=found.start, end=found.end, value=found.value, role=role)


def _candidates(source: bytes, attribute: Attribute) -> Iterator[Mention]:
    position = attribute.start
    while (match := _CANDIDATE.match(source, position, attribute.end)) is not None:
        start, end = match.span("url")
        bare = source[start:end].rstrip(b",")
        position = end
        if len(bare) == end - start:  # no comma ended it: a descriptor may follow
            descriptor = _DESCRIPTOR.match(source, end, attribute.end)
            position = attribute.end if descriptor is None else descriptor.end()
        yield mention(source, start, start + len(bare), Role.IMAGE)


def _is_hint(source: bytes, tag: Tag) -> bool:
    return tag.name == b"link" and any(
        _HINTS.intersection(source[a.start : a.end].lower().split()) for a in _named(tag, b"rel")
    )


def _named(tag: Tag, name: bytes) -> Iterator[Attribute]:
    return (attribute for attribute in tag.attributes if attribute.name == name)

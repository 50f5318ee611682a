"""Markdown to mentions: CommonMark's links and images, HTML inside them, bare URLs, shortcodes."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import attrgetter
from typing import Any

import pyromark

from linkcheck.links.bare import bare_mentions, may_hold_url_in
from linkcheck.links.destination import Definitions, inline_destination
from linkcheck.links.figures import Figure, figures
from linkcheck.links.html import ENCLOSING, html_mentions, is_anchor
from linkcheck.links.mention import Mention
from linkcheck.links.plain_markdown import PlainLink, between, plain_links
from linkcheck.links.shortcodes import Shortcode, destination_of, shortcodes
from linkcheck.links.tags import Tag, tokens
from linkcheck.model.link import Role

# What GitHub adds to CommonMark, where it can matter for links; each slows the parser down, so
# each is asked for only where its mark stands. Strikethrough never makes or unmakes a link.
_NOTE_OR_TASK = re.compile(rb"\[(?:\^|[ xX]\])")
_TABLES = pyromark.Options.ENABLE_TABLES
_NOTES_AND_TASKS = pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_TASKLISTS
_MARKS = re.compile(rb"(?<=\n)[ \t]*+(?:>[ \t]?)++")
_START_OF = attrgetter("start")

Span = tuple[int, int]


def markdown_mentions(body: bytes) -> list[Mention]:
    """Return every mention of a Markdown body, in the order in which they stand."""
    return _Walk(body).mentions()


class _Walk:
    """One walk over one body: what was found, and where nothing more can be."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.found: list[Mention] = []
        self.claimed: list[Span] = []  # links, HTML and the like: no bare URL stands in them
        self.dead: list[Span] = []  # code and comments: nothing in them is meant
        self.blocks: list[Span] = []  # of HTML
        self.enclosure: tuple[bytes, int] | None = None
        self.quoted_to = 0  # where the quotation ends that began last
        # Hugo reads shortcodes before Markdown: the parser must not see what is in them.
        self.shortcodes = tuple(shortcodes(body))
        self.hidden: list[Shortcode | Figure] = [*self.shortcodes, *figures(body)]
        self.hidden.sort(key=_START_OF)
        self.masked = _masked(body, self.hidden)

    @cached_property
    def text(self) -> str:
        return self.masked.decode()

    @cached_property
    def options(self) -> pyromark.Options:
        return _options(self.masked)

    @cached_property
    def definitions(self) -> Definitions:
        return Definitions(self.text, self.options)

    def mentions(self) -> list[Mention]:
        plain = plain_links(self.masked)
        if plain is None:
            self._parse()
        else:
            self._take_plain(plain)
        self._take_hidden()
        # What is hidden is no text either: looking at the rest is enough for nine of ten bodies.
        if plain is None or may_hold_url_in(between(self.masked, plain)):
            self._take_bare()
        self.found.sort(key=_START_OF)
        return self.found

    def _take_plain(self, links: list[PlainLink]) -> None:
        for link in links:
            self.claimed.append((link.start, link.end))
            self._found(link.place, self.masked[slice(*link.place)].decode(), link.role)

    def _parse(self) -> None:
        for event, span in pyromark.events_with_range(self.text, options=self.options):
            if isinstance(event, str):
                continue
            if "Start" in event:
                payload = event["Start"]
                if type(payload) is dict or payload == "HtmlBlock":
                    self._start(payload, span["start"], span["end"])
            elif "InlineHtml" in event:
                self._inline_html(span["start"], span["end"])
            elif "Code" in event:
                self.dead.append((span["start"], span["end"]))

    def _start(self, payload: Any, start: int, end: int) -> None:
        if payload == "HtmlBlock":
            self.claimed.append((start, end))
            self.blocks.append((start, end))
            self._take_html(start, end)
        elif "Link" in payload:
            self._link(payload["Link"], start, end, Role.LINK)
        elif "Image" in payload:
            self._link(payload["Image"], start, end, Role.IMAGE)
        elif "CodeBlock" in payload:
            self.dead.append((start, end))
        elif "BlockQuote" in payload:
            self.quoted_to = max(self.quoted_to, end)

    def _link(self, content: dict[str, str], start: int, end: int, role: Role) -> None:
        kind, value = content["link_type"], content["dest_url"]
        self.claimed.append((start, end))
        place: Span | None
        if kind == "Inline":
            place = inline_destination(self.masked, start, end, value)
        elif kind in ("Autolink", "Email"):
            place = (start + 1, end - 1)
            value = f"mailto:{value}" if kind == "Email" else value
        else:
            place = self.definitions.destination(self.masked, content["id"], value)
        self._found(place or (start, end), value, role)

    def _found(self, place: Span, value: str, role: Role) -> None:
        hidden = self._shortcodes_in(*place) if "xxx" in value else ()
        if hidden:
            self.found.append(destination_of(self.body, hidden, place, role))
        else:
            self.found.append(Mention(start=place[0], end=place[1], value=value, role=role))

    def _shortcodes_in(self, start: int, end: int) -> tuple[Shortcode, ...]:
        first = bisect_left(self.shortcodes, start, key=_START_OF)
        after = bisect_left(self.shortcodes, end, key=_START_OF)
        return self.shortcodes[first:after]

    def _inline_html(self, start: int, end: int) -> None:
        self.claimed.append((start, end))
        html = self._html(start, end)
        for token in tokens(html, 0, len(html)):
            if not isinstance(token, Tag) or token.name not in ENCLOSING:
                continue
            if token.name == b"a" and not token.closing:
                self.enclosure = (b"a", start) if is_anchor(token) else None
            elif not token.closing:
                self.enclosure = self.enclosure or (token.name, start)
            elif self.enclosure is not None and self.enclosure[0] == token.name:
                self.claimed.append((self.enclosure[1], end))
                self.enclosure = None
        self._take_html(start, end)

    def _take_html(self, start: int, end: int) -> None:
        html = self._html(start, end)
        for found in html_mentions(html, 0, len(html)):
            place = (found.start + start, found.end + start)
            self._found(place, found.value, found.role)

    def _html(self, start: int, end: int) -> bytes:
        """Return a stretch of HTML without the marks of a quotation around it, which split tags."""
        html = self.masked[start:end]
        return _MARKS.sub(_blanked, html) if start < self.quoted_to else html

    def _take_hidden(self) -> None:
        """Take what the parser did not see, but for what stands in code or a comment."""
        if not self.hidden:
            return
        self.claimed += [(hidden.start, hidden.end) for hidden in self.hidden]
        if not (self.dead or self.blocks):
            for hidden in self.hidden:
                self.found += hidden.mentions
            return
        dead = _merged(self.dead)
        for hidden in self.hidden:
            if not (_covers(dead, hidden.start) or self._in_comment(hidden.start)):
                self.found += hidden.mentions

    def _in_comment(self, offset: int) -> bool:
        """Tell whether HTML's own rules pass over an offset: in comments, scripts and styles."""
        for start, end in self.blocks:
            if start <= offset < end:
                around = tokens(self.masked, start, end)
                return not any(token.start <= offset < token.end for token in around)
        return False

    def _take_bare(self) -> None:
        """Take the URLs in running text: those that stand in nothing that the parser named."""
        gaps: list[Span] = []
        position = 0
        for start, end in _merged(self.claimed + self.dead):
            gaps.append((position, start))
            position = end
        gaps.append((position, len(self.body)))
        if not may_hold_url_in(b"\0".join([self.body[start:end] for start, end in gaps])):
            return  # nine of ten bodies
        found: list[Mention] = []
        for start, end in gaps:
            found += bare_mentions(self.body, start, end)
        if found and b"]:" in self.body:
            # A reference definition is no text either, and the events pass it over in silence.
            texts = _merged(self._texts())
            found = [mention for mention in found if _covers(texts, mention.start)]
        self.found += found

    def _texts(self) -> list[Span]:
        return [
            (span["start"], span["end"])
            for event, span in pyromark.events_with_range(self.text, options=self.options)
            if type(event) is dict and "Text" in event
        ]


def _options(body: bytes) -> pyromark.Options:
    tables = _TABLES if b"|" in body else pyromark.Options(0)
    return tables | _NOTES_AND_TASKS if _NOTE_OR_TASK.search(body) else tables


def _masked(body: bytes, found: list[Shortcode | Figure]) -> bytes:
    """Return the body with some stretches written over, as long as before to the byte."""
    if not found:
        return body
    pieces, position = [], 0
    for hidden in found:
        pieces.append(body[position : hidden.start])
        stretch = body[hidden.start : hidden.end]
        if isinstance(hidden, Figure):  # a paragraph by itself: its lines can become one
            pieces.append(b"x" * len(stretch))
        else:
            pieces.append(b"\n".join(b"x" * len(line) for line in stretch.split(b"\n")))
        position = hidden.end
    return b"".join((*pieces, body[position:]))


def _blanked(marks: re.Match[bytes]) -> bytes:
    return marks[0].replace(b">", b" ")


def _merged(spans: list[Span]) -> list[Span]:
    """Return sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _covers(spans: list[Span], offset: int) -> bool:
    place = bisect_right(spans, (offset, float("inf")))
    return place > 0 and offset < spans[place - 1][1]

"""HTML as the standard reads it: the tokenizer against a real parser, and each element's URLs."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from linkcheck.archives import archives
from linkcheck.links.entities import unescaped_attribute
from linkcheck.links.extract import Extractor
from linkcheck.links.html import html_mentions
from linkcheck.links.resolve import Resolver
from linkcheck.links.tags import Tag, tokens
from linkcheck.model.link import Link
from linkcheck.readers import readers
from linkcheck.settings.reading import ReadingSettings


def mentions(text: str) -> list[tuple[str, str]]:
    source = text.encode()
    return [(found.role, found.value) for found in html_mentions(source, 0, len(source))]


def links_of(text: str, name: str = "a.html") -> list[Link]:
    article = readers()[Path(name).suffix].read(text.encode(), name)
    return Extractor(Resolver(archives()), ReadingSettings()).links(article)


# fmt: off
ELEMENTS = [
    ('<a href="u">', [("link", "u")]),
    ("<A HREF=u>", [("link", "u")]),
    ("<a href='u'>", [("link", "u")]),
    ('<a\nhref = "u"\n>', [("link", "u")]),
    ('<a href=" u ">', [("link", "u")]),
    ('<a href="">', []),
    ("<a href>", []),
    ('<a href="u" href="v">', [("link", "u")]),
    ('<a href="u"title="t">', [("link", "u")]),
    ("<a href=u/>", [("link", "u/")]),
    ('<a name="u">', []),
    ('</a href="u">', []),
    ('<a href="a?b=1&amp;c=2&copy=3&lt;">', [("link", "a?b=1&c=2&copy=3<")]),
    ('<img src="u">', [("image", "u")]),
    ('<img src="">', [("image", "")]),
    ("<img src>", [("image", "")]),
    ('<img alt="x">', []),
    ('<img data-src="v" src="u">', [("image", "v"), ("image", "u")]),
    ('<img srcset="a 1x, b 2x" src="c">', [("image", "a"), ("image", "b"), ("image", "c")]),
    ('<img srcset="a,b 2x,c">', [("image", "a,b"), ("image", "c")]),
    ('<img srcset="a, b,, c 100w">', [("image", "a"), ("image", "b"), ("image", "c")]),
    ('<img srcset=" ,a ">', [("image", "a")]),
    ('<img srcset="data:image/gif;base64,AA 1x, b">', [("image", "data:image/gif;base64,AA"), ("image", "b")]),
    ('<img srcset="a x(1,2), b">', [("image", "a"), ("image", "b")]),
    ('<img srcset="a x(1,2, b">', [("image", "a")]),
    ('<img srcset="">', []),
    ('<video src="u" poster="p">', [("video", "u"), ("image", "p")]),
    ('<video><source src="u"><track src="t">', [("video", "u"), ("link", "t")]),
    ('<audio src="u"><source src="v"></audio><source src="w">', [("link", "u"), ("link", "v"), ("video", "w")]),
    ('<picture><source srcset="a 1x"><img src="b"></picture>', [("image", "a"), ("image", "b")]),
    ('<iframe src="https://www.youtube.com/embed/x">', [("video", "https://www.youtube.com/embed/x")]),
    ('<iframe src="https://a.example/map">', [("link", "https://a.example/map")]),
    ('<iframe src="u"><a href="v"></iframe><a href="w">', [("link", "u"), ("link", "w")]),
    ('<embed src="u.mp4">', [("video", "u.mp4")]),
    ('<embed src="u" type="video/mp4">', [("video", "u")]),
    ('<object data="u" type="image/svg+xml">', [("image", "u")]),
    ('<object data="u.pdf">', [("link", "u.pdf")]),
    ('<area href="u">', [("link", "u")]),
    ('<blockquote cite="u">', [("link", "u")]),
    ('<body background="u">', [("image", "u")]),
    ('<link rel="canonical" href="u">', [("link", "u")]),
    ('<link rel="preconnect" href="u">', []),
    ('<script src="u">var a = "http://never.example/"</script>', [("link", "u")]),
    ("<style>a { background: url(http://never.example/) }</style>", []),
    ("<!-- http://never.example/ <a href=u> --><a href=v>", [("link", "v")]),
    ("<!--><a href=u>-->", [("link", "u")]),
    ("<!---><a href=u>", [("link", "u")]),
    ("<!-- --!><a href=u>", [("link", "u")]),
    ("<!-- <a href=u>", []),
    ("<!doctype html><a href=u>", [("link", "u")]),
    ("<?php <a href=u> ?>", []),
    ("</><a href=u>", [("link", "u")]),
    ("</ <a href=u><a href=v>", [("link", "v")]),
    ("1 < 2 <a href=u>", [("link", "u")]),
    ("see http://b.example/ there", [("link", "http://b.example/")]),
    ("<b>http://b.example/</b>", [("link", "http://b.example/")]),
    ("<code>http://never.example/</code>", []),
    ('<a href="u">http://b.example/</a> http://c.example/', [("link", "u"), ("link", "http://c.example/")]),
    ('<a name="top"> http://b.example/', [("link", "http://b.example/")]),
    ('<a href="u"> <a name="x"> http://b.example/', [("link", "u"), ("link", "http://b.example/")]),
    ('<a href="unclosed', []),
]
# fmt: on


@pytest.mark.parametrize(("text", "found"), ELEMENTS)
def test_the_urls_of_each_element(text: str, found: list[tuple[str, str]]) -> None:
    assert mentions(text) == [pair for pair in found if pair[1] or pair[0] == "image"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&amp;", "&"),
        ("a&amp;b", "a&b"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&region=2", "?a=1&region=2"),
        ("?a&copy", "?a©"),
        ("?a&copy;=2", "?a©=2"),
        ("?a&copyb", "?a&copyb"),
        ("&#38;&#x26;&#38", "&&&"),
        ("&nothing;", "&nothing;"),
        ("&#xD800;&#0;", "\ufffd\ufffd"),
        ("&&amp", "&&"),
        ("&", "&"),
    ],
)
def test_references_in_attributes(written: str, read: str) -> None:
    assert unescaped_attribute(written) == read


@pytest.mark.parametrize(
    ("base", "value", "original"),
    [
        ("https://a.example/b/c", "d", "https://a.example/b/d"),
        ("https://a.example/b/", "../d?e#f", "https://a.example/d?e#f"),
        ("https://a.example/b/", "https://c.example/", "https://c.example/"),
        ("https://web.archive.org/web/20210712023725/https://a.example/b/", "d", "https://a.example/b/d"),
        ("", "d", None),
        ("/b/", "d", None),
        ("https://[", "d", None),
    ],
)  # fmt: skip
def test_the_base_of_a_page(base: str, value: str, original: str | None) -> None:
    (link,) = links_of(f'<head><base target="x"><base href="{base}"></head><a href="{value}">')
    assert link.original == original
    assert link.raw == value


NAMES = st.sampled_from(["a", "IMG", "p", "x-y", "td"])
ATTRIBUTES = st.sampled_from(["href", "SRC", "title", "data-x", "=", "a=b", "é", '"', "'x"])
VALUES = st.sampled_from(
    ["", "u", "a b", "&amp;", "&copy=1", "é", "/", "=", ">", "<b>", "\n", "'", "\\"]
)
GAPS = st.sampled_from([" ", "\n", "/", "\t", " / ", ""])


@st.composite
def attribute(draw: st.DrawFn) -> str:
    name, value = draw(ATTRIBUTES), draw(VALUES)
    quote = draw(st.sampled_from(['"', "'", ""]))
    if quote and quote not in value:
        return f"{name}={quote}{value}{quote}"
    return f"{name}={value}" if value and draw(st.booleans()) else name


@st.composite
def markup(draw: st.DrawFn) -> str:
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        inside = "".join(
            draw(st.sampled_from([" ", "\n", " /"])) + one
            for one in draw(st.lists(attribute(), max_size=4))
        )
        pieces.append(f"<{draw(NAMES)}{inside}{draw(GAPS)}>")
        pieces.append(
            draw(st.sampled_from(["", "t", "</p>", "<!-- <a b=c> -->", "</>", "< ", "<?x>"]))
        )
    return "".join(pieces)


@settings(max_examples=400)
@given(markup())
def test_tags_and_attributes_are_those_of_a_real_parser(text: str) -> None:
    source = text.encode()
    ours = [
        (
            token.name.decode().replace("image", "img"),
            {
                one.name.decode(): unescaped_attribute(source[one.start : one.end].decode())
                for one in token.attributes
            },
        )
        for token in tokens(source, 0, len(source))
        if isinstance(token, Tag) and not token.closing and token.attributes
    ]
    body = LexborHTMLParser(text).body
    assert body is not None
    theirs = [
        (node.tag, {name: value or "" for name, value in node.attributes.items()})
        for node in body.traverse()
        if node.attributes and node.tag not in ("body", "-comment")
    ]
    # A tree leaves out cells without a table, and repeats an open `a`; what both have must agree.
    for tag in theirs:
        assert tag in ours
    for name, found in ours:
        assert name == "td" or (name, found) in theirs

"""Markdown's many ways to write a URL, and the property that every link stands where it says."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linkcheck.archives import archives
from linkcheck.links.destination import unescaped
from linkcheck.links.entities import unescaped_attribute
from linkcheck.links.extract import Extractor
from linkcheck.links.markdown import markdown_mentions
from linkcheck.links.resolve import Resolver
from linkcheck.model.link import Link
from linkcheck.readers import readers
from linkcheck.settings.reading import ReadingSettings

GOLDEN = Path(__file__).parent / "golden" / "links"
DOCUMENTS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".links")


def links_of(text: str, name: str = "a.md") -> list[Link]:
    article = readers()[Path(name).suffix].read(text.encode(), name)
    return Extractor(Resolver(archives()), ReadingSettings()).links(article)


def raws(text: str) -> list[tuple[str, int, int, str]]:
    return [(link.role, link.line, link.column, link.raw) for link in links_of(text)]


# fmt: off
WAYS = [
    ("[a](u)", [("link", 1, 5, "u")]),
    ("[a]( u )", [("link", 1, 6, "u")]),
    ("[a](<u v>)", [("link", 1, 6, "u v")]),
    ("[a](<>)", [("link", 1, 6, "")]),
    ("[a]()", [("link", 1, 5, "")]),
    ("[a](u 'title (x) ](v)')", [("link", 1, 5, "u")]),
    ('[a](\n  u\n  "t")', [("link", 2, 3, "u")]),
    ("[a](u(v(w)))", [("link", 1, 5, "u(v(w))")]),
    (r"[a](u\(v)", [("link", 1, 5, r"u\(v")]),
    ("[a](u&amp;v)", [("link", 1, 5, "u&amp;v")]),
    ("[a](u?x=1&copy=2)", [("link", 1, 5, "u?x=1&copy=2")]),
    ("![a](u)", [("image", 1, 6, "u")]),
    ("[![a](u)](v)", [("image", 1, 7, "u"), ("link", 1, 11, "v")]),
    ("[a [b](u) c](v)", [("link", 1, 8, "u")]),
    ("[a][r]\n\n[r]: u 't'", [("link", 3, 6, "u")]),
    ("[R][]\n\n[r]: <u v>", [("link", 3, 7, "u v")]),
    ("[r]\n\n[r]:\n  u", [("link", 4, 3, "u")]),
    ("![a][r]\n\n[r]: u", [("image", 3, 6, "u")]),
    ("[a][r]\n\n[r]: u\n[r]: v", [("link", 3, 6, "u")]),
    ("[r]: https://a.example/ 'unused'", []),
    ("[a][absent]", []),
    ("<https://a.example/>", [("link", 1, 2, "https://a.example/")]),
    ("<a@b.example>", [("link", 1, 2, "a@b.example")]),
    ("> [a](u)\n> [b](\n> v)", [("link", 1, 7, "u"), ("link", 3, 3, "v")]),
    ("- [a](u)\n  - [b](v)", [("link", 1, 7, "u"), ("link", 2, 9, "v")]),
    ("# [a](u)", [("link", 1, 7, "u")]),
    ('> x <img\n>  src="u">', [("image", 2, 9, "u")]),
    ('> > <div>\n> > <a\n> >href="u">b</a>', [("link", 3, 10, "u")]),
    ("- > x <a\n  > href='u'>https://a.example/</a>", [("link", 2, 11, "u")]),
    ('a <b\n> <img src="u">', [("image", 2, 13, "u")]),
    ('\n\n<figure>\n<img src="u">\n \n[x](v)\n</figure>\n', [("image", 4, 11, "u"), ("link", 6, 5, "v")]),
    ("{% raw %}https://a.example{% endraw %}", [("link", 1, 10, "https://a.example")]),
    ("|a|\n|-|\n|[x](u)|", [("link", 3, 6, "u")]),
    ("a[^1]\n\n[^1]: see [x](u)", [("link", 3, 15, "u")]),
    ("*[a](u)* ~~[b](v)~~", [("link", 1, 6, "u"), ("link", 1, 16, "v")]),
    ("`[a](u)` ``<a href='v'>``", []),
    ("```\n[a](u) https://a.example/\n```", []),
    ("    [a](u)", []),
    (r"\[a](u)", []),
    ("[a] (u)", []),
    ("<!-- [a](u) https://a.example/ -->", []),
    ("<div>\n[a](u) https://a.example/\n</div>", [("link", 2, 8, "https://a.example/")]),
    ("<a href='u'>[b](v)</a>", [("link", 1, 10, "u"), ("link", 1, 17, "v")]),
    ("x <img src='u'\nalt='v'> y", [("image", 1, 13, "u")]),
    ("é🙂\t[a](u)", [("link", 1, 8, "u")]),
    ("a\r\n\r\n字 [a](u)\r\n", [("link", 3, 7, "u")]),
    ("{{< figure src='u' >}}", [("image", 1, 17, "u")]),
    ("{{< figure src='u'\n link=\"https://a.example/\" >}}", [("image", 1, 17, "u"), ("link", 2, 8, "https://a.example/")]),
    ('{{% video "https://a.example/x" %}}', [("video", 1, 12, "https://a.example/x")]),
    ("{{< video `https://a.example/x` />}}", [("video", 1, 12, "https://a.example/x")]),
    ("{{< x src=u.png >}}text{{< /x >}}", [("link", 1, 11, "u.png")]),
    ("{{< youtube w7Ft2ymGmfc >}}", []),
    ("`{{< video src='u' >}}`", []),
    ('[a]({{< ref "b.md" >}})', [("link", 1, 14, "b.md")]),
    ("[a]({{% relref path=`b.md#c` %}} 't')", [("link", 1, 22, "b.md#c")]),
    ("![a]({{< param base >}}/x.png)", [("image", 1, 6, "{{< param base >}}/x.png")]),
    ("https://a.example/x。後", [("link", 1, 1, "https://a.example/x")]),
    ("見https://a.example/文，後", [("link", 1, 2, "https://a.example/文")]),
    ("（https://a.example/（x））", [("link", 1, 2, "https://a.example/（x）")]),
    ("(https://a.example/x).", [("link", 1, 2, "https://a.example/x")]),
    ("**https://a.example/x**", [("link", 1, 3, "https://a.example/x")]),
    ("www.a.example/x, www.", [("link", 1, 1, "www.a.example/x")]),
    ("a.example/x", []),
]
# fmt: on


@pytest.mark.parametrize(("text", "found"), WAYS)
def test_the_ways_of_markdown(text: str, found: list[tuple[str, int, int, str]]) -> None:
    assert raws(text) == found


PIECES = st.sampled_from(
    [
        "[a](https://a.example/x)", "![文](<u v.png>)", "[a](u\\(v)", "[x][r]", "[r]", "[r]: https://r.example/ 't'\n",
        '[![i](i.png "t")](l)', "<https://a.example/文>", "https://b.example/(x)", "見http://c.example/。", "www.d.example",
        "<img src='i.png' srcset=\"a 1x, b 2x\">", '<a href="u?a&amp;b&copy=1">', "</a>", "<iframe src=v></iframe>",
        '{{< video src="/web/20210712023725if_/https://v.example/" >}}', '{{< fig `a` "https://f.example/" >}}', '[a]({{< ref "p.md" >}})',
        "`", "```\n", "\n", "\n\n", "\r\n", " ", "\t", "> ", "- ", "1. ", "# ", "|", "|-|\n", "    ", "*", "_", "~~", "\\",
        "é", "🙂", "字", "\u200b", "\x00", "[", "]", "(", ")", "<", ">", '"', "'", "&amp;", "&", "{{<", ">}}", "<!--", "-->", "<div>", "[^1]", "[^1]: ",
    ]
)  # fmt: skip
FRONT = st.sampled_from(
    [
        "", "---\nurl: https://web.archive.org/web/20210712023725/https://a.example/\noriginal_url: 'https://a.example/'\n---\n",
        "---\r\ntitle: \"文 https://t.example/\"\r\nimages: [a.png, 'b.png']\r\n---\r\n", "+++\nurl = 'u'\n[cover]\nimage = \"c.png\"\n+++\n",
        "---\nurl: a: b\nlinks:\n  - x\n---\n", '---\nurl: "https:\\/\\/e.example\\/\\u6587"\nlink: >\n  https://f.example/\n---\n',
        "---\nurl: &u https://a.example/\nlink: *u\n---\n", '{"url": "https:\\/\\/j.example\\/"}\n', "\ufeff---\nurl: u\n---\n",
        "---\nurl: x\nno end",
    ]
)  # fmt: skip


def assert_every_link_stands_where_it_says(text: str, name: str) -> None:
    lines = text.removeprefix("\ufeff").split("\n")
    before = (0, 0)
    for link in links_of(text, name):
        rest = "\n".join([lines[link.line - 1][link.column - 1 :], *lines[link.line :]])
        assert rest.startswith(link.raw), link
        if name.endswith(".html"):
            assert before <= (link.line, link.column)
            before = (link.line, link.column)


@settings(max_examples=300)
@given(FRONT, st.lists(PIECES, max_size=14).map("".join))
@example("", "[a](https://a.example/x)\n[b](u\\(v)")
def test_every_link_stands_where_it_says(front: str, body: str) -> None:
    assert_every_link_stands_where_it_says(front + body, "a.md")
    assert_every_link_stands_where_it_says(body, "a.html")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_golden_document_stands_where_it_says(path: Path) -> None:
    assert_every_link_stands_where_it_says(path.read_bytes().decode(), path.name)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_stands_there_means_what_was_understood(body: str) -> None:
    source = body.encode()
    for found in markdown_mentions(source):
        written = source[found.start : found.end].decode()
        meant = {written, unescaped(written), unescaped_attribute(written), f"mailto:{written}"}
        assert found.value in {text.replace("\0", "\ufffd") for text in meant} | meant

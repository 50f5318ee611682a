"""What an article says, of everything that stands in its file."""

import pytest

from linkcheck.model.text import ArticleText
from linkcheck.readers.html import READER as HTML
from linkcheck.readers.markdown import READER as MARKDOWN
from linkcheck.settings.reading import ReadingSettings
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness.article import article_text
from linkcheck.witness.page import read_page

SETTINGS = WitnessSettings()
TOOLBAR = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->"


def said(source: str, reading: ReadingSettings | None = None) -> ArticleText:
    article = MARKDOWN.read(source.encode(), "a.md")
    return article_text(article, reading or ReadingSettings(), SETTINGS)


def words(source: str) -> str:
    return " ".join(said(source).text.split())


# fmt: off
BODIES = [
    ("一段。\n\n二段。",                                            "一段。 二段。"),
    ("a **bold** and *em* [link](https://x.org/a 'title') end",    "a bold and em link end"),
    ("![alt words](a.jpg) text",                                   "text"),
    ("[![alt](a.jpg)](b) text",                                    "text"),
    ("see <https://x.org/> or www.x.org/a or https://x.org/中 end", "see or or 中 end"),
    ("text {{< video src='https://x.org/a.mp4' >}} more",          "text more"),
    ("before\n\n<figure>\n<img src='a'>\n\n<p>no</p>\n</figure>\n\nafter", "before after"),
    ("a <b>b</b>c <script>no</script>d",                           "a bc nod"),
    ("<div>\n<p>in html</p><script>no</script>\n</div>\n\nout",    "in html out"),
    ("# T\n\n## Head\n\ntext",                                     "Head text"),
    ("- one\n- two\n\n1. three",                                   "one two three"),
    ("> quoted\n\n`code`\n\n    block",                            "quoted code block"),
    ("one  \ntwo\nthree",                                          "one two three"),
    ("text\n\n---\n\nSubscribe to our letter.",                    "text"),
    ("文\n\n---\n\n請加入成為月費訂戶。\n\n---\n\n**博客 | 某人**\n\n" + "平。" * 99, "文"),
    ("short\n\n---\n\n" + "the text itself " * 20, "short " + " ".join(["the text itself"] * 20)),
    ("<figure> never ended\n\ntext",                               "never ended text"),
    ("&amp; &#65; &nbsp;x",                                        "& A x"),
]
# fmt: on


@pytest.mark.parametrize(("body", "text"), BODIES)
def test_bodies(body: str, text: str) -> None:
    assert words(body) == text


def test_titles() -> None:
    assert said('---\ntitle: "A title"\n---\n# Another\n').title == "A title"
    assert said("# First *heading*\n\ntext\n\n# Second").title == "First heading"
    assert said("no title").title == ""
    named = ReadingSettings(title_keys=("name", "title"))
    assert said('---\ntitle: "A"\nname: "B"\n---\n', named).title == "B"


def test_a_heading_that_repeats_the_title_is_no_text() -> None:
    assert words('---\ntitle: "標題　一"\n---\n\n# 標題一\n\n文。') == "文。"
    assert words("# Title\n\nText.") == "Text."


def test_html_articles() -> None:
    source = (
        b"<html><title>T</title><body><h1>T</h1><figure>no</figure><p>text &amp; more</p></body>"
    )
    read = article_text(HTML.read(source, "a.html"), ReadingSettings(), SETTINGS)
    assert (read.title, read.text.split()) == ("T", ["text", "&", "more"])


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "body",
    [
        "<figure>" * 100_000,
        "<figure></video>" * 50_000,
        "---\n\n" * 50_000,
        "*" * 100_000,
        "[" * 50_000,
    ],
)
def test_hostile_bodies_take_no_time(body: str) -> None:
    said(body)


# fmt: off
PAGES = [
    ("<title>T &amp; U</title><p>a<b>b</b>c<p>d",             ("T & U",),   "abc d"),
    ("<meta property='og:title' content='O'><h1>H</h1>x",     ("O", "H"),   "H x"),
    ("<h1>one</h1><h1>two</h1>",                              (),           "one two"),
    ("a<style>b</style><script>'</b>'</script >c",            (),           "a c"),
    ("a<!-- <b> -->b<!--->c<!-- x --!>d<!doctype html>e<?x?>f", (),         "abcdef"),
    ("<a title='x > y' href=\">\">in</a> 3 < 4",              (),           "in 3 < 4"),
    ("<textarea><p>no</textarea>a<noscript>no</noscript>b",   (),           "a b"),
    ("<noscript>never ended",                                 (),           "never ended"),
    (f"{TOOLBAR[0]}<p>12 captures</p>{TOOLBAR[1]}a",          (),           "a"),
    ("<svg><title>icon</title></svg>a",                       (),           "a"),
]
# fmt: on


@pytest.mark.parametrize(("source", "titles", "text"), PAGES)
def test_pages(source: str, titles: tuple[str, ...], text: str) -> None:
    page = read_page(source.encode(), None, SETTINGS)
    assert (page.titles, " ".join(page.text.split())) == (titles, text)


@pytest.mark.parametrize("end", ["<p", '<p class="', "<!-- x", "<script>x", "<title>x"])
def test_a_page_that_ends_within_something_is_cut(end: str) -> None:
    assert read_page(f"<p>text{end}".encode(), None, SETTINGS).cut
    assert not read_page(b"<p>text</p>", None, SETTINGS).cut


def test_only_the_beginning_of_a_huge_page_is_read() -> None:
    page = read_page(b"<p>word " * SETTINGS.most_bytes, None, SETTINGS)
    assert page.cut
    assert len(page.text) <= SETTINGS.most_letters

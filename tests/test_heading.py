"""What a document without a title calls itself."""

import time

import pytest

from linkcheck.links.heading import heading_of
from linkcheck.readers.html import READER as HTML
from linkcheck.readers.markdown import READER as MARKDOWN

CASES = {
    "# Of *two* [links](https://a.example/) and `code`\n\n# Another": "Of two links and code",
    "text\n\nSet as\na text\n======\n": "Set as a text",
    "## The second level is a heading\n\n# The first": "The second level is a heading",
    "---\nurl: https://a.example/\n---\n\n# Behind front matter\n": "Behind front matter",
    "#\n\n# The one before is empty": "The one before is empty",
    "text before\n\n## Background\n\n# Of the whole": "Of the whole",
    "text before\n\n## Background": None,
    "```\n# code\n```\n\n    # code\n\n# None of these": "None of these",
    "{{< figure src='a.jpg' >}}\n\n# Behind a shortcode": "Behind a shortcode",
    '<h1 align="center">As <b>readmes</b>\n  have it</h1>\n\n# Later': "As readmes have it",
    "![# no heading](a.jpg)\n\n#hashtag": None,
    "no heading at all": None,
    "": None,
    "# 標題 &amp; more": "標題 & more",
    f"{'word ' * 20_000}\n\n# Far below": None,
}
PAGES = {
    "<title>A &amp; B</title><h1>Heading</h1>": "A & B",
    "<title> </title><h2>A section</h2><H1>The <i>first</i></H1>": "The first",
    "<h2>A section</h2>": None,
    "<!-- <h1>no</h1> --><script>'<h1>no</h1>'</script><p>text": None,
    "<h1>never closed": None,
}


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_markdown_is_called_by_its_first_heading(text: str) -> None:
    assert heading_of(MARKDOWN.read(text.encode(), "a.md")) == CASES[text]


@pytest.mark.parametrize("text", PAGES, ids=range(len(PAGES)))
def test_a_page_is_called_by_its_title_or_its_first_heading(text: str) -> None:
    assert heading_of(HTML.read(text.encode(), "a.html")) == PAGES[text]


def test_a_heading_without_end_is_cut() -> None:
    assert heading_of(MARKDOWN.read(b"# " + b"long " * 1_000, "a.md")) == ("long " * 60).strip()


@pytest.mark.parametrize("piece", ["<h1>", "<title", "<!--", "<", "# ", "{{<", "<script>"])
def test_no_document_takes_long(piece: str) -> None:
    began = time.process_time()
    heading_of(MARKDOWN.read(piece.encode() * 50_000, "a.md"))
    heading_of(HTML.read(piece.encode() * 50_000, "a.html"))
    assert time.process_time() - began < 2

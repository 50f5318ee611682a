"""Markup that was written to do harm: time and memory stay bounded, and no link is lost."""

import time
from pathlib import Path

import pytest

from linkcheck.archives import archives
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.link import Kind, Link
from linkcheck.readers import readers
from linkcheck.settings.reading import ReadingSettings
from tests.command import links, measured

MEGABYTE = 1_000_000
MANY = 100_000

# What the beginning, the middle or the end of something is to one of our expressions.
PIECES = r"""
<a | <a href= | <a href=" | <a b= | <a> | <a><a href=x> | </a | <img srcset=" | <img srcset="a 1x,
<img srcset="a ( | <img srcset="a" src="b"> | <script> | <textarea> | <!-- | <!- | <? | <![CDATA[
<!x | < | > | &amp; | &amp;amp; | &copy | &# | " | ' | ` | ~~~ | \ | [ | ![ | ]( | [a](< | [a]( "
[a][ | [a]: | [^a] | ](\a) | [](a | ( | ) | ))))) | { | {{< | {{< x | {{< x " | {{< a "\" | {{%
{{</* | :// | http:// | http://a) | http://a( | 「http:// | http://x， | [http://a]( | www. | www.a
/web/2021/ | /web/2021/http:/ | // | https://web.archive.org/web/2021/ | web.archive.org/web/* | *
_ | ** a | > | - | # | a, | . | % | %20 | 🙂 | 《 | = | a@b.c | $ | <base> | <meta charset=
""".replace("\n", "|").split("|")
REPEATED = [piece.strip() for piece in PIECES if piece.strip()] + [" ", "\t", "\n", "\r\n", "\0"]


def links_of(text: str, name: str = "a.md") -> list[Link]:
    article = readers()[Path(name).suffix].read(text.encode(), name)
    return Extractor(Resolver(archives()), ReadingSettings()).links(article)


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize("piece", REPEATED)
def test_a_repeated_piece_takes_linear_time(piece: str, name: str) -> None:
    text = piece * (200_000 // len(piece.encode()))
    start = time.process_time()
    links_of(text, name)
    assert time.process_time() - start < 4  # in square time: minutes


@pytest.mark.parametrize("text", ["[", "]", "(", "![", '"', "'", "[]", "[](", "<", "> ", "* "])
def test_a_hundred_thousand_brackets_and_quotes_hide_no_link(text: str) -> None:
    start = time.process_time()
    found = links_of(f"{text * MANY}\n\n<https://a.example/>\n")
    assert time.process_time() - start < 5
    assert [link.original for link in found][-1:] == ["https://a.example/"]


@pytest.mark.parametrize("opening", ["![", "[![", "> [", "*["])
def test_nested_brackets_that_close_take_linear_time(opening: str) -> None:
    nested = opening * 10_000 + "x" + "](\\(a)" * 10_000
    start = time.process_time()
    links_of(nested)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "value",
    [
        "https://a.example/" + "x" * MANY,
        "https://web.archive.org/web/2021/https://a.example/" + "é" * MANY,
        "/web/20210712023725/https://a.example/" + "a" * MANY,
        "https://" + "a." * MANY,
        "x" * MANY,
    ],
)
def test_a_url_of_100_kb_is_none_with_a_reason(value: str) -> None:
    for text in (f"[a]({value})", f"<img src='{value}'>", f'---\nurl: "{value}"\n---\n'):
        (link,) = links_of(text)
        assert link.kind is Kind.NOT_A_URL
        assert "longer than a URL can be" in (link.reason or "")
        assert link.raw == value


def test_captures_in_captures_end() -> None:
    nested = "https://web.archive.org/web/20210101000000/" * 100 + "https://a.example/"
    (link,) = links_of(f"<{nested}>")
    assert (link.kind, link.reason) == ("not-a-url", "captures nested more than 16 deep")


def test_a_line_of_10_megabytes_without_links(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("文字 text " * MEGABYTE + " <https://a.example/>")
    cost = measured("links", tmp_path / "a.md", "-f", "ndjson")
    assert (cost.code, cost.rows) == (0, 1)
    assert cost.seconds < 20
    assert cost.megabytes < 400


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_a_line_of_10_megabytes_full_of_links(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text('<a href="https://a.example/é">é</a> ' * 280_000)
    cost = measured("links", path, "-f", "ndjson")
    assert (cost.code, cost.rows) == (0, 280_000)
    assert cost.seconds < 60
    assert cost.megabytes < 600


def test_the_last_link_of_a_long_line_stands_where_it_says() -> None:
    text = "é🙂 " * 100_000 + "<https://a.example/>"
    (link,) = links_of(text)
    assert (link.line, link.column) == (1, 300_002)


TITLES = [
    "\x1b[31mred",
    "\x9b31m",
    "\x1b]8;;https://evil\x07",
    "\u202egnp",
    "[bold red]x[/]",
    "\u2066x",
]


@pytest.mark.parametrize("text", TITLES)
@pytest.mark.parametrize("form", ["table", "csv", "ndjson"])
def test_nothing_in_a_url_or_title_reaches_the_terminal(
    tmp_path: Path, text: str, form: str
) -> None:
    (tmp_path / "a.md").write_text(
        f'---\ntitle: "{text}"\nurl: "{text}"\n---\n'
        f'<img src="https://a.example/{text}" alt="{text}">'
    )
    for ran in (links(tmp_path, form=form), links(tmp_path, "--include", text.replace("[", "."))):
        for said in (ran.out, ran.err):
            assert not {ord(c) for c in said} & {0x1B, 0x07, 0x9B, 0x202E, 0x2066}
    if text.startswith("[bold"):
        assert "[bold red]x[/]" in links(tmp_path, form=form).out  # as it stands, never as a style


@pytest.mark.parametrize("formula", ["=cmd()", "+1", "-1", "@SUM(A1)", "＝1", "  =1"])
def test_no_cell_begins_like_a_formula(tmp_path: Path, formula: str) -> None:
    (tmp_path / "a.md").write_text(f'<img src="{formula}" alt="x">\n\n[x](<{formula},"a>)\n')
    (tmp_path / f"{formula}.md").write_text("<https://a.example/>")
    for line in links(tmp_path, form="csv").out.splitlines()[1:]:
        for cell in line.split(","):
            assert not cell.strip('" ').startswith(("=", "+", "-", "@", "＝"))

"""Counts on real articles, held against an independent parser wherever one exists."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt
from markdown_it.token import Token

from linkcheck.archives import archives
from linkcheck.collection.inputs import Inputs
from linkcheck.collection.load import load
from linkcheck.links import markdown
from linkcheck.links.extract import Extractor
from linkcheck.links.markdown import _Walk, markdown_mentions
from linkcheck.links.plain_markdown import plain_links
from linkcheck.links.resolve import Resolver
from linkcheck.links.shortcodes import shortcodes
from linkcheck.model.article import Article, Field
from linkcheck.model.link import Kind, Link, Role
from linkcheck.readers._front_matter import front_matter, parsed
from linkcheck.readers._plain_yaml import plain_fields
from linkcheck.settings.reading import ReadingSettings
from tests.sample import unpacked

pytestmark = pytest.mark.sample

SETTINGS = ReadingSettings()
# Chinese text has no blanks: the oracle runs on over this punctuation, we end a URL at it.
PUNCTUATION = re.compile("[，。；：）]")
BARE_RUN = re.compile(r"(?:https?://|www\.)[^\s<>，。；：）]*[^\s<>，。；：）.)]")
TAG = re.compile("<[^>]*>")
KINDS = {"bare": "link"}  # what was bare and what was not, a link no longer tells
BARE = re.compile(r"https?://|www\.", re.IGNORECASE)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    folder = unpacked(tmp_path_factory.mktemp("sample"))
    return [load(given, SETTINGS) for given in Inputs(str(folder)).walk([str(folder)])]


@pytest.fixture(scope="module")
def links(articles: list[Article]) -> list[list[Link]]:
    extractor = Extractor(Resolver(archives()), SETTINGS)
    return [extractor.links(article) for article in articles]


def test_links_read_without_the_parser_are_those_that_it_reads(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = [article.source[article.body_start :] for article in articles]
    quickly = [markdown_mentions(body) for body in bodies]
    plain = [plain_links(_Walk(body).masked) is not None for body in bodies]
    monkeypatch.setattr(markdown, "plain_links", lambda _: None)
    assert quickly == [markdown_mentions(body) for body in bodies]
    assert sum(plain) == 4730


def test_no_article_is_dropped(articles: list[Article]) -> None:
    assert len(articles) == 4912
    assert all(article.fields for article in articles)


def test_every_article_has_its_pair(links: list[list[Link]]) -> None:
    for role in (Role.URL, Role.ORIGINAL_URL):
        assert [sum(link.role is role for link in found) for found in links] == [1] * 4912


def test_counts_by_role(links: list[list[Link]]) -> None:
    counts = Counter(link.role for found in links for link in found)
    assert counts == {
        Role.URL: 4912,
        Role.ORIGINAL_URL: 4912,
        Role.IMAGE: 11848 + 1968,  # HTML's and Markdown's
        Role.VIDEO: 1601,  # every shortcode
        Role.LINK: 8891 + 466,  # Markdown's and bare ones
    }


def test_root_relative_links_are_the_archives(links: list[list[Link]]) -> None:
    found = [link for each in links for link in each if link.raw.startswith("/web/")]
    assert len(found) > 4000
    assert {link.kind for link in found} == {Kind.ARCHIVED}


def test_plain_front_matter_reads_as_the_full_parser_reads_it(articles: list[Article]) -> None:
    compared = 0
    for article in articles:
        source, front = article.source, front_matter(article.source, article.path)
        start = source.index(b"\n") + 1
        end = source.rindex(b"\n---", 0, front.body_start) + 1
        plain = plain_fields(source, start, end)
        if plain is None:
            continue
        full = parsed(source, YAMLHandler(), (start, end), front.body_start, article.path)
        assert full.finding is None
        assert as_read(plain) == as_read(full.fields), article.path
        compared += 1
    assert compared > 4900


def as_read(fields: tuple[Field, ...]) -> list[tuple[str, str, int]]:
    return [(field.key, field.value, field.start if field.value else 0) for field in fields]


def test_no_front_matter_of_the_sample_is_damaged(articles: list[Article]) -> None:
    assert [article.path for article in articles if article.findings] == []


def oracle() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"linkify": True, "html": True})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # its own way to set it
    parser.validateLink = bool  # type: ignore[method-assign,assignment]  # as above
    return parser


def flattened(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flattened(token.children or [])


def without_shortcodes(article: Article) -> str:
    """The oracle knows no shortcodes: their place is filled with a word as long."""
    body = article.source[article.body_start :]
    for found in reversed(list(shortcodes(body))):
        body = body[: found.start] + b"x" * (found.end - found.start) + body[found.end :]
    return body.decode()


def of_oracle(article: Article, parser: MarkdownIt) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    tokens = list(flattened(parser.parse(without_shortcodes(article))))
    for token, after in zip(tokens, [*tokens, None][1:], strict=True):
        if token.type == "link_open" and token.markup == "linkify" and after is not None:
            pieces = PUNCTUATION.split(after.content)
            found.update(("bare", piece) for piece in pieces if BARE.match(piece))
        elif token.type == "link_open":
            found["link", str(token.attrs["href"])] += 1
        elif token.type == "image":
            found["image", str(token.attrs["src"])] += 1
        elif token.type in ("html_block", "html_inline"):
            sources = re.findall(r"<img\b[^>]*?\ssrc=\"([^\"]*)\"", token.content)
            found.update(("html", source) for source in sources)
            # The oracle looks for bare URLs in Markdown only; captions are HTML.
            found.update(("bare", url) for url in BARE_RUN.findall(TAG.sub(" ", token.content)))
    return found


def of_linkcheck(article: Article, links: list[Link]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    lines = article.source.decode().split("\n")
    for link in links:
        before = lines[link.line - 1][: link.column - 1]
        if link.role in (Role.URL, Role.ORIGINAL_URL, Role.VIDEO):
            continue
        if before.endswith('src="'):
            found["html", link.raw] += 1
        elif link.role is Role.IMAGE:
            found["image", link.raw] += 1
        else:
            found["link", link.raw.replace("\\", "")] += 1
    return found


def test_markdown_is_read_as_an_independent_parser_reads_it(
    articles: list[Article], links: list[list[Link]]
) -> None:
    parser = oracle()
    totals: Counter[str] = Counter()
    for article, found in zip(articles, links, strict=True):
        expected = of_oracle(article, parser)
        totals.update(kind for kind, _ in expected.elements())
        merged = Counter((KINDS.get(kind, kind), url) for kind, url in expected.elements())
        assert of_linkcheck(article, found) == merged, article.path
    assert totals == {"html": 11848, "image": 1968, "link": 8891, "bare": 466}

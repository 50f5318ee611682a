"""Hostile text of every kind, in every field that comes from outside, inert in every format."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from linkcheck.console.history import article_lines
from linkcheck.model.finding import ArticleFindings
from linkcheck.reports import About, for_terminal, report_formats
from linkcheck.reports.html import write_report
from linkcheck.reports.prov import write_jsonld, write_nquads
from linkcheck.reports.summary import summarise
from linkcheck.reports.words import LANGUAGES
from tests.findings import everything, manifest
from tests.hostile import ALL, poisoned
from tests.prov_rules import parsed

# rdflib 7.6 warns of what itself does while it parses.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

# What a terminal, an editor or a pager would obey; lines' ends apart.
OBEYED = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
FORMULA = tuple("=+-@\t\r＝＋－＠")
BLANK = " \u00a0\u200b\u2060\u3000\ufeff"


def harmed(kind: str) -> ArticleFindings:
    """Return links of each sort, with evidence of both sides, and nothing in them but harm."""
    whole = everything()
    kinds = {(one.standing, one.archive is None, one.link.kind): one for one in whole.links}
    some = tuple(kinds.values())
    return poisoned(ArticleFindings(article="a", sha256="0", title="t", links=some), ALL[kind])


def written(form: str, found: ArticleFindings, lang: str = "en") -> bytes:
    run = poisoned(manifest(), found.links[0].link.raw)
    about = About(
        summary=summarise([found]),
        manifest=run,
        fail_on=tuple({one.standing for one in found.links}),
        lang=lang,
    )
    return b"".join(report_formats()[form].write([found], about))


def obeyed(data: bytes) -> list[str]:
    return OBEYED.findall(data.decode("utf-8"))


def shown(text: str) -> str:
    """Return a text as JSON can hold it."""
    return text.encode("utf-8", "replace").decode()


def check_json(found: ArticleFindings, data: bytes) -> None:
    told = json.loads(data)
    (one,) = told["articles"]
    assert len(one["links"]) == len(found.links)
    assert {link["raw"] for link in one["links"]} == {shown(found.links[0].link.raw)}


def check_ndjson(found: ArticleFindings, data: bytes) -> None:
    lines = data.splitlines()
    assert len(lines) == len(found.links)
    assert {json.loads(line)["raw"] for line in lines} == {shown(found.links[0].link.raw)}


def check_csv(found: ArticleFindings, data: bytes) -> None:
    text = data.decode().removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(rows) == len(found.links)
    assert {len(row) for row in rows} == {len(head)}
    for row in rows:
        for cell in row:
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or not cell.lstrip(BLANK).startswith(FORMULA), cell[:50]
    # As spreadsheets of other countries part the cells.
    for cell in text.split(";")[1:]:
        assert not cell.lstrip(f'"{BLANK}').startswith(FORMULA), cell[:50]


def check_csv_excel(found: ArticleFindings, data: bytes) -> None:
    assert data.startswith(b"\xef\xbb\xbfarticle,")
    check_csv(found, data)


def check_markdown(found: ArticleFindings, data: bytes) -> None:
    text = data.decode()
    bare = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)  # what stands in code does nothing
    assert "`" not in bare
    for sign in ("<", "javascript:", "@someone", "](", "![", "evil.example", "alert", "item"):
        assert sign not in bare, sign
    heads = re.findall(r"^(#+) ", bare, re.MULTILINE)
    assert len(heads) == len(
        re.findall(r"^#+ ", written("markdown", harmed("hanzi")).decode(), re.MULTILINE)
    )
    del found


def check_junit(found: ArticleFindings, data: bytes) -> None:
    suite = ET.fromstring(data)  # noqa: S314 - our own output
    assert len(suite.findall(".//testcase")) == len(found.links)
    assert {one.tag for one in suite.iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "skipped")
    }


def check_github(found: ArticleFindings, data: bytes) -> None:
    lines = data.decode().splitlines()
    assert 0 < len(lines) <= len(found.links)
    place = re.compile(r"::(error|warning) file=([^,:]*),line=\d+,col=\d+,title=[^,:]*::")
    assert all(place.match(line) for line in lines)


CHECKS: dict[str, Callable[[ArticleFindings, bytes], None]] = {
    "json": check_json,
    "ndjson": check_ndjson,
    "csv": check_csv,
    "csv-excel": check_csv_excel,
    "markdown": check_markdown,
    "junit": check_junit,
    "github": check_github,
}


def test_every_format_is_tried() -> None:
    assert set(CHECKS) == set(report_formats())


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("form", CHECKS)
def test_nothing_is_obeyed_and_nothing_lost(form: str, kind: str) -> None:
    found = harmed(kind)
    for lang in LANGUAGES:
        data = written(form, found, lang)
        CHECKS[form](found, data)
        assert not obeyed(data)


@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_obeyed_on_a_terminal(kind: str) -> None:
    for line in article_lines(harmed(kind)):
        said = for_terminal(line)
        assert not OBEYED.search(said)
        assert "\n" not in said
        assert "\r" not in said
        assert said.encode("utf-8", "replace")


@pytest.mark.parametrize("kind", ALL)
def test_provenance_says_what_was_meant_and_nothing_else(kind: str, tmp_path: Path) -> None:
    found, run = harmed(kind), manifest()
    lines = b"".join(write_nquads([found], run, institution=ALL[kind][:500]))
    assert not obeyed(lines)
    for line in lines.decode().splitlines():
        assert re.match(
            r"<(https?://|urn:linkcheck:|urn:uuid:|ni:///)[^<> ]*> <[^<> ]+> [<\"]", line
        )
        assert line.endswith(" .")
    write_jsonld(tmp_path, [found], run, institution=ALL[kind][:500])
    (place,) = tmp_path.rglob("*.jsonld")
    document = place.read_bytes()
    assert not obeyed(document)
    assert json.loads(document)["@context"]
    if len(ALL[kind]) < 10_000:
        one, other = (
            set(parsed(data, form).quads())
            for data, form in ((lines, "nquads"), (document, "json-ld"))
        )
        assert one == other
        assert not any("injected" in str(quad[0]) for quad in one)


def pages(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for place in sorted(folder.rglob("*")):
        if place.is_file() and place.suffix in {".html", ".js", ".svg", ".json"}:
            yield place, place.read_bytes()


@pytest.mark.parametrize("kind", ALL)
def test_pages_show_it_and_run_nothing(kind: str, tmp_path: Path) -> None:
    found = harmed(kind)
    write_report(tmp_path, [found], poisoned(manifest(), shown(ALL[kind][:500])))
    seen = 0
    for place, data in pages(tmp_path):
        assert not obeyed(data), place
        if place.suffix != ".html":
            continue
        seen += 1
        tree = LexborHTMLParser(data.decode())
        assert tree.css_first("meta[http-equiv='Content-Security-Policy']") is not None
        for node in tree.css("*"):
            attributes = node.attributes
            assert not [name for name in attributes if name.startswith("on")], place
            if node.tag == "script":
                assert re.fullmatch(r"[\w./-]+\.js", attributes.get("src") or ""), place
                assert not (node.text() or "").strip()
            for name in ("href", "src", "action", "formaction", "xlink:href"):
                led = attributes.get(name)
                assert led is None or not re.match(
                    r"[\s\x00-\x20]*(?!https?:)[a-z]+:", led, re.IGNORECASE
                ), led
            assert node.tag not in {"iframe", "object", "embed", "base", "applet"}
            assert node.tag != "img"
    assert seen > 2

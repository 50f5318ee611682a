"""The report's pages: well formed, harmless, readable by everybody, and asking nobody."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from linkcheck.model.finding import ArticleFindings, LinkFinding
from linkcheck.model.verdict import Standing
from linkcheck.reports.html import Since, write_report
from linkcheck.reports.html.buckets import (
    DISTANCES,
    PUBLICATIONS,
    distance_bucket,
    publication_bucket,
)
from linkcheck.reports.html.charts import Bar, draw, draw_ribbon, fitting
from linkcheck.reports.html.first.figures import _every_year
from linkcheck.reports.html.pages import Pages
from linkcheck.reports.html.places import article_page, capture_url
from linkcheck.reports.html.ranks import BAND, GRAVEST
from linkcheck.reports.html.safe import LONGEST, language, readable, visible, web_address
from linkcheck.reports.speech import Speech, digits
from linkcheck.reports.summary import summarise
from linkcheck.reports.words import LANGUAGES
from tests.findings import HOSTILE, NOW, article, everything, findings, hostile, manifest
from tests.report_parts import named_article, standing_finding

URL_ATTRIBUTES = ("src", "href", "action", "poster", "data", "srcset", "formaction", "ping")
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True)
class Change:
    kind: str
    before: Standing | None
    finding: LinkFinding


def some_articles() -> list[ArticleFindings]:
    return [everything(), hostile(), *findings(30)]


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(f"report-{request.param}") / "out"
    kinds = ("regressed", "new", "fixed", "still")
    changes = [
        Change(kind, Standing.ARCHIVE_ONLY, article(number).links[0])
        for number, kind in enumerate(kinds)
    ]
    since = Since(at=NOW - timedelta(days=7), changes=changes)
    write_report(folder, some_articles(), manifest(), previous=since, lang=request.param)
    return folder


def pages_of(report: Path) -> list[Path]:
    return sorted(report.rglob("*.html"))


def tree_of(page: Path) -> HTMLParser:
    return HTMLParser(page.read_text("utf-8"))


def test_every_page_has_a_policy_that_lets_nothing_in_or_out(report: Path) -> None:
    for page in pages_of(report):
        tree = tree_of(page)
        policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
        assert policy is not None
        said = policy.attributes["content"] or ""
        assert said.startswith("default-src 'none';")
        assert "unsafe" not in said
        assert "http" not in said
        assert not tree.css("style, iframe, object, embed, base, img, video, audio")
        assert not tree.css("[style]")


def test_no_page_asks_anybody_for_anything(report: Path) -> None:
    root = report.resolve()
    for page in pages_of(report):
        for node in tree_of(page).css("*"):
            for name in URL_ATTRIBUTES:
                value = node.attributes.get(name)
                if value is None:
                    continue
                if node.tag == "a":
                    _check_link(node, value, page, root)
                else:
                    assert (page.parent / value).resolve().is_relative_to(root)
                    assert (page.parent / value).is_file(), value
            assert not [name for name in node.attributes if name.startswith("on")]


def _check_link(node: Node, value: str, page: Path, root: Path) -> None:
    if value.lower().startswith(("http://", "https://")):
        assert node.attributes.get("rel") == "noreferrer noopener"
        return
    place, _, anchor = value.partition("#")
    target = (page.parent / place).resolve() if place else page
    assert target.is_relative_to(root), value
    assert target.is_file(), value
    if anchor:
        assert f'id="{anchor}"' in target.read_text("utf-8"), value


def test_headings_descend_step_by_step_and_landmarks_are_there(report: Path) -> None:
    for page in pages_of(report):
        tree = tree_of(page)
        levels = [int((node.tag or "")[1:]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(tree.css("main")) == len(tree.css("header")) == len(tree.css("footer")) == 1
        skip = tree.css_first("a.skip")
        assert skip is not None
        assert skip.attributes["href"] == "#content"
        title = tree.css_first("title")
        assert title is not None
        assert title.text().strip()


def test_everything_that_needs_a_name_has_one(report: Path) -> None:
    for page in pages_of(report):
        tree = tree_of(page)
        for node in tree.css("nav, [role=region]"):
            assert node.attributes.get("aria-label")
        for node in tree.css("input, select"):
            name = node.attributes["id"]
            assert tree.css_first(f'label[for="{name}"]') is not None
        for drawing in tree.css("svg"):
            named = drawing.attributes["aria-labelledby"]
            assert tree.css_first(f"title#{named}") is not None
        for table in tree.css("table"):
            assert all(node.attributes.get("scope") for node in table.css("th"))
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids))


def test_pages_declare_their_language_and_titles_theirs(report: Path) -> None:
    lang = "zh-Hant" if "zh-Hant" in str(report) else "en"
    for page in pages_of(report):
        root = tree_of(page).css_first("html")
        assert root is not None
        assert root.attributes["lang"] == lang
    heading = tree_of(report / article_page(article(0).article)).css_first("h1")
    assert heading is not None
    assert heading.attributes["lang"] == "zh-Hant"


def test_hostile_text_is_text_on_every_page(report: Path) -> None:
    for path in [*pages_of(report), *report.rglob("search/*.js")]:
        said = path.read_text("utf-8")
        assert CONTROLS.search(said) is None
        assert "<script>alert" not in said
        assert "<img" not in said
        tree = HTMLParser(said)
        assert all(node.attributes.get("src") for node in tree.css("script"))
        assert path.stat().st_size < 500_000
    page = (report / article_page(hostile().article)).read_text("utf-8")
    for text in HOSTILE[:4]:
        assert visible(text) in HTMLParser(page).text()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://x.example/",
        "https:\\\\x.example",
        "https://x.example/\x00",
        "https://x.example/a b",
        "https://x.example/\u202e",
        "data:text/html,x",
        "//x.example/",
        "https://" + "a" * 9_000,
        "",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize("url", ["https://x.example/", "HTTP://x.example/圖?a=b#c"])
def test_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


def test_the_first_page_says_the_headline_with_its_proof(report: Path) -> None:
    text = tree_of(report / "index.html").text()
    assert "400" in text
    assert "1.6%" in text
    assert "95%" in text
    lists = {path.name.rpartition("-")[0] for path in (report / "lists").iterdir()}
    standings = {finding.standing for found in some_articles() for finding in found.links}
    assert standings <= {*lists, "unchecked"}
    assert (report / "index.html").stat().st_size < 300_000


def test_the_first_page_draws_five_charts_with_their_figures(report: Path) -> None:
    tree = tree_of(report / "index.html")
    assert len(tree.css("figure")) == len(tree.css("figure svg")) == len(tree.css("figure table"))
    assert len(tree.css("figure")) == 5


def test_the_first_page_names_changes_and_counts_the_rest(report: Path) -> None:
    rows = tree_of(report / "index.html").css("#changes ~ .wide")[0].css("tbody tr")
    assert len(rows) == 3  # what is still so is counted only


def test_a_link_shows_both_sides_the_rule_in_words_and_the_evidence(report: Path) -> None:
    lang = "zh-Hant" if "zh-Hant" in str(report) else "en"
    words = Speech(lang).words
    tree = tree_of(report / article_page(everything().article))
    cards = tree.css("section.link")
    assert len(cards) == len(everything().links)
    for card, finding in zip(cards, everything().links, strict=True):
        said = card.text()
        assert words[f"standing.{finding.standing}.name"] in said
        if finding.archive is None or finding.live is None:
            continue
        for side, seen in (("archive", finding.archive.finding), ("live", finding.live.finding)):
            assert words[f"{side}.{seen.verdict}.name"] in said
            assert words[f"{side}_rule.{seen.rule}"] in said
        for answer in finding.live.evidence.answers:
            assert answer.record is not None
            assert answer.record in said


def test_without_a_run_or_articles_there_is_still_a_report(tmp_path: Path) -> None:
    write_report(tmp_path / "out", [], None)
    text = (tmp_path / "out" / "index.html").read_text()
    assert Speech("en").words["ui.no_manifest"] in text
    assert Speech("en").words["ui.proof_none"] in text


def test_two_reports_of_one_state_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_report(tmp_path / name, some_articles(), manifest())
    one = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in _all(tmp_path / "one")}
    two = {path.relative_to(tmp_path / "two"): path.read_bytes() for path in _all(tmp_path / "two")}
    assert one == two


def _all(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


# Colours.


def palette(dark: bool) -> dict[str, str]:  # noqa: FBT001 - a table's column
    css = files("linkcheck.reports.html").joinpath("assets/style.css").read_text()
    light, night = (dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in _split(css))
    return night if dark else light


def _split(css: str) -> tuple[str, str]:
    start = css.index("@media screen and (prefers-color-scheme: dark)")
    return css[:start], css[start : css.index("* { box-sizing")]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("paper", ["paper", "sunken"])
def test_every_colour_of_text_stands_out(dark: bool, paper: str) -> None:  # noqa: FBT001
    colours = palette(dark)
    for name, colour in colours.items():
        if name in {"paper", "sunken", "line", "plain"}:
            continue
        assert contrast(colour, colours[paper]) >= 4.5, name


@pytest.mark.parametrize("dark", [False, True])
def test_bars_stand_out_and_both_palettes_have_the_same_names(dark: bool) -> None:  # noqa: FBT001
    colours = palette(dark)
    assert colours.keys() == palette(not dark).keys()
    assert {*BAND.values(), "plain"} <= colours.keys()
    assert contrast(colours["plain"], colours["paper"]) >= 3
    for band in set(BAND.values()):
        assert contrast(colours[band], colours["paper"]) >= 3


def test_no_italics_and_nothing_from_elsewhere_in_the_styles() -> None:
    css = files("linkcheck.reports.html").joinpath("assets/style.css").read_text()
    assert "italic" not in css.replace("none of them has an italic", "")
    assert "url(" not in css
    assert "@import" not in css
    assert "http" not in css.replace("attr(href)", "")


# Small decisions.


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("plain", None),
        ("Größe", None),
        ("街角的書店", "zh-Hant"),
        ("简体的标题：这是", "zh-Hans"),
        ("ひらがなの題名", "ja"),
        ("한국어", "ko"),
    ],
)
def test_texts_are_set_in_their_language(text: str, lang: str | None) -> None:
    assert language(text) == lang


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "exactly the time asked"),
        (5, "5 seconds later than asked"),
        (-7_200, "2 hours earlier than asked"),
        (86_400, "one day later than asked"),
        (-40 * 86_400, "40 days earlier than asked"),
        (900 * 86_400, "2.5 years later than asked"),
    ],
)
def test_distances_are_said_in_their_largest_unit(seconds: int, said: str) -> None:
    assert Speech("en").distance(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "step"),
    [
        (0, "exact"),
        (1, "day_after"),
        (-86_400, "day_before"),
        (86_401, "quarter_after"),
        (-9 * 10**7, "far_before"),
    ],
)
def test_distances_fall_into_steps(seconds: int, step: str) -> None:
    assert distance_bucket(seconds) == step
    assert step in DISTANCES


@pytest.mark.parametrize(
    ("days", "step"), [(-400, "before"), (0, "same"), (1, "next"), (5, "week"), (9_999, "later")]
)
def test_days_fall_into_steps(days: int, step: str) -> None:
    assert publication_bucket(days) == step
    assert step in PUBLICATIONS


def test_charts_escape_their_labels_and_cut_them_to_their_room() -> None:
    drawn = draw([Bar("<script>&" + "長" * 50, (("plain", 3), ("kept", 0)))], "T & T", "k")
    assert "<script>" not in drawn
    assert "T &amp; T" in drawn
    assert drawn.count("<rect") == 1
    assert fitting("長" * 50, 140).endswith("…")
    assert len(fitting("長" * 50, 140)) <= 11


def test_digits_are_shown_as_a_moment_and_odd_ones_as_they_are() -> None:
    assert digits("20180612131835") == "2018-06-12 13:18:35"
    assert digits("2018") == "2018"
    assert digits(None) == ""


def test_addresses_of_captures_are_those_of_their_archive() -> None:
    assert (
        capture_url("wayback", "20200101000000", "https://x.example/", "im_")
        == "https://web.archive.org/web/20200101000000im_/https://x.example/"
    )
    assert capture_url("nobody-knows", "20200101000000", "https://x.example/") is None


def test_long_texts_are_cut() -> None:
    assert len(visible("x" * 100_000)) == LONGEST + 1


def test_every_standing_has_a_rank_and_a_band() -> None:
    assert set(GRAVEST) == set(Standing) == set(BAND)


def test_pages_of_another_language_or_template_are_made_anew() -> None:
    assert Pages("en").version != Pages("zh-Hant").version
    assert Pages("en").version == Pages("en").version


def test_the_headline_is_that_of_the_other_formats(tmp_path: Path) -> None:
    some = some_articles()
    write_report(tmp_path / "counted", some, manifest())
    write_report(tmp_path / "given", some, manifest(), summarise(some))
    for name in ("index.html", "search.html"):
        assert (tmp_path / "counted" / name).read_bytes() == (
            tmp_path / "given" / name
        ).read_bytes()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://x.org/a%20b%2Fc?d=%26", "https://x.org/a%20b%2Fc?d=%26"),
        ("https://x.org/%E6%96%87%E7%AB%A0-1.jpg", "https://x.org/文章-1.jpg"),
        ("https://x.org/%e6%96%87", "https://x.org/文"),
        ("https://x.org/%E6%96", "https://x.org/%E6%96"),  # half a character
        ("https://x.org/%C3%28", "https://x.org/%C3%28"),
        ("https://x.org/caf%E9", "https://x.org/caf%E9"),  # another encoding
        ("100%", "100%"),
    ],
)
def test_addresses_are_shown_as_people_write_them(url: str, shown: str) -> None:
    assert readable(url) == shown


def test_an_address_that_turns_the_text_around_is_still_written_out() -> None:
    assert visible(readable("https://x.org/%E2%80%AEgnp.exe")) == "https://x.org/\\u202egnp.exe"


def test_a_card_says_nothing_twice() -> None:
    page = HTMLParser(Pages("en").article(everything()).decode())
    for card in page.css("section.link"):
        sides = [note.text() for note in card.css(".sides p.note")]
        for note in card.css("section.link > p.note"):
            assert all(note.text() not in side for side in sides)


def test_no_capture_proves_that_there_is_none() -> None:
    page = HTMLParser(Pages("en").article(everything()).decode())
    found: dict[str, set[bool]] = {}
    for side in page.css(".sides > div"):
        verdict = side.css_first("a.v")
        if verdict is not None:
            found.setdefault(verdict.text(), set()).add("known by" in side.text())
    assert found["captured"] == found["hollow"] == {True}
    assert found["missing"] == found["excluded"] == found["unplayable"] == {False}


def test_the_first_page_says_of_each_worry_why_and_how_many_are_left_out(tmp_path: Path) -> None:
    links = [
        standing_finding(Standing.AT_RISK, f"https://x.org/{at:02}", line=at) for at in range(20)
    ]
    write_report(tmp_path, [named_article("a.md", *links), everything()], None)
    needs = tree_of(tmp_path / "index.html")
    section = needs.css_first("section[aria-labelledby=need-at-risk]")
    assert section is not None
    assert len(section.css("li")) == 15
    counted = len(summarise([named_article("a.md", *links), everything()], named=None).named)
    assert counted > 20
    assert re.search(r"And \d+ more originals · All 2 articles with this standing", section.text())
    lost = needs.css_first("section[aria-labelledby=need-lost]")
    assert lost is not None
    assert "Archive: " in lost.text()
    assert "Live web: " in lost.text()


def test_an_article_tells_first_what_needs_somebody(tmp_path: Path) -> None:
    links = [
        standing_finding(Standing.ARCHIVED, "https://x.org/good", line=1),
        standing_finding(Standing.AT_RISK, "https://x.org/%E5%8C%97", line=2),
        standing_finding(Standing.LOST, "https://x.org/lost", line=3),
        standing_finding(Standing.AT_RISK, "https://x.org/%E5%8C%97", line=4),
        standing_finding(Standing.LOST, "https://x.org/menu", line=5, furniture=True),
    ]
    found = named_article("a.md", *links)
    write_report(tmp_path, [found, article(0)], None)
    page = tree_of(tmp_path / article_page("a.md"))
    items = [(node.attributes["href"], node.text()) for node in page.css(".concerns a")]
    assert items == [("#L3-1", "https://x.org/lost"), ("#L2-1", "https://x.org/北")]


def test_an_address_is_shown_as_people_write_it_and_as_the_article_has_it(tmp_path: Path) -> None:
    one = everything().links[0]
    raw = "https://x.org/%E5%8C%97%E4%BA%AC"
    coded = replace(one, link=replace(one.link, raw=raw))
    write_report(tmp_path, [named_article("a.md", coded, one)], None)
    first, second = tree_of(tmp_path / article_page("a.md")).css("section.link")
    shown = first.css_first(".url")
    assert shown is not None
    assert shown.text() == "https://x.org/北京"
    assert f"<dt>as written<dd>{raw}" in (first.html or "").replace("</dt>", "")
    assert "as written" not in second.text()


def test_years_without_a_capture_are_drawn_too() -> None:
    assert _every_year(Counter({"2018": 2, "2021": 1})) == [
        ("2018", 2),
        ("2019", 0),
        ("2020", 0),
        ("2021", 1),
    ]
    assert _every_year(Counter({"0001": 1, "2021": 1})) == [("0001", 1), ("2021", 1)]
    assert _every_year(Counter()) == []


def test_a_ribbon_is_full_and_hides_no_band() -> None:
    assert draw_ribbon((("kept", 0),), "t", "k") == ""
    drawn = HTMLParser(draw_ribbon((("worrying", 1), ("kept", 99_999)), "t", "k"))
    widths = [float(node.attributes["width"] or 0) for node in drawn.css("rect")]
    assert min(widths) >= 2
    assert sum(widths) == pytest.approx(720, abs=0.2)


def test_what_nobody_knows_is_no_good_news(tmp_path: Path) -> None:
    untold = named_article("a.md", standing_finding(Standing.UNRESOLVED, "https://x.org/"))
    write_report(tmp_path / "untold", [untold], None)
    first = tree_of(tmp_path / "untold" / "index.html")
    assert {node.attributes["class"] for node in first.css(".tiles li")} == {"open"}
    said = first.css_first("main")
    assert said is not None
    assert "0 of 1 original checked (0%) have a usable capture" in said.text()
    assert "Nothing is known yet, neither good nor bad" in said.text()
    assert "Nothing is lost" not in said.text()
    write_report(tmp_path / "empty", [], None)
    assert "No article has been read yet" in (tmp_path / "empty" / "index.html").read_text("utf-8")


def test_many_changes_are_counted_and_said_where_they_are(tmp_path: Path) -> None:
    gone = article(0).links[0]
    kinds = (*("fixed",) * 40, *("regressed",) * 40, *("still",) * 40)
    since = Since(at=NOW, changes=[Change(kind, Standing.ARCHIVED, gone) for kind in kinds])
    write_report(tmp_path, [article(0)], manifest(), previous=since)
    page = tree_of(tmp_path / "index.html")
    named = [node.text() for node in page.css("table.stacked tbody th")]
    assert named == ["regressed"] * 40 + ["mended"] * 20
    said = (page.css_first("main") or page).text()
    assert "regressed: 40 · mended: 40 · still so: 40" in said
    assert "And 20 more: linkcheck report --since last lists them all." in said

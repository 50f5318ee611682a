"""Every rule of the audit fires, and only where it should."""

import datetime as dt
import re
from pathlib import Path

import pytest

from linkcheck.audit.publication import publication_day
from linkcheck.urls.likeness import Likeness
from tests.command import Ran, audit, linkcheck

PACKAGE = Path(__file__).parents[1] / "linkcheck"
TS = "20210712023725"
PAGE = "https://a.example/p"
WEB = "https://web.archive.org/web"
DATED = "date: 2021-07-01\n"


def article(
    body: str = "", *, url: str = f"{WEB}/{TS}/{PAGE}", origin: str = PAGE, more: str = DATED
) -> str:
    pair = f"url: {url}\n" * bool(url) + f"original_url: {origin}\n" * bool(origin)
    return f"---\n{pair}{more}---\n{body}\n"


def pair(origin: str) -> str:
    return article(origin=origin)


# fmt: off
ROWS = {
    # rule                         (article,                                        line, severity)
    "pair-encoding":               (article(url=f"{WEB}/{TS}/https://a.example/%7Ep", origin="https://a.example/~p"), 3, "info"),
    "pair-fragment":               (pair(f"{PAGE}#x"), 3, "info"),
    "pair-scheme":                 (pair("http://a.example/p"), 3, "info"),
    "pair-www":                    (pair("https://www.a.example/p"), 3, "info"),
    "pair-port":                   (pair("https://a.example:443/p"), 3, "info"),
    "pair-slash":                  (pair(f"{PAGE}/"), 3, "info"),
    "pair-query-order":            (article(url=f"{WEB}/{TS}/{PAGE}?a=1&b=2", origin=f"{PAGE}?b=2&a=1"), 3, "info"),
    "pair-case":                   (pair("https://a.example/P"), 3, "warning"),
    "pair-key":                    (pair(f"{PAGE}?PHPSESSID={'0' * 32}"), 3, "warning"),
    "pair-glued-text":             (pair(f"{PAGE}（圖）"), 3, "warning"),
    "pair-different":              (pair("https://b.example/p"), 3, "error"),
    "pair-incomplete":             (article(origin=""), 2, "warning"),
    "url-not-archived":            (article(url=PAGE), 2, "warning"),
    "captured-before-publication": (article(more="date: 2021-08-01\n"), 2, "warning"),
    "days-to-capture":             (article(), 2, "info"),
    "date-missing":                (article(more="title: x\n"), 1, "warning"),
    "date-unreadable":             (article(more="date: soon\n"), 4, "warning"),
    "timestamp-missing":           (article(f"[a]({WEB}/*/{PAGE})"), 6, "info"),
    "timestamp-malformed":         (article(f"\n[a]({WEB}/2021/{PAGE})"), 7, "warning"),
    "timestamp-future":            (article(f"[a]({WEB}/29990101000000/{PAGE})"), 6, "error"),
    "timestamp-before-1996":       (article(f"[a]({WEB}/19951231235959/{PAGE})"), 6, "error"),
    "host-less-link":              (article(f"[a](/web/{TS}/{PAGE})"), 6, "info"),
    "repaired-link":               (article("[a](http:/a.example/)"), 6, "info"),
    "nested-archive":              (article(f"[a]({WEB}/{TS}/{WEB}/{TS}/{PAGE})"), 6, "warning"),
    "plain-http-archive-link":     (article(f"[a](http://web.archive.org/web/{TS}/{PAGE})"), 6, "warning"),
    "not-a-url":                   (article("[a](《今號琴刊》)"), 6, "warning"),
    "empty-image-source":          (article('<img src="">'), 6, "warning"),
    "local-target-missing":        (article("[a](absent.md)"), 6, "warning"),
    "front-matter-damaged":        ("---\n- x\n---\n", 2, "error"),
    "not-text":                    ("\0", 1, "error"),
    "not-utf-8":                   ("\n\n\udcff", 3, "warning"),
    "too-large":                   ("x" * 2_000, 1, "error"),
}
# fmt: on
OF_MANY = {"duplicate-original", "furniture", "unreadable"}  # tested below and in test_bad_files


def audited(folder: Path, text: str, *more: str) -> Ran:
    (folder / "a.md").write_bytes(text.encode("utf-8", "surrogateescape"))
    return audit(folder / "a.md", "--max-file-bytes", "1999", *more)


@pytest.mark.parametrize("rule", ROWS)
def test_every_rule_fires_with_its_line(tmp_path: Path, rule: str) -> None:
    text, line, severity = ROWS[rule]
    rows = [row for row in audited(tmp_path, text).rows if row["rule"] == rule]
    assert [(row["line"], row["severity"]) for row in rows] == [(line, severity)]
    assert rows[0]["message"]
    assert rows[0]["advice"] or severity == "info"


def test_no_rule_lacks_a_row() -> None:
    named = {f"pair-{grade}" for grade in Likeness if grade is not Likeness.EXACT}
    for room in ("audit", "readers", "collection"):
        for path in (PACKAGE / room).rglob("*.py"):
            text = path.read_text()
            named |= set(re.findall(r'rule="([a-z0-9-]+)"', text))
            named |= set(
                re.findall(r'^\s+(?:rule, )?"([a-z0-9]+(?:-[a-z0-9]+)+)",$', text, re.MULTILINE)
            )
            named |= set(re.findall(r'_about_date\(.*?"([a-z-]+)", ', text))
            named |= set(re.findall(r'\("([a-z]+-[a-z-]+)", Severity', text))
            named |= set(re.findall(r'field, "([a-z-]+)"', text))
            named |= set(re.findall(r'UNREADABLE = "([a-z-]+)"', text))
            named |= set(re.findall(r'given,\s+"([a-z-]+)"', text))
    assert named - {"front-matter"} == set(ROWS) | OF_MANY


def test_a_sound_article_has_nothing_but_its_distance(tmp_path: Path) -> None:
    ran = audited(tmp_path, article("[me](a.md) [x](https://b.example/)"))
    assert [row["rule"] for row in ran.rows] == ["days-to-capture"]
    assert ran.code == 0
    assert "captured 11 days after publication" in ran.out


@pytest.mark.parametrize(
    ("front", "rules"),
    [
        ("url: /2021/a-page/\ndate: 2021-07-01", []),  # a permalink of Hugo's, no pair
        (f"url: /p/\noriginal_url: {PAGE}\ndate: 2021-07-01", ["url-not-archived"]),
        ("title: x\ndate: 2021-07-01", []),
        (f"original_url: {PAGE}\ndate: 2021-07-01", ["pair-incomplete"]),
        ("url: 《今號琴刊》\noriginal_url: also no URL\ndate: 2021-07-01", ["not-a-url"] * 2),
        (f"url: {PAGE}\narchive_url: {WEB}/{TS}/{PAGE}\noriginal_url: {PAGE}", ["date-missing"]),
    ],
)
def test_pairs(tmp_path: Path, front: str, rules: list[str]) -> None:
    rows = audited(tmp_path, f"---\n{front}\n---\n").rows
    assert [row["rule"] for row in rows] == rules


@pytest.mark.parametrize(
    ("date", "captured", "rule", "words"),
    [
        # A day begins 14 hours earlier where the sun rises first.
        ("2021-07-12", "20210711100000", "days-to-capture", "captured 0 days after"),
        ("2021-07-12", "20210711095959", "captured-before-publication", "1 day before"),
        ("2021-07-12", "20210712000000", "days-to-capture", "captured 0 days after"),
        ("2021-07-12", "20210713000000", "days-to-capture", "captured 1 day after"),
        ("2021-07-12T23:59:59+08:00", "20210712000000", "days-to-capture", "captured 0 days"),
        ("2018-06-12", "20210712000000", "days-to-capture", "captured 1,126 days after"),
        ("2021-07-12", "2021", "captured-before-publication", "192 days before"),
    ],
)
def test_the_day_of_publication_against_the_moment_of_capture(
    tmp_path: Path, date: str, captured: str, rule: str, words: str
) -> None:
    text = article(url=f"{WEB}/{captured}/{PAGE}", more=f"date: {date}\n")
    (row,) = [row for row in audited(tmp_path, text).rows if "capture" in row["rule"]]
    assert row["rule"] == rule
    assert words in row["message"]


@pytest.mark.parametrize(
    "text",
    ["2021-07-12", "2021/7/12", "2021.07.12", "20210712", "2021年7月12日", "2021-07-12T10:00:00Z",
     "2021-07-12 10:00:00 +0800", "Mon, 12 Jul 2021 02:37:25 GMT", "12 July 2021", "July 12, 2021",
     "Jul 12, 2021", " 2021-07-12 "],
)  # fmt: skip
def test_the_ways_people_write_a_day(text: str) -> None:
    assert publication_day(text) == dt.date(2021, 7, 12)


@pytest.mark.parametrize(
    "text", ["soon", "2021", "2021-13-01", "2021-02-30", "12/07/2021", "99999999", "", "\x00", "1" * 99]
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert publication_day(text) is None


@pytest.mark.parametrize("date", ["date: 20210701", "date: 2021-07-01", "published: '2021-07-01'"])
def test_dates_of_any_type_are_read(tmp_path: Path, date: str) -> None:
    assert "captured 11 days" in audited(tmp_path, article(more=f"{date}\n")).out


@pytest.mark.parametrize(
    "target",
    ["b.md", "b", "b/", "./b.md#part", "b.md?x=1", "sub/c.md", "sub", "sub/c/", "../posts/b", "../b/",
     "with%20blank.md", "<with blank.md>", "question?.md", "a&amp;b.md", "#part", "/anywhere/", "文.md",
     "%E6%96%87.md", "figure.png"],
)  # fmt: skip
def test_local_targets_that_are_there(tmp_path: Path, target: str) -> None:
    posts = tmp_path / "posts"
    (posts / "sub").mkdir(parents=True)
    for name in (
        "b.md",
        "sub/_index.md",
        "sub/c.md",
        "with blank.md",
        "question?.md",
        "a&b.md",
        "文.md",
    ):
        (posts / name).touch()
    (posts / "a").mkdir()  # of a page bundle beside its page
    (posts / "a" / "figure.png").touch()
    rows = audited(posts, article(f"[x]({target})")).rows
    assert [row["rule"] for row in rows] == ["days-to-capture"]


@pytest.mark.parametrize(
    "target", ["absent", "absent.md", "../absent/", "b.md/c", "x" * 200, "%00"]
)
def test_local_targets_that_are_not(tmp_path: Path, target: str) -> None:
    (tmp_path / "b.md").touch()
    rows = audited(tmp_path, article(f"[x]({target})")).rows
    assert "local-target-missing" in [row["rule"] for row in rows]


def test_two_articles_citing_one_original(tmp_path: Path) -> None:
    for name, origin in (
        ("a", PAGE),
        ("b", f"http://www.{PAGE[8:]}/"),
        ("c", "https://c.example/"),
    ):
        (tmp_path / f"{name}.md").write_text(article(origin=origin))
    rows = [row for row in audit(tmp_path).rows if row["rule"] == "duplicate-original"]
    assert [(row["article"].rpartition("/")[2], row["line"]) for row in rows] == [("b.md", 3)]
    assert "a.md:3 cites the same original" in rows[0]["message"]


@pytest.mark.parametrize(
    ("with_link", "of", "fires"), [(10, 10, True), (10, 20, True), (9, 9, False), (10, 21, False)]
)
def test_one_link_on_most_pages_is_furniture(
    tmp_path: Path,
    with_link: int,
    of: int,
    fires: bool,  # noqa: FBT001 a table's cell
) -> None:
    for number in range(of):
        link = "[x](https://n.example/#a) [x](https://n.example/)" if number < with_link else ""
        (tmp_path / f"{number:02}.md").write_text(f"\n{link}\n")
    rows = [row for row in audit(tmp_path).rows if row["rule"] == "furniture"]
    assert [(row["line"], row["severity"]) for row in rows] == [(2, "info")] * fires
    if fires:
        assert f"in {with_link} of {of} articles" in rows[0]["message"]


def test_furniture_is_the_same_over_processes(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(f"<https://n.example/> <https://{number}.example/>")
    alone, both = audit(tmp_path, "-T", "1"), audit(tmp_path, "-T", "2")
    assert alone == both
    assert "n.example/ stands in 300 of 300 articles" in alone.out


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (article(), [], 0),
        (article(), ["--fail-on", "info"], 2),
        (article("[a](absent.md)"), [], 0),
        (article("[a](absent.md)"), ["--fail-on", "warning"], 2),
        (pair("https://b.example/"), [], 2),
        (pair("https://b.example/"), ["--fail-on", "never"], 0),
        (pair("https://b.example/"), ["--fail-on", "error", "--least", "error"], 2),
        (article(), ["--fail-on", "grave"], 3),
        (article(), ["--least", "grave"], 3),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, options: list[str], code: int) -> None:
    assert audited(tmp_path, text, *options).code == code


def test_what_matters_too_little_is_counted_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article("[a](absent.md)"))
    table = linkcheck("audit", tmp_path)
    assert "local-target-missing" in table.out
    assert "days-to-capture" not in table.out
    assert "1 article audited: 0 error, 1 warning, 1 info; --least info shows the 1" in table.err
    assert "days-to-capture" in linkcheck("audit", tmp_path, "--least", "info").out
    assert audit(tmp_path, "--least", "error").out == ""


def test_the_first_five_fields_are_a_promise(tmp_path: Path) -> None:
    ran = audited(tmp_path, article())
    assert list(ran.rows[0])[:5] == ["article", "line", "rule", "severity", "message"]
    head = audit(tmp_path, form="csv").out.splitlines()[0]
    assert head.split(",")[:5] == ["article", "line", "rule", "severity", "message"]

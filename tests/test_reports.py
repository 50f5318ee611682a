"""What a scan found, in every format: promised fields, hostile text, the same text twice."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

import msgspec
import pytest

from linkcheck.model.finding import ArticleFindings, Strikes
from linkcheck.model.link import Kind
from linkcheck.model.manifest import Ended, Ending, Sampled
from linkcheck.model.summary import Count, Summary
from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict, ProofKind, Standing
from linkcheck.reports import About, report_formats, row_formats
from linkcheck.reports.document import SCHEMA_VERSION, Document
from linkcheck.reports.findings.markdown import code
from linkcheck.reports.known import outlook, proofs
from linkcheck.reports.row import FindingRow, row_of
from linkcheck.reports.schema import KINDS, schema
from linkcheck.reports.summary import summarise
from linkcheck.reports.wording import wording
from tests.report_parts import (
    AT,
    HOSTILE,
    STAMP,
    archive_side,
    article,
    finding,
    hostile,
    link,
    manifest,
)

_A, _L, _S = ArchiveVerdict, LiveVerdict, Standing
FORMATS = ("csv", "csv-excel", "github", "json", "junit", "markdown", "ndjson")
PROMISED = (
    "article line column role raw original archive timestamp modifier kind reason archive_verdict"
    " archive_rule archive_proof capture_timestamp distance_seconds live_verdict live_rule"
    " live_method live_final_url standing strikes checked_at"
).split()
# What no text may hold that a terminal, a browser or a log shows.
OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def written(form: str, articles: Iterable[ArticleFindings], **more: object) -> str:
    told = list(articles)
    about = About(summary=summarise(told), manifest=manifest(), **more)  # type: ignore[arg-type]
    return b"".join(report_formats()[form].write(told, about)).decode()


def some() -> list[ArticleFindings]:
    return [
        article(
            finding("https://x.org/good"),
            finding("https://x.org/lost", _A.MISSING, _L.GONE, 3, line=2),
            finding("https://x.org/feared", _A.MISSING, _L.GONE, 1, line=3),
            finding("https://x.org/nav", _A.MISSING, _L.GONE, 3, line=4, furniture=True),
            finding("https://x.org/silent", _A.UNKNOWN, _L.UNKNOWN, line=5),
            finding("mailto:x", None, None, line=6, link=link("mailto:x", kind=Kind.UNSUPPORTED)),
        ),
        article(
            finding("https://x.org/lost", _A.MISSING, _L.GONE, 3, article="b.md"),
            finding("https://x.org/nav", _A.MISSING, _L.GONE, 3, article="b.md", furniture=True),
            finding("https://x.org/withheld", _A.EXCLUDED, _L.GONE, 3, article="b.md"),
            name="b.md",
        ),
    ]


def test_every_format_is_found_by_its_file() -> None:
    assert tuple(report_formats()) == FORMATS
    assert tuple(row_formats()) == ("csv", "ndjson", "table")


@pytest.mark.parametrize("form", FORMATS)
def test_two_reports_are_the_same_bytes(form: str) -> None:
    assert written(form, some()) == written(form, some())


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_still_a_report(form: str) -> None:
    text = written(form, [])
    if form == "json":
        assert json.loads(text)["articles"] == []
    elif form == "junit":
        assert len(ET.fromstring(text)) == 0  # noqa: S314 our own


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_is_inert(form: str) -> None:
    text = written(form, hostile())
    assert not OBEYED.search(text.replace("\r\n", "\n"))
    assert "\x1b" not in text


def test_the_promised_fields_come_first_and_in_order() -> None:
    fields = [json.loads(line) for line in written("ndjson", some()).splitlines()]
    assert len(fields) == 9
    assert all(list(one)[: len(PROMISED)] == PROMISED for one in fields)
    lost = fields[1]
    assert {name: lost[name] for name in PROMISED} == {
        "article": "a.md",
        "line": 2,
        "column": 3,
        "role": "link",
        "raw": "https://x.org/lost",
        "original": "https://x.org/lost",
        "archive": "wayback",
        "timestamp": STAMP,
        "modifier": None,
        "kind": "archived",
        "reason": None,
        "archive_verdict": "missing",
        "archive_rule": "listed-good",
        "archive_proof": "listed",
        "capture_timestamp": STAMP,
        "distance_seconds": -60,
        "live_verdict": "gone",
        "live_rule": "answers-404",
        "live_method": "link",
        "live_final_url": "https://x.org/lost",
        "standing": "lost",
        "strikes": 3,
        "checked_at": "2026-11-20T12:00:00Z",
    }
    assert lost["archive_record"] == "<urn:uuid:1>"
    assert lost["live_record"] == "<urn:uuid:2>"
    assert lost["suggestion"] == f"https://web.archive.org/web/{STAMP}id_/https://x.org/lost"
    assert (lost["confirmed"], fields[2]["confirmed"], fields[2]["strikes"]) == (True, False, 1)


def test_links_without_sides_say_why() -> None:
    found = finding(
        "x", None, None, link=link("x", kind=Kind.NOT_A_URL, reason="prose"), reason="prose"
    )
    row = row_of(found)
    assert (row.reason, row.archive_verdict, row.live_verdict) == ("prose", None, None)
    assert row.standing is Standing.NOT_CHECKED


def test_ndjson_keeps_every_character() -> None:
    for line, text in zip(written("ndjson", hostile()).splitlines()[::2], HOSTILE, strict=True):
        assert json.loads(line)["raw"] == text.encode("utf-8", "replace").decode()


def test_json_is_what_its_type_says() -> None:
    for articles in (some(), hostile()):
        text = written("json", articles)
        document = msgspec.json.decode(text, type=Document, strict=True)
        assert document.schema_version == SCHEMA_VERSION
        assert document.manifest == manifest()
        assert document.summary.articles == len(document.articles) == len(articles)
    assert document.summary.originals == len(HOSTILE)


def test_csv_opens_in_a_spreadsheet() -> None:
    text = written("csv", hostile())
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 2 * len(HOSTILE)
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip(" ").startswith(("=", "+", "@", "\t", "\r", "＝"))
            assert not re.match(r" *-(?!\d+$)", cell)
    assert rows[0]["checked_at"] == AT.isoformat()
    assert (rows[0]["confirmed"], rows[0]["distance_seconds"]) == ("true", "-60")
    assert not text.startswith("\ufeff")
    assert written("csv-excel", some()) == f"\ufeff{written('csv', some())}"


def test_markdown_tells_the_standings_first_and_stays_short() -> None:
    text = written("markdown", some())
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert heads == [
        "Provenance of the links",
        "Lost",
        "Withheld",
        "Feared lost",
        "Furniture",
        "Why links are unresolved",
    ]
    assert "7 distinct originals, 2 articles, 9 links." in text
    assert "| lost | 1 | 2 | 2 | no usable capture found" in text
    assert "| furniture | 1 | 2 | 2 |" in text
    assert "- `https://x.org/lost`\n" in text
    assert "  - `a.md:2`, `b.md:1`\n" in text
    assert "`https://x.org/feared` (suspicion: 1 of 3)" in text
    assert "With 95% confidence, at most 0.8% of the captures that are only listed are bad" in text
    many = [article(*(finding(f"https://x.org/{at}", _A.MISSING, _L.GONE, 3) for at in range(99)))]
    assert "and 89 more" in written("markdown", many)
    assert (
        "Run `20261120-1`, 2026-11-20 12:00 to 2026-11-20 12:00 UTC: complete: everything" in text
    )


def test_markdown_and_annotations_speak_the_language_that_is_asked_for() -> None:
    text = written("markdown", some(), lang="zh-Hant")
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    assert heads == ["連結的來源", "佚失", "不予公開", "恐已佚失", "導覽", "未能判定的原因"]
    assert "| 佚失（lost） | 1 | 2 | 2 | 在查詢過的檔案館中找不到可用的存檔；" in text
    told = re.sub(r"(`+).*?\1|https?://\S+|（[a-z-]+）|\|[-:|]+\|", "", text)
    left = set(re.findall(r"[A-Za-z]{3,}", told))
    assert left <= {"UTC", "linkcheck", "furniture"}, "nothing is left in English but names"
    for form in ("junit", "github"):
        assert "文章的文字仍存於此" in written(form, some(), lang="zh-Hant")


def test_markdown_fits_into_an_issue_whatever_is_in_it() -> None:
    long = [
        article(
            *(
                finding(
                    f"{standing}{at}{'`x' * 999}",
                    _A.MISSING,
                    _L.GONE,
                    article=f"{'深' * 999}{number}.md",
                    standing=standing,
                )
                for standing in Standing
                for at in range(99)
            )
        )
        for number in range(6)
    ]
    text = written("markdown", long + hostile())
    assert len(text) < 65_536
    assert text.endswith("other formats have it.\n")


@pytest.mark.parametrize("text", [*HOSTILE, "", " ", "`"])
def test_code_holds_anything(text: str) -> None:
    shown = code(text)
    fence = re.match("`+", shown)
    assert fence is not None
    inner = shown[len(fence[0]) : -len(fence[0])]
    assert shown.endswith(fence[0])
    assert fence[0] not in re.findall("`+", inner)
    assert "\n" not in shown
    assert len(shown) < 3_000


def test_junit_fails_what_is_confirmed_only() -> None:
    suites = ET.fromstring(written("junit", some()))  # noqa: S314 our own
    assert [suite.get("name") for suite in suites] == ["a.md", "b.md"]
    counts = [(s.get("tests"), s.get("failures"), s.get("skipped")) for s in suites]
    assert counts == [("6", "2", "2"), ("3", "2", "0")]  # navigation fails once
    failed = [
        case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None
    ]
    assert failed[0] == "2:3 link https://x.org/lost"
    ET.fromstring(written("junit", hostile()))  # noqa: S314 our own


def test_github_annotations() -> None:
    lines = written("github", some()).splitlines()
    assert [line.split()[0] for line in lines] == [
        "::error",
        "::warning",
        "::error",
        "::error",
        "::error",
    ]
    assert lines[0].startswith(
        "::error file=a.md,line=2,col=3,title=lost::https://x.org/lost — lost, "
    )
    for line in written("github", hostile()).splitlines():
        assert re.fullmatch(
            r"::(error|warning) file=[^,:]*,line=\d+,col=\d+,title=[^,:]*::.*", line
        )


def test_a_summary_counts_originals_articles_and_occurrences() -> None:
    summary = summarise(some())
    assert dict(summary.standings)[_S.LOST] == Count(originals=1, articles=2, occurrences=2)
    assert summary.furniture == ((_S.LOST, Count(originals=1, articles=2, occurrences=2)),)
    assert (summary.originals, summary.articles, summary.links) == (7, 2, 9)
    assert summary.failing == 3
    assert summary.unresolved == (("unknown: listed-good", 1),)
    assert [one.original for one in summary.named if not one.furniture] == [
        "https://x.org/lost",
        "https://x.org/withheld",
        "https://x.org/feared",
    ]
    assert summary.count(_S.AT_RISK) == Count()
    assert summarise(some(), named=0).unnamed == (
        (_S.LOST, 1),
        (_S.WITHHELD, 1),
        (_S.FEARED_LOST, 1),
    )


def test_fragments_make_no_other_original() -> None:
    summary = summarise([article(finding("https://x.org/a#b"), finding("https://x.org/a#c"))])
    assert summary.originals == 1


def test_a_summary_tells_listed_from_replayed() -> None:
    replayed = archive_side(_A.CAPTURED, "https://x.org/b", proof=ProofKind.DIGEST_MATCH)
    summary = summarise([article(finding(), finding(), finding("https://x.org/b"))])
    assert (summary.listed, summary.replayed) == (2, 0)
    both = finding("https://x.org/b")
    both = msgspec.structs.replace(both, archive=replayed)
    summary = summarise([article(finding(), both, both)])
    assert (summary.listed, summary.replayed) == (1, 1)


def test_regressed_stands_on_the_first_page() -> None:
    fallen = finding(
        "https://x.org/r",
        _A.MISSING,
        _L.ALIVE,
        1,
        archive_strikes=Strikes(strikes=1, regressed=True),
    )
    summary = summarise([article(finding("https://x.org/z", _A.MISSING, _L.ALIVE, 1), fallen)])
    assert summary.regressed == Count(originals=1, articles=1, occurrences=1)
    assert summary.named[0].original == "https://x.org/r"
    text = written("markdown", [article(fallen)])
    assert text.index("## Regressed") < text.index("## At risk")


def test_every_standing_has_its_careful_words() -> None:
    for standing in Standing:
        assert wording().meaning(standing)
    assert "only custodian among the archives asked" in wording().meaning(_S.ARCHIVE_ONLY_ELSEWHEN)
    assert "sameness not tested" in wording().meaning(_S.ARCHIVED_AND_LIVE)
    assert "text survives here" in wording().meaning(_S.LOST)


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        (Sampled(size=0, bad=0, bound=1), "nothing can be said"),
        (Sampled(size=400, bad=0, bound=0.0075), "drew 400 by lot and replayed them: 0 were bad"),
        (Sampled(size=400, bad=1, bound=0.0118), ": 1 was bad"),
        (Sampled(size=40, bad=20, bound=0.63), "at most 63%"),
    ],
)
def test_the_samples_bound_in_words(sample: Sampled, words: str) -> None:
    told = msgspec.structs.replace(
        manifest(), ending=Ending(ended=Ended.COMPLETE, ended_at=AT, sample=sample)
    )
    listed = summarise([article(finding())])
    assert words in " ".join(proofs(listed, told, wording()))


def test_a_sample_says_nothing_where_everything_was_replayed() -> None:
    replayed = archive_side(_A.CAPTURED, "https://x.org/a", proof=ProofKind.DIGEST_MATCH)
    whole = summarise([article(msgspec.structs.replace(finding(), archive=replayed))])
    assert proofs(whole, manifest(), wording()) == [wording().say("ui.proof_all", total=1)]


def test_each_original_is_told_once_by_its_gravest_link() -> None:
    whole = summarise(
        [
            article(
                finding(),  # held here, and missing there
                finding(archive=_A.MISSING, live=_L.ALIVE, strikes=1),
                finding("https://x.org/b"),
                finding("https://x.org/c", _A.UNKNOWN, _L.ALIVE),
                finding("https://x.org/d", _A.UNKNOWN, _L.ALIVE, furniture=True),
            )
        ]
    )
    assert (whole.held, whole.worrying, whole.untold) == (1, 1, 1)
    assert outlook(whole, wording()).startswith("1 of 3 originals checked (33%)")


@pytest.mark.parametrize("ended", Ended)
def test_how_a_run_ended_in_words(ended: Ended) -> None:
    told = msgspec.structs.replace(manifest(), ending=Ending(ended=ended, ended_at=AT))
    assert wording().run(told, told.run).startswith("Run 20261120-1, 2026-11-20 12:00 to")


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_stable_and_name_their_fields(kind: str) -> None:
    found = json.loads(schema(kind))
    assert schema(kind) == schema(kind)
    assert found["x-schema-version"] == SCHEMA_VERSION
    assert KINDS[kind].__name__ in found["$defs"]


def test_the_schema_of_a_finding_has_every_promised_field() -> None:
    properties = json.loads(schema("finding"))["$defs"]["FindingRow"]["properties"]
    assert set(properties) == set(FindingRow.__struct_fields__) >= set(PROMISED)


def test_summaries_are_nouns_that_json_keeps() -> None:
    summary = summarise(some())
    assert msgspec.json.decode(msgspec.json.encode(summary), type=Summary) == summary


def test_one_is_no_plural() -> None:
    one = article(finding("https://x.org/one"))
    text = written("markdown", [one])
    assert "1 distinct original, 1 article, 1 link." in text
    assert "1 of 1 original checked (100%) has a usable capture; 0 need you." in text
    assert not re.search(r"\b1 (originals|articles|links|captures|scans|times)\b", text)
    say = wording().say
    assert say("ui.strikes", strikes=1, needed=3) == "1 of 3 scans agrees"
    assert say("ui.strikes", strikes=2, needed=3) == "2 of 3 scans agree"
    assert "1 capture that answers for links, 0 were replayed and 1 rests on" in say(
        "ui.proof_counts", total=1, replayed=0, listed=1
    )
    assert "2,000 captures that answer for links" in say(
        "ui.proof_counts", total=2_000, replayed=1_000, listed=1_000
    )

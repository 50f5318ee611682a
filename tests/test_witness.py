"""Whether a page says what an article says: over pairs whose answer is known."""

import html
import json
import random
import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from linkcheck.model.evidence import Text
from linkcheck.model.text import ArticleText, TextReading
from linkcheck.readers.markdown import READER
from linkcheck.settings.witness import WitnessSettings
from linkcheck.witness._variants import simplified
from linkcheck.witness.compare import compare
from linkcheck.witness.letters import plain, words_of
from tests import witness_pairs
from tests.sample import ARCHIVE
from tests.witness_pairs import Pair, Story, daily, modern, pairs, plainer, rendered, story
from tests.witness_texts import own_stories

EACH = 10  # pairs of each of the seventeen kinds


def table(readings: Sequence[tuple[Pair, TextReading]]) -> str:
    counts: dict[str, Counter[Text]] = {}
    for pair, reading in readings:
        counts.setdefault(pair.kind, Counter())[reading.text] += 1
    return "\n".join(
        f"{kind:24}" + "  ".join(f"{text} {count[text]:3}" for text in Text if count[text])
        for kind, count in counts.items()
    )


@pytest.fixture(scope="module")
def stories() -> tuple[Story, ...]:
    return own_stories()


def some_articles(every: int) -> Iterator[tuple[str, bytes]]:
    """Read some of the sample without unpacking all of it to the disk."""
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            if member.name.endswith(".md") and zlib.crc32(member.name.encode()) % every == 0:
                file = archive.extractfile(member)
                assert file is not None
                yield member.name, file.read()


@pytest.mark.sample
@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the shared sample is absent")
def test_labelled_pairs_of_the_sample() -> None:
    told = [story(READER.read(content, name)) for name, content in sorted(some_articles(12))]
    readings = [
        (pair, compare(pair.article, pair.page, pair.media_type)) for pair in pairs(told, EACH)
    ]
    print(f"\n{table(readings)}")  # noqa: T201 shown by `pytest -s`
    assert len(readings) >= 15 * EACH
    wrong = [(pair.kind, pair.article.title, r) for pair, r in readings if r.text not in pair.right]
    assert not wrong


def test_own_pairs(stories: tuple[Story, ...]) -> None:
    for one in stories:
        others = [other for other in stories if other is not one]
        for paper in (daily, plainer, modern):
            reading = compare(one.said, paper(one.title, rendered(one.paragraphs), others).encode())
            assert (reading.text, paper.__name__) == (Text.AGREES, paper.__name__), reading
            for other in others:
                reading = compare(
                    one.said, paper(other.title, rendered(other.paragraphs), [one]).encode()
                )
                assert reading.text is Text.DISAGREES, reading


def test_own_front_list_and_error_pages(stories: tuple[Story, ...]) -> None:
    for one in stories:
        front = daily("每日新聞", witness_pairs._listed(stories), [])
        assert compare(one.said, front.encode()).text is Text.DISAGREES
        listed = daily("要聞", witness_pairs._listed(stories, summaries=True), [])
        assert compare(one.said, listed.encode()).text is not Text.AGREES
        for title, body in witness_pairs._ERRORS:
            error = f"<html><title>{title}</title><body>{body}</body></html>"
            assert compare(one.said, error.encode()).text is Text.DISAGREES


def test_an_edited_page_agrees_and_a_stub_does_not(stories: tuple[Story, ...]) -> None:
    for one in stories:
        parts = one.paragraphs[2:-2]
        edited = "".join(f"<p>{html.escape(part)}</p>" for part in (*parts[:1], *parts[2:]))
        page = daily(one.title, f"<p>更正 Correction.</p>{edited}", [])
        assert compare(one.said, page.encode()).text is Text.AGREES
        stub = daily(one.title, f"<p>{html.escape(parts[0])}</p><p>登入以繼續閱讀</p>", [])
        assert compare(one.said, stub.encode()).text is Text.UNDECIDED


def test_both_scripts_are_one(stories: tuple[Story, ...]) -> None:
    one = stories[0]
    page = simplified(daily(one.title, rendered(one.paragraphs), [])).encode("gb18030")
    assert compare(one.said, page, "text/html; charset=gb2312").text is Text.AGREES
    assert simplified(one.title) != one.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "big5hkscs", "gb18030", "utf-16"])
@pytest.mark.parametrize("said", ["{}", "iso-8859-1", "no-such", None])
def test_encodings_are_found_whatever_is_said(
    stories: tuple[Story, ...], encoding: str, said: str | None
) -> None:
    one = stories[1]
    page = plainer(one.title, rendered(one.paragraphs), []).encode(encoding, "xmlcharrefreplace")
    media_type = None if said is None else f"text/html; charset={said.format(encoding)}"
    assert compare(one.said, page, media_type).text is Text.AGREES


def test_widths_entities_and_blanks_are_no_difference(stories: tuple[Story, ...]) -> None:
    one = stories[0]
    text = (
        one.said.text.replace("，", " ,&nbsp;").replace("七", "&#19971;").replace("\n", "<br>\r\n ")
    )
    page = f"<html><title>x</title><body>{'</b><b>'.join(text)}</body></html>"
    assert compare(one.said, page.encode()).text is Text.AGREES


CASES = [
    pytest.param(b"", "empty", id="empty"),
    pytest.param(b"\xff\xd8\xff\xe0 jpeg", "image", id="image"),
    pytest.param(b"%PDF-1.7 text", "PDF", id="pdf"),
    pytest.param(b"<html><body><div id=root></div></body></html>", "no text", id="no text"),
    pytest.param(
        b"<html><body><div id=root>Loading</div><script src=a.js></script></body></html>",
        "scripts",
        id="scripts",
    ),
    pytest.param(b"<html><body><p>An article on something el", "breaks off", id="breaks off"),
    pytest.param(b"<html><body>Some words<!-- never ended", "breaks off", id="comment"),
    pytest.param(
        b"<html><body>" + b"\xff\xfe\xfa " * 99 + b"</body></html>", "encoding", id="bytes"
    ),
]


@pytest.mark.parametrize(("page", "words"), CASES)
def test_what_cannot_be_read_condemns_nothing(
    stories: tuple[Story, ...], page: bytes, words: str
) -> None:
    reading = compare(stories[0].said, page, "text/html")
    assert reading.text is Text.UNDECIDED
    assert words in reading.reason


NAVIGATION = "<nav>" + "<a href=/>要聞 港聞 國際 兩岸 財經 Section of the paper</a>" * 9 + "</nav>"
ELSEWHERE = {
    "frames": "<frameset cols=20%,*><frame src=a.html><noframes>此網頁使用框架</noframes>",
    "a frame": "<title>每日</title><body><p>某人的博客</p><iframe src=/view></iframe></body>",
    "sends on": "<meta http-equiv=refresh content='0; url=/new'><body>This page has moved.</body>",
    "scripts fill": f"<body>{NAVIGATION}<div class=a id='__next'> </div><script src=a.js></script>",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_page_that_shows_another_condemns_nothing(stories: tuple[Story, ...], name: str) -> None:
    for one in stories:
        reading = compare(one.said, f"<html>{ELSEWHERE[name]}</html>".encode())
        assert (reading.text, name in reading.reason) == (Text.UNDECIDED, True), reading


@pytest.mark.parametrize("escaped", [True, False])
def test_text_in_the_scripts_condemns_nothing(stories: tuple[Story, ...], *, escaped: bool) -> None:
    for one in stories:
        other = stories[one is stories[0]]
        for kept, text in ((one, Text.UNDECIDED), (other, Text.DISAGREES)):
            state = json.dumps({"body": kept.said.text}, ensure_ascii=escaped)
            page = f"<html><title>每日</title><body>{NAVIGATION}<script>x = {state}</script></body>"
            reading = compare(one.said, f"{page}</html>".encode())
            assert reading.text is text, reading


def test_a_page_that_renews_itself_is_judged(stories: tuple[Story, ...]) -> None:
    renewed = b"<meta http-equiv=refresh content='300; url=/'>"
    page = b"<html>%b<body>Something quite different.</body></html>" % renewed
    assert compare(stories[0].said, page).text is Text.DISAGREES


def test_signs_within_words_are_no_difference(stories: tuple[Story, ...]) -> None:
    english = next(one for one in stories if one.english)
    for sign in ("&shy;", "\u200b", "\u2060", "\u0332"):
        body = re.sub(r"(?<=\w{3})(?=\w{3})", sign, rendered(english.paragraphs))
        reading = compare(english.said, plainer(english.title, body, []).encode())
        assert (reading.text, reading.score) == (Text.AGREES, 1.0), (sign, reading)


def test_words_are_whole_where_vowels_are_signs() -> None:
    assert words_of(plain("भारत के प्रधानमंत्री")) == ["भरत", "क", "परधनमतर"]


def test_a_cut_page_condemns_nothing(stories: tuple[Story, ...]) -> None:
    page = b"<html><title>x</title><body><p>Something quite different here.</p></body></html>"
    assert compare(stories[0].said, page).text is Text.DISAGREES
    assert compare(stories[0].said, page, cut=True).text is Text.UNDECIDED
    assert compare(stories[0].said, page, "application/json").text is Text.UNDECIDED


@pytest.mark.parametrize(
    "text", ["", "白宮宣布，美國總統特朗普將於二月底訪問。", "One line of it."]
)
def test_little_text_decides_nothing(stories: tuple[Story, ...], text: str) -> None:
    said = ArticleText(title=stories[0].title, text=text)
    for page in (daily(stories[0].title, f"<p>{text}</p>", []), "<html>Not found</html>"):
        assert compare(said, page.encode()).text is Text.UNDECIDED


SIZE = 2_000_000
HOSTILE = {
    "deep": b"<div>" * (SIZE // 5),
    "unclosed tags": b'<a href="' * (SIZE // 9),
    "mixed quotes": b"<a b='\"" * (SIZE // 7),
    "opens": b"<" * SIZE,
    "comments": b"<!--" * (SIZE // 4),
    "scripts": b"<script></script " * (SIZE // 17),
    "selects": b"<select></select" * (SIZE // 16),
    "unseen": b"<svg><template><noscript>" * (SIZE // 25),
    "titles": b"<title>x</title>" * (SIZE // 16),
    "headings": b"<h1>a</h1>" * (SIZE // 10),
    "references": b"&ab" * (SIZE // 3),
    "endless number": b"&#" + b"9" * SIZE,
    "marks": "\u0300\u0327".encode() * (SIZE // 4),
    "long forms": "\ufdfa".encode() * (SIZE // 3),
    "attributes": b"<a " + b"a=b " * (SIZE // 4) + b">",
    "toolbars": b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->" * (SIZE // 37),
    "nothing": b"\0" * SIZE,
    "no text": b"\xff" * SIZE,
    "any bytes": bytes(range(256)) * (SIZE // 256),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_no_time(stories: tuple[Story, ...], name: str) -> None:
    assert compare(stories[0].said, HOSTILE[name], "text/html").text is not Text.AGREES


@pytest.mark.timeout(20)
def test_marks_among_letters_are_normalised_in_no_time() -> None:
    text = "a" + "\u0300\u0327" * 200_000
    assert compare(ArticleText(title=text, text=text), b"<p>x</p>").text is Text.UNDECIDED


def test_anything_can_be_compared_with_anything(stories: tuple[Story, ...]) -> None:
    dice = random.Random(7)  # noqa: S311 nothing is kept secret
    page = daily(stories[0].title, rendered(stories[0].paragraphs), stories[1:]).encode()
    for at in range(300):
        broken = bytearray(page)
        for _ in range(dice.randrange(1, 40)):
            place = dice.randrange(len(broken))
            broken[place : place + dice.randrange(0, 9)] = dice.randbytes(dice.randrange(0, 5))
        label = f"text/html; charset={dice.choice(['utf-8', 'idna', 'rot13', 'utf-7', 'big5', ''])}"
        reading = compare(stories[0].said, bytes(broken), label)
        assert reading.text is not Text.DISAGREES, (at, reading)


def test_thresholds_can_be_set(stories: tuple[Story, ...]) -> None:
    page = daily(stories[0].title, rendered(stories[0].paragraphs), []).encode()
    strict = WitnessSettings(least_runs=100_000)
    assert compare(stories[0].said, page, settings=strict).text is Text.UNDECIDED

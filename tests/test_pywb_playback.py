"""Playback answers of pywb; synthetic, shapes as a pywb 2.10.0 on loopback gave them (2026-11)."""

import pytest

from linkcheck.archives import pywb_at
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.exchange import Reply
from linkcheck.model.playback import Answer, PlaybackReading
from tests.answers import reply

BASE = "http://127.0.0.1:8080/c/"
ARCHIVE = pywb_at(BASE)
ASKED = ArchivedUrl(
    archive="pywb", timestamp="20180101000000", modifier="id_", inner="http://ex.org/a/page"
)
URL = f"{BASE}20180101000000id_/http://ex.org/a/page"
EXACT = ("Memento-Datetime", "Mon, 01 Jan 2018 00:00:00 GMT")
LATER = ("Memento-Datetime", "Wed, 01 Jan 2020 00:00:00 GMT")


def read(answer: Reply) -> PlaybackReading:
    return ARCHIVE.read_playback(ASKED, answer)


def test_an_exact_capture() -> None:
    link = f'<http://ex.org/a/page>; rel="original", <{BASE}http://ex.org/a/page>; rel="timegate"'
    reading = read(reply("hi", EXACT, ("Link", link), ("Content-Location", URL), url=URL))
    assert reading.answer is Answer.CAPTURE
    assert (reading.timestamp, reading.original) == ("20180101000000", "http://ex.org/a/page")


def test_the_nearest_capture_is_served_in_place() -> None:
    there = f"{BASE}20200101000000id_/http://ex.org/a/page"
    reading = read(reply("hi", LATER, ("Content-Location", there), url=URL))
    assert (reading.answer, reading.timestamp) == (Answer.CAPTURE, "20200101000000")


def test_or_redirected_to() -> None:
    there = f"{BASE}20200101000000id_/http://ex.org/a/page"
    link = '<http://ex.org/a/page>; rel="original"'
    reading = read(reply("", ("Location", there), ("Link", link), status=307, url=URL))
    assert reading.answer is Answer.NEAREST
    assert reading.target is not None
    assert reading.target.timestamp == "20200101000000"


@pytest.mark.parametrize(
    ("location", "inner"),
    [
        ("http://ex.org/page", "http://ex.org/page"),
        ("/page", "http://ex.org/page"),
        ("page?x=/../y", "http://ex.org/a/page?x=/../y"),
        ("//other.org/page", "http://other.org/page"),
        (
            "https://web.archive.org/web/2018/http://x.org/",
            "https://web.archive.org/web/2018/http://x.org/",
        ),
    ],
)
def test_stored_redirects_keep_the_location_that_was_captured(location: str, inner: str) -> None:
    reading = read(reply("", EXACT, ("Location", location), status=302, url=URL))
    assert reading.answer is Answer.REDIRECT
    assert reading.target is not None
    assert (reading.target.inner, reading.target.timestamp) == (inner, "20180101000000")


def test_a_redirect_from_the_nearest_capture_keeps_its_moment() -> None:
    there = f"{BASE}20200101000000id_/http://ex.org/a/page"
    reading = read(
        reply("", LATER, ("Location", "/b"), ("Content-Location", there), status=302, url=URL)
    )
    assert reading.target is not None
    assert (reading.target.timestamp, reading.target.inner) == ("20200101000000", "http://ex.org/b")


@pytest.mark.parametrize(
    "location",
    [f"{BASE}20180101000000mp_/http://ex.org/b", "/c/20180101000000mp_/http://ex.org/b"],
)
def test_rewritten_redirects_are_followed_inside(location: str) -> None:
    url = URL.replace("id_", "mp_")
    reading = read(reply("", EXACT, ("Location", location), status=302, url=url))
    assert reading.target is not None
    assert reading.target.inner == "http://ex.org/b"


@pytest.mark.parametrize("location", ["mailto:a@b.c", "javascript:x", "file:///etc/passwd", "//["])
def test_redirects_to_what_no_archive_holds_lead_nowhere(location: str) -> None:
    reading = read(reply("", EXACT, ("Location", location), status=302, url=URL))
    assert reading.answer is Answer.REDIRECT
    assert (reading.target, reading.outside) == (None, location)


def test_a_frame_is_no_capture() -> None:
    # Framed replay: 200 and the asked moment for everything, archived or not.
    frame = BASE + "20180101000000/http://ex.org/never"
    assert read(reply("<html>frame", EXACT, url=frame)).answer is Answer.UNREADABLE


def test_never_archived() -> None:
    page = "<h4>URL Not Found</h4> could not be found in this collection."
    assert read(reply(page, status=404, url=URL)).answer is Answer.ABSENT


@pytest.mark.parametrize(
    "page",
    [
        "<p>Collection not found: <b>ex</b></p>",
        '<div class="container text-danger error"><h2>Erreur Pywb</h2><p>Collection introuvable',
    ],
)
def test_a_collection_that_it_does_not_have_denies_no_capture(page: str) -> None:
    assert read(reply(page, status=404, url=URL)).answer is Answer.UNREADABLE

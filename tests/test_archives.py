"""Every archive of the catalogue passes these: a new file is tested at once."""

from urllib.parse import parse_qs, urlsplit

import pytest

from linkcheck.archives import Archive, archives, collected, pywb_at
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.exchange import FailureKind, Purpose
from linkcheck.model.index import IndexQuery, IndexState, Scope
from linkcheck.model.pace import ArchivePace, Budget
from linkcheck.model.playback import SILENCE, Answer
from tests.answers import failure, reply

ALL = (*archives(), pywb_at("http://127.0.0.1:8080/collection"))
EACH = pytest.mark.parametrize("archive", ALL, ids=lambda archive: archive.name)
INNER = "https://www.example.org/%e6%96%87,%2C/~x/[1]?q=100%&b=http://y/#part"


@EACH
def test_examples_are_recognised_and_their_originals_are_not(archive: Archive) -> None:
    assert archive.examples
    for example in archive.examples:
        archived = archive.recognise(example)
        assert archived is not None
        assert archived.archive == archive.name
        assert archive.recognise(archived.inner) is None


@EACH
def test_playback_is_asked_for_stored_bytes_of_the_very_url(archive: Archive) -> None:
    asked = ArchivedUrl(
        archive=archive.name, timestamp="20171124151315", modifier="im_", inner=INNER
    )
    request = archive.playback_request(asked)
    assert request.url.endswith("20171124151315id_/" + INNER.partition("#")[0])
    assert request.purpose is Purpose.PLAYBACK
    assert not request.follow
    back = archive.recognise(request.url)
    assert back is not None
    assert (back.timestamp, back.modifier) == ("20171124151315", "id_")


@EACH
def test_playback_without_a_moment_asks_for_the_latest(archive: Archive) -> None:
    asked = ArchivedUrl(archive=archive.name, timestamp=None, modifier=None, inner="http://x.org/")
    assert archive.recognise(archive.playback_request(asked).url) is not None


@EACH
def test_non_ascii_urls_are_written_in_ascii(archive: Archive) -> None:
    asked = ArchivedUrl(
        archive=archive.name, timestamp="2018", modifier=None, inner="https://x.org/文章 \udce6"
    )
    assert archive.playback_request(asked).url.isascii()


@EACH
@pytest.mark.parametrize("scope", Scope)
def test_index_queries_keep_the_url_in_one_piece(archive: Archive, scope: Scope) -> None:
    query = IndexQuery(url=INNER, scope=scope, start="2018", end="201912", limit=1000)
    request = archive.index_request(query)
    asked = parse_qs(urlsplit(request.url).query, keep_blank_values=True, strict_parsing=True)
    assert asked["url"] == [INNER.partition("#")[0]]
    assert asked["matchType"] == [scope.value]
    assert (asked["from"], asked["to"], asked["limit"]) == (["2018"], ["201912"], ["1000"])
    assert "urlkey" in asked["fl"][0].split(",")
    assert request.purpose is Purpose.INDEX


@EACH
@pytest.mark.parametrize("kind", FailureKind)
def test_silence_is_read_as_silence(archive: Archive, kind: FailureKind) -> None:
    url = archive.examples[0]
    asked = archive.recognise(url)
    assert asked is not None
    reading = archive.read_playback(asked, failure(kind, url=url))
    assert reading.answer is Answer.SILENT
    assert reading.failure is kind
    assert (reading.retry_at is not None) == (kind is FailureKind.PAUSED)
    rows, end = collected(archive.read_index(IndexQuery(url="http://x.org/"), failure(kind)))
    assert not rows
    assert end.state is IndexState.SILENT
    assert end.failure is kind


@EACH
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (404, Answer.ABSENT),
        (451, Answer.EXCLUDED),
        (429, Answer.THROTTLED),
        (500, Answer.OFFLINE),
        (502, Answer.OFFLINE),
        (503, Answer.OFFLINE),
        (504, Answer.OFFLINE),
        (520, Answer.OFFLINE),
        (408, Answer.OFFLINE),
        (200, Answer.UNREADABLE),
        (204, Answer.UNREADABLE),
        (302, Answer.UNREADABLE),
        (400, Answer.UNREADABLE),
        (403, Answer.UNREADABLE),
        (410, Answer.UNREADABLE),
        (418, Answer.UNREADABLE),
    ],
)
def test_a_status_without_memento_datetime_is_the_archives(
    archive: Archive, status: int, answer: Answer
) -> None:
    url = archive.playback_request(
        ArchivedUrl(archive=archive.name, timestamp="2018", modifier=None, inner="http://x.org/")
    ).url
    asked = archive.recognise(url)
    assert asked is not None
    reading = archive.read_playback(asked, reply("a page", status=status, url=url))
    assert reading.answer is answer
    assert (answer in SILENCE) == (answer not in {Answer.ABSENT, Answer.EXCLUDED})


@EACH
@pytest.mark.parametrize("status", [200, 203, 206, 403, 404, 410, 429, 500, 503])
def test_a_status_with_memento_datetime_is_the_captures(archive: Archive, status: int) -> None:
    url = archive.playback_request(
        ArchivedUrl(
            archive=archive.name,
            timestamp="20171124151315",
            modifier=None,
            inner="http://x.org/",
        )
    ).url
    asked = archive.recognise(url)
    assert asked is not None
    words = "This URL has been excluded from the Wayback Machine. 429 Too Many Requests. Hrm."
    answer = reply(
        words,
        ("Memento-Datetime", "Fri, 24 Nov 2017 15:13:15 GMT"),
        ("Link", '<http://x.org/>; rel="original"'),
        status=status,
        url=url,
    )
    reading = archive.read_playback(asked, answer)
    assert reading.answer is Answer.CAPTURE
    assert reading.status == status
    assert reading.timestamp == "20171124151315"
    assert reading.original == "http://x.org/"


@EACH
def test_what_another_site_says_is_not_the_archives_word(archive: Archive) -> None:
    asked = archive.recognise(archive.examples[0])
    assert asked is not None
    for status in (200, 403, 404):
        answer = reply(
            "This URL has been excluded from the Wayback Machine.",
            ("Memento-Datetime", "Fri, 24 Nov 2017 15:13:15 GMT"),
            status=status,
            url="https://elsewhere.example/",
        )
        reading = archive.read_playback(asked, answer)
        assert reading.answer is Answer.UNREADABLE
        assert reading.outside == "https://elsewhere.example/"


@EACH
def test_its_pace_ends_with_an_endpoint_for_everything(archive: Archive) -> None:
    pace = archive.pace
    assert pace.name == archive.name
    assert pace.endpoints[-1].paths == ("/",)
    index = urlsplit(archive.index_request(IndexQuery(url="http://x.org/")).url)
    owner = next(each for each in pace.endpoints if index.path.startswith(each.paths))
    assert owner.name == "index"
    assert 1 <= pace.connections <= 4
    assert owner.budget.interval > 0


def test_the_declared_pace_of_the_wayback_machine() -> None:
    wayback = next(archive for archive in archives() if archive.name == "wayback")
    budgets = {
        end.name: (end.budget.requests, end.budget.seconds) for end in wayback.pace.endpoints
    }
    assert budgets["index"] == (24, 60.0)
    assert budgets["playback"] == (8, 1.0)
    assert wayback.pace.connections == 4


def test_a_pace_that_lets_nothing_go_is_refused() -> None:
    with pytest.raises(ValueError, match="lets none go"):
        Budget(requests=0, seconds=1.0)
    with pytest.raises(ValueError, match="at least one"):
        ArchivePace(name="x", hosts=(), endpoints=(), connections=4)
    assert Budget(requests=24, seconds=60.0).spacing < Budget(requests=24, seconds=60.0).interval

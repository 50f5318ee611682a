"""Exit codes 0 to 4 through the real command, and 2 before 4."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.held import Exclusion, Held, holdings
from tests.standin.troubles import Trouble
from tests.town import PAGE, Answer, Town, alive, town

AT = "20200101000000"
HERE, GONE = "https://news.example/a", "https://news.example/gone"
CITED, LOST = (f"https://web.archive.org/web/{AT}/{url}" for url in (HERE, GONE))
BODY = PAGE % (b"A", b"A", b"some words of a page that was captured " * 30)
CAPTURE = Held(original=HERE, timestamp=AT, body=BODY)


def live(host: str, path: str) -> Answer | None:
    return None if host == "dead.example" else alive(host, path)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    names = ("news.example", "dead.example")
    with town(tmp_path / "town", CAPTURE, live=live, names=names) as made:
        yield made


def test_nothing_bad_is_code_0(home: Town) -> None:
    home.write("a.md", CITED)
    ran = home.scan()
    assert ran.code == 0, ran.err
    assert "archived-and-live" in ran.out
    assert "Traceback" not in ran.err


def test_a_confirmed_loss_is_code_2(home: Town) -> None:
    home.write("a.md", CITED, LOST)
    assert home.scan("--fail-on", "none").code == 0
    home.configure("[judging]\nstrikes = 1\n")
    ran = home.scan("--fresh")
    assert ran.code == 2, ran.out + ran.err
    assert "lost: 1 original" in ran.out
    assert home.scan("--fail-on", "none").code == 0


def test_a_suspicion_is_not_enough_for_code_2(home: Town) -> None:
    home.write("a.md", LOST)
    ran = home.scan()
    assert ran.code == 0, ran.err
    assert "feared-lost" in ran.out
    assert "(1 of 3)" in ran.out


def test_what_is_withheld_is_code_2_when_it_is_confirmed(home: Town) -> None:
    home.standin.holdings = holdings((), {"example,news)/gone": Exclusion.FORBIDDEN})
    home.configure("[judging]\nstrikes = 1\n")
    home.write("a.md", LOST)
    ran = home.scan()
    assert ran.code == 2, ran.out + ran.err
    assert "withheld: 1 original" in ran.out


def test_a_store_that_cannot_be_made_is_code_1(home: Town) -> None:
    home.write("a.md", CITED)
    (home.folder / ".linkcheck").write_text("in the way")
    ran = home.scan()
    assert ran.code == 1, ran.out + ran.err
    assert ".linkcheck" in ran.err
    assert "Traceback" not in ran.err
    assert not home.standin.asked


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.md",), "there is no such file or folder"),
        (("--only", "archives"), "--only"),
        (("--max-request", "5"), "--max-requests"),
        (("--max-requests", "0"), "max_requests must be above 0"),
        (("--max-run-time", "soon"), "must be a time such as"),
        (("--fail-on", "lots"), "did you mean lost?"),
        (("--playback", "some"), "none of all, none, doubtful"),
        (("--archive", "waybak"), "did you mean wayback?"),
        (("--archive", "http://"), "no host can be read in it"),
        (("--archive", "http://[::1"), "no host can be read in it"),
        (("--archive", "http://x:999999/y/"), "no host can be read in it"),
        (("-H", "Host: evil.example"), "Host is each request's own"),
        (("--max-run-time", "9000y"), "leave it out"),
        (("--report", "htm"), "there is no such format"),
        (("--record", "x.txt"), "a recording is named .warc"),
        (("--record", "x.warc", "--no-record"), "contradict each other"),
        (("--replay", "none.warc"), "there is no such file or folder"),
        (("-H", "no colon"), "NAME: VALUE"),
        (("--status-code", "403:okay"), "unknown action"),
        (("--host-request-interval", "often"), "such as 500ms or 2s"),
    ],
)
def test_a_wrong_option_is_code_3_before_anything_is_sent(
    home: Town, arguments: tuple[str, ...], said: str
) -> None:
    home.write("a.md", CITED)
    ran = home.scan(*arguments)
    assert ran.code == 3, ran.out + ran.err
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not home.standin.asked


def test_a_large_scan_without_a_contact_is_code_3_before_its_first_request(home: Town) -> None:
    home.configure("[scan]\npaths = ['articles']\ncontact_after = 2\n", anew=True)
    home.write(
        "a.md", *(f"https://web.archive.org/web/{AT}/https://news.example/{n}" for n in "abc")
    )
    ran = home.scan()
    assert ran.code == 3
    assert "--contact" in ran.err
    assert not home.standin.asked
    assert not home.asked
    assert "it needs --contact to begin" in home.scan("--dry-run").out
    assert home.scan("--max-requests", "2").code == 4  # so few go out without
    assert home.scan("--contact", "me@example.org").code == 0
    assert home.standin.asked


def test_an_archive_that_is_down_is_code_4_and_the_next_run_goes_on(home: Town) -> None:
    home.write(
        "a.md", *(f"https://web.archive.org/web/{AT}/https://news.example/{n}" for n in "abc")
    )
    home.standin.trouble = Trouble.REFUSES
    ran = home.scan()
    assert ran.code == 4, ran.out + ran.err
    assert "unresolved" in ran.out
    home.standin.trouble = None
    ran = home.scan()
    assert ran.code == 0, ran.out + ran.err


def test_spent_requests_are_code_4_and_the_next_run_goes_on(home: Town) -> None:
    home.write("a.md", *(f"https://news.example/{n}" for n in range(20)))
    ran = home.scan("--max-requests", "5")
    assert ran.code == 4, ran.out + ran.err
    assert "its 5 requests are spent" in ran.out
    first = len(home.standin.asked) + home.asked.total()
    assert first <= 5
    assert home.scan().code == 0
    assert home.scan().code == 0


def test_2_wins_over_4(home: Town) -> None:
    home.configure("[judging]\nstrikes = 1\n")
    home.write("a.md", LOST)
    assert home.scan().code == 2
    home.write("b.md", *(f"https://news.example/{n}" for n in range(20)))
    ran = home.scan("--max-requests", "3")
    assert ran.code == 2, ran.out + ran.err
    assert "requests are spent" in ran.out

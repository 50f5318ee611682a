import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import anyio
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.exchange import Body, Failure, FailureKind, Hop, Purpose, Reply, Request
from linkcheck.model.run import Run
from linkcheck.net.evidence import Evidence, inline
from linkcheck.net.extension_fields import Seen
from linkcheck.net.player import Player
from linkcheck.net.recorder import Recorder
from linkcheck.net.redaction import LeftOut
from linkcheck.settings.network import Network
from linkcheck.settings.recording import Recording
from tests.doors import engine
from tests.exchanges import START, Scripted, mixed
from tests.faults.scripts import says
from tests.faults.server import FaultServer
from tests.test_engine_faults import FAULTS, ODDITIES

RUN = Run(id="test", started_at=START, seed=1, settings='{"a":1}', description="made up")
ROOT = Path(__file__).resolve().parents[1]
Answers = list[Reply | Failure]

pytestmark = pytest.mark.anyio


def reply(url: str, wire: bytes = b"body", **more: object) -> Reply:
    plain = Reply(
        url=url,
        status=200,
        reason="OK",
        headers=((b"Content-Type", b"text/plain"),),
        http_version="HTTP/1.1",
        body=Body.of(wire),
        asked_at=START,
        first_byte_seconds=0.1,
        total_seconds=0.2,
    )
    return msgspec.structs.replace(plain, **more)


async def record(
    file: Path, exchanges: Iterable[tuple[Request, Reply | Failure]], *user_headers: str
) -> Answers:
    exchanges = list(exchanges)
    evidence = Evidence(Recording(file=file, user_headers=user_headers), RUN, blocking=inline)
    recorder = Recorder(
        Scripted(answer for _, answer in exchanges),
        evidence=evidence,
        network=Network(),
    )
    live = [await recorder.ask(request) for request, _ in exchanges]
    await evidence.aclose()
    return live


async def play(file: Path, requests: Iterable[Request]) -> Answers:
    with Player([file]) as player:
        return [await player.ask(request) for request in requests]


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
async def test_500_mixed_exchanges_play_back_equal(tmp_path: Path, suffix: str) -> None:
    exchanges = mixed(500)
    file = tmp_path / f"mixed{suffix}"
    live = await record(file, exchanges, "X-Mine")
    assert await play(file, [request for request, _ in exchanges]) == live
    assert {type(answer) for answer in live} == {Reply, Failure}


async def test_what_a_server_does_plays_back_equal(tmp_path: Path) -> None:
    file = tmp_path / "faults.warc"
    evidence = Evidence(Recording(file=file), RUN)
    scripts = [script for script, _ in FAULTS.values()]
    scripts += [says(wire) for wire, _, _ in ODDITIES.values()]
    requests, live = [], []
    async with engine() as inner:
        recorder = Recorder(inner, evidence=evidence, network=Network())
        for script in scripts:
            with FaultServer(script) as server:
                request = Request(url=server.url)
                requests.append(request)
                live.append(await recorder.ask(request))
    await evidence.aclose()
    assert len({answer.kind for answer in live if isinstance(answer, Failure)}) > 4
    assert await play(file, requests) == live


@settings(deadline=None)  # the disk's time, not ours
@given(
    headers=st.lists(
        st.tuples(
            st.binary(min_size=1).filter(lambda name: not set(name) & {*range(33), 58, 127}),
            st.binary().filter(lambda value: not set(value) & {10, 13}),
        )
    ),
    wire=st.binary(),
    url=st.text().map(lambda text: f"http://a.example/{text}"),
    reason=st.text().filter(lambda text: not set(text) & {"\r", "\n"}),
    detail=st.text(st.characters(exclude_categories=())),
)
def test_any_bytes_play_back_equal(  # noqa: PLR0917 - hypothesis gives them by name
    tmp_path_factory: pytest.TempPathFactory,
    headers: list[tuple[bytes, bytes]],
    wire: bytes,
    url: str,
    reason: str,
    detail: str,
) -> None:
    file = tmp_path_factory.mktemp("any") / "a.warc"
    answer = reply(url, wire, headers=tuple(headers), reason=reason)
    lost = Failure(
        url=url, kind=FailureKind.RESET, detail=detail, asked_at=START, total_seconds=0.1
    )
    exchanges: list[tuple[Request, Reply | Failure]] = [
        (Request(url=url), answer),
        (Request(url=url), lost),
    ]
    live = anyio.run(record, file, exchanges)
    assert anyio.run(play, file, [request for request, _ in exchanges]) == live
    assert isinstance(live[0], Reply)
    assert live[0].body.wire == wire
    secret = LeftOut.of().replies
    assert live[0].headers == tuple(h for h in headers if h[0].lower() not in secret)


async def test_repeated_answers_come_in_order_and_end(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(url="http://a.example/")
    live = await record(file, [(request, reply(request.url, b"%d" % n)) for n in range(3)])
    *played, past, again = await play(file, [request] * 5)
    assert played == live
    for answer in (past, again):
        assert answer == Failure(
            url=request.url,
            kind=FailureKind.NOT_RECORDED,
            detail="the recording answers this 3 times, not once more",
            asked_at=START,
            total_seconds=0.0,
            sends=0,
        )


@pytest.mark.parametrize(
    "other",
    [
        Request(url="http://a.example/other"),
        Request(url="http://a.example/?"),
        Request(url="http://A.example/"),
        Request(url="http://a.example/", method="HEAD"),
        Request(url="http://a.example/", purpose=Purpose.INDEX),
        Request(url="http://a.example/", headers=(("Accept", "image/*"),)),
    ],
)
async def test_what_was_not_recorded_is_never_guessed(tmp_path: Path, other: Request) -> None:
    file = tmp_path / "a.warc"
    request = Request(url="http://a.example/")
    [live] = await record(file, [(request, reply(request.url))])
    [answer, played] = await play(file, [other, request])
    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.NOT_RECORDED
    assert played == live


async def test_a_replay_needs_no_secrets(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    secret = Request(
        url="http://me:secret@a.example/",
        headers=(("X-Mine", "secret"), ("Cookie", "secret"), ("Accept", "*/*")),
    )
    await record(file, [(secret, reply(secret.url))] * 2, "X-Mine")
    bare = Request(url="http://a.example/", headers=(("accept", "*/*"),), follow=False)
    other = Request(url="http://me@a.example/", headers=(("x-mine", "new"), ("Accept", "*/*")))
    played = await play(file, [bare, other])
    assert [type(answer) for answer in played] == [Reply, Reply]
    assert [answer.url for answer in played] == [bare.url, other.url]


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
async def test_a_torn_end_is_left_out_and_said(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"whole{suffix}"
    exchanges = mixed(12, seed=5)
    live = await record(whole, exchanges)
    data = whole.read_bytes()
    torn = tmp_path / f"torn{suffix}"
    requests = [request for request, _ in exchanges]
    for end in [*range(len(data) - 300, len(data)), *range(2000, len(data), 397)]:
        torn.write_bytes(data[:end])
        with Player([torn]) as player:
            assert not player.messages or "ends inside of the record at byte" in player.messages[0]
            played = [await player.ask(request) for request in requests]
        for number, answer in enumerate(played):
            assert answer == live[number] or (
                isinstance(answer, Failure) and answer.kind is FailureKind.NOT_RECORDED
            )
    assert player.messages
    assert torn.read_bytes() == data[:end]


async def test_zeros_that_a_power_cut_left_are_a_torn_end(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(url="http://a.example/")
    live = await record(file, [(request, reply(request.url))])
    with file.open("ab") as stream:
        stream.write(bytes(5000))
    with Player([file]) as player:
        assert [await player.ask(request)] == live
        assert "ends inside" in player.messages[0]


@pytest.mark.parametrize("needle", [b"200 OK", b"text/plain", b"begin", b"again", b"reset"])
async def test_a_changed_byte_is_damage_with_file_and_place(tmp_path: Path, needle: bytes) -> None:
    file = tmp_path / "a.warc"
    request = Request(url="http://a.example/")
    lost = Failure(
        url=request.url, kind=FailureKind.RESET, detail="", asked_at=START, total_seconds=0.1
    )
    same = reply(request.url, b"again")
    exchanges = [(request, a) for a in (reply(request.url, b"begin"), same, same, lost)]
    await record(file, exchanges)
    data = file.read_bytes()
    place = data.rindex(needle)
    file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    with pytest.raises(LinkcheckError, match=rf"{file} is damaged in the record at byte \d+: its"):
        await play(file, [request] * 4)


@pytest.mark.parametrize("field", [b"X-Linkcheck-Asked", b"X-Linkcheck-Seen"])
async def test_a_field_that_is_nested_without_end_is_damage(tmp_path: Path, field: bytes) -> None:
    file = tmp_path / "a.warc"
    request = Request(url="http://a.example/")
    await record(file, [(request, reply(request.url))])
    before, _, after = file.read_bytes().partition(field + b": ")
    file.write_bytes(before + field + b": " + b"[" * 200_000 + after[after.index(b"\r\n") :])
    with pytest.raises(LinkcheckError, match=rf"{file} is damaged in the record at byte \d+"):
        await play(file, [request])


async def test_damage_of_a_compressed_file_is_never_played(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    requests = [Request(url="http://a.example/")] * 3
    live = await record(
        file, [(request, reply(request.url, b"%d" % n)) for n, request in enumerate(requests)]
    )
    data = file.read_bytes()
    seen = 0
    for place in range(0, len(data), 53):
        file.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            played = await play(file, requests)
        except LinkcheckError:
            seen += 1
        else:  # gzip's own fields for the time and the system
            assert played == live
    assert seen > 0.9 * len(data) / 53


async def test_other_tools_records_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(url="http://a.example/")
    live = await record(file, [(request, reply(request.url))])
    foreign = b"".join(
        b"WARC/1.0\r\nWARC-Type: %b\r\nWARC-Record-ID: <urn:uuid:%d>\r\nContent-Length: 3\r\n"
        b"WARC-Target-URI: http://a.example/\r\n\r\nabc\r\n\r\n" % (kind, number)
        for number, kind in enumerate((b"resource", b"metadata", b"response", b"request", b"dns"))
    )
    with file.open("ab") as stream:
        stream.write(foreign)
    with Player([file]) as player:
        assert [await player.ask(request)] == live
        assert player.messages == (f"{file}: 5 records of other tools not replayed",)


async def test_a_folder_plays_in_the_order_it_was_written(tmp_path: Path) -> None:
    request = Request(url="http://a.example/")
    live: Answers = []
    for run in ("20261120T120000Z", "20261127T120000Z"):
        recording = Recording(folder=tmp_path, roll_bytes=2500)
        evidence = Evidence(recording, msgspec.structs.replace(RUN, id=run))
        answers = Scripted(reply(request.url, b"%d" % n * 999) for n in range(5))
        recorder = Recorder(answers, evidence=evidence, network=Network())
        live += [await recorder.ask(request) for _ in range(5)]
        await evidence.aclose()
        assert evidence.serial > 0
    assert await play(tmp_path, [request] * 10) == live


async def test_the_run_can_be_repeated(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    await record(file, [])
    with Player([file]) as player:
        assert player.runs == (msgspec.structs.replace(RUN, settings='{"a": 1}'),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not recorded by linkcheck"),
        (b"%PDF-1.7\n" * 99, "damaged in the record at byte 0"),
        (b"\x1f\x8b" + b"x" * 99, "damaged in the record at byte 0"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n", "does not say its length"),
        (b"WARC/1.1\r\nContent-Length: -1\r\n\r\n", "does not say its length"),
        (b"WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", "not recorded by linkcheck"),
        (b"WARC/1.1\r\nno field\r\n\r\n", "no record begins there"),
    ],
)
def test_what_is_no_recording_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "a.warc"
    file.write_bytes(content)
    with pytest.raises(LinkcheckError, match=message):
        Player([file])


def test_nothing_to_play_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no recording in"):
        Player([tmp_path])
    with pytest.raises(LinkcheckError, match="cannot read"):
        Player([tmp_path / "none.warc"])


async def test_a_long_body_is_not_held_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    request = Request(url="http://a.example/")
    body = Body.gather(b"%d" % number * 9999 for number in range(500))
    live = await record(file, [(request, reply(request.url, body=body))])
    [played] = await play(file, [request])
    assert [played] == live
    assert isinstance(played, Reply)
    assert not isinstance(played.body.held, bytes)


SOCKETLESS = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        raise RuntimeError(event)
    if event == "socket.__new__" and arguments[1] != 1:  # the event loop's own pair is AF_UNIX
        raise RuntimeError(event)

sys.addaudithook(refuse)

from pathlib import Path
import anyio
from linkcheck.net.extension_fields import Seen
from linkcheck.net.player import Player
from tests.exchanges import mixed

async def main():
    with Player([Path(sys.argv[1])]) as player:
        answers = [await player.ask(request) for request, _ in mixed(200)]
    print(len(answers), sum(type(answer).__name__ == "Reply" for answer in answers))

anyio.run(main, backend=sys.argv[2])
"""


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_replay_opens_no_socket(tmp_path: Path, backend: str) -> None:
    file = tmp_path / "a.warc"
    live = anyio.run(record, file, mixed(200))
    done = subprocess.run(
        [sys.executable, "-c", SOCKETLESS, str(file), backend],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    replies = sum(isinstance(answer, Reply) for answer in live)
    assert (done.stdout, done.stderr) == (f"200 {replies}\n", "")


def test_every_field_of_an_answer_is_recorded() -> None:
    by_layers_above = {"hops", "tries"}
    by_the_standard = {"url", "status", "reason", "headers", "body", "asked_at", "record"}
    recorded = by_layers_above | by_the_standard | set(Seen.__struct_fields__)
    assert set(Reply.__struct_fields__) <= recorded


async def test_a_failure_keeps_every_field(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(url="http://a.example/", method="HEAD", headers=(("Accept", "x"),))
    hop = Hop(url=request.url, status=302, location="/\udce6", address=None, record="urn:uuid:1")
    lost = Failure(
        url=request.url,
        kind=FailureKind.PAUSED,
        detail="until\tlater",
        hops=(hop,),
        address="[::1]:80",
        asked_at=START,
        total_seconds=1e-9,
        sends=0,
        retry_at=START,
    )
    [live] = await record(file, [(request, lost)])
    assert live == msgspec.structs.replace(lost, record=live.record)
    assert await play(file, [request]) == [live]

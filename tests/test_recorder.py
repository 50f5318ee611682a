import errno
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import anyio
import anyio.lowlevel
import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from linkcheck import __version__
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request, Tls
from linkcheck.model.run import Run
from linkcheck.net.evidence import Evidence, inline
from linkcheck.net.recorder import Recorder
from linkcheck.net.redaction import LeftOut, Redactor
from linkcheck.settings.network import Network
from linkcheck.settings.recording import Durability, Recording
from tests.exchanges import Scripted

NOW = datetime(2026, 11, 20, 12, 0, 0, 5, tzinfo=UTC)
RUN = Run(
    id="run-1",
    started_at=NOW,
    seed=42,
    settings='{"timeout": 20, "proxy": "http://me:secret@proxy:8080"}',
    description="on\nloopback",
)
URL = "http://a.example/page"
LOST = Body.of(b"lost")

pytestmark = pytest.mark.anyio


def reply(url: str = URL, **more: object) -> Reply:
    plain = Reply(
        url=url,
        status=200,
        reason="OK",
        headers=((b"Content-Type", b"text/plain"),),
        http_version="HTTP/1.1",
        body=Body.of(b"body"),
        address="127.0.0.1:80",
        asked_at=NOW,
        first_byte_seconds=0.25,
        total_seconds=0.5,
    )
    return msgspec.structs.replace(plain, **more)


def failure(**more: object) -> Failure:
    plain = Failure(
        url=URL, kind=FailureKind.RESET, detail="reset", asked_at=NOW, total_seconds=0.5
    )
    return msgspec.structs.replace(plain, **more)


async def record(
    recording: Recording,
    *exchanges: tuple[Request, Reply | Failure],
    run: Run = RUN,
) -> list[Reply | Failure]:
    evidence = Evidence(recording, run, blocking=inline)
    recorder = Recorder(
        Scripted(answer for _, answer in exchanges),
        evidence=evidence,
        network=Network(),
    )
    answers = [await recorder.ask(request) for request, _ in exchanges]
    await evidence.aclose()
    return answers


def read(file: Path) -> list[tuple[dict[str, str], bytes]]:
    """Read a file as another tool does."""
    with file.open("rb") as stream:
        return [
            (dict(record.rec_headers.headers), record.raw_stream.read())
            for record in ArchiveIterator(stream, no_record_parse=True)
        ]


async def test_an_exchange_is_a_request_and_a_response(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(url=f"{URL}?q=%e6#part", headers=(("Accept", "image/*"),))
    [answer] = await record(Recording(file=file), (request, reply()))

    (info, about), (asked, asked_block), (answered, answered_block) = read(file)

    assert [info["WARC-Type"], asked["WARC-Type"], answered["WARC-Type"]] == [
        "warcinfo",
        "request",
        "response",
    ]
    assert b"linkcheck-seed: 42\r\n" in about
    assert b"description: on loopback\r\n" in about
    assert b'"timeout": 20' in about
    assert asked_block == (
        b"GET /page?q=%%e6 HTTP/1.1\r\nHost: a.example\r\nUser-Agent: linkcheck/%b\r\n"
        b"Accept-Encoding: gzip, deflate\r\nAccept: image/*\r\n\r\n" % __version__.encode()
    )
    assert answered_block == b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nbody"
    assert answered["WARC-Target-URI"] == request.url
    assert answered["WARC-Date"] == "2026-11-20T12:00:00.000005Z"
    assert answered["WARC-IP-Address"] == "127.0.0.1"
    assert answered["WARC-Concurrent-To"] == asked["WARC-Record-ID"]
    assert answered["WARC-Record-ID"] == f"<{answer.record}>"
    assert answer == reply(request.url, record=answer.record)


@pytest.mark.parametrize(
    "location",
    ["/文章".encode(), "/é".encode("latin-1"), b"/\xff\xfe", bytes({*range(256)} - {10, 13})],
)
async def test_raw_header_bytes_survive(tmp_path: Path, location: bytes) -> None:
    file = tmp_path / "a.warc"
    await record(
        Recording(file=file), (Request(url=URL), reply(headers=((b"LoCation", location),)))
    )
    assert b"\r\nLoCation: " + location + b"\r\n\r\n" in file.read_bytes()


async def test_secrets_are_left_out_and_handed_up_to_nobody(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(
        url="http://me:secret@a.example/",
        headers=(
            ("Cookie", "secret"),
            ("Authorization", "secret"),
            ("proxy-authorization", "secret"),
            ("X-Key", "secret"),
            ("Accept", "*/*"),
        ),
    )
    headers = (
        (b"Set-Cookie", b"secret"),
        (b"SET-COOKIE", b"secret"),
        (b"X-NID", b"secret"),
        (b"X-AS", b"secret"),
        (b"Server", b"kept"),
        (b"Location", b"https://me:secret@b.example/me@home//me@home"),
        (b"content-location", b"//secret@b.example/"),
    )
    lost = failure(detail=f"no route to {request.url}")

    answers = await record(
        Recording(file=file, user_headers=("x-key",)),
        (request, reply(headers=headers)),
        (request, lost),
    )

    written = file.read_bytes()
    assert b"secret" not in written
    assert b"Server: kept" in written
    assert b"X-Linkcheck-Left-Out: Set-Cookie, SET-COOKIE, X-NID, X-AS, userinfo\r\n" in written
    assert b"proxy-authorization, X-Key, userinfo\r\n" in written
    assert b"linkcheck-left-out-of-requests: authorization, cookie, cookie2, proxy-" in written
    assert b"linkcheck-left-out-of-responses: set-cookie, set-cookie2, x-as, x-nid\r\n" in written
    assert isinstance(answers[0], Reply)
    assert answers[0].headers == (
        (b"Server", b"kept"),
        (b"Location", b"https://b.example/me@home//me@home"),
        (b"content-location", b"//b.example/"),
    )
    assert answers[0].url == request.url
    assert isinstance(answers[1], Failure)
    assert answers[1].detail == "no route to http://a.example/"


@pytest.mark.parametrize("url", [" http://me:secret@a.example/", "http:\\\\me:secret@a.example/"])
async def test_an_address_that_leads_nowhere_keeps_no_password(tmp_path: Path, url: str) -> None:
    file = tmp_path / "a.warc"
    await record(Recording(file=file), (Request(url=url), failure(detail=f"no address: {url}")))
    assert b"secret" not in file.read_bytes()


@pytest.mark.parametrize(
    "location",
    [b"/web/2018/https://me@a.example/", b"/@me", b"https://a.example/?to=//me@b.example", b"@"],
)
async def test_an_at_sign_elsewhere_stays(tmp_path: Path, location: bytes) -> None:
    moved = reply(headers=((b"Location", location),))
    (answer,) = await record(Recording(file=tmp_path / "a.warc"), (Request(url=URL), moved))
    assert isinstance(answer, Reply)
    assert answer.headers == moved.headers


async def test_a_users_header_is_not_replaced_by_ours(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(url=URL, headers=(("Accept", "mine"), ("User-Agent", "mine")))
    await record(Recording(file=file, user_headers=("accept",)), (request, reply()))
    assert read(file)[1][1] == (
        b"GET /page HTTP/1.1\r\nHost: a.example\r\nAccept-Encoding: gzip, deflate\r\n"
        b"User-Agent: mine\r\n\r\n"
    )


async def test_without_recording_the_same_is_left_out() -> None:
    whole = reply(headers=((b"Set-Cookie", b"secret"), (b"Server", b"kept")))
    redactor = Redactor(Scripted([whole]), left_out=LeftOut.of())
    answer = await redactor.ask(Request(url=URL))
    assert answer == reply(headers=((b"Server", b"kept"),))


async def test_a_url_cannot_add_a_field(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    request = Request(
        url="http://a.example/\r\nWARC-Type: resource\r\n\r\n",
        method="GET / HTTP/1.1\r\nX: y\r\n\r\nGET",
    )
    split = msgspec.structs.replace(request, headers=(("A\r\nB", "c\r\nWARC-Type: resource"),))
    injected = ((b"X\r\nY: z", b"v\r\nInjected: yes\r\n\r\n"), (b"", b""), (b"a b:c", b""))
    answer, lost = await record(
        Recording(file=file),
        (request, reply(headers=injected, reason="OK\r\nX: y", url=request.url)),
        (split, failure(detail="a\r\nWARC-Type: resource", address="x\r\nInjected: yes:1")),
    )

    records = read(file)
    assert [head["WARC-Type"] for head, _ in records[1:]] == ["request", "response", "metadata"]
    assert isinstance(answer, Reply)
    assert answer.headers == (
        (b"X-Y-z", b"v  Injected: yes    "),
        (b"-", b""),
        (b"a-b-c", b""),
    )
    assert answer.reason == "OK X: y"
    assert records[2][1].count(b"\r\n\r\n") == 1
    assert records[2][0]["WARC-Target-URI"].startswith("http://a.example/%0D%0AWARC-Type:%20")
    assert isinstance(lost, Failure)
    assert lost.detail == "a\r\nWARC-Type: resource"


async def test_http2_over_tls_is_written_as_http1_with_its_protocols(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    tls = Tls(version="TLSv1.3", issuer="CN=a", expires_at=NOW)
    await record(
        Recording(file=file), (Request(url=URL), reply(http_version="HTTP/2", reason="", tls=tls))
    )
    written = file.read_bytes()
    assert b"WARC-Protocol: h2\r\nWARC-Protocol: tls/1.3\r\n" in written
    assert b"\r\n\r\nHTTP/1.1 200 \r\n" in written


async def test_chunks_and_cuts_are_marked(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    chunked = ((b"transfer-encoding", b"chunked"),)
    cut = reply(body=Body.of(b"beg", truncated=True), headers=((b"Content-Length", b"9"),))
    await record(
        Recording(file=file), (Request(url=URL), reply(headers=chunked)), (Request(url=URL), cut)
    )
    records = read(file)
    assert b"\r\nX-Linkcheck-Orig-transfer-encoding: chunked\r\n\r\nbody" in records[2][1]
    assert "WARC-Truncated" not in records[2][0]
    assert records[4][0]["WARC-Truncated"] == "length"
    assert b"\r\nX-Linkcheck-Orig-Content-Length: 9\r\n\r\nbeg" in records[4][1]


async def test_identical_payloads_are_revisits(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    other = Request(url="http://b.example/")
    empty = reply(body=Body.of(b""))
    cut = reply(body=Body.of(b"body", truncated=True))
    first, second, *_ = await record(
        Recording(file=file),
        (Request(url=URL), reply()),
        (other, reply(headers=())),
        (other, cut),
        (other, empty),
        (other, empty),
    )

    heads = [head for head, _ in read(file) if head["WARC-Type"] not in ("warcinfo", "request")]
    assert [head["WARC-Type"] for head in heads] == ["response", "revisit", *["response"] * 3]
    assert heads[1]["WARC-Profile"].endswith("/warc/1.1/revisit/identical-payload-digest")
    assert heads[1]["WARC-Refers-To"] == f"<{first.record}>"
    assert heads[1]["WARC-Refers-To-Target-URI"] == URL
    assert heads[1]["WARC-Refers-To-Date"] == heads[0]["WARC-Date"]
    assert heads[1]["WARC-Payload-Digest"] == heads[0]["WARC-Payload-Digest"]
    assert isinstance(second, Reply)
    assert second.body.wire == b"body"


async def test_a_failure_is_metadata_of_what_was_asked(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    await record(Recording(file=file), (Request(url=URL), failure(retry_at=NOW, sends=0)))
    head, block = read(file)[1]
    assert head["WARC-Type"] == "metadata"
    assert head["WARC-Target-URI"] == URL
    assert head["Content-Type"] == "application/warc-fields"
    assert block == (
        b'kind: "reset"\r\ndetail: "reset"\r\ntotal_seconds: 0.5\r\nsends: 0\r\n'
        b'retry_at: "2026-11-20T12:00:00.000005Z"\r\npurpose: "live"\r\n'
    )


async def test_ids_do_not_depend_on_the_order_of_answers(tmp_path: Path) -> None:
    one, other = (Request(url=URL), reply()), (Request(url="http://b.example/"), failure())
    forth = await record(Recording(file=tmp_path / "a.warc"), one, other, one)
    back = await record(Recording(file=tmp_path / "b.warc"), other, one, one)
    later = await record(
        Recording(file=tmp_path / "c.warc"), one, run=msgspec.structs.replace(RUN, id="run-2")
    )
    assert [answer.record for answer in forth] == [back[n].record for n in (1, 0, 2)]
    assert len({answer.record for answer in (*forth, *later)}) == 4


async def test_files_roll_and_stand_by_themselves(tmp_path: Path) -> None:
    recording = Recording(folder=tmp_path / "evidence", roll_bytes=3000, compress=False)
    await record(recording, *[(Request(url=f"{URL}/{n}"), reply()) for n in range(9)])
    files = sorted((tmp_path / "evidence").iterdir())
    assert [file.name for file in files[:2]] == ["run-1-00000.warc", "run-1-00001.warc"]
    assert len(files) > 2
    seen: set[str] = set()
    for file in files:
        kinds = [head["WARC-Type"] for head, _ in read(file)]
        assert kinds[:3] == ["warcinfo", "request", "response"]
        assert file.stat().st_size < 4500
        identities = {head["WARC-Record-ID"] for head, _ in read(file)}
        assert not identities & seen
        seen |= identities


async def test_evidence_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    await record(Recording(file=file), (Request(url=URL), reply()))
    before = file.read_bytes()
    with pytest.raises(UsageError, match="never written over"):
        await record(Recording(file=file))
    assert file.read_bytes() == before


async def test_a_recording_is_named_as_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"named \.warc"):
        await record(Recording(file=tmp_path / "evidence.txt"))
    with pytest.raises(UsageError, match="cannot name files"):
        await record(Recording(folder=tmp_path), run=msgspec.structs.replace(RUN, id="../x"))
    (tmp_path / "file").touch()
    with pytest.raises(LinkcheckError, match="cannot keep evidence"):
        await record(Recording(folder=tmp_path / "file"))


async def test_a_full_disk_leaves_whole_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.warc"
    evidence = Evidence(Recording(file=file), RUN)
    recorder = Recorder(
        Scripted([reply(), reply(body=LOST), reply(body=LOST)]),
        evidence=evidence,
        network=Network(),
    )
    await recorder.ask(Request(url=URL))
    whole = file.read_bytes()
    monkeypatch.setattr(os, "write", _writes_half(os.write))
    with pytest.raises(LinkcheckError, match=r"No space left.*--no-record"):
        await recorder.ask(Request(url=URL))
    monkeypatch.undo()
    assert file.read_bytes() == whole
    await recorder.ask(Request(url=URL))
    await evidence.aclose()
    assert read(file)[-1][0]["WARC-Type"] == "response"  # a revisit would refer to nothing


def _writes_half(write: Callable[[int, bytes], int]) -> Callable[[int, bytes], int]:
    calls = 0

    def half(descriptor: int, data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls == 1:
            return write(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return half


@pytest.mark.parametrize(
    ("durability", "forced"),
    [(Durability.NEVER, 0), (Durability.ASKED, 1), (Durability.EACH, 1)],
)
async def test_the_disk_is_forced_as_it_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durability: Durability, forced: int
) -> None:
    evidence = Evidence(Recording(file=tmp_path / "a.warc", durability=durability), RUN)
    recorder = Recorder(Scripted([reply()]), evidence=evidence, network=Network())
    calls: list[int] = []
    monkeypatch.setattr(os, "fsync", calls.append)
    await recorder.ask(Request(url=URL))
    await recorder.sync()
    await recorder.sync()
    assert len(calls) == forced
    await evidence.aclose()
    await recorder.sync()


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
async def test_a_long_body_is_never_whole_in_memory(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a{suffix}"
    chunk = os.urandom(1 << 16)
    body = Body.gather(chunk for _ in range(480))  # 30 MB
    small = [(Request(url=f"{URL}/{n}"), reply()) for n in range(5)]
    evidence = Evidence(Recording(file=file), RUN)
    long = Recorder(Scripted([reply(body=body)]), evidence=evidence, network=Network())
    short = Recorder(Scripted([a for _, a in small]), evidence=evidence, network=Network())
    tracemalloc.start()
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(long.ask, Request(url=URL))
            for request, _ in small:
                tasks.start_soon(short.ask, request)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    await evidence.aclose()
    assert peak < 10_000_000
    with file.open("rb") as stream:
        lengths = [
            len(found.raw_stream.read())
            for found in ArchiveIterator(stream, check_digests="raise")
            if found.rec_type == "response"
        ]
    assert sorted(lengths)[-2:] == [4, body.size]


async def test_cancelling_leaves_no_half_record(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    evidence = Evidence(Recording(file=file), RUN)
    body = Body.gather(os.urandom(1 << 16) for _ in range(64))
    for number in range(8):
        recorder = Recorder(Scripted([reply(body=body)]), evidence=evidence, network=Network())
        with anyio.CancelScope() as scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(recorder.ask, Request(url=URL))
                for _ in range(number):
                    await anyio.lowlevel.checkpoint()
                scope.cancel()
    await evidence.aclose()
    with file.open("rb") as stream:
        kinds = [found.rec_type for found in ArchiveIterator(stream, check_digests="raise")]
    assert kinds.count("request") == kinds.count("response") < 8


async def test_header_of_a_megabyte(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    huge = (b"X-Huge", b"x" * (1 << 20))
    await record(Recording(file=file), (Request(url=URL), reply(headers=(huge,))))
    assert len(read(file)[2][1]) > 1 << 20


KILLED = """
import os, sys
from pathlib import Path
import anyio
from tests import test_recorder as test

async def main():
    evidence = test.Evidence(test.Recording(file=Path(sys.argv[1])), test.RUN)
    recorder = test.Recorder(
        test.Scripted(iter(test.reply, None)),
        evidence=evidence,
        network=test.Network(),
    )
    for number in range(200):
        await recorder.ask(test.Request(url=f"{test.URL}/{number}"))
    os.kill(os.getpid(), 9)

anyio.run(main)
"""


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
async def test_kill_9_loses_nothing_that_was_handed_up(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a{suffix}"
    done = await anyio.run_process(
        [sys.executable, "-c", KILLED, str(file)],
        cwd=Path(__file__).parents[1],
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(read(file)) == 1 + 2 * 200

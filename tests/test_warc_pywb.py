"""What is recorded here is a standard WARC: warcio finds no fault, pywb replays it."""

import gzip
import http.client
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import pytest

from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request, Tls
from linkcheck.model.run import Run
from linkcheck.net.evidence import Evidence
from linkcheck.net.recorder import Recorder
from linkcheck.settings.network import Network
from linkcheck.settings.recording import Recording
from tests.exchanges import Scripted, mixed
from tests.pywb_server import needs_pywb, pywb_server

START = datetime(2026, 11, 20, 12, 0, 0, 250000, tzinfo=UTC)
PAGE = "<html><body>文章</body></html>".encode() * 30
PACKED = gzip.compress(PAGE, mtime=0)
HTML = (b"Content-Type", b"text/html; charset=utf-8")


def answered(
    url: str,
    body: bytes | Body = PAGE,
    *headers: tuple[bytes, bytes],
    method: str = "GET",
    **more: object,
) -> tuple[Request, Reply]:
    reply = Reply(
        url=url,
        status=200,
        reason="OK",
        headers=(HTML, *headers),
        http_version="HTTP/1.1",
        body=Body.of(body) if isinstance(body, bytes) else body,
        address="127.0.0.1:80",
        asked_at=START,
        first_byte_seconds=0.25,
        total_seconds=0.5,
    )
    fields = {name: getattr(reply, name) for name in Reply.__struct_fields__}
    return Request(url=url, method=method), Reply(**(fields | more))


TLS = Tls(version="TLSv1.3", issuer="CN=linkcheck", expires_at=START)
EXCHANGES = {
    "plain": answered("http://a.example/plain"),
    "chunked": answered(
        "http://a.example/chunked", PAGE + b"1", (b"Transfer-Encoding", b"chunked")
    ),
    "looks chunked": answered(
        "http://a.example/hex", b"5\r\nhello\r\n0\r\n\r\n", (b"Transfer-Encoding", b"chunked")
    ),
    "packed": answered("http://a.example/gzip", PACKED, (b"Content-Encoding", b"gzip")),
    "h2": answered("https://b.example/h2", PAGE + b"2", http_version="HTTP/2", reason="", tls=TLS),
    "cut": answered(
        "http://a.example/cut",
        Body.of(PAGE[:100], truncated=True),
        (b"Content-Length", b"99999"),
    ),
    "same url": answered("http://a.example/plain"),
    "same payload": answered("https://b.example/copy"),
    "missing": answered("http://a.example/404", b"not here", status=404, reason="Not Found"),
    "empty": answered("http://a.example/empty", b"", (b"Content-Length", b"0")),
    "escaped": answered("http://a.example/%E6%96%87?q=%e6+x&y=[1]", b"escaped"),
    "moved": answered(
        "http://a.example/moved",
        b"",
        (b"Location", "/文章".encode()),
        status=302,
        reason="Found",
    ),
    "image": answered("http://a.example/pixel", bytes(range(256)), (b"X-Latin", b"caf\xe9")),
}
FAILED = "http://a.example/refused"
HEAD = answered("http://a.example/plain", b"", (b"Content-Length", b"77"), method="HEAD")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("recorded")
    exchanges: list[tuple[Request, Reply | Failure]] = [
        (request, _at(number, reply)) for number, (request, reply) in enumerate(EXCHANGES.values())
    ]
    failure = Failure(
        url=FAILED, kind=FailureKind.REFUSED, detail="no", asked_at=START, total_seconds=0.1
    )
    exchanges.append((Request(url=FAILED), failure))
    exchanges.append((HEAD[0], _at(50, HEAD[1])))
    files = {}
    for name in ("plain.warc", "packed.warc.gz"):
        files[name] = folder / name
        anyio.run(_record, files[name], exchanges)
    return files


def _at(number: int, reply: Reply) -> Reply:
    fields = {name: getattr(reply, name) for name in Reply.__struct_fields__}
    return Reply(**(fields | {"asked_at": START + timedelta(seconds=number)}))


async def _record(file: Path, exchanges: list[tuple[Request, Reply | Failure]]) -> None:
    run = Run(id="pywb", started_at=START, seed=7, description="recorded on loopback, synthetic")
    evidence = Evidence(Recording(file=file), run)
    answers = Scripted(answer for _, answer in exchanges)
    recorder = Recorder(answers, evidence=evidence, network=Network())
    for request, _ in exchanges:
        await recorder.ask(request)
    await evidence.aclose()


@pytest.mark.parametrize("name", ["plain.warc", "packed.warc.gz"])
def test_warcio_check_passes(recorded: dict[str, Path], name: str) -> None:
    checked = _warcio("check", "-v", str(recorded[name]))
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout
    assert "no digest" not in checked.stdout


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
def test_warcio_check_passes_whatever_came(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"mixed{suffix}"
    anyio.run(_record, file, mixed(300, seed=3))
    checked = _warcio("check", str(file))
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_every_record_is_compressed_by_itself(recorded: dict[str, Path]) -> None:
    plain = _warcio("index", "-f", "warc-type", str(recorded["plain.warc"])).stdout
    packed = _warcio("index", "-f", "warc-type", str(recorded["packed.warc.gz"])).stdout
    assert plain == packed
    assert plain.count("response") == len(EXCHANGES) - 1
    assert plain.count("revisit") == 2


def _warcio(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "warcio.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def base(recorded: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    collections = {"plain": [recorded["plain.warc"]], "packed": [recorded["packed.warc.gz"]]}
    with pywb_server(collections, folder=tmp_path_factory.mktemp("pywb")) as url:
        yield url


def _get(url: str) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request(
            "GET", url.partition(parts.netloc)[2], headers={"Accept-Encoding": "gzip"}
        )
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@needs_pywb
@pytest.mark.parametrize("collection", ["plain", "packed"])
@pytest.mark.parametrize("name", EXCHANGES)
def test_pywb_replays_every_reply(base: str, collection: str, name: str) -> None:
    request, reply = EXCHANGES[name]
    number = list(EXCHANGES).index(name)
    moment = (START + timedelta(seconds=number)).strftime("%Y%m%d%H%M%S")

    response, body = _get(f"{base}/{collection}/{moment}id_/{request.url}")

    assert response.status == reply.status
    assert body == reply.body.wire
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Memento-Datetime"] == (START + timedelta(seconds=number)).strftime(
        "%a, %d %b %Y %H:%M:%S GMT"
    )


@needs_pywb
def test_pywb_takes_no_failure_for_a_capture(base: str) -> None:
    assert _get(f"{base}/plain/20261120120000id_/{FAILED}")[0].status == 404


@needs_pywb
def test_pywb_prefers_a_capture_to_the_answer_to_a_head(base: str) -> None:
    response, body = _get(f"{base}/plain/20261120120050id_/{HEAD[0].url}")
    assert (response.status, body) == (200, PAGE)


@needs_pywb
def test_pywb_redirects_to_the_nearest_capture_if_told_so(
    recorded: dict[str, Path], tmp_path: Path
) -> None:
    with pywb_server(
        {"main": [recorded["plain.warc"]]}, folder=tmp_path, redirect_to_exact=True
    ) as url:
        response, _ = _get(f"{url}/main/20200101000000id_/http://a.example/404")
        assert response.status == 307
        assert "/main/20261120120008id_/" in response.headers["Location"]


@needs_pywb
def test_pywb_frames_any_page_if_told_so(recorded: dict[str, Path], tmp_path: Path) -> None:
    with pywb_server(
        {"main": [recorded["plain.warc"]]}, folder=tmp_path, framed_replay=True
    ) as url:
        assert _get(f"{url}/main/2020/http://nowhere.example/")[0].status == 200

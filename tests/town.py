"""A whole town on loopback: web.archive.org's stand-in and a live web, under their real names.

The command is run in it as its users run it, in a process of its own (`tests/town_launch.py`).
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.manifest import Manifest
from linkcheck.store import Store
from tests.command import Ran, linkcheck
from tests.faults.certificates import make_certificates
from tests.faults.server import FaultServer, Wire
from tests.standin.archive import StandIn
from tests.standin.asker import HOST
from tests.standin.held import Held, Holdings, holdings
from tests.standin.served import _script
from tests.town_launch import settled

ROOT = Path(__file__).parents[1]
CONTROL = "https://control.example/"
PAGE = b"<html><head><title>%b</title></head><body><h1>%b</h1><p>%b</p></body></html>"

Answer = tuple[int, bytes] | tuple[int, bytes, tuple[bytes, ...]]  # status, body, more fields
Live = Callable[[str, str], Answer | None]  # host and path; None: the connection is reset


@dataclass
class Town:
    """Where everything is, and what was asked of it."""

    folder: Path
    standin: StandIn
    live: Live
    names: tuple[str, ...]
    asked: Counter[str] = field(default_factory=Counter)  # URLs of the live web
    waiting: set[int] = field(default_factory=set)  # requests that wait for their answer
    delay: float = 0.0  # seconds of every answer
    settings: dict[str, object] = field(default_factory=dict)  # for the launcher

    def start(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        under: tuple[str, ...] = (),
    ) -> "subprocess.Popen[bytes]":
        """Start the command in the town; `under` another command, as `nohup` is one."""
        return subprocess.Popen(
            [*under, sys.executable, "-m", "tests.town_launch", *map(str, arguments)],
            cwd=cwd or self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str | Path, cwd: Path | None = None) -> Ran:
        """Run the command in the town to its end: in this process, for most of one is imports."""
        with self.inside(cwd):
            return linkcheck(*arguments)

    @contextlib.contextmanager
    def inside(self, cwd: Path | None = None) -> Iterator[None]:
        """Let this process be in the town."""
        with (
            contextlib.chdir(cwd or self.folder),
            settled(self.settings),
            mock.patch.dict(os.environ, self.environment),
        ):
            yield

    def findings(self, store: str = ".linkcheck") -> list[ArticleFindings]:
        """Return what a store knows of every article."""
        with Store.read(self.folder / store) as opened:
            return list(opened.findings())

    def manifests(self, store: str = ".linkcheck") -> list[Manifest]:
        """Return the manifests of a store's runs."""
        with Store.read(self.folder / store) as opened:
            return [run.manifest for run in opened.runs() if run.manifest is not None]

    def asks(self) -> Counter[str]:
        """Return how often each URL was asked for."""
        archive = Counter(f"{HOST}{target}" for target in self.standin.asked)
        return archive + Counter(self.asked)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "TOWN": json.dumps(self.settings),
            "PYTHONPATH": str(ROOT),
            "SSL_CERT_FILE": str(self.settings["trusted"]),
            "COLUMNS": "120",
        }

    def write(self, name: str, *urls: str) -> Path:
        """Write an article that cites these."""
        path = self.folder / "articles" / name
        path.write_text("---\ntitle: T\n---\n" + "\n".join(f"[x]({url})" for url in urls) + "\n")
        return path

    def configure(self, text: str, *, anew: bool = False) -> None:
        """Add to the configuration; a table that stands there already is gone on with."""
        place = self.folder / "linkcheck.toml"
        place.write_text(text if anew else place.read_text() + text)

    def scan(self, *arguments: str | Path) -> Ran:
        return self.run("scan", *arguments)


@contextlib.contextmanager
def town(
    folder: Path,
    *captures: Held,
    held: Holdings | None = None,
    live: Live | None = None,
    names: tuple[str, ...] = (),
    pace: float = 0.0,
) -> Iterator[Town]:
    """Open a town: what the archive holds, and what the live web says."""
    folder.mkdir(exist_ok=True, parents=True)
    home = folder / "home"
    home.mkdir()
    certificates = make_certificates(folder)
    trusted = certificates.environment["SSL_CERT_FILE"]
    every = tuple(dict.fromkeys((HOST, "control.example", *names)))
    made = Town(home, StandIn(holdings=held or holdings(captures)), live or alive, every)
    lock = threading.Lock()

    def script(wire: Wire) -> None:
        made_of = _script(made.standin)
        while head := wire.request():
            host, path = _asked(head)
            made.waiting.add(id(wire))
            if made.delay:
                time.sleep(made.delay)
            made.waiting.discard(id(wire))
            if host == HOST:
                # Hand the head that was read to the stand-in's own script, one request at a time.
                made_of(_Once(wire, head))  # type: ignore[arg-type]  # as much of a Wire as it needs
                continue
            with lock:
                made.asked[f"{host}{path}"] += 1
            said = made.live(host, path) if host != "control.example" else (200, b"well")
            if said is None:
                wire.reset()
                return
            _speak(wire, said, head)

    with (
        FaultServer(script) as plain,
        FaultServer(script, certificates.good(*every)) as secret,
    ):
        made.settings = {
            "http": plain.port,
            "https": secret.port,
            "names": every,
            "pace": pace,
            "locks": str(folder),
            "trusted": trusted,
        }
        (home / "linkcheck.toml").write_text(
            "[scan]\npaths = ['articles']\ncontact = 'test@example.org'\n"
            f"[live]\ncontrols = ['{CONTROL}']\napart = 0.05\n"
            "[pace.host]\ninterval = 0\nconnections = 8\n[retry]\nfirst_wait = 0.01\n"
        )
        (home / "articles").mkdir()
        yield made


def alive(host: str, path: str) -> Answer:
    """Answer every page with one of its own, but for those that cannot exist."""
    if "no-such-page" in path or path.startswith("/gone"):
        return 404, b"not found"
    name = f"{host}{path}".encode()
    return 200, PAGE % (name, name, name * 30)


class _Once:
    """A connection from which one request was read already."""

    def __init__(self, wire: Wire, head: bytes) -> None:
        self._wire = wire
        self._heads = [head]

    def request(self) -> bytes:
        return self._heads.pop() if self._heads else b""

    def send(self, *pieces: bytes) -> None:
        self._wire.send(*pieces)

    def reset(self) -> None:
        self._wire.reset()


def _asked(head: bytes) -> tuple[str, str]:
    first, *lines = head.decode("latin-1").split("\r\n")
    host = next(line[6:] for line in lines if line.lower().startswith("host: "))
    return host.partition(":")[0].lower(), first.split(" ")[1]


def _speak(wire: Wire, said: Answer, head: bytes) -> None:
    status, body, *more = said
    own = more[0] if more else (b"Content-Type: text/html; charset=utf-8",)
    fields = (*own, b"Date: Fri, 20 Nov 2026 12:00:00 GMT")
    if head.startswith(b"HEAD"):
        lines = [b"HTTP/1.1 %d X" % status, b"Content-Length: %d" % len(body), *fields]
        wire.send(b"\r\n".join(lines) + b"\r\n\r\n")
    else:
        wire.answer(body, *fields, status=b"%d X" % status)

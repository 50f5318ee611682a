"""What the tests of the live lane share: a keeper, a history, and a run through the real pace."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import anyio

from linkcheck.lanes.allowance import Allowance
from linkcheck.lanes.live import LiveLaneReport, run_live
from linkcheck.model.exchange import Body, Failure, FailureKind, Reply, Request
from linkcheck.model.link import Role
from linkcheck.model.live import LiveSubject
from linkcheck.model.observation import HostObservation, LiveObservation, Observation
from linkcheck.model.verdict import LiveFinding
from linkcheck.model.visit import Heard
from linkcheck.net.follow import Follow
from linkcheck.net.pace import Pace
from linkcheck.net.retry import Retry
from linkcheck.settings.live import LiveSettings
from linkcheck.settings.network import Network
from linkcheck.settings.pace import PaceSettings
from tests.virtual import BORN, failure, wall

CONTROL = "https://control.example/"
SEED = "seed"
LINKS = (Role.LINK,)


class Notebook:
    """A keeper that keeps, and a history that remembers."""

    def __init__(self, hosts: Mapping[str, HostObservation] | None = None) -> None:
        self.links: dict[str, LiveObservation] = {}
        self.hosts: dict[str, HostObservation] = {}
        self.before = dict(hosts or {})

    async def keep(self, observation: Observation) -> None:
        await anyio.lowlevel.checkpoint()
        if isinstance(observation, LiveObservation):
            self.links[observation.evidence.original] = observation
        elif isinstance(observation, HostObservation):
            self.hosts[observation.host] = observation

    def host(self, host: str) -> HostObservation | None:
        return self.before.get(host)

    def heard(self, _host: str) -> tuple[Heard, ...] | None:
        return None

    def finding(self, url: str) -> LiveFinding | None:
        """Return what a link came to: its own finding, else its host's."""
        if url in self.links:
            return self.links[url].finding
        host = self.hosts.get("/".join(url.split("/")[:3]))
        return host.finding if host is not None else None


def page(title: str, *paragraphs: str, head: str = "") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>"
        f"{body}</body></html>"
    ).encode()


def story(word: str, *, words: int = 120) -> str:
    """Return a text that no other word gives."""
    return " ".join(f"{word}{number * 7919 % 1000:03}x" for number in range(words))


def html(
    request: Request,
    body: bytes,
    status: int = 200,
    *headers: tuple[str, str],
    seconds: float = 0.2,
) -> Reply:
    fields = (("Content-Type", "text/html; charset=utf-8"), *headers)
    return Reply(
        url=request.url,
        status=status,
        reason="",
        headers=tuple((name.encode(), value.encode()) for name, value in fields),
        http_version="HTTP/1.1",
        body=Body.of(b"" if request.method == "HEAD" else body),
        address="192.0.2.7:443",
        asked_at=wall(),
        first_byte_seconds=seconds,
        total_seconds=seconds,
    )


Answer = Callable[[Request], Reply | Failure]


@dataclass
class Town:
    """The wire as a simulation has it: hosts by name, who took how long, and what was asked."""

    hosts: Mapping[str, Answer]
    other: Answer | None = None
    starts: dict[str, list[float]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    urls: list[tuple[str, str]] = field(default_factory=list)

    async def ask(self, request: Request) -> Reply | Failure:
        name = request.url.split("/")[2].partition(":")[0]
        self.asked[name] += 1
        self.starts.setdefault(name, []).append(anyio.current_time())
        self.urls.append((request.method, request.url))
        answer = self.hosts.get(name, self.other or no_such_name)(request)
        await anyio.sleep(answer.total_seconds)
        return answer


def no_such_name(request: Request) -> Failure:
    return failure(request.url, FailureKind.DNS_NO_SUCH_NAME, 0.03)


def fails(kind: FailureKind, seconds: float = 0.0) -> Answer:
    return lambda request: failure(request.url, kind, seconds)


def honest(request: Request) -> Reply:
    """Answer well for what exists: everything that does not say `no-such`."""
    if "no-such" in request.url or "/gone" in request.url:
        return html(request, page("Not found", "There is no such page here."), 404)
    return html(request, page(request.url[-12:], story(request.url[-6:])))


def control(request: Request) -> Reply:
    return html(request, page("Control", story("control")))


def subjects(*urls: str, roles: tuple[Role, ...] = LINKS) -> list[LiveSubject]:
    return [LiveSubject(original=url, roles=roles) for url in urls]


def nest(town: Town, pace: PaceSettings | None = None) -> Follow:
    """Return the door over a simulated wire, its pace and retries included."""
    return Follow(Retry(Pace(town, pace or PaceSettings(), now=wall)), Network())


async def run(
    town: Town,
    wanted: Iterable[LiveSubject],
    *,
    notes: Notebook | None = None,
    settings: LiveSettings | None = None,
    behind_proxy: bool = False,
    allowance: Allowance | None = None,
    stop: anyio.Event | None = None,
    pace: PaceSettings | None = None,
    controls: tuple[str, ...] = ("http://control.example/",),
) -> tuple[LiveLaneReport, Notebook]:
    kept = notes or Notebook()
    report = await run_live(
        wanted,
        ask=nest(town, pace),
        keeper=kept,
        history=kept,
        settings=settings,
        seed=SEED,
        now=BORN,
        controls=controls,
        behind_proxy=behind_proxy,
        allowance=allowance,
        stop=stop,
    )
    return report, kept

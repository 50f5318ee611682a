"""Follow redirects: the outermost layer, so that each hop is guarded, paced and recorded."""

from msgspec.structs import replace

from linkcheck.model.exchange import Asker, Failure, FailureKind, Hop, Reply, Request
from linkcheck.net.location import join
from linkcheck.net.target import Target, read_target
from linkcheck.settings.network import Network

REDIRECTS = {301, 302, 303, 307, 308}
# All that may cross to another origin: a header from the command line may be a secret whatever
# its name.
HARMLESS = {"accept", "accept-encoding", "accept-language", "user-agent"}


class Follow:
    """Ask for the end of a chain of redirects and return it with the hops that led there."""

    def __init__(self, inner: Asker, settings: Network) -> None:
        self._inner = inner
        self._limit = settings.redirects

    async def ask(self, request: Request) -> Reply | Failure:
        """Return the last answer; its hops are all answers before."""
        hops: tuple[Hop, ...] = ()
        asked: set[Target | str] = set()
        while True:
            answer = await self._inner.ask(request)
            location = _location(answer) if request.follow else None
            if isinstance(answer, Failure) or location is None:
                return replace(answer, hops=hops) if hops else answer
            hops = (*hops, _hop(answer, location))
            asked.add(_identity(request.url))
            onward = join(request.url, location)
            if _identity(onward) in asked:
                return _give_up(answer, hops, FailureKind.REDIRECT_LOOP, f"back to {onward}")
            if len(hops) > self._limit:
                limit = f"more than {self._limit} redirects"
                return _give_up(answer, hops, FailureKind.TOO_MANY_REDIRECTS, limit)
            request = _next(request, onward)


def _location(answer: Reply | Failure) -> str | None:
    if isinstance(answer, Failure) or answer.status not in REDIRECTS:
        return None
    return answer.header("location") or None


def _hop(answer: Reply, location: str) -> Hop:
    return Hop(
        url=answer.url,
        status=answer.status,
        location=location,
        address=answer.address,
        record=answer.record,
    )


def _next(request: Request, url: str) -> Request:
    """Return the request of the next hop; what may be secret stays within its origin."""
    if _origin(request.url) == _origin(url):
        return replace(request, url=url)
    kept = tuple(field for field in request.headers if field[0].lower() in HARMLESS)
    return replace(request, url=url, headers=kept)


def _identity(url: str) -> Target | str:
    return _target(url) or url


def _origin(url: str) -> object:
    target = _target(url)
    return target.origin if target else url


def _target(url: str) -> Target | None:
    target = read_target(url)
    return target if isinstance(target, Target) else None


def _give_up(answer: Reply, hops: tuple[Hop, ...], kind: FailureKind, detail: str) -> Failure:
    return Failure(
        url=answer.url,
        kind=kind,
        detail=detail,
        hops=hops,
        address=answer.address,
        asked_at=answer.asked_at,
        total_seconds=answer.total_seconds,
        sends=answer.sends,
        record=answer.record,
    )

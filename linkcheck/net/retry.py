"""The layer that tries again what may pass by itself."""

import hashlib
from collections.abc import Awaitable, Callable

import anyio
import msgspec
from tenacity import AsyncRetrying, RetryCallState, retry_if_result

from linkcheck.model.exchange import Asker, Failure, Reply, Request
from linkcheck.net.transient import is_transient
from linkcheck.settings.retry import RetrySettings

Chance = Callable[[str, int], float]  # URL and try to a number from 0 up to 1
Sleep = Callable[[float], Awaitable[None]]


def seeded(seed: int) -> Chance:
    """Return a chance that falls the same way for the same URL and try, in whatever order."""

    def chance(url: str, tried: int) -> float:
        text = f"{seed} {tried} {url}".encode("utf-8", "surrogateescape")
        return int.from_bytes(hashlib.blake2b(text, digest_size=6).digest()) / 2**48

    return chance


async def at_once(_seconds: float) -> None:
    """Wait in a replay: the back-off counts against the deadline as it did, and takes no time."""


class Retry:
    """Ask again after transient failures; the caller gets the last answer."""

    def __init__(
        self,
        inner: Asker,
        settings: RetrySettings | None = None,
        *,
        chance: Chance | None = None,
        sleep: Sleep = anyio.sleep,
    ) -> None:
        self._inner = inner
        self._sleep = sleep
        self._settings = settings or RetrySettings()
        self._chance = chance or seeded(self._settings.seed)

    async def ask(self, request: Request) -> Reply | Failure:
        """Ask until an answer stands, the tries are used up, or the deadline leaves no room."""
        answer = await self._inner.ask(request)
        if not is_transient(answer):
            return answer
        course = _Course(self._inner, request, answer, self._settings, self._chance)
        # A fresh object for each request: tenacity keeps the state of a run in a thread-local.
        retrying = AsyncRetrying(
            sleep=self._sleep,
            retry=retry_if_result(is_transient),
            wait=course.wait,
            stop=course.over,
            retry_error_callback=course.last,
        )
        answer = await retrying(course.attempt)
        return msgspec.structs.replace(answer, tries=course.tries)


class _Course:
    """The tries of one request, the first one already made."""

    def __init__(
        self,
        inner: Asker,
        request: Request,
        first: Reply | Failure,
        settings: RetrySettings,
        chance: Chance,
    ) -> None:
        self.tries = 0
        self._inner = inner
        self._request = request
        self._answer = first
        self._settings = settings
        self._chance = chance
        self._spent = 0.0

    async def attempt(self) -> Reply | Failure:
        """Return the first answer the first time, and ask after that."""
        if self.tries:
            self._answer = await self._inner.ask(self._request)
        self.tries += 1
        self._spent += self._answer.total_seconds
        return self._answer

    def wait(self, state: RetryCallState) -> float:
        """Return the back-off: exponential, with full jitter."""
        doubled = self._settings.first_wait * 2.0 ** (state.attempt_number - 1)
        ceiling = min(doubled, self._settings.longest_wait)
        return ceiling * self._chance(self._request.url, state.attempt_number)

    def over(self, state: RetryCallState) -> bool:
        """Tell whether the tries are used up, or the deadline would pass before the next one.

        Only what the server took and what we backed off count. The queue before a slow endpoint
        can be hours long, and that is our own politeness.
        """
        if state.attempt_number >= self._settings.tries:
            return True
        spent = self._spent + state.idle_for + state.upcoming_sleep
        return spent >= self._settings.deadline

    def last(self, state: RetryCallState) -> Reply | Failure:
        """Return what the last try brought."""
        del state
        return self._answer

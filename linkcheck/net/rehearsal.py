"""The layer that stands for Pace in a replay: it asks again where the run did, and never waits."""

from linkcheck.model.exchange import Asker, Failure, FailureKind, Reply, Request
from linkcheck.model.pause import PauseReason
from linkcheck.net.endpoint import archive_of
from linkcheck.net.sign import Mood, Rest, read_sign
from linkcheck.net.target import read_target
from linkcheck.settings.pace import PaceSettings


class Rehearsal:
    """Take the recorded answers that followed a throttle or a ban, up to the one that stood."""

    def __init__(self, inner: Asker, settings: PaceSettings | None = None) -> None:
        self._inner = inner
        self._settings = settings or PaceSettings()

    async def ask(self, request: Request) -> Reply | Failure:
        """Return the answer that the run went on with."""
        answer = await self._inner.ask(request)
        # One more than Pace asks: what it said when it gave up was recorded too.
        for _ in range(max(self._settings.archive_asks, self._settings.host_asks)):
            if not self._was_asked_again(request, answer):
                break
            later = await self._inner.ask(request)
            if isinstance(later, Failure) and later.kind is FailureKind.NOT_RECORDED:
                break
            answer = later
        return answer

    def _was_asked_again(self, request: Request, answer: Reply | Failure) -> bool:
        target = read_target(request.url)
        if isinstance(target, str):
            return False
        archive = archive_of(target, self._settings.archives)
        sign = read_sign(answer, archive, self._settings.longest_rest)
        if isinstance(sign, Rest):
            return sign.reason is PauseReason.THROTTLED
        return archive is not None and sign is Mood.REFUSING

"""The stand-in itself: `answer` is pure, `StandIn.take` counts, limits and fails as it is told."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.standin.held import Holdings
from tests.standin.index import answer_index
from tests.standin.limits import Limits, Ruling
from tests.standin.playback import answer_playback
from tests.standin.spoken import Spoken, page, said
from tests.standin.troubles import TOO_MANY, Trouble, throttled, trouble_answer

INDEXES = ("/cdx/search/cdx", "/web/timemap/cdx", "/web/timemap/json")


def is_index(target: str) -> bool:
    """Tell the endpoints that share the index's budget."""
    return target.partition("?")[0] in INDEXES


def answer(holdings: Holdings, target: str) -> Spoken:
    """Return the answer to a path with its query, as it stands behind the host's name."""
    path, _, query = target.partition("?")
    if path in INDEXES:
        return answer_index(holdings, query)
    if path.startswith("/web/"):
        return answer_playback(holdings, target)
    if path == "/429.html":
        return said(200, TOO_MANY)
    return said(200 if path == "/" else 404, page("<h1>Internet Archive</h1>"))


@dataclass(slots=True, kw_only=True)
class StandIn:
    """An archive that keeps its limits and remembers what it was asked."""

    holdings: Holdings
    limits: Limits | None = None  # None: as often as anybody likes
    retry_after: int | None = None  # that a 429 names
    trouble: Trouble | None = None
    after: int = 0  # requests that are still answered well
    only: Callable[[str], bool] = lambda _: True  # targets that the trouble touches
    asked: list[str] = field(default_factory=list)

    @property
    def queries(self) -> list[str]:
        return [target for target in self.asked if is_index(target)]

    @property
    def plays(self) -> list[str]:
        return [
            target for target in self.asked if target.startswith("/web/") and not is_index(target)
        ]

    def refuses(self, now: float) -> bool:
        """Tell whether no connection is let in."""
        dead = self.trouble is Trouble.REFUSES and len(self.asked) >= self.after
        return dead or (self.limits is not None and self.limits.banned(now))

    def take(self, target: str, now: float) -> Spoken | None:
        """Answer one request; None where the connection is refused."""
        if self.trouble is Trouble.REFUSES and len(self.asked) >= self.after:
            return None
        if self.limits is not None:
            match self.limits.rule(now, index=is_index(target)):
                case Ruling.REFUSE:
                    return None
                case Ruling.THROTTLE:
                    self.asked.append(target)
                    return throttled(self.retry_after)
                case Ruling.PASS:
                    pass
        self.asked.append(target)
        # A key that nobody gave is taken all the same while the trouble is with keys.
        plain = re.sub(r"&resumeKey=(?:the-same-again|one|other)$", "", target)
        well = answer(self.holdings, plain)
        if self.trouble is None or len(self.asked) <= self.after or not self.only(target):
            return well
        if target.startswith("/429.html"):
            return well
        return trouble_answer(self.trouble, well, target, index=is_index(target))

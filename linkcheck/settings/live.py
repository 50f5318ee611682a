"""How the live web is asked and judged: every threshold with its reason."""

import difflib
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from linkcheck.errors import UsageError


class Action(StrEnum):
    """What a status is taken for, in linkinator's words."""

    OK = "ok"  # alive
    WARN = "warn"  # unknown, and said so
    SKIP = "skip"  # unknown: not judged at all
    ERROR = "error"  # broken


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAction:
    """What the statuses of a pattern are taken for: `403`, `4xx`, `52x`."""

    pattern: str
    action: Action

    def covers(self, status: int) -> bool:
        """Tell whether a status is meant."""
        digits = str(status)
        return len(digits) == len(self.pattern) and all(
            sign in ("x", digit) for sign, digit in zip(self.pattern, digits, strict=True)
        )


_PATTERN = re.compile(r"[1-9][0-9x][0-9x]")


def read_status_action(text: str) -> StatusAction:
    """Read `CODE:ACTION` as `--status-code` gives it."""
    pattern, colon, word = text.strip().lower().partition(":")
    if not colon or _PATTERN.fullmatch(pattern) is None:
        raise UsageError(f"--status-code {text!r}: write CODE:ACTION, such as 403:warn or 5xx:skip")
    if word not in set(Action):
        near = difflib.get_close_matches(word, list(Action), n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(Action)}"
        raise UsageError(f"--status-code {text!r}: unknown action {word!r}; {hint}")
    return StatusAction(pattern=pattern, action=Action(word))


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSettings:
    """How the live side is asked and judged."""

    status_actions: tuple[StatusAction, ...] = ()
    """What a status is taken for; the first that fits holds, and all stand before the rules."""

    controls: tuple[str, ...] = ("https://web.archive.org/", "https://www.wikipedia.org/")
    """Asked when hosts seem to be gone: two operators that do not fail together. One that answers
    under a good certificate shows that it is not our own network. Its plain door, if it has one,
    must lead to it: who has another page there is taken for somebody on the way. None: nothing is
    judged gone for want of a connection."""

    no_such_names: tuple[str, ...] = (
        "linkcheck-{token}.invalid",
        "linkcheck-{token}.com",
        "www.linkcheck-{token}.com",
    )
    """Names that nobody has: a resolver that knows them lies. The first one is reserved (RFC 6761),
    the second shows those that lie only where it pays, the third those that lie of `www` only."""

    sample: int = 30
    """Links that must agree with `/` and the impossible page before a host is judged at once:
    none different among 30 bounds the share of others at 10% (95%)."""

    failing_sample: int = 3
    """The same where the answer is a passing failure (5xx): each is tried three times."""

    apart: float = 20.0
    """Seconds between both look-ups of a name, and between both knocks at a closed door: longer
    than a resolver's hiccup, short enough to be waited for."""

    silent_asks: int = 3
    """Asks without any answer after which a host counts as silent. Each is tried three times on
    the wire: nine requests, and three more for its other scheme."""

    window: int = 4
    """Links of a host that are under way together; what they teach holds for the next ones. Four
    silent ones are twelve requests."""

    probe_from: int = 2
    """Links from which a host is asked for a page that cannot exist. For a single one that would
    double the requests: it is probed only where its answer is doubtful."""

    head_from: int = 50
    """Links from which HEAD is tried: a GET is one request either way, and walls behind status 200
    are seen by reading only. It costs up to 16 KiB a page, which weighs on large hosts."""

    head_proofs: int = 2
    """Times that a GET must bear out a HEAD's 404 on a host before its HEAD is believed."""

    looks: int = 4
    """One in so many pages of a large host is read, by lot, though HEAD was content: of walls that
    stand before a fifth of 50 pages that misses all in 3 of 100 cases, and one that is found has
    the rest read, too."""

    least_page: int = 2_048
    """Bytes below which a page is read: refreshes, empty pages and excuses are short."""

    noise_factor: float = 2.0
    """So much more than two impossible pages differ from each other may an answer differ from them
    and still be the same."""

    least_own: int = 2
    """Word groups (of three words) that may differ though impossible pages never do, if the titles
    are the same: a page of its own with one sentence has more, and one of figures only has at
    least a title of its own."""

    most_missing: float = 0.3
    """Of the impossible page, so much may be absent from an answer that is the same."""

    usurped_rest: timedelta = timedelta(days=30)
    """A host that was taken over is asked for nothing but `/`, and that once in this time."""

    strangers: int = 3
    """Pages that must share no word with what stood there before a host has a new owner."""

    fellows: int = 3
    """Addresses of a site that must be led to one page before that is the page of none of them:
    two may be names of one thing."""

    suspects: int = 10
    """Hosts found dead that wait together for the controls: few, so that a control is asked while
    an outage lasts, in which many seem dead at once."""

    suspected_links: int = 100
    """The same of links that were answered in plain: there are more of them, and it takes somebody
    on the way to make one up."""

    workers: int = 64
    """Hosts that are treated at once: with two requests each they fill the run's concurrency."""

    refreshes: int = 1
    """Pages' own refreshes that are followed: a second one is a game."""

    def __post_init__(self) -> None:
        counts = ("sample", "failing_sample", "silent_asks", "window", "head_proofs", "looks",
                  "strangers", "fellows", "suspects", "suspected_links", "workers",
                  "probe_from")  # fmt: skip
        for name in counts:
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if self.probe_from > 2:  # noqa: PLR2004 of several links together nothing else is known
            raise ValueError("probe_from is 1 (every host is probed) or 2 (not those of one link)")

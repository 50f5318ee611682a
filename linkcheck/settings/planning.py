"""How requests to an archive are economised: every threshold with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningSettings:
    """What the planner expects of an archive, and how much it ventures."""

    page_rows: int = 5_000
    """Rows of one index page. A thousand are 100 kB and what EDGI asks for; ten thousand are a
    megabyte, and long scans end in 504s (EDGI #207, 2026). Five thousand leave the requests of a
    large host below those of its small change, whichever it is."""

    index_seconds: float = 5.5
    """That an index answer takes: 2 to 9 seconds are usual (reports of 2023 to 2026)."""

    playback_seconds: float = 1.1
    """That a playback answer takes: 0.4 to 1.8 seconds."""

    hops: float = 0.3
    """More playback requests each moment costs, for an archive sends to its nearest capture: of a
    page's images that share its moment 40%, of pages 25%."""

    answer_chance: float = 0.7
    """That a first bulk page of an unknown host is worth its price; giants are met unawares."""

    venture: float = 0.02
    """Of what asking singly would cost, so much may be lost on pages that answer little."""

    least_venture: float = 2.0
    """Index requests that may be lost on any host: one to learn its size, one to skip ahead."""

    rereads: int = 2
    """Times that a page which came cut or unreadable is asked for again."""

    unread_singles: int = 500
    """Of a host whose index answers still cannot be read then, so many subjects at most are asked
    one by one, some three minutes: it may be the host's fault. If it is the limiter's, refusing
    all hosts with empty answers (2026), asking for everything so would take a night."""

    hot_rows: int = 300
    """Rows for each different key of a page from which a time window is set to the next query."""

    hot_keys: int = 4
    """Keys that a page must have for that: fewer are a front page, which is left behind."""

    window_days: int = 730
    """Either side of the moments that are wanted, where a window is set."""

    rows_per_original: float = 3.0
    """That the forecast expects of a host it knows nothing of."""

    absent_share: float = 0.03
    """Of a bulk query's subjects, so many will be absent: each is confirmed by one playback."""

    rotation_days: int = 364
    """Within which each capture that is a sole witness is replayed: a year of weekly scans."""

    confidence: float = 0.95

    def __post_init__(self) -> None:
        if min(self.page_rows, self.rotation_days) < 1:
            raise ValueError("pages and rotations cannot be negative or empty")
        if not 0 < self.answer_chance <= 1:
            raise ValueError("answer_chance lies above 0, and is 1 at most")
        if not 0 < self.confidence < 1:
            raise ValueError("confidence lies between 0 and 1")

"""Distances in the few steps that a chart shows."""

_DAY = 86_400
_DISTANCES = ((0, "exact"), (_DAY, "day"), (90 * _DAY, "quarter"), (365 * _DAY, "year"))
DISTANCES = (
    "far_before",
    "year_before",
    "quarter_before",
    "day_before",
    "exact",
    "day_after",
    "quarter_after",
    "year_after",
    "far_after",
)

_PUBLICATIONS = (
    (-1, "before"),
    (0, "same"),
    (1, "next"),
    (7, "week"),
    (30, "month"),
    (90, "quarter"),
    (365, "year"),
)
PUBLICATIONS = (*(name for _, name in _PUBLICATIONS), "later")


def distance_bucket(seconds: int) -> str:
    """Return the step of a signed distance, capture minus asked."""
    step = next((name for most, name in _DISTANCES if abs(seconds) <= most), "far")
    return step if step == "exact" else f"{step}_{'before' if seconds < 0 else 'after'}"


def publication_bucket(days: int) -> str:
    """Return the step of a number of days after publication."""
    return next((name for most, name in _PUBLICATIONS if days <= most), "later")

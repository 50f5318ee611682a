"""Charts as SVG, drawn here and not in the browser: bars, whose data stand beside as a table."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from linkcheck.reports.html.safe import visible

_WIDTH, _LABEL, _VALUE = 720, 256, 84
_ROW, _BAR = 30, 18
_ROOM = _WIDTH - _LABEL - _VALUE
_NARROW, _WIDE = 8.3, 14.0  # of a letter of 14 pixels; of a Chinese one
_MARGIN = 22  # of a label: hosts of wide letters run over what is reckoned
_LEAST = 2.0  # of a part that is there at all: a thinner one is lost beside its gap
_HANGING = 14  # from the top of a bar to the line that its letters stand on


class Bar(NamedTuple):
    """A label, and how much of each band; a plain bar has one part."""

    label: str
    parts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return the length of the whole bar."""
        return sum(count for _, count in self.parts)


def draw(bars: Sequence[Bar], title: str, key: str) -> Markup:
    """Return an SVG of horizontal bars; colours come from the page's own classes."""
    longest = max((bar.total for bar in bars), default=0) or 1
    height = len(bars) * _ROW + 4
    body = Markup("").join(_bar(bar, number * _ROW + 4, longest) for number, bar in enumerate(bars))
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t"'
        ' preserveAspectRatio="xMinYMin meet"><title id="{}-t">{}</title>{}</svg>'
    ).format(_WIDTH, height, key, key, title, body)


def draw_ribbon(parts: Sequence[tuple[str, int]], title: str, key: str) -> Markup:
    """Return one bar over the whole width; nothing where there is nothing to draw."""
    total = sum(count for _, count in parts)
    if not total:
        return Markup("")
    least = _WIDTH - _LEAST * len(parts)  # what is left when every part has its least
    drawn, left = Markup(""), 0.0
    for band, count in parts:
        if count:
            width = _LEAST + count / total * least
            drawn += _part(band, left, 0, width)
            left += width
    return Markup(
        '<svg class="ribbon" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t"'
        ' preserveAspectRatio="none"><title id="{}-t">{}</title>{}</svg>'
    ).format(f"{left:.0f}", _BAR, key, key, title, drawn)


def _part(band: str, left: float, top: int, width: float) -> Markup:
    return Markup('<rect class="b-{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        band, f"{left:.1f}", top, f"{width:.1f}", _BAR
    )


def _bar(bar: Bar, top: int, longest: int) -> Markup:
    drawn, left = Markup(""), float(_LABEL)
    for band, count in bar.parts:
        if not count:
            continue
        width = max(count / longest * _ROOM, _LEAST)
        drawn += _part(band, left, top, width)
        left += width
    base = top + _HANGING
    return Markup(
        '<g><text class="label" x="{}" y="{}">{}</text>{}'
        '<text class="value" x="{}" y="{}">{}</text></g>'
    ).format(
        _LABEL - 8,
        base,
        fitting(bar.label, _LABEL - _MARGIN),
        drawn,
        f"{left + 6:.1f}",
        base,
        f"{bar.total:,}",
    )


def fitting(label: str, room: float) -> str:
    """Return a label cut to the room it has: SVG breaks no lines."""
    shown = visible(label)
    used = 0.0
    for place, letter in enumerate(shown):
        used += _NARROW if ord(letter) < 0x1100 else _WIDE  # noqa: PLR2004 - Hangul, and what is wider
        if used > room:
            return shown[: max(place - 1, 0)] + "…"
    return shown

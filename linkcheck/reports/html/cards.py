"""The card of a link, written by hand: a collection has 343,109 of them.

A template took 0.4 ms for each and this takes a tenth of it (2026-11). Whatever comes from an
article or a server goes through `text`, and an address that leads somewhere through `web_address`
before; everything else is ours.
"""

import re
from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

from linkcheck.reports.html.evidence import Row, Seen
from linkcheck.reports.html.safe import LONGEST, visible
from linkcheck.reports.html.speech import Speech
from linkcheck.reports.html.view import Fact, LinkView, SideView

# What a page or a reader could take for something else: looking first makes the usual case free.
_HARM = re.compile(
    "[&<>\"'\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_AWAY = '" rel="noreferrer noopener">'


def text(value: str) -> str:
    """Return a text as a page may hold it, in an element or in a quoted attribute."""
    if _HARM.search(value) is None and len(value) <= LONGEST:
        return value
    return str(escape(visible(value)))


@cache
def label(word: str) -> str:
    """Return a word of the catalogue as a page may hold it: there are few, and each comes often."""
    return text(word)


class Cards:
    """Write the cards of one language."""

    def __init__(self, speech: Speech) -> None:
        self._w = {key: str(escape(said)) for key, said in speech.words.items()}
        # What servers and the tables of rules say is English in every report.
        self._foreign = "" if speech.lang == "en" else ' lang="en"'

    def all(self, links: Iterable[LinkView]) -> Markup:
        """Return the cards of some links."""
        return Markup("".join(self.card(one) for one in links))  # noqa: S704 - made here, escaped

    def card(self, one: LinkView) -> str:
        """Return one link with both sides and its evidence."""
        w, again = self._w, ""
        if one.regressed:
            again = f' <span class="s s-worrying">{w["ui.regressed"]}</span>'
        head = (
            f'<section class="link e-{one.band}" id="{one.anchor}">\n<h3>'
            f'<span class="s s-{one.band}">{label(one.name)}</span>{again} {label(one.role)} '
            f'<a class="place" href="#{one.anchor}">{text(one.place)}</a></h3>\n'
            f'<p class="url"><bdi>{text(one.raw)}</bdi></p>\n'
        )
        parts = [head]
        parts += [f'<p class="note"><bdi>{text(note)}</bdi></p>\n' for note in one.notes]
        if one.archive is not None or one.live is not None:
            parts += (
                '<div class="sides">\n',
                self._side(one.archive, "archive", one.archived_href),
                self._side(one.live, "live", one.live_href),
                "</div>\n",
                self._suggestion(one),
                self._evidence(one),
            )
        parts.append("</section>\n")
        return "".join(parts)

    def _side(self, one: SideView | None, kind: str, href: str | None) -> str:
        w = self._w
        parts = [f"<div><h4>{w[f'ui.side_{kind}']}</h4>\n"]
        if one is None:
            parts.append(f"<p>{w[f'ui.no_side_{kind}']}</p>\n")
        else:
            strikes = f' <span class="note">{text(one.strikes)}</span>' if one.strikes else ""
            parts.append(
                f'<p><a class="v" href="../../words.html#{kind}-{one.verdict}">'
                f"{label(one.name)}</a>{strikes}</p>\n<p>{label(one.because)} "
                f"{self._rule(kind, one.rule)}</p>\n"
            )
            if one.reason:
                parts.append(
                    f'<p class="note">{w["ui.reason"]}{w["ui.colon"]}'
                    f"<bdi{self._foreign}>{text(one.reason)}</bdi></p>\n"
                )
            if one.untold:
                parts.append(f'<p class="note">{text(one.untold)}</p>\n')
            parts += ("<dl>", *map(_fact, one.facts), "</dl>\n")
        if href:
            parts.append(
                f'<p class="go"><a href="{text(href)}{_AWAY}{w[f"ui.open_{kind}"]}'
                '<span class="away"> ↗</span></a></p>\n'
            )
        parts.append("</div>\n")
        return "".join(parts)

    def _rule(self, kind: str, rule: str) -> str:
        """Return the name of a rule, leading to its words; rules of other versions have none."""
        shown = f"<code>{text(rule)}</code>"
        if f"{kind}_rule.{rule}" not in self._w:
            return shown
        return f'<a class="rule" href="../../words.html#{kind}-rule-{rule}">{shown}</a>'

    def _suggestion(self, one: LinkView) -> str:
        if one.suggestion is None:
            return ""
        name, href, said = one.suggestion
        shown = f"<bdi>{text(said)}</bdi>"
        if href:
            shown = f'<a href="{text(href)}{_AWAY}{shown}</a>'
        return f'<p class="suggestion"><b>{label(name)}{self._w["ui.colon"]}</b>{shown}</p>\n'

    def _evidence(self, one: LinkView) -> str:
        w = self._w
        when = f"{w['ui.checked_at']} {one.checked}" if one.checked else w["ui.never_checked"]
        archive, live = one.evidence.archive, one.evidence.live
        return (
            f'<details><summary>{w["ui.evidence"]} <span class="note">{when}</span></summary>\n'
            f"{_seen(archive, w['ui.side_archive'])}{_seen(live, w['ui.side_live'])}</details>\n"
        )


def _fact(fact: Fact) -> str:
    name, said, href = fact
    shown = text(said)
    if href:
        shown = f'<a href="{text(href)}{_AWAY}{shown}</a>'
    return f"<dt>{label(name)}<dd>{shown}"


def _seen(seen: Seen | None, title: str) -> str:
    if seen is None:
        return ""
    parts = [f"<h4>{title}</h4>\n", _rows(seen.facts)]
    if seen.steps:
        parts.append("<ol>")
        parts += [
            f"<li><p><bdi>{text(step.asked)}</bdi> → <b>{text(step.answer)}</b></p>"
            f"{_rows(step.facts)}</li>"
            for step in seen.steps
        ]
        parts.append("</ol>\n")
    return "".join(parts)


def _rows(rows: Iterable[Row]) -> str:
    made = "".join(f"<dt>{label(name)}<dd>{text(said)}" for name, said in rows)
    return f"<dl>{made}</dl>\n"

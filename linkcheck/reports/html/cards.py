"""The card of a link, written by hand: a collection has 343,109 of them.

No template and no object stands between a finding and its text: both took four times as long
(2026-11). Whatever comes from an article or a server goes through `text`, and an address that
leads somewhere through `web_address` before; everything else is ours.
"""

from collections.abc import Iterable

from linkcheck.model.finding import LinkFinding
from linkcheck.reports.confirmed import is_regressed
from linkcheck.reports.html.escaped import label, text, words_of
from linkcheck.reports.html.evidence import Evidence
from linkcheck.reports.html.ranks import BAND
from linkcheck.reports.html.safe import brief, readable
from linkcheck.reports.html.sides import Sides
from linkcheck.reports.html.suggestion import Suggestions
from linkcheck.reports.speech import Speech, moment


class Cards:
    """Write the cards of one language."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._w = words_of(speech)
        self._sides = Sides(speech)
        self._evidence = Evidence(speech)
        self._suggestions = Suggestions(speech)
        self._badges = {
            standing: f'<span class="s s-{band}">{text(speech.named("standing", standing))}</span>'
            for standing, band in BAND.items()
        }
        self._regressed = f' <span class="s s-worrying">{self._w["ui.regressed"]}</span>'

    def all(self, findings: Iterable[LinkFinding]) -> str:
        """Return the cards of some links."""
        return "".join(map(self.card, findings))

    def entry(self, finding: LinkFinding) -> str:
        """Return the entry of a list that leads to the card of a link."""
        link = finding.link
        again = self._regressed if is_regressed(finding) else ""
        shown = text(brief(readable(link.original or link.raw)))
        return (
            f"<li>{self._badges[finding.standing]}{again} "
            f'<a href="#L{link.line}-{link.column}"><bdi class="url">{shown}</bdi></a></li>\n'
        )

    def card(self, finding: LinkFinding) -> str:
        """Return one link with both sides and its evidence."""
        link, words = finding.link, self._speech.words
        anchor = f"L{link.line}-{link.column}"
        again = self._regressed if is_regressed(finding) else ""
        place = words["ui.line_column"].format(line=f"{link.line:,}", column=f"{link.column:,}")
        head = (
            f'<section class="link e-{BAND[finding.standing]}" id="{anchor}">\n'
            f"<h3>{self._badges[finding.standing]}{again} {label(words[f'role.{link.role}'])} "
            f'<a class="place" href="#{anchor}">{text(place)}</a></h3>\n'
            f'<p class="url"><bdi>{text(readable(link.raw))}</bdi></p>\n'
        )
        parts = [head]
        if finding.reason or link.reason or link.repairs:
            parts += self._notes(finding)
        if finding.archive is not None or finding.live is not None:
            parts += (
                '<div class="sides">\n',
                self._sides.archive(finding),
                self._sides.live(finding),
                "</div>\n",
                self._suggestions.of(finding.archive),
                self._evidenced(finding),
            )
        parts.append("</section>\n")
        return "".join(parts)

    def _notes(self, finding: LinkFinding) -> Iterable[str]:
        link, speech = finding.link, self._speech
        told = {side.finding.reason for side in (finding.archive, finding.live) if side}
        notes = []
        if finding.reason and finding.reason not in told:  # a side says it in its own place
            notes.append(finding.reason)
        if link.reason and link.reason != finding.reason:
            notes.append(link.reason)
        if link.repairs:
            notes.append(speech.labelled(speech.words["ui.repaired"], ", ".join(link.repairs)))
        return [f'<p class="note"><bdi>{text(note)}</bdi></p>\n' for note in notes]

    def _evidenced(self, finding: LinkFinding) -> str:
        w, checked = self._w, moment(finding.checked_at)
        when = f"{w['ui.checked_at']} {checked}" if checked else w["ui.never_checked"]
        archive = "" if finding.archive is None else self._evidence.archive(finding.archive)
        live = "" if finding.live is None else self._evidence.live(finding.live)
        return (
            f'<details><summary>{w["ui.evidence"]} <span class="note">{when}</span></summary>\n'
            f"{self._written(finding.link.raw)}{archive}{live}</details>\n"
        )

    def _written(self, raw: str) -> str:
        """Return an address as the article has it, where its card shows it as people write it."""
        if readable(raw) == raw:
            return ""
        return f"<dl><dt>{self._w['ui.as_written']}<dd>{text(raw)}</dl>\n"

"""The two sides of a link: the verdict, the rule that decided in plain words, and what it says."""

from functools import lru_cache

from linkcheck.model.finding import LinkFinding, Strikes, Untold
from linkcheck.model.link import Time
from linkcheck.model.observation import ArchiveObservation
from linkcheck.model.verdict import ArchiveFinding, ArchiveVerdict, LiveFinding, LiveMethod, Proof
from linkcheck.reports.html.escaped import AWAY, label, leading, terms_of, text, words_of
from linkcheck.reports.html.places import archived_url, capture_url
from linkcheck.reports.html.safe import web_address
from linkcheck.reports.speech import Speech, digits, moment

_ALIKE = 4_096
"""Live sides at hand: all originals of a dead host have the same one."""

_A = ArchiveVerdict
_NOTHING_THERE = frozenset({_A.MISSING, _A.EXCLUDED, _A.UNPLAYABLE, _A.PENDING, _A.UNKNOWN})
"""Verdicts that no capture proves: that one is listed stands with the evidence."""


class Sides:
    """Write the sides of one language."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._w = words_of(speech)
        self._dt = terms_of(speech)
        # What servers and the tables of rules say is English in every report.
        self._foreign = "" if speech.lang == "en" else ' lang="en"'
        self._distance = lru_cache(_ALIKE)(speech.distance)
        self._known_by = lru_cache(_ALIKE)(self._proof)
        self._of_host = lru_cache(_ALIKE)(self._live)
        self._judged = lru_cache(_ALIKE)(self._judgement)
        self._none = {
            kind: f"{self._title(kind)}<p>{self._w[f'ui.no_side_{kind}']}</p>\n"
            for kind in ("archive", "live")
        }

    def archive(self, finding: LinkFinding) -> str:
        """Return what an archive has of the link."""
        seen = finding.archive
        said = self._none["archive"] if seen is None else self._archive(finding, seen)
        return f"{said}{self._go('archive', _archived(finding))}</div>\n"

    def live(self, finding: LinkFinding) -> str:
        """Return what became of the link on the live web."""
        seen = finding.live
        if seen is None:
            said = self._none["live"]
        else:
            write = self._of_host if seen.finding.method is LiveMethod.HOST else self._live
            said = write(seen.finding, finding.live_strikes, finding.live_untold)
        return f"{said}{self._go('live', finding.link.original)}</div>\n"

    def _archive(self, finding: LinkFinding, seen: ArchiveObservation) -> str:
        found, words, dt = seen.finding, self._speech.words, self._dt
        facts = []
        asked = seen.want.timestamp
        if asked is not None:
            note = words["ui.inherited"] if seen.want.time is Time.INHERITED else ""
            facts.append(f"{dt['ui.asked_time']}{text(self._speech.aside(digits(asked), note))}")
        if found.capture_timestamp is not None:
            facts.append(f"{dt['ui.capture_time']}{self._captured(seen, found)}")
        if found.captured_url is not None and found.captured_url != seen.evidence.original:
            facts.append(f"{dt['ui.captured_url']}{text(found.captured_url)}")
        if found.final_url is not None:
            facts.append(f"{dt['ui.ends_at']}{leading(found.final_url, text(found.final_url))}")
        if found.verdict not in _NOTHING_THERE:
            facts.append(f"{dt['ui.known_by']}{self._known_by(found.proof)}")
        strikes, untold = finding.archive_strikes, finding.archive_untold
        return self._said("archive", found, strikes, untold, facts)

    def _live(self, found: LiveFinding, strikes: Strikes, untold: Untold | None) -> str:
        words, dt = self._speech.words, self._dt
        facts = []
        if found.final_url is not None:
            how = {True: words["ui.permanent"], False: words["ui.temporary"], None: ""}
            said = self._speech.aside(found.final_url, how[found.permanent])
            facts.append(f"{dt['ui.ends_at']}{leading(found.final_url, text(said))}")
        facts.append(f"{dt['ui.method']}{label(words[f'method.{found.method}'])}")
        return self._said("live", found, strikes, untold, facts)

    def _said(
        self,
        kind: str,
        found: ArchiveFinding | LiveFinding,
        strikes: Strikes,
        untold: Untold | None,
        facts: list[str],
    ) -> str:
        w = self._w
        name, because = self._judged(kind, found.verdict, found.rule)
        waits = ""
        if strikes.strikes:
            shown = min(strikes.strikes, strikes.needed)
            said = self._speech.say("ui.strikes", strikes=shown, needed=strikes.needed)
            waits = f' <span class="note">{text(said)}</span>'
        parts = [name, waits, because]
        if found.reason:
            parts.append(
                f'<p class="note">{w["ui.reason"]}{w["ui.colon"]}'
                f"<bdi{self._foreign}>{text(found.reason)}</bdi></p>\n"
            )
        if untold is not None:
            parts.append(f'<p class="note">{text(self._untold(untold))}</p>\n')
        parts += ("<dl>", *facts, *self._past(strikes), "</dl>\n")
        return "".join(parts)

    def _judgement(self, kind: str, verdict: str, rule: str) -> tuple[str, str]:
        """Return the verdict and the rule: what stands before the strikes, and what after."""
        speech = self._speech
        known = text(speech.word(f"{kind}_rule", rule))
        shown = f"<code>{text(rule)}</code>"
        if f"{kind}_rule.{rule}" in self._w:  # rules of other versions have no words
            shown = f'<a class="rule" href="../../words.html#{kind}-rule-{rule}">{shown}</a>'
        opening = f'{self._title(kind)}<p><a class="v" href="../../words.html#{kind}-{verdict}">'
        name = text(speech.named(kind, verdict))
        return f"{opening}{name}</a>", f"</p>\n<p>{known} {shown}</p>\n"

    def _captured(self, seen: ArchiveObservation, found: ArchiveFinding) -> str:
        url = found.captured_url or seen.evidence.original
        far = found.distance_seconds
        how = "" if far is None else self._distance(far)
        said = self._speech.aside(digits(found.capture_timestamp), how)
        return leading(capture_url(seen.evidence.archive, found.capture_timestamp, url), text(said))

    def _proof(self, proof: Proof | None) -> str:
        """Return how a verdict is known, with the algorithm and the form of the bytes."""
        words = self._speech.words
        if proof is None:
            return text(words["proof.none"])
        how = ", ".join(filter(None, (proof.algorithm, proof.form)))
        return text(self._speech.aside(words[f"proof.{proof.kind}"], how))

    def _past(self, strikes: Strikes) -> list[str]:
        dt, facts = self._dt, []
        if strikes.first_seen is not None:
            facts.append(f"{dt['ui.first_seen']}{moment(strikes.first_seen)}")
        if strikes.last_good is not None:
            facts.append(f"{dt['ui.last_good']}{moment(strikes.last_good)}")
        if strikes.flaps:
            facts.append(f"{dt['ui.flaps']}{strikes.flaps}")
        return facts

    def _untold(self, untold: Untold) -> str:
        return self._speech.say(
            "ui.untold_since",
            count=untold.count,
            since=moment(untold.since),
            reason=untold.reason or self._speech.word("live_rule", untold.rule),
        )

    def _title(self, kind: str) -> str:
        return f"<div><h4>{self._w[f'ui.side_{kind}']}</h4>\n"

    def _go(self, kind: str, url: str | None) -> str:
        href = web_address(url)
        if not href:
            return ""
        opening = f'<p class="go"><a href="{text(href)}{AWAY}{self._w[f"ui.open_{kind}"]}'
        return f'{opening}<span class="away"> ↗</span></a></p>\n'


def _archived(finding: LinkFinding) -> str | None:
    """Return the archived copy to show beside the original: as cited, else the one that answers."""
    cited = archived_url(finding.link)
    if cited is not None or finding.archive is None:
        return cited
    seen = finding.archive
    if seen.finding.capture_timestamp is None:
        return None
    url = seen.finding.captured_url or seen.evidence.original
    return capture_url(seen.evidence.archive, seen.finding.capture_timestamp, url)

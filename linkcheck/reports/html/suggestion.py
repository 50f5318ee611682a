"""What would serve better than the capture that is cited."""

from linkcheck.model.observation import ArchiveObservation
from linkcheck.reports import addresses
from linkcheck.reports.html.escaped import label, leading, text, words_of
from linkcheck.reports.speech import Speech, digits


class Suggestions:
    """Write the suggestions of one language."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._colon = words_of(speech)["ui.colon"]

    def of(self, seen: ArchiveObservation | None) -> str:
        """Return the better capture, where there is one."""
        if seen is None or seen.suggestion is None:
            return ""
        better, speech = seen.suggestion, self._speech
        far = better.distance_seconds
        when = [digits(better.archived.timestamp), "" if far is None else speech.distance(far)]
        name = speech.words["ui.suggestion_sibling" if better.sibling else "ui.suggestion"]
        said = speech.aside(better.archived.inner, ", ".join(filter(None, when)))
        shown = leading(addresses.capture_url(better.archived), f"<bdi>{text(said)}</bdi>")
        return f'<p class="suggestion"><b>{label(name)}{self._colon}</b>{shown}</p>\n'

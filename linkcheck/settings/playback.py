"""What is replayed besides what only a replay can answer: `--playback doubtful,sample:400`."""

import re
from dataclasses import dataclass

from linkcheck.errors import UsageError

_SAMPLE = re.compile(r"sample:([0-9]{1,9})")
_WORDS = "all, none, doubtful, sample:N"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackSettings:
    """Which captures are replayed."""

    everything: bool = False
    """Every cited moment: some 8 requests a second at best, 9 hours and more for 226,243."""

    nothing: bool = False
    """The index alone is asked; what only a replay can tell stays unknown."""

    doubtful: bool = True
    """Absences, suspicions, rows that do not tell their status: a replay settles each."""

    sample: int = 400
    """Listed captures that nobody doubts: none bad among 400 bounds the share of bad ones at 1%."""

    @property
    def words(self) -> str:
        """Return the words that say the same."""
        if self.everything or self.nothing:
            return "all" if self.everything else "none"
        parts = ("doubtful",) if self.doubtful else ()
        return ",".join((*parts, f"sample:{self.sample}"))


def read_playback(text: str) -> PlaybackSettings:
    """Read the words of `--playback`; complain in words about any other."""
    words = [word.strip().lower() for word in text.split(",")]
    doubtful, sample = False, 0
    for word in words:
        match = _SAMPLE.fullmatch(word)
        if word in {"all", "none"}:
            if len(words) > 1:
                raise UsageError(f"--playback {text}: {word!r} stands alone")
            return PlaybackSettings(
                everything=word == "all", nothing=word == "none", doubtful=False, sample=0
            )
        if word == "doubtful":
            doubtful = True
        elif match is not None:
            sample = int(match[1])
        else:
            hint = "; how many? sample:400" if word.startswith("sample") else ""
            raise UsageError(f"--playback {text}: {word!r} is none of {_WORDS}{hint}")
    return PlaybackSettings(doubtful=doubtful, sample=sample)

"""The way through playback answers: where to ask next, and where it ended."""

from enum import StrEnum

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.playback import SILENCE, Answer, PlaybackReading
from linkcheck.urls.places import is_front_page, is_login, is_shortened
from linkcheck.urls.urlkey import one_key

Chain = tuple[PlaybackReading, ...]
_CAPTURED = frozenset({Answer.CAPTURE, Answer.REDIRECT})
_GOOD, _REDIRECTS, _ERRORS = range(200, 300), range(300, 400), range(400, 600)
_NOT_MODIFIED = 304


class Replay(StrEnum):
    """What playback came to."""

    NOT_ASKED = "not-asked"
    PLAYED = "played"
    ABSENT = "absent"
    EXCLUDED = "excluded"
    BROKEN = "broken"
    UNTOLD = "untold"


class Ending(StrEnum):
    """What the capture is by its own status, redirects followed."""

    GOOD = "good"
    GOOD_SAME_KEY = "good-same-key"  # by way of a captured redirect within one key
    GOOD_ELSEWHERE = "good-elsewhere"
    FRONT_PAGE = "front-page"
    LOGIN = "login"
    ERROR = "error"
    DEAD_END = "dead-end"
    UNSEEN = "unseen"


_OWN_WORDS = {Answer.EXCLUDED: Replay.EXCLUDED, Answer.BROKEN: Replay.BROKEN}


def next_step(chain: Chain, hops: int) -> ArchivedUrl | None:
    """Return what to ask next, or None where the way ends: there, in a circle, or too far."""
    return chain[-1].target if _leads_on(chain) and len(chain) <= hops else None


def replay_of(chain: Chain) -> Replay:
    """Tell what playback came to; a way that was not gone to its end is untold."""
    if not chain:
        return Replay.NOT_ASKED
    last, captured = chain[-1], any(reading.answer in _CAPTURED for reading in chain)
    if last.answer in SILENCE or _leads_on(chain):
        return Replay.UNTOLD
    if last.answer in _OWN_WORDS:
        return _OWN_WORDS[last.answer]
    if captured:
        return Replay.PLAYED
    # An archive that names a nearest capture and then denies it is in error itself.
    absent = last.answer is Answer.ABSENT and len(chain) == 1
    return Replay.ABSENT if absent else Replay.BROKEN


def ending_of(chain: Chain, original: str) -> Ending:
    """Tell what a way that was gone to its end leads to."""
    last = chain[-1]
    if last.answer is not Answer.CAPTURE:
        return Ending.DEAD_END  # a circle, out of the archive, or to what was never captured
    status = last.status or 0
    if status in _ERRORS:
        return Ending.ERROR
    if status == _NOT_MODIFIED:
        return Ending.UNSEEN  # what an earlier capture holds, still stood
    if status in _REDIRECTS:
        return Ending.DEAD_END
    return _good(chain, original) if status in _GOOD else Ending.UNSEEN


def captured_first(chain: Chain) -> PlaybackReading | None:
    """Return the first capture on the way."""
    return next((reading for reading in chain if reading.answer in _CAPTURED), None)


def captured_for(chain: Chain, original: str) -> PlaybackReading | None:
    """Return the capture whose moment and address count.

    Behind a redirect within one key it is the one with the content, however far it is; a redirect
    to elsewhere, or to nothing good, is itself what was captured.
    """
    first = captured_first(chain)
    same = first is not chain[-1] and ending_of(chain, original) is Ending.GOOD_SAME_KEY
    return chain[-1] if same else first


def final_url(chain: Chain) -> str | None:
    """Return where captured redirects lead, out of the archive too; None where there are none.

    An archive may also show what it holds of another address, without a redirect: pywb does so of
    addresses that differ in what it takes for noise.
    """
    if not chain:
        return None
    last = chain[-1]
    if not any(reading.answer is Answer.REDIRECT for reading in chain):
        other = last.original is not None and not one_key(last.original, chain[0].asked.inner)
        return last.original if other else None
    target = None if last.target is None else last.target.inner
    return last.outside or target or last.original or last.asked.inner


def _leads_on(chain: Chain) -> bool:
    """Tell a way that goes on, in this archive and to where it has not been."""
    if not chain or chain[-1].answer not in {Answer.REDIRECT, Answer.NEAREST}:
        return False
    target = chain[-1].target
    return target is not None and _place(target) not in _places(chain)


def _good(chain: Chain, original: str) -> Ending:
    end = chain[-1].original or original
    if one_key(end, original):
        redirected = any(reading.answer is Answer.REDIRECT for reading in chain)
        return Ending.GOOD_SAME_KEY if redirected else Ending.GOOD
    if is_login(end) and not is_login(original):
        return Ending.LOGIN
    if is_front_page(end) and not (is_front_page(original) or is_shortened(original)):
        return Ending.FRONT_PAGE
    return Ending.GOOD_ELSEWHERE


def _place(archived: ArchivedUrl) -> tuple[str | None, str]:
    return archived.timestamp, archived.inner


def _places(chain: Chain) -> set[tuple[str | None, str]]:
    return {_place(reading.asked) for reading in chain}

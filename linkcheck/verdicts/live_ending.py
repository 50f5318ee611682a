"""How asking for an original ended: with an answer, with nobody there, or in silence."""

from linkcheck.model.exchange import FailureKind
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.urls.names import is_public_name
from linkcheck.urls.parts import split
from linkcheck.verdicts.live_facets import Ending

_F = FailureKind


def ending_of(evidence: LiveEvidence, answer: LiveAnswer | None) -> Ending:
    """Tell an answer, a dead name, a closed door, and what may be our own network."""
    if answer is None:
        return Ending.NOT_ASKED
    if answer.status is not None:
        return Ending.ANSWERED
    if answer.failure in {_F.DNS_NO_SUCH_NAME, _F.REFUSED}:
        return _nobody(evidence, answer)
    return Ending.UNTOLD if answer.failure is None else _FAILURES[answer.failure]


def _nobody(evidence: LiveEvidence, answer: LiveAnswer) -> Ending:
    """Tell what it means that nobody was there: asked twice, and where."""
    if answer.hops:
        return Ending.DEAD_END
    same = (each.failure is answer.failure and not each.hops for each in evidence.answers)
    if sum(same) == 1:
        return Ending.ONCE
    if answer.failure is _F.DNS_NO_SUCH_NAME:
        return Ending.NO_NAME if _is_public(answer.asked) else Ending.UNTOLD
    others = [each for each in evidence.answers if each.failure is not _F.REFUSED]
    if any(each.status is not None or _speaks(each) for each in others):
        return Ending.PORT_REFUSED
    return Ending.SILENT if others else Ending.REFUSED


def _speaks(answer: LiveAnswer) -> bool:
    """Tell a failure in which somebody was heard at the door that was asked."""
    if answer.hops or answer.failure is None:
        return bool(answer.hops)
    return _FAILURES.get(answer.failure) in {Ending.TLS, Ending.GARBLED, Ending.CIRCLES}


def _is_public(url: str) -> bool:
    parts = split(url)
    return parts is not None and is_public_name(parts.host)


# fmt: off
_FAILURES: dict[FailureKind, Ending] = {
    _F.DNS_FAILURE:        Ending.SILENT,
    _F.RESET:              Ending.SILENT,
    _F.UNREACHABLE:        Ending.SILENT,
    _F.CONNECT_TIMEOUT:    Ending.SILENT,
    _F.READ_TIMEOUT:       Ending.SILENT,
    _F.DEADLINE:           Ending.SILENT,
    _F.TLS_EXPIRED:        Ending.TLS,
    _F.TLS_NAME:           Ending.TLS,
    _F.TLS_SELF_SIGNED:    Ending.TLS,
    _F.TLS_PROTOCOL:       Ending.TLS,
    _F.TLS_OTHER:          Ending.TLS,
    _F.PROTOCOL:           Ending.GARBLED,
    _F.TOO_LARGE:          Ending.GARBLED,
    _F.TOO_MANY_REDIRECTS: Ending.CIRCLES,
    _F.REDIRECT_LOOP:      Ending.CIRCLES,
    _F.GUARDED:            Ending.UNTOLD,
    _F.PROXY:              Ending.UNTOLD,
    _F.PAUSED:             Ending.UNTOLD,
    _F.NOT_RECORDED:       Ending.UNTOLD,
}
# fmt: on

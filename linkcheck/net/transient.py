"""Which answers may be another one in a moment: the whole policy of trying again."""

from typing import assert_never

from linkcheck.model.exchange import Failure, FailureKind, Reply
from linkcheck.net.sign import is_capture

# 408 asks for it (RFC 9110, 15.5.9). 429 is not here: the gate rests and asks again itself.
STATUSES = frozenset({408, 500, 502, 503, 504})


def is_transient(answer: Reply | Failure) -> bool:
    """Tell whether asking again soon can help."""
    if isinstance(answer, Failure):
        return _passes(answer.kind)
    # A capture's own 503 is what the archive keeps, and will be the same tomorrow.
    return answer.status in STATUSES and not is_capture(answer)


def _passes(kind: FailureKind) -> bool:
    match kind:
        case (
            FailureKind.DNS_FAILURE
            | FailureKind.RESET
            | FailureKind.CONNECT_TIMEOUT
            | FailureKind.READ_TIMEOUT
        ):
            return True
        case (
            FailureKind.DNS_NO_SUCH_NAME
            | FailureKind.REFUSED  # an archive's is a ban, another host's a plain no
            | FailureKind.UNREACHABLE
            | FailureKind.DEADLINE  # it had its time
            | FailureKind.TLS_EXPIRED
            | FailureKind.TLS_NAME
            | FailureKind.TLS_SELF_SIGNED
            | FailureKind.TLS_PROTOCOL
            | FailureKind.TLS_OTHER
            | FailureKind.PROTOCOL
            | FailureKind.TOO_LARGE
            | FailureKind.TOO_MANY_REDIRECTS
            | FailureKind.REDIRECT_LOOP
            | FailureKind.GUARDED
            | FailureKind.PROXY
            | FailureKind.PAUSED
            | FailureKind.NOT_RECORDED
        ):
            return False
        case _:
            assert_never(kind)

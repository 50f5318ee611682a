"""What of an exchange no field of the WARC standard can say."""

from linkcheck.model.exchange import Purpose, Request, Tls
from linkcheck.model.noun import Noun

# Extension fields, which the standard allows (WARC 1.1, 5.1): JSON of what its own cannot say.
ASKED = "X-Linkcheck-Asked"
SEEN = "X-Linkcheck-Seen"
FAILURE = "X-Linkcheck-Failure"
LEFT_OUT = "X-Linkcheck-Left-Out"


class Asked(Noun, frozen=True, kw_only=True, omit_defaults=True):
    """What a request record's block does not tell: why, and which headers the caller chose."""

    purpose: Purpose
    method: str | None = None  # but GET
    headers: tuple[tuple[str, str], ...] = ()
    url: str | None = None  # where WARC-Target-URI cannot hold it as it is
    errand: str = ""
    again: bool = False

    @classmethod
    def of(cls, request: Request, target: str) -> "Asked":
        """Describe a request that is without its secrets."""
        return cls(
            purpose=request.purpose,
            method=None if request.method == "GET" else request.method,
            headers=request.headers,
            url=None if target == request.url else request.url,
            errand=request.errand,
            again=request.again,
        )

    def request(self, target: str) -> Request:
        """Return the request again."""
        return Request(
            url=target if self.url is None else self.url,
            method=self.method or "GET",
            headers=self.headers,
            purpose=self.purpose,
            errand=self.errand,
            again=self.again,
        )


class Seen(Noun, frozen=True, kw_only=True, omit_defaults=True):
    """What a response record's block does not tell of a reply."""

    http_version: str | None = None  # but HTTP/1.1
    address: str | None = None
    tls: Tls | None = None
    first_byte_seconds: float
    total_seconds: float
    sends: int = 1

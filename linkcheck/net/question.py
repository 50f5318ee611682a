"""What makes two requests the same question to a recording."""

import hashlib

from linkcheck.model.exchange import Request
from linkcheck.net.warc import wire_bytes


def question(request: Request) -> bytes:
    """Return the fingerprint of a request that is without its secrets.

    The purpose counts because it decides how much of the body was kept; `follow` does not, since
    a recording holds single exchanges. The errand keeps apart who asked: two links may lead to one
    page, which answers each of them in its own way and time.
    """
    parts = [request.method, request.url, request.purpose, request.errand]
    for name, value in sorted((name.lower(), value) for name, value in request.headers):
        parts += name, value
    # Lengths before the parts: no text can pretend to be two.
    joined = b"".join([b"%d:%b" % (len(part), part) for part in map(wire_bytes, parts)])
    return hashlib.blake2b(joined, digest_size=16).digest()


def record_id(run: str, asked: bytes, times: int) -> str:
    """Return the id of the record of a question's n-th answer in a run.

    The ids of a cassette recorded anew stay the same, in whatever order its answers came.
    """
    digest = hashlib.blake2b(b"%b %d" % (asked, times), key=wire_bytes(run)[:64], digest_size=16)
    number = digest.hexdigest()
    # A UUID of version 8, whose bits are its maker's (RFC 9562, 5.8); the last digit tells the
    # records of one exchange apart.
    return (
        f"urn:uuid:{number[:8]}-{number[8:12]}-8{number[13:16]}-"
        f"{'89ab'[int(number[16], 16) & 3]}{number[17:20]}-{number[20:31]}0"
    )


def request_id(record: str) -> str:
    """Return the id of the request record beside an answer's record."""
    return f"{record[:-1]}1"

"""Texts as numbers, for counting distinct ones in little memory."""

import hashlib
from functools import lru_cache


@lru_cache(maxsize=1_024)
def mark(*parts: str) -> int:
    """Return a number for some texts, the same in every process that counts.

    Of 343,109 links two share one once in 300 million reports.
    """
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), "big")

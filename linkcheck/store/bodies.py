"""The bodies of evidence: each is kept once, however many episodes rest on it."""

import sqlite3

from linkcheck.store.packing import Packed, deflate

_REMEMBERED = 20_000  # hashes: negatives and placeholders come by the thousand


class Bodies:
    """Keep the bodies of one run. Every call is part of a transaction of the caller's."""

    def __init__(self, dictionary: bytes) -> None:
        self._dictionary = dictionary
        self._known: dict[bytes, int] = {}

    def forget(self) -> None:
        """Forget what a transaction that failed had put in."""
        self._known.clear()

    def take(self, connection: sqlite3.Connection, packed: Packed) -> int:
        """Return the number of a body, which is kept if it is new."""
        known = self._known.get(packed.hash)
        if known is not None:
            return known
        found = connection.execute(
            "SELECT id FROM evidence WHERE hash = ?", (packed.hash,)
        ).fetchone()
        if found is None:
            body = deflate(packed.document, self._dictionary)
            cursor = connection.execute(
                "INSERT INTO evidence (hash, body) VALUES (?, ?)", (packed.hash, body)
            )
            number = cursor.lastrowid or 0
        else:
            number = found[0]
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[packed.hash] = number
        return number

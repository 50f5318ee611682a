"""A word that is another one once findings have changed without having been asked for again."""

import secrets
import sqlite3

from linkcheck.store.database import Database

_NOTE = "upheaval"


def note_upheaval(connection: sqlite3.Connection) -> None:
    """Note, in the transaction that does it, that what was counted of findings holds no more."""
    connection.execute(
        "INSERT INTO note (name, value) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value",
        (_NOTE, secrets.token_bytes(8)),
    )


def upheaval(database: Database) -> str:
    """Return the word: new after other rules have judged, after pruning, and after a migration."""
    version = database.row("PRAGMA user_version")
    noted = database.row("SELECT value FROM note WHERE name = ?", (_NOTE,))
    return f"{version[0] if version else 0}:{noted[0].hex() if noted else ''}"

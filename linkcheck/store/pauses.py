"""The book of pauses: what an archive asked for holds for the next process too."""

import msgspec

from linkcheck.model.pause import Pause
from linkcheck.store.database import Database
from linkcheck.store.legible import encoded


class StoredPauses:
    """Keep pauses in the store; the latest of each site."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> tuple[Pause, ...]:
        """Return the latest pause of each site, ended ones too: the next ban builds on the last."""
        rows = self._database.rows("SELECT body FROM pause ORDER BY site")
        return tuple(msgspec.json.decode(body, type=Pause) for (body,) in rows)

    def write(self, pause: Pause) -> None:
        """Keep a pause, in the place of the site's earlier one."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO pause (site, body) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET body = excluded.body",
                (pause.site, encoded(pause).decode()),
            )

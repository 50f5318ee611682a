"""The articles and links of the collection, as they were last read."""

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from linkcheck.model.link import Link
from linkcheck.store.database import Database
from linkcheck.store.legible import legible, legible_row
from linkcheck.store.names import Names, want_values
from linkcheck.store.nouns import Footprint, Sweep
from linkcheck.store.prepared import Prepared

_SETTLED_NS = 2_000_000_000
"""A file that changed less than this before it was read may change again in the same tick of its
clock (FAT's is two seconds): it is read once more the next time."""

_TOGETHER = 500
"""Adopted articles that are written down in one transaction."""

_LINK = (
    "INSERT INTO link (article, number, line, column, role, raw, original, archive, timestamp,"
    " modifier, kind, reason, time, repairs, want, live)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_COPY = (
    "INSERT INTO link SELECT ?, number, line, column, role, raw, original, archive, timestamp,"
    " modifier, kind, reason, time, repairs, want, live FROM link WHERE article = ?"
)
_ARTICLE = (
    "INSERT INTO article (path, sha256, size, mtime_ns, extraction, title, published)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256,"
    " size = excluded.size, mtime_ns = excluded.mtime_ns, extraction = excluded.extraction,"
    " title = excluded.title, published = excluded.published RETURNING id"
)


class Shelf:
    """What one run finds on the disk, compared with what earlier runs found."""

    def __init__(self, database: Database, names: Names, extraction: str) -> None:
        self._database = database
        self._names = names
        self._extraction = extraction
        self._before: dict[str, tuple[int, int, int]] = {
            path: (number, size, mtime)
            for path, number, size, mtime in database.stream(
                "SELECT path, id, size, CASE extraction WHEN ? THEN mtime_ns ELSE -1 END"
                " FROM article",
                (extraction,),
            )
        }
        self._met: set[str] = set()
        self._is_over = False
        self._read = 0
        self._copied = 0
        self._adopted: dict[bytes, str] = {}
        self._waiting: list[tuple[Footprint, int | None, int | None]] = []

    def is_known(self, name: str, size: int, mtime_ns: int) -> bool:
        """Tell that a file is as it was, by size and time."""
        before = self._before.get(name)
        if before is None or before[1:] != (size, mtime_ns) or mtime_ns < 0:
            return False
        self._met.add(name)
        return True

    def known_below(self, root: str) -> int:
        """Return how many articles earlier runs knew below a root."""
        root = root.strip("/")
        return sum(below(path, root) for path in self._before)

    def adopt(self, footprint: Footprint) -> bool:
        """Tell that a file's content is known, and keep its links."""
        content = bytes.fromhex(footprint.sha256)
        twins = self._database.rows(
            "SELECT id, path FROM article WHERE sha256 = ? AND extraction = ?",
            (content, self._extraction),
        )
        suffix = PurePosixPath(footprint.name).suffix
        same = next((number for number, path in twins if path == footprint.name), None)
        twin = next((one for one in twins if PurePosixPath(one[1]).suffix == suffix), None)
        changed = self._is_over or footprint.name in self._before
        if same is None and (twin is None or changed):
            return False  # links of others may yet be copied from where an article has changed
        self._waiting.append((footprint, same, None if twin is None else twin[0]))
        if len(self._waiting) >= _TOGETHER:
            self.settle()
        self._met.add(footprint.name)
        if same is None:
            self._copied += 1
            self._adopted[content] = footprint.name
        return True

    def settle(self) -> None:
        """Write down what was adopted: a collection that was copied anew has 49,118 new times."""
        with self._database.transaction(durable=False) as connection:
            for seen, same, twin in self._waiting:
                if same is not None:
                    connection.execute(
                        "UPDATE article SET size = ?, mtime_ns = ? WHERE id = ?",
                        (seen.size, _settled(seen.mtime_ns), same),
                    )
                elif twin is not None:
                    self._copy(connection, seen, bytes.fromhex(seen.sha256), twin)
        self._waiting.clear()

    def put(self, articles: Iterable[Prepared]) -> None:
        """Take in articles that were parsed; on the disk after `sweep` or `settle`."""
        self.settle()
        met = []
        with self._database.transaction(durable=False) as connection:
            for article in articles:
                self._put(connection, article)
                met.append(article.footprint.name)
        self._met.update(met)
        self._read += len(met)

    def sweep(self, walked: Sequence[str]) -> Sweep:
        """Forget articles that were not met below roots that were walked to the end."""
        self.settle()
        roots = tuple(root.strip("/") for root in walked)
        gone = [
            (path, number)
            for path, (number, _, _) in self._before.items()
            if path not in self._met and any(below(path, root) for root in roots)
        ]
        renamed, removed = [], []
        with self._database.transaction() as connection:
            for path, number in sorted(gone):
                found = connection.execute(
                    "SELECT sha256 FROM article WHERE id = ?", (number,)
                ).fetchone()
                new = None if found is None else self._adopted.get(found[0])
                if new is None:
                    removed.append(path)
                else:
                    renamed.append((path, new))
                connection.execute("DELETE FROM link WHERE article = ?", (number,))
                connection.execute("DELETE FROM article WHERE id = ?", (number,))
        swept = Sweep(
            kept=len(self._met) - self._read,
            read=self._read,
            copied=self._copied,
            removed=tuple(removed),
            renamed=tuple(renamed),
            corpus=corpus_of(self._database),
        )
        self._leave()
        return swept

    def _leave(self) -> None:
        """Let go of what was known: reading is over, and asking may take days."""
        self._is_over = True
        self._read = self._copied = 0
        self._before.clear()
        self._met.clear()
        self._adopted.clear()

    def _put(self, connection: sqlite3.Connection, article: Prepared) -> None:
        seen = article.footprint
        number = connection.execute(_ARTICLE, self._article(seen)).fetchone()[0]
        if self._is_over or seen.name in self._before or seen.name in self._met:
            connection.execute("DELETE FROM link WHERE article = ?", (number,))
        rows = []
        wants: dict[object, int] = {}
        for place, link in enumerate(article.links):
            cited, live = article.archive_sides[place], article.live_sides[place]
            want = None
            if cited is not None:
                want = wants.get(cited)
                if want is None:
                    archive = self._names.archive(connection, cited.archive)
                    subject = self._names.subject(connection, archive, cited.key, cited.original)
                    want = wants[cited] = self._names.want(
                        connection, subject, want_values(cited.want)
                    )
            original = None if live is None else self._names.live(connection, live)
            rows.append((number, place, *_link_values(link), want, original))
        try:
            connection.executemany(_LINK, rows)
        except UnicodeEncodeError:  # as rare as an escape of half a character in front matter
            connection.execute("DELETE FROM link WHERE article = ?", (number,))
            connection.executemany(_LINK, map(legible_row, rows))

    def _copy(
        self, connection: sqlite3.Connection, seen: Footprint, content: bytes, twin: int
    ) -> None:
        title, published = connection.execute(
            "SELECT title, published FROM article WHERE id = ?", (twin,)
        ).fetchone()
        values = (
            seen.name,
            content,
            seen.size,
            _settled(seen.mtime_ns),
            self._extraction,
            title,
            published,
        )
        number = connection.execute(_ARTICLE, values).fetchone()[0]
        connection.execute("DELETE FROM link WHERE article = ?", (number,))
        connection.execute(_COPY, (number, twin))

    def _article(self, seen: Footprint) -> tuple[object, ...]:
        return (
            seen.name,
            bytes.fromhex(seen.sha256),
            seen.size,
            _settled(seen.mtime_ns),
            self._extraction,
            None if seen.title is None else legible(seen.title),
            None if seen.published is None else seen.published.isoformat(),
        )


def corpus_of(database: Database) -> str:
    """Return a hash over the names and contents of all articles."""
    digest = hashlib.sha256()
    for path, content in database.stream("SELECT path, sha256 FROM article ORDER BY path"):
        digest.update(path.encode("utf-8", "surrogatepass") + b"\0" + content)
    return "sha256:" + digest.hexdigest()


def _link_values(link: Link) -> tuple[object, ...]:
    return (
        link.line,
        link.column,
        link.role,
        link.raw,
        _spelled(link.raw, link.original),
        link.archive,
        link.timestamp,
        link.modifier,
        link.kind,
        link.reason,
        link.time,
        " ".join(link.repairs) or None,
    )


def _spelled(raw: str, original: str | None) -> str | int | None:
    """Return where in the raw text the original begins, if it is its end; most are."""
    if original and raw.endswith(original):
        return len(raw) - len(original)
    return original


def _settled(mtime_ns: int) -> int:
    return mtime_ns if mtime_ns < time.time_ns() - _SETTLED_NS else -1


def below(path: str, root: str) -> bool:
    """Tell that an article lies at or below a root."""
    return root in {"", ".", path} or path.startswith(root + "/")

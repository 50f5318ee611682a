"""Which articles' findings may be others than when a run had ended: all of them, and few more."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from linkcheck.store.database import Database
from linkcheck.store.sides import GIVEN, Sides, given

_SHELVED = "SELECT id, path, sha256, extraction FROM article ORDER BY path"

# Gone through in the order of the disk: an index that every answer writes to would cost more.
_ASKED = tuple(
    f"SELECT DISTINCT link.article FROM {side} CROSS JOIN link ON link.{side} = {side}.id"
    f" WHERE {side}.checked_run > ?"
    for side in ("want", "live")
)
_HOSTS = "SELECT id FROM host WHERE checked_run > ?"
_OF_HOSTS = (
    "SELECT DISTINCT link.article FROM live CROSS JOIN link ON link.live = live.id"
    f" WHERE live.host IN {GIVEN}"
)
_OF_SUBJECTS = (
    "SELECT DISTINCT link.article FROM want CROSS JOIN link ON link.want = want.id"
    f" WHERE want.subject IN {GIVEN}"
)


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article as the store has it."""

    number: int
    path: str
    content: int  # another one where its links may be others


def shelved(database: Database) -> Iterator[Shelved]:
    """Yield all articles by path."""
    rules = cache(_number)
    for number, path, content, extraction in database.stream(_SHELVED):
        yield Shelved(number, path, int.from_bytes(content[:8], "big") ^ rules(extraction))


def hosts_asked(database: Database, sides: Sides, since: int) -> dict[int, int]:
    """Return the hosts that were asked after a run, and as a number what they say of originals.

    One that was asked says something else only if that is another number.
    """
    return {host: sides.of_host(host) for (host,) in database.rows(_HOSTS, (since,))}


def touched(
    database: Database, since: int, *, hosts: Collection[int], subjects: Collection[int]
) -> set[int]:
    """Return the articles with a link that was asked after a run, or is of one of these."""
    articles = {article for sql in _ASKED for (article,) in database.rows(sql, (since,))}
    articles |= _articles(database, _OF_HOSTS, hosts)
    articles |= _articles(database, _OF_SUBJECTS, subjects)
    return articles


def _articles(database: Database, sql: str, numbers: Collection[int]) -> set[int]:
    if not numbers:
        return set()
    return {article for (article,) in database.rows(sql, given(sorted(numbers)))}


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")

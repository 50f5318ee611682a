"""How evidence is kept."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Durability(StrEnum):
    """When evidence is forced from the system's memory onto the disk.

    A killed process loses nothing with any of them; this is about power cuts.
    """

    NEVER = "never"  # cassettes, benchmarks
    ASKED = "asked"  # before the store commits what rests on it, and when a file ends
    EACH = "each"  # after every exchange: some hundred a second at best


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Where a run's exchanges go, and how safely."""

    folder: Path = Path(".linkcheck/evidence")
    file: Path | None = None  # `--record FILE`: one `.warc` or `.warc.gz` instead of the folder
    compress: bool = True  # the folder's files; a single file's suffix decides for it
    roll_bytes: int = 1_000_000_000  # the size that the WARC standard recommends
    durability: Durability = Durability.ASKED
    user_headers: tuple[str, ...] = ()  # names of every `-H`: their values are never written

"""Recordings taken apart and put together again, whole, cut down or tampered with."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One record."""

    head: bytes
    block: bytes

    def field(self, name: str) -> str:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b": ")
            if key.decode() == name:
                return value.decode()
        return ""

    def named(self, name: str, value: str) -> "Part":
        lines = [
            f"{name}: {value}".encode() if line.startswith(f"{name}: ".encode()) else line
            for line in self.head.split(b"\r\n")
        ]
        return replace(self, head=b"\r\n".join(lines))

    @property
    def name(self) -> str:
        return self.field("WARC-Record-ID").strip("<>")

    @property
    def whole(self) -> bytes:
        return self.head + END + self.block + END

    def holding(self, block: bytes) -> "Part":
        """Return the record with another block, and digests that fit it: a forgery."""
        body = block.partition(END)[2]
        forged = replace(self, block=block).named("Content-Length", str(len(block)))
        forged = forged.named("WARC-Block-Digest", _sha256(block))
        return forged.named("WARC-Payload-Digest", _sha256(body))


def parts(data: bytes) -> list[Part]:
    """Return the records of a plain recording."""
    found = []
    while data:
        head, _, rest = data.partition(END)
        length = int(Part(head, b"").field("Content-Length"))
        found.append(Part(head, rest[:length]))
        data = rest[length + len(END) :]
    return found


def plain(records: Iterable[Part]) -> bytes:
    return b"".join(record.whole for record in records)


def packed(records: Iterable[Part]) -> bytes:
    return b"".join(gzip.compress(record.whole, 1, mtime=0) for record in records)


def only(records: list[Part], wanted: Callable[[Part], bool]) -> list[Part]:
    """Return the answers that are wanted, with their questions, what they repeat, and warcinfo."""
    names = {record.name for record in records if wanted(record)}
    refers = {record.field("WARC-Refers-To").strip("<>") for record in records}
    names |= refers & {record.name for record in records if record.field("WARC-Type") == "response"}
    questions = {
        record.field("WARC-Concurrent-To").strip("<>") for record in records if record.name in names
    }
    kept = names | questions
    return [one for one in records if one.name in kept or one.field("WARC-Type") == "warcinfo"]


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"

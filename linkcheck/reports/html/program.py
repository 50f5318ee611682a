"""What a report is made by: when any of it changes, every page is made anew."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def program() -> bytes:
    """Return a hash of all files of the package: code, words, templates and styles."""
    told = hashlib.blake2b(digest_size=32)
    for name, content in _files(files("linkcheck"), ""):
        told.update(f"{name}\0{len(content)}\0".encode())
        told.update(content)
    return told.digest()


def _files(folder: Traversable, under: str) -> Iterator[tuple[str, bytes]]:
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_file():
            yield f"{under}{one.name}", one.read_bytes()
        elif one.name != "__pycache__":
            yield from _files(one, f"{under}{one.name}/")

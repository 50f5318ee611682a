"""A copy of a store to try things on: what is done to it never happened."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkcheck.errors import StoreError
from linkcheck.store.database import NAME, copy


@contextmanager
def trial(folder: Path) -> Iterator[Path]:
    """Give a folder with a copy of a store, an empty one where there is none; it ends with it.

    The store itself is only read: it may be held by a scan, or lie where nobody may write.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="linkcheck-")
    except OSError as error:
        words = error.strerror or error
        raise StoreError(f"no folder can be made for a copy of the store: {words}") from error
    with made as name:
        path = folder / NAME
        if path.exists():
            copy(path, Path(name) / NAME)
        try:
            yield Path(name)
        except StoreError as error:
            # What is wrong with the copy is wrong with the store.
            raise StoreError(str(error).replace(name, str(folder))) from error

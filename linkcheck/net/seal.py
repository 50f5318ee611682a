"""The hash by which a run's manifest seals its evidence."""

import hashlib
from pathlib import Path

from linkcheck.errors import LinkcheckError


def sha256_of(path: Path) -> str:
    """Return the digest of a file's bytes."""
    try:
        with path.open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as error:
        raise LinkcheckError(f"cannot read {path}: {error.strerror}") from error

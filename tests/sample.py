"""The shared sample of 4,912 real articles: it is no part of the project and may be absent."""

import os
import tarfile
from pathlib import Path

import pytest

ARCHIVE = Path(
    os.environ.get(
        "SAMPLE_ARCHIVE",
        Path(__file__).parents[2] / "shared" / "corpus" / "hkcnews-sample.tar.xz",
    )
)


def unpacked(into: Path) -> Path:
    """Return the folder of the sample's articles, or skip with a clear line."""
    if not ARCHIVE.is_file():
        pytest.skip(f"the shared sample is absent ({ARCHIVE.name}; SAMPLE_ARCHIVE names it)")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(into, filter="data")
    return into / "articles"

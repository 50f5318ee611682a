"""What reports say, one catalogue per language; no text for a person stands anywhere else."""

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh-Hant")

Words = dict[str, str]


@cache
def words(lang: str) -> Words:
    """Return every text of a language by its dotted key."""
    if lang not in LANGUAGES:
        raise ValueError(f"no words in {lang!r}")
    source = files(__name__).joinpath(f"{lang}.toml").read_text("utf-8")
    return dict(_flat("", tomllib.loads(source)))


def _flat(prefix: str, table: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flat(f"{prefix}{key}.", value)
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found

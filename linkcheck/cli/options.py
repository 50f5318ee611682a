"""The options that every command on a collection shares, in lychee's names where it has one."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.here import here
from linkcheck.collection.inputs import Inputs, listed
from linkcheck.collection.spread import usable_cores
from linkcheck.errors import UsageError
from linkcheck.links.chosen import Chosen, patterns
from linkcheck.settings.given import Given
from linkcheck.settings.load import Loaded, load

IGNORE_FILE = ".linkcheckignore"

Repeated = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionOptions:
    """Which files are read, which links count, and how."""

    files_from: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None
    """Read more paths from this file, one a line; - for standard input."""

    include: Repeated = ()
    """Take only links that match this regular expression; wins over --exclude. Repeatable."""

    exclude: Repeated = ()
    """Leave out links that match this regular expression, as .linkcheckignore does. Repeatable."""

    exclude_path: Repeated = ()
    """Leave out files whose path matches this regular expression. Repeatable."""

    max_file_bytes: int | None = None
    """Read no file larger than this; it gets one finding."""

    threads: Annotated[int | None, Parameter(name=["--threads", "-T"])] = None
    """Work in so many processes; as many as there are cores unless said, and 1 does all in one."""

    config: Annotated[Path | None, Parameter(name=["--config", "-c"])] = None
    """Take the settings from this file instead of the nearest linkcheck.toml."""

    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative=(), show_default=False)] = (
        False
    )
    """Say nothing but the result and errors; of a scan only errors, confirmed losses, and why it
    could not go on."""

    def loaded(self, options: Mapping[str, Given] | None = None) -> Loaded:
        """Return all settings, these options and the caller's own ones laid over them."""
        start = here()
        own = {
            "reading.max_file_bytes": ("--max-file-bytes", self.max_file_bytes),
            "scan.include": ("--include", self.include or None),
            "scan.exclude": ("--exclude", self.exclude or None),
            "scan.exclude_path": ("--exclude-path", self.exclude_path or None),
        }
        return load(start, config=self.config, options={**given(own, start), **(options or {})})

    def chosen(self, loaded: Loaded | None = None) -> Chosen:
        """Return which links count."""
        loaded = loaded or self.loaded()
        scan = loaded.settings.scan
        ignored = patterns(self.ignored(loaded), IGNORE_FILE)
        return Chosen(
            include=patterns(scan.include, _origin(loaded, "include")),
            exclude=(*patterns(scan.exclude, _origin(loaded, "exclude")), *ignored),
        )

    def ignored(self, loaded: Loaded) -> tuple[str, ...]:
        """Return what .linkcheckignore says, here and beside the configuration."""
        folders = dict.fromkeys((loaded.root or here(), here()))
        return tuple(line for folder in folders for line in _ignore_file(folder / IGNORE_FILE))

    def inputs(self, loaded: Loaded | None = None) -> Inputs:
        """Return the walk that finds the files."""
        loaded = loaded or self.loaded()
        left_out = patterns(loaded.settings.scan.exclude_path, _origin(loaded, "exclude_path"))
        return Inputs(str(here()), left_out)

    def named(self, paths: tuple[str, ...], loaded: Loaded | None = None) -> tuple[str, ...]:
        """Return the paths that the user named, or else the configured collection."""
        named = (*paths, *(listed(_list(self.files_from)) if self.files_from else ()))
        if not named and self.files_from is None:
            loaded = loaded or self.loaded()
            named = tuple(map(str, loaded.settings.scan.paths))
        if not named:
            raise UsageError(
                "name at least one file or folder, or use --files-from,"
                ' or set paths = ["folder"] under [scan] in linkcheck.toml'
            )
        return named

    def processes(self) -> int:
        """Return how many processes read."""
        if self.threads is not None and self.threads < 1:
            raise UsageError("--threads must be above 0")
        return self.threads or usable_cores()


def given(options: Mapping[str, tuple[str, object]], start: Path) -> dict[str, Given]:
    """Return what was said by options, from their names and values by dotted setting."""
    return {
        name: Given(value=value, origin=option, base=start, named=option)
        for name, (option, value) in options.items()
        if value is not None
    }


def _origin(loaded: Loaded, name: str) -> str:
    return loaded.origins.get(f"scan.{name}", name)


def _list(source: str) -> str:
    try:
        if source == "-":
            return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
        return Path(source).read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise UsageError(f"--files-from {source}: {error.strerror}") from error


def _ignore_file(path: Path) -> tuple[str, ...]:
    if not os.path.isfile(path):  # noqa: PTH113 Path's own raises where a folder above is closed
        return ()
    try:
        text = path.read_text("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    lines = (line.strip() for line in text.split("\n"))
    return tuple(line for line in lines if line and not line.startswith("#"))

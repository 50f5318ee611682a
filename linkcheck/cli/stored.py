"""What every command that only looks into the store needs: where it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.here import here
from linkcheck.settings.given import Given
from linkcheck.settings.load import Loaded, load


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class StoreOptions:
    """Which store is looked into."""

    store: Path | None = None
    """The store's folder; the configured one, or .linkcheck, unless it is said."""

    config: Annotated[Path | None, Parameter(name=["--config", "-c"])] = None
    """Take the settings from this file instead of the nearest linkcheck.toml."""

    def loaded(self) -> Loaded:
        """Return all settings."""
        start = here()
        options = {}
        if self.store is not None:
            options["scan.store"] = Given(
                value=str(self.store), origin="--store", base=start, named="--store"
            )
            options["recording.folder"] = Given(
                value=str(self.store / "evidence"), origin="--store", base=start, named="--store"
            )
        return load(start, config=self.config, options=options)

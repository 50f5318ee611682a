"""One JSON object a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from linkcheck.model.noun import Noun
from linkcheck.reports._escape import as_json_lines


@dataclass(frozen=True, slots=True)
class Ndjson:
    """Write each noun as one line of JSON, its fields in their order."""

    name: str = "ndjson"

    def head(self, kind: type[Noun]) -> bytes:
        """Return nothing: JSON needs no heading."""
        del kind
        return b""

    def rows(self, nouns: Sequence[Noun]) -> bytes:
        """Return one line for each noun."""
        return as_json_lines(nouns)


FORMAT = Ndjson()

"""Which records a file of evidence holds."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from linkcheck.errors import LinkcheckError
from linkcheck.net.recorded import record_name
from linkcheck.net.warc_file import TornError, WarcFile


def record_ids(path: Path) -> Iterator[str]:
    """Yield the id of every record that is there to its end."""
    with closing(WarcFile(path)) as file:
        offset = 0
        try:
            while not file.ends(offset):
                record = file.at(offset)
                name = record_name(record.head)
                offset = record.finish()
                yield name
        except TornError:
            return  # what a killed run has torn is no record
        except ValueError as error:
            raise LinkcheckError(
                f"{path} is damaged in the record at byte {offset}: {error}"
            ) from error

import pytest

from linkcheck.model.verdict import ArchiveVerdict, LiveVerdict, Standing
from linkcheck.verdicts.standing import COLUMNS, stand

# The table as the design has it, cell by cell: alive | gone | blocked | untold.
TABLE = """
captured    archived-and-live            archive-only           archived            archived
drifted     archived-and-live-elsewhen  archive-only-elsewhen  archived-elsewhen  archived-elsewhen
redirected  archived-and-live-elsewhere archive-only-elsewhere archived-elsewhere archived-elsewhere
hollow      at-risk                      lost                   at-risk             unresolved
missing     at-risk                      lost                   at-risk             unresolved
excluded    at-risk                      withheld               withheld            unresolved
unplayable  at-risk                      impaired               impaired            unresolved
differs     at-risk                      impaired               impaired            unresolved
shell       unresolved                   unresolved             unresolved          unresolved
pending     unresolved                   unresolved             unresolved          unresolved
unknown     unresolved                   unresolved             unresolved          unresolved
"""
LIVE = (
    ("alive", "moved"),
    ("gone", "soft-gone", "usurped", "host-gone"),
    ("blocked",),
    ("broken", "unknown"),
)
CELLS = [
    (line.split()[0], live, standing)
    for line in TABLE.strip().splitlines()
    for column, standing in zip(LIVE, line.split()[1:], strict=True)
    for live in column
]


@pytest.mark.parametrize(("archive", "live", "standing"), CELLS)
def test_every_cell(archive: str, live: str, standing: str) -> None:
    sides = ArchiveVerdict(archive), LiveVerdict(live)
    assert stand(*sides, confirmed=True) == standing
    feared = "feared-lost" if standing == "lost" else standing
    assert stand(*sides, confirmed=False) == feared


def test_the_table_is_whole() -> None:
    assert len(CELLS) == len(ArchiveVerdict) * len(LiveVerdict)
    assert sum(len(column) for column in COLUMNS) == len(LiveVerdict)
    reached = {Standing(standing) for _, _, standing in CELLS}
    assert reached == set(Standing) - {Standing.FEARED_LOST, Standing.NOT_CHECKED}


def test_a_side_that_was_not_asked_is_unknown() -> None:
    assert stand(None, None, confirmed=False) is Standing.NOT_CHECKED
    assert stand(ArchiveVerdict.CAPTURED, None, confirmed=False) is Standing.ARCHIVED
    assert stand(None, LiveVerdict.GONE, confirmed=True) is Standing.UNRESOLVED

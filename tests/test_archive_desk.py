"""When a run's own silence is called an outage of its archive."""

import pytest

from linkcheck.lanes.allowance import Unlimited
from linkcheck.lanes.archive.desk import Desk
from linkcheck.lanes.archive.report import Ended
from linkcheck.model.exchange import Purpose
from tests.exchanges import Scripted

PATIENCE = 5

# "+" told something, "." said nothing, ">" led out of the archive.
RUNS = {
    "": Ended.DONE,
    "+": Ended.DONE,
    ".": Ended.SILENT,
    ">": Ended.DONE,  # one damaged address is no outage, even where nothing else was due
    ">>": Ended.DONE,
    ">>>": Ended.SILENT,  # a captive portal leads everybody out
    ">.": Ended.SILENT,
    ".>": Ended.SILENT,
    "+.": Ended.DONE,
    "+..": Ended.DONE,
    "+...": Ended.SILENT,
    "+>>": Ended.DONE,
    "+>>>": Ended.SILENT,
    "..>+": Ended.DONE,
    ".....": Ended.SILENT,
    ".....+": Ended.SILENT,  # its endpoint was shut when that answer came in
}


@pytest.mark.parametrize("answers", RUNS)
def test_the_end_of_a_run(answers: str) -> None:
    desk = Desk(Scripted(()), Unlimited(), PATIENCE)
    for sign in answers:
        desk.heed(Purpose.PLAYBACK, told=sign == "+", reason="words", astray=sign == ">")
    desk.close()
    assert desk.ended is RUNS[answers], desk.reason
    assert desk.is_open(Purpose.PLAYBACK) is ("....." not in answers)
    assert desk.is_open(Purpose.INDEX)

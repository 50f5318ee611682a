from pathlib import Path

import pytest

from linkcheck.model.exchange import Failure, Reply
from linkcheck.model.run import Run
from linkcheck.net.evidence import Evidence
from linkcheck.net.player import Player
from linkcheck.net.recorder import Recorder
from linkcheck.net.redaction import LeftOut
from linkcheck.settings.recording import Recording
from tests.exchanges import START, Scripted, mixed

RUN = Run(id="test", started_at=START, seed=1)

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
async def test_500_mixed_exchanges_play_back_equal(tmp_path: Path, suffix: str) -> None:
    exchanges = mixed(500)
    file = tmp_path / f"mixed{suffix}"
    left_out = LeftOut.of(("X-Mine",))
    evidence = Evidence(Recording(file=file), RUN, left_out)
    recorder = Recorder(
        Scripted(answer for _, answer in exchanges), evidence=evidence, left_out=left_out
    )
    live = [await recorder.ask(request) for request, _ in exchanges]
    await evidence.aclose()

    with Player([file]) as player:
        played = [await player.ask(request) for request, _ in exchanges]

    assert played == live
    assert {type(answer) for answer in live} == {Reply, Failure}

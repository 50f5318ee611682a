"""Processes that begin anew."""

import sys
from unittest import mock

import pytest

from linkcheck.collection.anew import Anew
from linkcheck.errors import LinkcheckError


def test_one_that_cannot_be_started_is_told_in_words() -> None:
    program = sys.modules["__main__"]
    full = OSError(11, "Resource temporarily unavailable")
    with (
        mock.patch("multiprocessing.util.spawnv_passfds", side_effect=full),
        pytest.raises(LinkcheckError, match=r"^no other process can be started: Resource .*: try"),
    ):
        Anew().Process(target=print).start()
    assert sys.modules["__main__"] is program

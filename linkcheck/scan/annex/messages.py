"""What goes through the hatch besides observations, which go as they are."""

from linkcheck.errors import LinkcheckError
from linkcheck.model.exchange import Failure, Reply, Request
from linkcheck.model.noun import Noun
from linkcheck.scan.annex.brief import Foresight, Report


class Ready(Noun, frozen=True, kw_only=True):
    """From the annex: what earlier runs left is read, and the store may be written to."""

    foresight: Foresight


class Ask(Noun, frozen=True, kw_only=True):
    """From the annex: a request, and the number by which its answer will be known."""

    number: int
    request: Request


class Piece(Noun, frozen=True, kw_only=True):
    """To the annex: some bytes of a long answer, which comes after its last piece."""

    number: int
    held: bytes


class Answer(Noun, frozen=True, kw_only=True):
    """To the annex: what came back."""

    number: int
    answer: Reply | Failure
    in_pieces: bool = False  # its body went before it


class Stop(Noun, frozen=True, kw_only=True):
    """To the annex: the lane shall leave off."""


class Done(Noun, frozen=True, kw_only=True):
    """From the annex, the last one: the lane has come to its end."""

    report: Report


class Failed(Noun, frozen=True, kw_only=True):
    """From the annex, the last one: why it could not go on."""

    error: LinkcheckError | OSError | None  # None: a defect of ours
    trace: str

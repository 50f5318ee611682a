"""The archive side's replays: every answer read again, the last one's bytes weighed again."""

from msgspec.structs import replace

from linkcheck.archives import Archive
from linkcheck.fixity import compare
from linkcheck.media import weigh
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.exchange import Reply
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.net.vault import Vault
from linkcheck.proof.outcome import DiffersError


def read_playback(
    evidence: ArchiveEvidence, archive: Archive, vault: Vault, rows: tuple[Capture, ...]
) -> tuple[ArchiveEvidence, Reply | None]:
    """Return evidence with its chain, content and fixity as the records give them.

    And the answer that the chain ends with, where that is a capture.
    """
    chain: list[PlaybackReading] = []
    reply: Reply | None = None
    for reading in evidence.chain:
        reply = None
        if reading.record is None:
            chain.append(reading)  # the lane's own word, of what the index says
            continue
        exchange = vault.exchange(reading.record)
        wanted = archive.playback_request(reading.asked)
        if exchange.request.url != wanted.url:
            raise DiffersError(f"its record answers {exchange.request.url}, not {wanted.url}")
        chain.append(archive.read_playback(reading.asked, exchange.answer))
        reply = exchange.answer if isinstance(exchange.answer, Reply) else None
    evidence = replace(evidence, chain=tuple(chain))
    if reply is None or chain[-1].answer is not Answer.CAPTURE:
        return replace(evidence, content=None, fixity=None), None
    fixity = evidence.fixity and compare(reply, chain[-1], rows)
    return replace(evidence, content=weigh(reply, chain[-1]), fixity=fixity), reply

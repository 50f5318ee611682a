"""The words that nearly all evidence is made of: what is deflated is compared with them first."""

from datetime import UTC, datetime

import msgspec

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.content import ContentReading, Medium, Sniffed
from linkcheck.model.evidence import ArchiveEvidence, Fixity, FixityReading, Listing
from linkcheck.model.exchange import Hop
from linkcheck.model.link import Role
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.store.moments import EPOCH

NAME = "dictionary"


def dictionary() -> bytes:
    """Return a dictionary for new stores; each store keeps the one that it was begun with.

    Deflate prefers what stands near its end: there stands what most evidence is.
    """
    row = Capture(
        urlkey="org,example)/uploads/2018/06/",
        timestamp="20210101000000",
        original="https://www.example.org/uploads/2018/06/",
        media_type="text/html",
        status=200,
        digest="",
    )
    image = msgspec.structs.replace(row, media_type="image/jpeg", timestamp="20190101000000")
    asked = ArchivedUrl(
        archive="wayback", timestamp="20210101000000", modifier="id_", inner="https://www."
    )
    reading = PlaybackReading(
        asked=asked, answer=Answer.CAPTURE, status=200, target=asked, media_type="text/html"
    )
    evidence = ArchiveEvidence(
        archive="",
        original="",
        timestamp=None,
        role=Role.LINK,
        seen_at=datetime(1970, 1, 1, tzinfo=UTC),
    )
    hop = Hop(url="https://", status=301, location="https://", address=None, record=None)
    answer = LiveAnswer(
        asked="https://www.",
        method="GET",
        at=EPOCH,
        status=404,
        hops=(hop,),
        media_type="text/html",
    )
    samples: tuple[object, ...] = (
        LiveEvidence(original="", seen_at=EPOCH, answers=(answer,)),
        LiveEvidence(
            original="",
            seen_at=EPOCH,
            answers=(msgspec.structs.replace(answer, status=200, hops=(), final_url="https://"),),
        ),
        msgspec.structs.replace(
            evidence,
            chain=(reading,),
            content=ContentReading(sniffed=Sniffed(medium=Medium.HTML, whole=True), size=0),
            fixity=FixityReading(fixity=Fixity.MATCH, algorithm="sha1"),
        ),
        msgspec.structs.replace(evidence, role=Role.IMAGE, listing=Listing.EMPTY),
        msgspec.structs.replace(
            evidence, role=Role.IMAGE, listing=Listing.NEARBY, row=image, before=image, after=row
        ),
    )
    return b"".join(map(msgspec.json.encode, samples))

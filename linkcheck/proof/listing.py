"""The archive side's rows: an index's answers read again, whole, for the keys that are wanted."""

from urllib.parse import parse_qsl, urlsplit

import msgspec

from linkcheck.archives import Archive
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence, Listing
from linkcheck.model.index import SILENCE, IndexEnd, IndexQuery, IndexState, Scope
from linkcheck.model.noun import Noun
from linkcheck.net.vault import Vault
from linkcheck.proof.outcome import DiffersError
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.listing import absence, choose, resolved

_GOOD = range(200, 300)
_pack = msgspec.msgpack.Encoder().encode
_rows = msgspec.msgpack.Decoder(tuple[Capture, ...]).decode


class Page(Noun, frozen=True, kw_only=True):
    """One answer of an index: how it ended, and the wanted keys' rows, packed."""

    query: IndexQuery
    end: IndexEnd
    held: dict[str, bytes]

    def rows(self, key: str) -> tuple[Capture, ...]:
        """Return the rows of a key."""
        packed = self.held.get(key)
        return () if packed is None else _rows(packed)

    def passed(self, key: str) -> bool:
        """Tell that the answer would have shown a key, had it rows of it up to its end."""
        if self.end.state in {IndexState.WHOLE, IndexState.EMPTY}:
            return True
        return self.end.last is not None and self.end.last[0] > key


class Listings:
    """Read each answer once, however many subjects rest on it."""

    def __init__(self, vault: Vault, judging: JudgingSettings, keys: frozenset[str]) -> None:
        self._vault = vault
        self._judging = judging
        self._keys = keys
        self._pages: dict[str, Page] = {}

    def rows(self, evidence: ArchiveEvidence, archive: Archive, key: str) -> tuple[Capture, ...]:
        """Return every row that the named answers have of a key."""
        pages = [self._page(record, archive) for record in evidence.index_records]
        return tuple(dict.fromkeys(row for page in pages for row in page.rows(key)))

    def read(
        self, evidence: ArchiveEvidence, archive: Archive, key: str, rows: tuple[Capture, ...]
    ) -> ArchiveEvidence:
        """Return evidence with what the index says as its records give it."""
        if not evidence.index_records:
            return evidence
        if rows:
            return self._chosen(evidence, rows)
        page = self._page(evidence.index_records[-1], archive)
        return msgspec.structs.replace(
            evidence,
            listing=self._absence(evidence, archive, key, page),
            row=None,
            before=None,
            after=None,
        )

    def _chosen(self, evidence: ArchiveEvidence, rows: tuple[Capture, ...]) -> ArchiveEvidence:
        choice = choose(evidence.timestamp, rows, self._judging)
        if choice is None:
            return evidence
        good = choice.row is not None and choice.row.status in _GOOD
        if evidence.timestamp is None and not good and evidence.row in resolved(rows):
            return evidence  # any would do, and none is good: the lane names the one that it played
        return msgspec.structs.replace(
            evidence,
            listing=choice.listing,
            row=choice.row,
            before=choice.before,
            after=choice.after,
        )

    def _absence(
        self, evidence: ArchiveEvidence, archive: Archive, key: str, page: Page
    ) -> Listing:
        told = evidence.listing
        if told is Listing.UNTOLD and page.end.state in SILENCE:
            return told
        found = absence(page.query, page.end)
        if found is Listing.EMPTY and not archive.keyed:
            found = Listing.BULK_ABSENT
        denied = found in {Listing.EMPTY, Listing.BULK_ABSENT}
        if denied and page.query.scope is not Scope.EXACT and not page.passed(key):
            raise DiffersError("the index's answer ends before what it is said to deny")
        if evidence.chain and told in {Listing.BULK_ABSENT, Listing.NOT_ASKED}:
            return told  # a replay weighs what rows there are, not why there are none
        return found

    def _page(self, record: str, archive: Archive) -> Page:
        found = self._pages.get(record)
        if found is None:
            exchange = self._vault.exchange(record)
            query = read_query(exchange.request.url)
            if archive.index_request(query).url != exchange.request.url:
                raise DiffersError(f"its record answers {exchange.request.url}: no such question")
            held: dict[str, list[Capture]] = {}
            end = IndexEnd(state=IndexState.CUT)
            for item in archive.read_index(query, exchange.answer):
                if isinstance(item, IndexEnd):
                    end = item
                elif item.urlkey in self._keys:
                    held.setdefault(item.urlkey, []).append(item)
            packed = {key: _pack(tuple(rows)) for key, rows in held.items()}
            found = self._pages[record] = Page(query=query, end=end, held=packed)
        return found


def read_query(url: str) -> IndexQuery:
    """Return what an index was asked, from the address of the question."""
    said = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True, errors="surrogateescape"))
    limit = said.get("limit", "")
    return IndexQuery(
        url=said.get("url", ""),
        scope=Scope(said.get("matchType", Scope.EXACT)),
        start=said.get("from"),
        end=said.get("to"),
        limit=int(limit) if limit.isascii() and limit.isdecimal() else None,
        resume=said.get("resumeKey"),
    )

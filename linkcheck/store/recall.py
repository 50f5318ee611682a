"""Episodes back into observations."""

import zlib
from typing import Any

import msgspec

from linkcheck.errors import StoreError
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.live import LiveEvidence
from linkcheck.model.observation import ArchiveObservation, HostObservation, LiveObservation
from linkcheck.model.subject import Want
from linkcheck.model.verdict import ArchiveFinding, LiveFinding, Suggestion
from linkcheck.store.database import Row
from linkcheck.store.legible import encoded
from linkcheck.store.moments import moment
from linkcheck.store.names import context_of
from linkcheck.store.packing import decode_trace, inflate, sparse, unpack_archive, unpack_live

EPISODE = (
    "episode.verdict, episode.last_seen, episode.finding, episode.trace, evidence.body,"
    " episode.first_seen, episode.count, episode.last_run"
)
"""The columns that the functions here are given, in this order."""

CONCLUSION = EPISODE.replace("episode.trace, evidence.body", "NULL, NULL")
"""The same without evidence: nothing of it is then given back but whose it is."""

DAMAGE = (msgspec.MsgspecError, zlib.error, KeyError, ValueError)
_LIVE = msgspec.json.Decoder(LiveFinding)


class Recall:
    """Give back what was kept, as it was seen the last time."""

    def __init__(self, dictionary: bytes) -> None:
        self._dictionary = dictionary

    def archive(
        self, row: Row, *, archive: str, key: str, original: str, want: Want
    ) -> ArchiveObservation:
        """Return what was seen of an archive."""
        try:
            return self._archive(row, archive, key, original, want)
        except DAMAGE as error:
            raise _in_words(original, error) from error

    def _archive(
        self, row: Row, archive: str, key: str, original: str, want: Want
    ) -> ArchiveObservation:
        _, last_seen, finding, trace, body, *_ = row
        told = msgspec.json.decode(finding)
        suggestion = told.pop("suggestion", None)
        if told.get("captured_url") is True:
            told["captured_url"] = original
        return ArchiveObservation(
            key=key,
            want=want,
            evidence=ArchiveEvidence(
                **context_of(archive, original, want), seen_at=moment(last_seen)
            )
            if body is None
            else unpack_archive(
                inflate(body, self._dictionary),
                decode_trace(trace),
                context_of(archive, original, want),
                moment(last_seen),
            ),
            finding=msgspec.convert(told, ArchiveFinding),
            suggestion=None if suggestion is None else msgspec.convert(suggestion, Suggestion),
        )

    def live(self, row: Row, original: str) -> LiveObservation:
        """Return what was seen of an original of the live web."""
        _, last_seen, finding, trace, body, *_ = row
        try:
            return LiveObservation(
                evidence=LiveEvidence(original=original, seen_at=moment(last_seen))
                if body is None
                else unpack_live(
                    inflate(body, self._dictionary),
                    decode_trace(trace),
                    original,
                    moment(last_seen),
                ),
                finding=_LIVE.decode(finding),
            )
        except DAMAGE as error:
            raise _in_words(original, error) from error

    def host(self, row: Row, host: str) -> HostObservation:
        """Return what was seen of a host."""
        verdict, last_seen, finding, trace, body, *_ = row
        try:
            return HostObservation(
                host=host,
                evidence=unpack_live(
                    inflate(body, self._dictionary), decode_trace(trace), host, moment(last_seen)
                ),
                finding=_LIVE.decode(finding) if verdict else None,
            )
        except DAMAGE as error:
            raise _in_words(host, error) from error


def _in_words(subject: str, error: Exception) -> StoreError:
    """Tell what cannot be read: a damaged disk, another program, or a noun that has changed."""
    return StoreError(
        f"what the store has of {subject} cannot be read: {error}; put a backup in its place,"
        " or scan anew into another store"
    )


def written(
    finding: ArchiveFinding | LiveFinding | None,
    original: str,
    suggestion: Suggestion | None = None,
) -> str:
    """Return a finding as it is kept; that the very original was captured goes without its URL."""
    words = {} if finding is None else sparse(finding)
    if words.get("captured_url") == original:
        words["captured_url"] = True
    if suggestion is not None:
        words["suggestion"] = suggestion
    return encoded(words).decode()


def told(finding: str) -> dict[str, Any]:
    """Return a finding's words without making it."""
    found: dict[str, Any] = msgspec.json.decode(finding)
    return found

"""Evidence as it is kept: what repeats once, and apart from it what every time is another."""

import binascii
import hashlib
import zlib
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec.structs import fields, replace

from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.exchange import Hop
from linkcheck.model.link import Role
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.model.noun import Noun
from linkcheck.model.playback import PlaybackReading
from linkcheck.store.legible import encoded
from linkcheck.store.moments import EPOCH

Any_ = TypeVar("Any_", bound=Noun)
Evidence = ArchiveEvidence | LiveEvidence
Trace = dict[str, Any]

WAS = "was"  # of a trace: what older rules made of the same evidence

_CONTEXT = ("archive", "original", "timestamp", "role", "time", "published")

# What a second look at the same thing changes: moments, records, addresses of balanced servers,
# and on the live web the bytes of pages that greet each visitor anew.
_READING = ("record", "retry_at")
_HOP = ("record", "address")
_ANSWER = tuple(
    name
    for name in (
        *("at", "record", "address", "wire", "reason", "title"),
        *("body_sha256", "body_size", "words", "text_sha256"),
    )
    if name in LiveAnswer.__struct_fields__
)

_NOTHING: dict[type[Noun], dict[str, Any]] = {
    kind: {
        field.name: EPOCH
        if field.name == "at"
        else (None if field.default is msgspec.NODEFAULT else field.default)
        for field in fields(kind)
        if field.name in names
    }
    for kind, names in ((PlaybackReading, _READING), (Hop, _HOP), (LiveAnswer, _ANSWER))
}

_ARCHIVE = msgspec.json.Decoder(ArchiveEvidence)
_LIVE = msgspec.json.Decoder(LiveEvidence)
_URN = "urn:uuid:"
_SHORT, _DIGITS = 22, 32  # characters of base64 that hold a UUID's digits
_RAW_WINDOW = -12  # deflate without a header; 4 KiB hold the dictionary and most evidence


class Packed(Noun, frozen=True, kw_only=True, gc=False):
    """Evidence in two parts."""

    hash: bytes
    document: bytes  # JSON
    trace: bytes | None  # JSON


def pack_archive(evidence: ArchiveEvidence, context: Trace) -> Packed:
    """Take evidence of an archive apart; `context` is what its want says anyway."""
    trace: Trace = {}
    other = {
        name: getattr(evidence, name)
        for name in _CONTEXT
        if getattr(evidence, name) != context[name]
    }
    if other:
        trace["context"] = other
    if evidence.index_records:
        trace["index"] = [_short(record) for record in evidence.index_records]
    chain = evidence.chain
    if chain:
        chain, trace["chain"] = _apart(chain)
    stripped = replace(
        evidence,
        archive="",
        original="",
        timestamp=None,
        role=Role.LINK,
        time=None,
        published=None,
        seen_at=EPOCH,
        index_records=(),
        chain=chain,
    )
    return _packed(stripped, trace)


def pack_live(evidence: LiveEvidence, subject: str) -> Packed:
    """Take evidence of the live web apart; a host's is of an address of the host's."""
    trace: Trace = {} if evidence.original == subject else {"original": evidence.original}
    answers = evidence.answers
    if answers:
        hops = [_apart(answer.hops) for answer in answers]
        answers, trace["answers"] = _apart(answers)
        if any(told for _, told in hops):
            trace["hops"] = [told for _, told in hops]
            answers = tuple(
                replace(answer, hops=bare) for answer, (bare, _) in zip(answers, hops, strict=True)
            )
    return _packed(replace(evidence, original="", seen_at=EPOCH, answers=answers), trace)


def unpack_archive(
    document: bytes, trace: Trace, context: Trace, seen_at: datetime
) -> ArchiveEvidence:
    """Put evidence of an archive together again, as it was the last time."""
    context = {**context, "seen_at": seen_at}
    if "index" in trace:
        context["index_records"] = tuple(map(_long, trace["index"]))
    if not trace:
        return replace(_ARCHIVE.decode(document), **context)
    if "chain" in trace:
        raw = msgspec.json.decode(document)
        _together(raw["chain"], trace["chain"])
        evidence = msgspec.convert(raw, ArchiveEvidence)
    else:
        evidence = _ARCHIVE.decode(document)
    evidence = replace(evidence, **context)
    other = trace.get("context")
    if other:
        plain = {name: msgspec.to_builtins(getattr(evidence, name)) for name in _CONTEXT}
        evidence = replace(evidence, **_context_of({**plain, **other}))
    return evidence


def unpack_live(document: bytes, trace: Trace, original: str, seen_at: datetime) -> LiveEvidence:
    """Put evidence of the live web together again, as it was the last time."""
    if not trace:
        return replace(_LIVE.decode(document), original=original, seen_at=seen_at)
    raw = msgspec.json.decode(document)
    _together(raw["answers"], trace.get("answers", raw["answers"]))
    for answer, told in zip(raw["answers"], trace.get("hops", ()), strict=False):
        _together(answer["hops"], told)
    evidence = msgspec.convert(raw, LiveEvidence)
    return replace(evidence, original=trace.get("original", original), seen_at=seen_at)


def records_of(trace: Trace) -> tuple[str, ...]:
    """Return the WARC records that evidence rests on."""
    groups = (trace.get("chain", ()), trace.get("answers", ()), *trace.get("hops", ()))
    played = [told.get("record") for group in groups for told in group]
    listed = map(_long, trace.get("index", ()))
    return tuple(dict.fromkeys(record for record in (*listed, *played) if record))


def encode_trace(trace: Trace) -> bytes | None:
    """Return the part that varies as JSON."""
    return encoded(trace) if trace else None


def decode_trace(text: bytes | str | None) -> Trace:
    """Return it again."""
    found: Trace = {} if text is None else msgspec.json.decode(text)
    return found


def sparse(noun: Noun) -> Trace:
    """Return the fields that are not their default: most are."""
    return {
        name: value
        for name, value, default in zip(
            noun.__struct_fields__,
            msgspec.structs.astuple(noun),
            _defaults(type(noun)),
            strict=True,
        )
        if value != default
    }


def deflate(document: bytes, dictionary: bytes) -> bytes:
    """Return JSON a tenth of its size: URLs and names stand in it three times."""
    packer = _primed(dictionary).copy()  # half the time that a new one takes
    return packer.compress(document) + packer.flush()


@lru_cache(maxsize=2)
def _primed(dictionary: bytes) -> "zlib._Compress":
    """Return a packer that has looked at the dictionary; only copies of it are fed."""
    return zlib.compressobj(1, zlib.DEFLATED, _RAW_WINDOW, 4, zlib.Z_DEFAULT_STRATEGY, dictionary)


def inflate(body: bytes, dictionary: bytes) -> bytes:
    """Return the JSON again."""
    return zlib.decompressobj(_RAW_WINDOW, dictionary).decompress(body)


@lru_cache(maxsize=1_024)  # a page of an index shows thousands of subjects
def _short(record: str) -> str:
    """Return a record's id in half its length: thousands of wants rest on one page of an index."""
    digits = record.removeprefix(_URN).replace("-", "")
    try:
        packed = binascii.b2a_base64(bytes.fromhex(digits), newline=False).decode()
    except ValueError:
        return record
    short = packed[:_SHORT].replace("+", "-").replace("/", "_")
    return short if len(digits) == _DIGITS and _long(short) == record else record


def _long(short: str) -> str:
    if len(short) != _SHORT:
        return short
    plain = short.replace("-", "+").replace("_", "/")
    digits = binascii.a2b_base64(f"{plain}==").hex()
    # By hand: what `uuid` makes of them first takes three times as long, for each of 343,109 links.
    return f"{_URN}{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _packed(stripped: Evidence, trace: Trace) -> Packed:
    document = encoded(stripped)
    digest = hashlib.blake2b(document, digest_size=16).digest()
    return Packed(hash=digest, document=document, trace=encode_trace(trace))


def _apart(nouns: tuple[Any_, ...]) -> tuple[tuple[Any_, ...], list[Trace]]:
    """Return nouns without what varies, and that in the same order."""
    if not nouns:
        return nouns, []
    nothing = _NOTHING[type(nouns[0])]
    told = [
        {name: value for name in nothing if (value := getattr(noun, name)) != nothing[name]}
        for noun in nouns
    ]
    return tuple(replace(noun, **nothing) for noun in nouns), told


def _together(raw: list[Trace], told: list[Trace]) -> None:
    for noun, varying in zip(raw, told, strict=True):
        noun.update(varying)


def _context_of(plain: Trace) -> Trace:
    stub = {"seen_at": EPOCH, **plain}
    evidence = msgspec.convert(stub, ArchiveEvidence)
    return {name: getattr(evidence, name) for name in _CONTEXT}


_DEFAULTS: dict[type[Noun], tuple[Any, ...]] = {}


def _defaults(kind: type[Noun]) -> tuple[Any, ...]:
    found = _DEFAULTS.get(kind)
    if found is None:
        found = _DEFAULTS[kind] = tuple(field.default for field in fields(kind))
    return found

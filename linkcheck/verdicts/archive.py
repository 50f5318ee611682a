"""What the archive has of a link: the table of rules, and the finding that it gives."""

from linkcheck.model.evidence import ArchiveEvidence, Baseline, ByteForm, Fixity, Listing, Text
from linkcheck.model.verdict import ArchiveFinding, ArchiveVerdict, Proof, ProofKind, Whose
from linkcheck.settings.judging import JudgingSettings
from linkcheck.urls.likeness import likeness
from linkcheck.verdicts.chain import Ending, Replay, final_url, replay_of
from linkcheck.verdicts.content import Content
from linkcheck.verdicts.distance import Distance, distance_seconds
from linkcheck.verdicts.facets import Address, Age, Era, Subject, facets_of, seen_capture
from linkcheck.verdicts.rules import Table, rule

_ROWS = (Listing.LISTED, Listing.NEARBY)
_NO_ROWS = (Listing.EMPTY, Listing.BULK_ABSENT)
_REFUSED = (Replay.ABSENT, Replay.BROKEN)
_UNPLAYED = (Replay.NOT_ASKED, Replay.UNTOLD)
_UNPROVEN = (Text.NOT_COMPARED, Text.UNDECIDED, Text.DISAGREES)
_TAKEN = (Distance.WITHIN, Distance.INHERITED, Distance.BEYOND, Distance.ANY)
_SUSPECTS = (Content.WRONG_KIND, Content.TRUNCATED, Content.SHARED, Content.SUSPECT)
_V = ArchiveVerdict

# The order is the argument: first what the archive withholds or denies, then what it cannot play,
# then what it has but is not the content, then what is good and when and where from.
# fmt: off
ARCHIVE_RULES = (
    rule("bytes-differ-twice",    _V.DIFFERS,    replay=Replay.PLAYED, baseline=Baseline.CHANGED_AGAIN),
    rule("replay-withheld",       _V.EXCLUDED,   replay=Replay.EXCLUDED),
    rule("index-withheld",        _V.EXCLUDED,   listing=Listing.EXCLUDED, replay=(*_UNPLAYED, *_REFUSED)),
    rule("too-young-to-play",     _V.PENDING,    replay=_REFUSED, age=Age.YOUNG),
    rule("too-young-to-list",     _V.PENDING,    listing=_NO_ROWS, replay=_UNPLAYED, age=Age.YOUNG),
    rule("listed-not-played",     _V.UNPLAYABLE, listing=_ROWS, replay=_REFUSED),
    rule("replay-absent",         _V.MISSING,    replay=Replay.ABSENT),
    rule("error-unlisted",        _V.UNKNOWN,    replay=Replay.BROKEN),
    rule("index-empty",           _V.MISSING,    listing=Listing.EMPTY, replay=_UNPLAYED),
    rule("bulk-absence",          _V.UNKNOWN,    listing=Listing.BULK_ABSENT, replay=_UNPLAYED),
    rule("nothing-told",          _V.UNKNOWN,    listing=(Listing.NOT_ASKED, Listing.UNTOLD), replay=_UNPLAYED),
    # From here on there is a capture, played or listed.
    rule("too-young-elsewhen",    _V.PENDING,    distance=Distance.BEYOND, age=Age.YOUNG),
    rule("own-error",             _V.HOLLOW,     ending=Ending.ERROR),
    rule("front-page",            _V.HOLLOW,     ending=Ending.FRONT_PAGE, replay=Replay.PLAYED),
    rule("login",                 _V.HOLLOW,     ending=Ending.LOGIN, replay=Replay.PLAYED),
    rule("dead-end",              _V.HOLLOW,     ending=Ending.DEAD_END, replay=Replay.PLAYED),
    rule("status-untold",         _V.UNKNOWN,    ending=(Ending.UNSEEN, Ending.FRONT_PAGE, Ending.LOGIN, Ending.DEAD_END)),
    rule("empty-body",            _V.HOLLOW,     content=Content.EMPTY),
    rule("wrong-kind",            _V.HOLLOW,     content=Content.WRONG_KIND, replay=Replay.PLAYED),
    rule("truncated-body",        _V.HOLLOW,     content=Content.TRUNCATED, replay=Replay.PLAYED),
    rule("shared-body",           _V.HOLLOW,     content=Content.SHARED),
    rule("text-disagrees",        _V.HOLLOW,     text=Text.DISAGREES, replay=Replay.PLAYED, subject=Subject.RESOURCE),
    rule("suspicion-unconfirmed", _V.UNKNOWN,    content=_SUSPECTS),
    rule("other-case",            _V.UNKNOWN,    address=Address.OTHER_CASE, text=_UNPROVEN),
    rule("player-page",           _V.SHELL,      subject=Subject.PLAYER),
    rule("host-ended-unplayed",   _V.UNKNOWN,    era=Era.AFTER_END, replay=_UNPLAYED),
    rule("host-ended-unproven",   _V.UNKNOWN,    era=Era.AFTER_END, text=_UNPROVEN, distance=_TAKEN),
    rule("moment-untold",         _V.UNKNOWN,    distance=Distance.UNTOLD),
    rule("redirected",            _V.REDIRECTED, ending=Ending.GOOD_ELSEWHERE),
    rule("elsewhen",              _V.DRIFTED,    distance=Distance.BEYOND),
    rule("write-once-name",       _V.CAPTURED,   distance=Distance.WRITE_ONCE),
    rule("digest-bracket",        _V.CAPTURED,   distance=Distance.BRACKETED),
    rule("host-ended",            _V.CAPTURED,   era=Era.AFTER_END),
    rule("via-redirect",          _V.CAPTURED,   ending=Ending.GOOD_SAME_KEY),
    rule("inherited-time",        _V.CAPTURED,   distance=Distance.INHERITED),
    rule("any-time",              _V.CAPTURED,   distance=Distance.ANY),
    rule("asked-time",            _V.CAPTURED),
)
# fmt: on
TABLE = Table(ARCHIVE_RULES)

REASONS = {
    "too-young-to-play": "archives may take days to play what they have captured",
    "too-young-to-list": "archives may take days to list what they have captured",
    "too-young-elsewhen": "archives may take days to play what they have captured",
    "error-unlisted": "playback fails, and no row says that there is anything to play",
    "bulk-absence": "not among the rows of a wider query, which is no proof of absence",
    "nothing-told": "the archive was not asked, or did not answer",
    "status-untold": "no status tells what the capture holds",
    "suspicion-unconfirmed": "looks like something else than it should be; a replay must tell",
    "other-case": "the captured address differs in case and may be another page",
    "moment-untold": "the digits of the capture name no moment",
    "host-ended-unplayed": "captured after the end of the site, and not replayed",
    "host-ended-unproven": "captured after the end of the site; no text shows whose page it is",
}
"""Why these rules do not say more, where nobody else gave a reason."""


def judge(evidence: ArchiveEvidence, settings: JudgingSettings | None = None) -> ArchiveFinding:
    """Return what the evidence amounts to, by which rule, and how well that is proven."""
    settings = settings or JudgingSettings()
    decided = TABLE.decide(facets_of(evidence, settings))
    seen = seen_capture(evidence, replay_of(evidence.chain))
    return ArchiveFinding(
        verdict=decided.verdict,
        rule=decided.name,
        proof=prove(evidence),
        capture_timestamp=seen.timestamp,
        captured_url=seen.url,
        likeness=None if seen.url is None else likeness(evidence.original, seen.url),
        final_url=final_url(evidence.chain),
        distance_seconds=distance_seconds(evidence.timestamp, seen.timestamp),
        reason=_reason(evidence) or REASONS.get(decided.name, ""),
    )


def prove(evidence: ArchiveEvidence) -> Proof | None:
    """Return how well the capture is known; never mixed into the verdict."""
    if replay_of(evidence.chain) is not Replay.PLAYED:
        told = evidence.listing not in {Listing.NOT_ASKED, Listing.UNTOLD}
        return Proof(kind=ProofKind.LISTED) if told else None
    fixity = evidence.fixity
    match evidence.baseline:
        case Baseline.CHANGED | Baseline.CHANGED_AGAIN:
            return Proof(kind=ProofKind.BYTES_DIFFER, algorithm="sha256", whose=Whose.OWN)
        case Baseline.UNCHANGED | Baseline.UNPACKED:
            form = ByteForm.RAW if evidence.baseline is Baseline.UNCHANGED else ByteForm.DECODED
            return Proof(kind=ProofKind.UNCHANGED, algorithm="sha256", whose=Whose.OWN, form=form)
        case Baseline.NONE:
            pass
    if fixity is None or fixity.fixity in {Fixity.UNTESTED, Fixity.EXPLAINED}:
        return Proof(kind=ProofKind.REPLAYED)
    matched = fixity.fixity is Fixity.MATCH
    return Proof(
        kind=ProofKind.DIGEST_MATCH if matched else ProofKind.BYTES_DIFFER,
        algorithm=fixity.algorithm,
        whose=Whose.ARCHIVE,
        form=fixity.form,
    )


def _reason(evidence: ArchiveEvidence) -> str:
    """Return the words of whoever spoke last, or why nobody did."""
    told = (evidence.chain[-1].reason if evidence.chain else "", evidence.reason)
    return next((words for words in told if words), "")

"""Made-up findings for the tests of reports."""

from datetime import UTC, date, datetime

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.link import Kind, Link, Role, Time
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.model.manifest import Beginning, Completeness, Ended, Ending, Manifest, Sampled
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.model.subject import Want
from linkcheck.model.verdict import (
    ArchiveFinding,
    ArchiveVerdict,
    LiveFinding,
    LiveVerdict,
    Proof,
    ProofKind,
    Standing,
    Suggestion,
)
from linkcheck.verdicts.standing import stand

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STAMP = "20210712023725"
HOSTILE = (
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "@SUM(1)",
    "  -2",
    "\t=1",
    "＝1",
    "\x1b[31mred\x07",
    "a\r\nb,c;d|e",
    "left\u202eright\u2066x",
    "` `` ```",
    "@someone #1 [x](y) **z** ](",
    "::error file=x::y%0A",
    "]]> <!-- --> &amp; \ufffe \x00 \u2028",
    "\udcff surrogate",
    "眾新聞\u3000「報道」",
    "x" * 100_000,
)


def link(
    raw: str = "https://x.org/a", article: str = "a.md", line: int = 1, **more: object
) -> Link:
    fields: dict[str, object] = {
        "article": article,
        "line": line,
        "column": 3,
        "role": Role.LINK,
        "raw": raw,
        "original": raw,
        "archive": "wayback",
        "timestamp": STAMP,
        "modifier": None,
        "kind": Kind.ARCHIVED,
        "reason": None,
        "time": Time.ASSERTED,
        "repairs": (),
    }
    return Link(**(fields | more))  # type: ignore[arg-type]


def archive_side(
    verdict: ArchiveVerdict, url: str, reason: str = "", proof: ProofKind = ProofKind.LISTED
) -> ArchiveObservation:
    asked = ArchivedUrl(archive="wayback", timestamp=STAMP, modifier="id_", inner=url)
    row = Capture(urlkey="org,x)/a", timestamp=STAMP, original=url, status=200, digest="ABC")
    return ArchiveObservation(
        key=url,
        want=Want(timestamp=STAMP, role=Role.LINK),
        evidence=ArchiveEvidence(
            archive="wayback",
            original=url,
            timestamp=STAMP,
            role=Role.LINK,
            seen_at=AT,
            row=row,
            chain=(PlaybackReading(asked=asked, answer=Answer.CAPTURE, record="<urn:uuid:1>"),),
        ),
        finding=ArchiveFinding(
            verdict=verdict,
            rule="listed-good",
            proof=Proof(kind=proof),
            capture_timestamp=STAMP,
            distance_seconds=-60,
            reason=reason,
        ),
        suggestion=Suggestion(archived=asked, distance_seconds=0, likeness="exact", sibling=False),
    )


def live_side(verdict: LiveVerdict, url: str) -> LiveObservation:
    answer = LiveAnswer(asked=url, method="GET", at=AT, status=404, record="<urn:uuid:2>")
    return LiveObservation(
        evidence=LiveEvidence(original=url, seen_at=AT, answers=(answer,)),
        finding=LiveFinding(verdict=verdict, rule="answers-404", final_url=url),
    )


def finding(  # noqa: PLR0917 tables are read across
    raw: str = "https://x.org/a",
    archive: ArchiveVerdict | None = ArchiveVerdict.CAPTURED,
    live: LiveVerdict | None = LiveVerdict.ALIVE,
    strikes: int = 0,
    article: str = "a.md",
    line: int = 1,
    **more: object,
) -> LinkFinding:
    seen = Strikes(strikes=strikes)
    fields: dict[str, object] = {
        "link": link(raw, article, line),
        "standing": stand(archive, live, confirmed=strikes >= seen.needed),
        "archive": archive_side(archive, raw) if archive else None,
        "live": live_side(live, raw) if live else None,
        "archive_strikes": seen if archive not in {None, ArchiveVerdict.CAPTURED} else Strikes(),
        "live_strikes": seen if live is not LiveVerdict.ALIVE else Strikes(),
        "checked_at": AT,
    }
    return LinkFinding(**(fields | more))  # type: ignore[arg-type]


def article(*links: LinkFinding, name: str = "a.md", title: str | None = "標題") -> ArticleFindings:
    return ArticleFindings(
        article=name, sha256="00" * 32, title=title, published=date(2019, 1, 19), links=links
    )


def hostile() -> list[ArticleFindings]:
    """Return articles in which everything that can be foreign text is hostile."""
    return [
        article(
            finding(
                text,
                ArchiveVerdict.MISSING,
                LiveVerdict.GONE,
                3,
                article=f"{text[:99]}.md",
                reason=text,
                standing=Standing.LOST,
            ),
            finding(text, ArchiveVerdict.UNKNOWN, None, article=f"{text[:99]}.md", reason=text),
            name=f"{text[:99]}.md",
            title=text,
        )
        for text in HOSTILE
    ]


def manifest() -> Manifest:
    return Manifest(
        run="20261120-1",
        previous=None,
        started_at=AT,
        seed=7,
        beginning=Beginning(
            versions=(("linkcheck", "0.1.0"),), rules="sha256:1", configuration="{}"
        ),
        ending=Ending(
            ended=Ended.COMPLETE,
            ended_at=AT,
            completeness=Completeness(total=9, judged=6, carried=2, unknown=(("silent", 1),)),
            sample=Sampled(size=400, bad=0, bound=0.0075),
        ),
    )

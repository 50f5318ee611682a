"""Made-up findings for the tests of reports."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.link import Link, Role
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
from tests.hostile import ALL
from tests.made import made_link

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STAMP = "20210712023725"
HOSTILE = tuple(ALL.values())


def link(
    raw: str = "https://x.org/a",
    article: str = "a.md",
    line: int = 1,
    role: Role = Role.LINK,
    **more: object,
) -> Link:
    fields = {"raw": raw, "column": 3} | more
    stamp = fields.pop("timestamp", STAMP)
    original = str(fields.pop("original", raw))
    made = made_link(original, article, line, role=role, stamp=STAMP)
    return replace(made, timestamp=stamp, **fields)


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


def standing_finding(
    standing: Standing, original: str, *, line: int = 1, strikes: int = 0, furniture: bool = False
) -> LinkFinding:
    """Return a live link of a standing, of which nothing else is known."""
    return LinkFinding(
        link=made_link(original, "", line),
        standing=standing,
        archive_strikes=Strikes(strikes=strikes),
        furniture=furniture,
    )


def named_article(name: str, *findings: LinkFinding) -> ArticleFindings:
    """Return an article, and let its links say whose they are."""
    links = tuple(replace(one, link=replace(one.link, article=name)) for one in findings)
    return ArticleFindings(article=name, sha256="", links=links)


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

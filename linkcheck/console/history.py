"""What is known of one thing, in lines: for a person who asks why."""

from collections.abc import Iterator
from datetime import datetime

from linkcheck.model.evidence import ArchiveEvidence
from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes
from linkcheck.model.live import LiveEvidence
from linkcheck.model.verdict import ArchiveFinding, LiveFinding
from linkcheck.store import Episode, History

_MOST_ARTICLES = 10


def article_lines(found: ArticleFindings) -> Iterator[str]:
    """Yield an article and each of its links."""
    title = f"  {found.title}" if found.title else ""
    yield f"{found.article}{title}"
    for finding in found.links:
        yield from _link_lines(finding)


def _link_lines(finding: LinkFinding) -> Iterator[str]:
    link = finding.link
    yield f"  {link.line}:{link.column}  {link.role}  {finding.standing}  {link.raw}"
    if finding.archive is not None:
        yield f"      archive: {_archive(finding.archive.finding)}{_doubt(finding.archive_strikes)}"
    if finding.live is not None:
        yield f"      live:    {_live(finding.live.finding)}{_doubt(finding.live_strikes)}"
    sides = (finding.archive, finding.live)
    if finding.reason and all(one is None or one.finding.reason != finding.reason for one in sides):
        yield f"      {finding.reason}"


def history_lines(history: History) -> Iterator[str]:
    """Yield all that is known of one side of one thing, oldest first."""
    moment = f" at {history.timestamp}" if history.timestamp else ""
    where = f" in {history.archive}" if history.archive else ""
    role = f" as {history.role}" if history.role else ""
    yield f"{history.side}: {history.subject}{moment}{where}{role}"
    strikes = history.strikes
    if strikes.strikes:
        yield f"  {strikes.strikes} of {strikes.needed} scans agree that it is bad"
    if strikes.regressed:
        yield f"  it was good until {_day(strikes.last_good)}"
    if strikes.flaps > 1:
        yield f"  it went back and forth {strikes.flaps} times"
    if history.due is not None:
        yield f"  asked again from {_day(history.due)} on"
    for episode in history.episodes:
        yield from _episode_lines(episode)
    for name in history.articles[:_MOST_ARTICLES]:
        yield f"  cited by {name}"
    more = len(history.articles) - _MOST_ARTICLES
    if more > 0:
        yield f"  and by {more:,} more"


def _episode_lines(episode: Episode) -> Iterator[str]:
    first, last = _day(episode.first_seen), _day(episode.last_seen)
    span = first if first == last else f"{first} to {last}"
    seen = "once" if episode.count == 1 else f"{episode.count:,} times"
    match episode.finding:
        case ArchiveFinding():
            said = _archive(episode.finding)
        case LiveFinding():
            said = _live(episode.finding)
        case None:
            said = "its addresses differ: each is asked for itself"
    yield f"  {span}, seen {seen}: {said}"
    match episode.evidence:
        case ArchiveEvidence(row=row) if row is not None:
            yield f"      index: {row.timestamp} {row.status or '-'} {row.digest or ''}"
        case LiveEvidence(answers=answers) if answers:
            for answer in answers[-3:]:
                told = answer.status if answer.status is not None else answer.failure
                yield f"      {answer.method} {answer.asked}: {told} {answer.reason}".rstrip()
        case _:
            pass
    for record in episode.records:
        yield f"      evidence: {record}"


def _archive(finding: ArchiveFinding) -> str:
    proof = f", {finding.proof.kind}" if finding.proof is not None else ""
    capture = f", capture {finding.capture_timestamp}" if finding.capture_timestamp else ""
    away = f", {finding.distance_seconds:+,} s" if finding.distance_seconds else ""
    why = f": {finding.reason}" if finding.reason else ""
    return f"{finding.verdict} ({finding.rule}{proof}{capture}{away}){why}"


def _live(finding: LiveFinding) -> str:
    end = f", now {finding.final_url}" if finding.final_url else ""
    why = f": {finding.reason}" if finding.reason else ""
    return f"{finding.verdict} ({finding.rule}, by {finding.method}{end}){why}"


def _doubt(strikes: Strikes) -> str:
    fallen = "; regressed" if strikes.regressed else ""
    if 0 < strikes.strikes < strikes.needed:
        return f" [{strikes.strikes} of {strikes.needed}{fallen}]"
    return fallen


def _day(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment is not None else "never"

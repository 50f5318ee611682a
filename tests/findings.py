"""Made-up findings that look like real ones: every verdict, rule and standing, and hostile text."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from linkcheck.archives import archives
from linkcheck.collection.inputs import Inputs
from linkcheck.collection.load import load
from linkcheck.links.extract import Extractor
from linkcheck.links.resolve import Resolver
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.content import ContentReading, Medium, Sniffed
from linkcheck.model.evidence import (
    ArchiveEvidence,
    ByteForm,
    Fixity,
    FixityReading,
    Listing,
    Sharing,
    Text,
)
from linkcheck.model.exchange import FailureKind, Hop
from linkcheck.model.finding import ArticleFindings, LinkFinding, Strikes, Untold
from linkcheck.model.link import Kind, Link, Repair, Role, Time
from linkcheck.model.live import LiveAnswer, LiveEvidence
from linkcheck.model.manifest import Beginning, Completeness, Ended, Ending, Manifest, Sampled
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.playback import Answer, PlaybackReading
from linkcheck.model.subject import Want
from linkcheck.model.verdict import (
    ArchiveFinding,
    ArchiveVerdict,
    LiveFinding,
    LiveMethod,
    LiveVerdict,
    Proof,
    ProofKind,
    Standing,
    Suggestion,
    Whose,
)
from linkcheck.settings.reading import ReadingSettings
from linkcheck.verdicts.archive import ARCHIVE_RULES
from linkcheck.verdicts.live import LIVE_RULES
from linkcheck.verdicts.standing import stand
from tests.hostile import STRINGS, URLS
from tests.made import made_link, unsupported

NOW = datetime(2026, 11, 15, 3, 0, 0, tzinfo=UTC)
HOSTS = (
    "www.standnews.example",
    "d3hhj02y2.cdn.example",
    "www.facebook.example",
    "www.gov.example",
    "example.org",
)
TITLES = (
    "【專訪】街角的書店：三十年，一萬本書",
    "The last ferry, and who paid for it",
    "立法會通過修訂　民間團體：諮詢不足",
    "記者手記：那一夜的雨",
    "ひらがなの題名、続き",
    "한국어 제목",
    "简体的标题：这是为了测试",
)
HOSTILE, HOSTILE_URLS = tuple(STRINGS.values()), tuple(URLS.values())

_GOOD_ARCHIVE = [one for one in ARCHIVE_RULES if one.verdict in {"captured", "drifted"}]


def findings(count: int, *, links: int = 7, seed: int = 1) -> Iterator[ArticleFindings]:
    """Yield as many articles as asked for, the same ones each time."""
    for number in range(count):
        yield article(number, links=links, seed=seed)


def article(number: int, *, links: int = 7, seed: int = 1) -> ArticleFindings:
    """Return one article; its first two links are the pair, its last one is furniture."""
    draw = random.Random(seed * 1_000_003 + number)  # noqa: S311 - examples, no secrets
    name = f"articles/{number % 97:02}/{number:05}-文章.md"
    made = [link(draw, name, number, place, links) for place in range(links)]
    return ArticleFindings(
        article=name,
        sha256=f"{draw.getrandbits(256):064x}",
        title=f"{TITLES[number % len(TITLES)]} ({number})",
        published=date(2016, 1, 1) + timedelta(days=draw.randrange(1_900)),
        links=tuple(made),
    )


def everything() -> ArticleFindings:
    """Return an article with every pair of verdicts, by every rule in turn."""
    name = "every/verdict.md"
    draw = random.Random(7)  # noqa: S311 - the same
    made = []
    for number, rule in enumerate(ARCHIVE_RULES):
        live = LIVE_RULES[number % len(LIVE_RULES)]
        made.append(_finding(draw, _link(name, number), rule.name, rule.verdict, live.name))
    for number, live in enumerate(LIVE_RULES):
        rule = ARCHIVE_RULES[-1]
        made.append(_finding(draw, _link(name, 100 + number), rule.name, rule.verdict, live.name))
    for number, standing in enumerate(Standing):
        one = _finding(draw, _link(name, 200 + number), "asked-time", _A.CAPTURED, "answers")
        made.append(LinkFinding(**{**_fields(one), "standing": standing}))  # type: ignore[arg-type]  # as they were
    made.append(LinkFinding(link=_plain(name), standing=Standing.NOT_CHECKED, reason="mailto"))
    return ArticleFindings(article=name, sha256="0" * 64, title="Every verdict", links=tuple(made))


def hostile() -> ArticleFindings:
    """Return an article of which every string means harm."""
    draw = random.Random(13)  # noqa: S311 - the same
    name = 'hostile/<b>"../../etc/passwd\u202e#?%00.md'
    made = []
    for number, text in enumerate((*HOSTILE, *HOSTILE_URLS)):
        one = _finding(
            draw,
            _link(name, number, raw=text, original=text),
            "own-error",
            _A.HOLLOW,
            "gone",
            said=text,
        )
        made.append(one)
    return ArticleFindings(
        article=name, sha256="<script>", title="".join(HOSTILE[:-1]), links=tuple(made)
    )


def manifest(run: str = "20261115T030000Z", *, sample: bool = True) -> Manifest:
    """Return the manifest of a run that came to its end."""
    return Manifest(
        run=run,
        previous="sha256:" + "ab" * 32,
        started_at=NOW - timedelta(hours=2),
        seed=42,
        beginning=Beginning(
            versions=(("linkcheck", "0.1.0"), ("httpx", "0.28.1")),
            rules="sha256:" + "cd" * 32,
            configuration='{"scan":{"contact":"<archivist@example.org>"},"judging":{"strikes":3}}',
            vantage='{"country":"TW"}',
            corpus="sha256:" + "ef" * 32,
        ),
        ending=Ending(
            ended=Ended.COMPLETE,
            ended_at=NOW,
            completeness=Completeness(
                total=1_234,
                judged=1_000,
                carried=200,
                oldest_carried=NOW - timedelta(days=80),
                skipped=(("budget spent", 20),),
                unknown=(("archive silent", 14),),
            ),
            requests=(("web.archive.org/cdx", 812), ("web.archive.org/web", 400)),
            sample=Sampled(size=400, bad=2, bound=0.0156) if sample else None,
        ),
    )


_A, _S = ArchiveVerdict, Standing
_ROLES = (Role.URL, Role.ORIGINAL_URL, Role.IMAGE, Role.IMAGE, Role.LINK, Role.VIDEO)
_STAMPS = ("20180612131835", "20200101000000", "20210629120102", "20211230040506")


def link(draw: random.Random, name: str, number: int, place: int, links: int) -> LinkFinding:
    """Return one link of an article as the real ones are spread."""
    furniture = place == links - 1 and links > 2
    role = Role.LINK if furniture else _ROLES[place % len(_ROLES)]
    rule = draw.choice(_GOOD_ARCHIVE) if draw.random() < 0.8 else draw.choice(ARCHIVE_RULES)
    live = "no-such-name" if draw.random() < 0.6 else draw.choice(LIVE_RULES).name
    host = HOSTS[0] if draw.random() < 0.7 else draw.choice(HOSTS)
    path = "aboutus/#subscribe" if furniture else f"{draw.randrange(200_000):06}/圖-{place}.jpg"
    cited = _link(name, place, role=role, original=f"https://{host}/{path}", number=number)
    if furniture:
        draw = random.Random(3)  # noqa: S311 - one finding for all
        rule, live = ARCHIVE_RULES[-1], "no-such-name"
    return _finding(draw, cited, rule.name, rule.verdict, live, furniture=furniture)


def _link(
    name: str,
    place: int,
    *,
    role: Role = Role.IMAGE,
    original: str = "https://www.standnews.example/media/20180612131835_2c72_large.jpg",
    raw: str | None = None,
    number: int = 0,
) -> Link:
    stamp = _STAMPS[number % len(_STAMPS)]
    live = role is Role.ORIGINAL_URL
    more = (
        {}
        if live
        else {
            "modifier": None if role is Role.URL else "im_",
            "time": Time.ASSERTED if role is Role.URL else Time.INHERITED,
            "repairs": (Repair.ARCHIVE_HOST_ADDED,),
        }
    )
    return made_link(
        original,
        name,
        2 + place,
        role=role,
        stamp=None if live else stamp,
        column=1 + place % 3,
        raw=raw or (original if live else f"/web/{stamp}im_/{original}"),
        **more,
    )


def _plain(name: str) -> Link:
    return unsupported("mailto:editor@example.org", name, 999, reason="mailto")


def _finding(
    draw: random.Random,
    cited: Link,
    rule: str,
    verdict: ArchiveVerdict,
    live_rule: str,
    *,
    furniture: bool = False,
    said: str = "",
) -> LinkFinding:
    live_verdict = next(one.verdict for one in LIVE_RULES if one.name == live_rule)
    bad = verdict in {_A.MISSING, _A.UNPLAYABLE, _A.EXCLUDED}
    strikes = Strikes(
        strikes=draw.choice((1, 3)) if bad else 0,
        needed=3,
        regressed=bad and draw.random() < 0.2,
        first_seen=NOW - timedelta(days=21),
        last_good=NOW - timedelta(days=40) if bad else None,
    )
    confirmed = strikes.strikes in {0, 3}
    seen_at = NOW - timedelta(seconds=draw.randrange(7_000))
    return LinkFinding(
        link=cited,
        standing=stand(verdict, live_verdict, confirmed=confirmed),
        archive=_archive(draw, cited, rule, verdict, seen_at, said),
        live=_live(draw, cited, live_rule, live_verdict, seen_at, said),
        archive_strikes=strikes,
        archive_untold=Untold(
            reason="archive offline", rule="nothing-told", since=NOW - timedelta(days=2), at=NOW
        )
        if draw.random() < 0.05
        else None,
        checked_at=seen_at,
        furniture=furniture,
    )


def _archive(  # noqa: PLR0917 - what a finding is made of
    draw: random.Random,
    cited: Link,
    rule: str,
    verdict: ArchiveVerdict,
    seen_at: datetime,
    said: str,
) -> ArchiveObservation:
    original = cited.original or cited.raw
    asked = cited.timestamp
    seconds = draw.choice((0, 0, 0, 5, -3_600, 40 * 86_400, -200 * 86_400, 900 * 86_400))
    has = verdict not in {_A.MISSING, _A.EXCLUDED, _A.UNKNOWN, _A.PENDING}
    captured = _moved(asked or _STAMPS[0], seconds) if has else None
    replayed = has and draw.random() < 0.2
    row = None
    if captured is not None:
        row = Capture(
            urlkey=f"example,standnews,www)/{draw.randrange(10**6)}",
            timestamp=captured,
            original=original,
            media_type="image/jpeg",
            status=404 if rule == "own-error" else 200,
            digest=f"{draw.getrandbits(160):040X}"[:32],
            length=draw.randrange(900, 90_000),
        )
    fixity = FixityReading(
        fixity=Fixity.MATCH,
        form=ByteForm.RAW,
        algorithm="sha1",
        sha256=f"{draw.getrandbits(256):064x}",
    )
    evidence = ArchiveEvidence(
        archive=cited.archive or "wayback",
        original=original,
        timestamp=asked,
        role=cited.role,
        time=cited.time,
        seen_at=seen_at,
        listing=Listing.EMPTY
        if rule == "index-empty"
        else Listing.LISTED
        if has
        else Listing.UNTOLD,
        row=row,
        before=row,
        chain=(_reading(draw, cited, captured, said),) if replayed or said else (),
        content=ContentReading(
            sniffed=Sniffed(medium=Medium.IMAGE, form="jpeg", whole=True), size=48_213
        )
        if replayed
        else None,
        sharing=Sharing(articles=12 if rule == "shared-body" else 1),
        fixity=fixity if replayed else None,
        text=Text.AGREES if replayed and cited.role is Role.URL else Text.NOT_COMPARED,
        text_score=0.97 if replayed and cited.role is Role.URL else None,
        reason=said or ("archive silent" if verdict is _A.UNKNOWN else ""),
    )
    proof = None
    if has:
        proof = (
            Proof(kind=ProofKind.DIGEST_MATCH, algorithm="sha1", whose=Whose.ARCHIVE, form="raw")
            if replayed
            else Proof(kind=ProofKind.LISTED)
        )
    better = verdict in {_A.HOLLOW, _A.DRIFTED}
    return ArchiveObservation(
        key=row.urlkey if row is not None else original,
        want=Want(timestamp=asked, role=cited.role, time=cited.time),
        evidence=evidence,
        finding=ArchiveFinding(
            verdict=verdict,
            rule=rule,
            proof=proof,
            capture_timestamp=captured,
            captured_url=original if captured else None,
            final_url="https://www.standnews.example/" if rule == "front-page" else None,
            distance_seconds=seconds if captured and asked else None,
            reason=said or evidence.reason,
        ),
        suggestion=Suggestion(
            archived=ArchivedUrl(
                archive="wayback", timestamp="20190101000000", modifier="im_", inner=original
            ),
            distance_seconds=-86_400,
            likeness="same",
            sibling=False,
        )
        if better
        else None,
    )


def _reading(draw: random.Random, cited: Link, captured: str | None, said: str) -> PlaybackReading:
    return PlaybackReading(
        asked=ArchivedUrl(
            archive="wayback",
            timestamp=cited.timestamp,
            modifier="id_",
            inner=cited.original or cited.raw,
        ),
        answer=Answer.CAPTURE if captured else Answer.ABSENT,
        status=200 if captured else 404,
        timestamp=captured,
        original=cited.original,
        media_type=said or "image/jpeg",
        source=said or f"WEB-2018/WEB-{draw.randrange(10**6):06}.warc.gz",
        reason=said,
        record=_record(draw),
    )


def _live(  # noqa: PLR0917 - the same
    draw: random.Random,
    cited: Link,
    rule: str,
    verdict: LiveVerdict,
    seen_at: datetime,
    said: str,
) -> LiveObservation:
    original = cited.original or cited.raw
    answered = verdict not in {LiveVerdict.HOST_GONE, LiveVerdict.UNKNOWN}
    final = "https://new.example/elsewhere" if verdict is LiveVerdict.MOVED else None
    hop = Hop(url=original, status=301, location=final or "", address=None, record=None)
    answer = LiveAnswer(
        asked=original,
        method="GET",
        at=seen_at,
        status=(404 if verdict is LiveVerdict.GONE else 200) if answered else None,
        final_url=final,
        hops=(hop,) if final else (),
        media_type="text/html" if answered else None,
        title=said or None,
        body_sha256=f"{draw.getrandbits(256):064x}" if answered else None,
        failure=None if answered else FailureKind.DNS_NO_SUCH_NAME,
        reason=said or ("" if answered else "no such name"),
        record=_record(draw),
    )
    return LiveObservation(
        evidence=LiveEvidence(original=original, seen_at=seen_at, answers=(answer,)),
        finding=LiveFinding(
            verdict=verdict,
            rule=rule,
            method=LiveMethod.HOST if verdict is LiveVerdict.HOST_GONE else LiveMethod.LINK,
            final_url=final,
            permanent=True if final else None,
            reason=said or answer.reason,
        ),
    )


def _moved(stamp: str, seconds: int) -> str:
    try:
        moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return stamp
    return f"{moment + timedelta(seconds=seconds):%Y%m%d%H%M%S}"


def _record(draw: random.Random) -> str:
    bits = f"{draw.getrandbits(128):032x}"
    return f"<urn:uuid:{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-8{bits[17:20]}-{bits[20:]}>"


def _fields(noun: LinkFinding) -> dict[str, object]:
    return {name: getattr(noun, name) for name in noun.__struct_fields__}


def of_collection(folder: Path) -> Iterator[ArticleFindings]:
    """Yield made-up findings of the real links of a collection; each original has one verdict."""
    settings = ReadingSettings()
    extractor = Extractor(Resolver(archives()), settings)
    read = [load(given, settings) for given in Inputs(str(folder)).walk([str(folder)])]
    linked = [(one, extractor.links(one)) for one in read]
    cited = Counter(url for _, links in linked for url in {one.original for one in links})
    for one, links in linked:
        fields = {field.key: field.value for field in one.fields}
        yield ArticleFindings(
            article=one.path,
            sha256=hashlib.sha256(one.source).hexdigest(),
            title=fields.get("title"),
            published=_published(fields.get("date", "")),
            links=tuple(_of_link(each, cited[each.original] * 3 > len(read)) for each in links),
        )


def _of_link(cited: Link, furniture: bool) -> LinkFinding:  # noqa: FBT001 - what it is
    if cited.kind not in {Kind.ARCHIVED, Kind.LIVE} or cited.original is None:
        reason = cited.reason or cited.kind
        return LinkFinding(link=cited, standing=Standing.NOT_CHECKED, reason=reason)
    draw = random.Random(cited.original)  # noqa: S311 - examples, no secrets
    rule = draw.choice(_GOOD_ARCHIVE) if draw.random() < 0.9 else draw.choice(ARCHIVE_RULES)
    live = "no-such-name" if draw.random() < 0.8 else draw.choice(LIVE_RULES).name
    return _finding(draw, cited, rule.name, rule.verdict, live, furniture=furniture)


def _published(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

"""From evidence to findings: what answers hold, weighed and judged; all synthetic."""

from dataclasses import replace as changed
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from linkcheck.archives import Archive, pywb_at
from linkcheck.archives.wayback import ARCHIVE
from linkcheck.media import weigh
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.capture import Capture
from linkcheck.model.content import ContentReading, Medium, Sniffed
from linkcheck.model.evidence import (
    ArchiveEvidence,
    Baseline,
    ByteForm,
    Fixity,
    FixityReading,
    Listing,
    Sharing,
    Text,
)
from linkcheck.model.exchange import Failure, FailureKind, Reply
from linkcheck.model.link import Role, Time
from linkcheck.model.playback import Answer
from linkcheck.model.verdict import ArchiveVerdict, ProofKind, Whose
from linkcheck.settings.judging import JudgingSettings
from linkcheck.verdicts.archive import judge
from linkcheck.verdicts.chain import Chain, next_step
from tests.answers import ASKED_AT, MOMENT, ROOT, SOURCE, failure, reply

V = ArchiveVerdict
SETTINGS = JudgingSettings()
STAMP = "20171124151315"
PAGE = "https://www.fws.gov/birds/"
IMAGE = "https://www.hkcnews.com/news/2018/06/a-b-20180612131835_2c72_large.jpg"
DIGEST = "MGIGF4GRGGF5GKV6VNCBAXOE3OR5BTZC"


def evidence(**fields: object) -> ArchiveEvidence:
    start = ArchiveEvidence(
        archive="wayback",
        original=PAGE,
        timestamp=STAMP,
        role=Role.LINK,
        time=Time.ASSERTED,
        seen_at=ASKED_AT,
    )
    return replace(start, **fields)


def row(
    timestamp: str = STAMP,
    *,
    status: int | None = 200,
    media_type: str | None = "text/html",
    original: str = PAGE,
    digest: str | None = DIGEST,
) -> Capture:
    return Capture(
        urlkey="gov,fws)/birds",
        timestamp=timestamp,
        original=original,
        status=status,
        media_type=media_type,
        digest=digest,
    )


def chain(
    *answers: Reply | Failure,
    original: str = PAGE,
    timestamp: str | None = STAMP,
    archive: Archive = ARCHIVE,
) -> Chain:
    """Ask for each next step as a lane does."""
    asked: ArchivedUrl | None = ArchivedUrl(
        archive=archive.name, timestamp=timestamp, modifier="id_", inner=original
    )
    way: Chain = ()
    for answer in answers:
        assert asked is not None
        url = archive.playback_request(asked).url
        way = (*way, archive.read_playback(asked, replace(answer, url=url)))
        asked = next_step(way, SETTINGS.hops)
    return way


def captured(status: int = 200, *, to: str | None = None, original: str = PAGE) -> Reply:
    link = ("Link", f'<{original}>; rel="original"')
    location = () if to is None else (("Location", to),)
    return reply("a page", MOMENT, SOURCE, link, *location, status=status)


def nearest(stamp: str, original: str = PAGE) -> Reply:
    return reply("", ("Location", f"{ROOT}/web/{stamp}id_/{original}"), status=302)


def at(stamp: str, status: int = 200, original: str = PAGE) -> Reply:
    moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return reply(
        "a page",
        ("Memento-Datetime", f"{moment:%a, %d %b %Y %H:%M:%S} GMT"),
        ("Link", f'<{original}>; rel="original"'),
        status=status,
    )


ABSENT = reply("Hrm.", status=404)
WITHHELD = "This URL has been excluded from the Wayback Machine."
BROKEN = ("X-Archive-Wayback-Runtime-Error", "ResourceNotAvailableException: x")
TO_HTTPS = captured(301, to=f"{ROOT}/web/{STAMP}id_/https://fws.gov/birds")
TO_FRONT = captured(302, to=f"/web/{STAMP}id_/https://www.fws.gov/index.html")
TO_LOGIN = captured(302, to=f"//web.archive.org/web/{STAMP}id_/https://sso.fws.gov/?next=birds")
TO_OTHER = captured(301, to=f"{ROOT}/web/{STAMP}id_/https://www.fws.gov/program/birds")
OTHER = "https://www.fws.gov/program/birds"
SELF = captured(302, to=f"{ROOT}/web/{STAMP}id_/{PAGE}")


@pytest.mark.parametrize(
    ("answers", "rule", "verdict", "distance"),
    [
        ((captured(),), "asked-time", V.CAPTURED, 0),
        ((nearest("20171124151320"), at("20171124151320")), "asked-time", V.CAPTURED, 5),
        ((nearest("20171124001315"), at("20171124001315")), "asked-time", V.CAPTURED, -54_000),
        ((nearest("20171217151315"), at("20171217151315")), "elsewhen", V.DRIFTED, 23 * 86_400),
        ((nearest("20171118151315"), at("20171118151315")), "elsewhen", V.DRIFTED, -6 * 86_400),
        ((at("20250101000000"),), "elsewhen", V.DRIFTED, 224_153_205),
        ((TO_HTTPS, captured(original="https://fws.gov/birds")), "via-redirect", V.CAPTURED, 0),
        # The content behind a redirect within one key is from years later.
        (
            (
                TO_HTTPS,
                nearest("20240101000000", "https://fws.gov/birds"),
                at("20240101000000", original="https://fws.gov/birds"),
            ),
            "elsewhen",
            V.DRIFTED,
            192_530_805,
        ),
        ((TO_OTHER, captured(original=OTHER)), "redirected", V.REDIRECTED, 0),
        (
            (TO_OTHER, nearest("20171124151320", OTHER), at("20171124151320", original=OTHER)),
            "redirected",
            V.REDIRECTED,
            0,
        ),
        ((TO_OTHER, captured(404, original=OTHER)), "own-error", V.HOLLOW, 0),
        ((TO_OTHER, ABSENT), "dead-end", V.HOLLOW, 0),
        ((TO_OTHER, reply("", status=503)), "nothing-told", V.UNKNOWN, None),
        ((TO_OTHER, failure(FailureKind.READ_TIMEOUT)), "nothing-told", V.UNKNOWN, None),
        ((TO_OTHER,), "nothing-told", V.UNKNOWN, None),  # not gone to its end
        ((TO_OTHER, reply(WITHHELD, status=403)), "replay-withheld", V.EXCLUDED, None),
        ((reply(WITHHELD),), "replay-withheld", V.EXCLUDED, None),
        ((TO_OTHER, reply("", BROKEN, status=404)), "error-unlisted", V.UNKNOWN, None),
        (
            (TO_FRONT, captured(original="https://www.fws.gov/index.html")),
            "front-page",
            V.HOLLOW,
            0,
        ),
        ((TO_LOGIN, captured(original="https://sso.fws.gov/?next=birds")), "login", V.HOLLOW, 0),
        ((SELF,), "dead-end", V.HOLLOW, 0),  # a circle
        ((captured(301, to="https://elsewhere.example/a"), ABSENT), "dead-end", V.HOLLOW, 0),
        ((captured(301, to="ftp://elsewhere.example/a"),), "dead-end", V.HOLLOW, 0),
        ((captured(302),), "dead-end", V.HOLLOW, 0),
        ((captured(404),), "own-error", V.HOLLOW, 0),
        ((captured(403),), "own-error", V.HOLLOW, 0),
        ((captured(429),), "own-error", V.HOLLOW, 0),
        ((captured(503),), "own-error", V.HOLLOW, 0),
        ((ABSENT,), "replay-absent", V.MISSING, None),
        ((nearest("20171217151315"), ABSENT), "error-unlisted", V.UNKNOWN, None),
        ((reply("", status=429),), "nothing-told", V.UNKNOWN, None),
    ],
)
def test_ways_of_playback(
    answers: tuple[Reply | Failure, ...], rule: str, verdict: V, distance: int | None
) -> None:
    finding = judge(evidence(chain=chain(*answers)))
    assert (finding.rule, finding.verdict, finding.distance_seconds) == (
        rule,
        verdict,
        distance,
    )


def test_where_redirects_end_is_told() -> None:
    way = chain(TO_OTHER, nearest("20171124151320", OTHER), at("20171124151320", original=OTHER))
    finding = judge(evidence(chain=way))
    assert (finding.captured_url, finding.final_url) == (PAGE, OTHER)
    assert judge(evidence(chain=chain(TO_OTHER, ABSENT))).final_url == OTHER
    out = judge(evidence(chain=chain(captured(301, to="https://elsewhere.example/"))))
    assert out.final_url == "https://elsewhere.example/"
    assert judge(evidence(chain=chain(captured()))).final_url is None


def test_an_original_that_is_escaped_once_more_is_the_same() -> None:
    page = "https://x.org/%E6%96%87/a%20b"
    for named in ("https://x.org/%25E6%2596%2587/a%2520b", "http://x.org/文/a b", page.lower()):
        way = chain(captured(original=named), original=page)
        assert judge(evidence(original=page, chain=way)).verdict is V.CAPTURED
    fuzzy = chain(captured(original="https://x.org/other"), original=page)
    assert judge(evidence(original=page, chain=fuzzy)).verdict is V.REDIRECTED


def test_a_way_that_is_longer_than_we_go_is_not_condemned() -> None:
    steps = [captured(302, to=f"{ROOT}/web/{STAMP}id_/{PAGE}{number}") for number in range(6)]
    way = chain(*steps)
    assert next_step(way, SETTINGS.hops) is None
    assert judge(evidence(chain=way)).verdict is V.UNKNOWN


def test_a_loop_ends() -> None:
    # 2020-10: 303, 302, 302 and back to the start (EDGI, redirect_in_a_loop).
    there, back = f"{ROOT}/web/{STAMP}id_/{PAGE}a", f"{ROOT}/web/{STAMP}id_/{PAGE}"
    way = chain(captured(303, to=there), captured(302, to=back))
    assert next_step(way, SETTINGS.hops) is None
    assert judge(evidence(chain=way)).rule == "dead-end"


SILENT: list[Reply | Failure] = [
    *(failure(kind) for kind in FailureKind),
    *(reply("[]", status=status) for status in (204, 400, 403, 408, 418, 429, 500, 502, 503, 504)),
    reply(""),
    reply("<h1>Temporarily Offline</h1>"),
    reply("<h1>Temporarily Offline</h1>", status=404),
    reply("a captive portal"),
    reply("", ("Location", f"{ROOT}/429.html"), status=302),
    reply("", ("Location", "https://elsewhere.example/"), status=302),
    reply("", ("X-Archive-Wayback-Runtime-Error", "ResourceIndexNotAvailable"), status=503),
]


@pytest.mark.parametrize("archive", [ARCHIVE, pywb_at("http://127.0.0.1:8080/c/")])
@pytest.mark.parametrize("before", [(), (nearest("20171124151320"),), (TO_OTHER,)])
@pytest.mark.parametrize("listing", [Listing.NOT_ASKED, Listing.UNTOLD, Listing.BULK_ABSENT])
def test_silence_of_every_kind_is_unknown(
    archive: Archive, before: tuple[Reply, ...], listing: Listing
) -> None:
    for answer in SILENT:
        if archive is not ARCHIVE and before:
            continue  # its redirects have other prefixes
        finding = judge(evidence(chain=chain(*before, answer, archive=archive), listing=listing))
        assert finding.verdict is V.UNKNOWN
        assert finding.reason


def test_silence_keeps_what_the_index_said() -> None:
    for answer in SILENT:
        way = chain(answer)
        listed = evidence(chain=way, listing=Listing.LISTED, row=row())
        assert judge(listed).verdict is V.CAPTURED
        proof = judge(listed).proof
        assert proof is not None
        assert proof.kind is ProofKind.LISTED
        assert judge(evidence(chain=way, listing=Listing.EMPTY)).verdict is V.MISSING


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"row": row()}, "asked-time"),
        ({"row": row(status=404)}, "own-error"),
        ({"row": row(status=302)}, "status-untold"),
        ({"row": row(status=None, media_type=None)}, "status-untold"),
        ({"row": row("20190101000000"), "listing": Listing.NEARBY}, "elsewhen"),
        ({"row": row("20190101000000", status=404), "listing": Listing.NEARBY}, "own-error"),
        ({"row": row(digest="3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")}, "empty-body"),
        ({"row": row(), "role": Role.IMAGE}, "suspicion-unconfirmed"),
        ({"row": row(media_type="image/jpeg"), "role": Role.IMAGE}, "asked-time"),
        ({"row": row(), "sharing": Sharing(articles=3)}, "suspicion-unconfirmed"),
        ({"row": row(), "sharing": Sharing(articles=2)}, "asked-time"),
        ({"row": row(original="https://www.fws.gov/Birds/")}, "other-case"),
        ({"row": row(original="http://fws.gov:80/birds")}, "asked-time"),
        ({"row": row(), "timestamp": None}, "any-time"),
        ({"row": row(), "original": "https://youtu.be/G7zFqiRjW0o"}, "player-page"),
        ({"row": None, "listing": Listing.EMPTY}, "index-empty"),
        (
            {"row": None, "listing": Listing.EMPTY, "timestamp": "20261119000000"},
            "too-young-to-list",
        ),
        ({"row": row("20261001000000"), "timestamp": "20261119000000"}, "too-young-elsewhen"),
        ({"row": None, "listing": Listing.BULK_ABSENT}, "bulk-absence"),
        ({"row": None, "listing": Listing.EXCLUDED}, "index-withheld"),
    ],
)
def test_what_the_index_alone_decides(fields: dict[str, object], rule: str) -> None:
    assert judge(evidence(**{"listing": Listing.LISTED, **fields})).rule == rule


def test_the_capture_of_another_address_is_named() -> None:
    """Shown without a redirect: pywb's fuzzy rules."""
    finding = judge(evidence(chain=chain(captured(original=OTHER))))
    assert (finding.rule, finding.final_url) == ("redirected", OTHER)
    assert judge(evidence(chain=chain(captured()))).final_url is None
    assert judge(evidence(chain=chain(captured(original="http://fws.gov/birds")))).final_url is None


def test_a_shortened_address_may_lead_to_a_front_page() -> None:
    short, front = "https://bit.ly/2abcDEF", "https://www.fws.gov/"
    way = chain(
        captured(301, to=f"{ROOT}/web/{STAMP}id_/{front}", original=short),
        captured(original=front),
        original=short,
    )
    assert judge(evidence(original=short, chain=way)).rule == "redirected"


def body(medium: Medium, *, whole: bool | None = None, **fields: object) -> ContentReading:
    sniffed = Sniffed(medium=medium, whole=whole)
    return replace(ContentReading(sniffed=sniffed, size=10), **fields)


@pytest.mark.parametrize(
    ("role", "content", "rule"),
    [
        (Role.IMAGE, body(Medium.IMAGE, whole=True), "asked-time"),
        (Role.IMAGE, body(Medium.HTML), "wrong-kind"),
        (Role.IMAGE, body(Medium.TEXT), "wrong-kind"),
        (Role.IMAGE, body(Medium.IMAGE, whole=False), "truncated-body"),
        (Role.IMAGE, body(Medium.IMAGE, short=True), "truncated-body"),
        (Role.IMAGE, body(Medium.IMAGE, whole=True, short=True), "asked-time"),
        (Role.IMAGE, body(Medium.IMAGE, whole=None, cut=True), "asked-time"),
        (Role.IMAGE, body(Medium.OTHER), "suspicion-unconfirmed"),
        (Role.IMAGE, body(Medium.NOTHING, size=0), "empty-body"),
        (Role.LINK, body(Medium.HTML), "asked-time"),
        (Role.LINK, body(Medium.IMAGE, whole=True), "asked-time"),
        (Role.LINK, body(Medium.PDF, whole=False), "truncated-body"),
        (Role.URL, body(Medium.NOTHING, size=0), "empty-body"),
        (Role.URL, body(Medium.HTML, short=True), "truncated-body"),
        (Role.VIDEO, body(Medium.HTML), "asked-time"),
    ],
)
def test_bodies_against_roles(role: Role, content: ContentReading, rule: str) -> None:
    assert judge(evidence(chain=chain(captured()), role=role, content=content)).rule == rule


@pytest.mark.parametrize("missed", [body(Medium.NOTHING, size=0), body(Medium.IMAGE, whole=False)])
@pytest.mark.parametrize("fixity", Fixity)
def test_what_was_lost_on_the_way_was_captured(missed: ContentReading, fixity: Fixity) -> None:
    seen = evidence(
        chain=chain(captured()),
        role=Role.IMAGE,
        content=missed,
        fixity=FixityReading(fixity=fixity),
    )
    lost = fixity is Fixity.MISMATCH
    assert judge(seen).verdict is (V.UNKNOWN if lost else V.HOLLOW)


def test_a_film_that_is_a_page() -> None:
    film = "https://x.org/a.mp4"
    seen = evidence(
        original=film,
        role=Role.VIDEO,
        content=body(Medium.HTML),
        chain=chain(captured(original=film), original=film),
    )
    assert judge(seen).rule == "wrong-kind"


def test_a_placeholder_needs_a_replay() -> None:
    shared = evidence(
        chain=chain(captured()), content=body(Medium.HTML), sharing=Sharing(articles=3)
    )
    assert judge(shared).rule == "suspicion-unconfirmed"
    confirmed = replace(shared, sharing=Sharing(articles=3, confirmed=True))
    assert judge(confirmed).rule == "shared-body"
    two = replace(shared, sharing=Sharing(articles=2, confirmed=True))
    assert judge(two).verdict is V.CAPTURED


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (Text.AGREES, V.CAPTURED),
        (Text.DISAGREES, V.HOLLOW),
        (Text.UNDECIDED, V.CAPTURED),
        (Text.NOT_COMPARED, V.CAPTURED),
    ],
)
def test_the_texts_word(text: Text, verdict: V) -> None:
    assert judge(evidence(chain=chain(captured()), role=Role.URL, text=text)).verdict is verdict


INHERITED = {"time": Time.INHERITED, "published": datetime(2016, 1, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("stamp", "fields", "rule"),
    [
        ("20160601000000", INHERITED, "inherited-time"),
        ("20151004000000", INHERITED, "inherited-time"),
        ("20151001000000", INHERITED, "elsewhen"),
        ("20180221000000", INHERITED, "inherited-time"),
        ("20180224000000", INHERITED, "elsewhen"),
        ("20170830000000", {"time": Time.INHERITED}, "inherited-time"),
        ("20170820000000", {"time": Time.INHERITED}, "elsewhen"),
        ("20160601000000", {"published": INHERITED["published"]}, "elsewhen"),
        ("20171125151315", {}, "asked-time"),
        ("20171125151316", {}, "elsewhen"),
        ("20171123151315", {}, "asked-time"),
        ("20171231000000", {"timestamp": "2017"}, "asked-time"),
        ("20180102000000", {"timestamp": "2017"}, "elsewhen"),
        ("20170228000000", {"timestamp": "201702"}, "asked-time"),
    ],
)
def test_tolerance(stamp: str, fields: dict[str, object], rule: str) -> None:
    seen = evidence(listing=Listing.NEARBY, row=row(stamp), **fields)
    assert judge(seen).rule == rule


def test_the_distance_is_capture_minus_asked_and_always_told() -> None:
    for stamp, seconds in (
        ("20171124151320", 5),
        ("20171124151310", -5),
        ("20191124151315", 63_072_000),
    ):
        finding = judge(evidence(listing=Listing.NEARBY, row=row(stamp)))
        assert finding.distance_seconds == seconds
    year = judge(evidence(listing=Listing.NEARBY, row=row("20180101000000"), timestamp="2017"))
    assert year.distance_seconds == 1


def image(**fields: object) -> ArchiveEvidence:
    far = row("20210101000000", media_type="image/jpeg", original=IMAGE)
    return evidence(
        **{
            "original": IMAGE,
            "role": Role.IMAGE,
            "time": Time.INHERITED,
            "listing": Listing.NEARBY,
            "row": far,
            **fields,
        }
    )


def test_a_name_that_only_ever_had_one_content() -> None:
    assert judge(image()).rule == "write-once-name"
    assert (
        judge(image(original="https://x.org/20180612131835_2c72_large.jpg/page")).verdict
        is V.DRIFTED
    )
    avatar = "https://www.hkcnews.com/uploads/avatars/b527d52b.png?1854398952"
    assert judge(image(original=avatar)).verdict is V.DRIFTED
    here = JudgingSettings(write_once=(("*.hkcnews.com", r"avatars/[0-9a-f]+\.png$"),))
    assert judge(image(original=avatar), here).rule == "write-once-name"
    assert judge(image(), JudgingSettings(write_once=())).rule == "elsewhen"


def test_one_content_before_and_after() -> None:
    before, after = row("20160101000000"), row("20190101000000")
    seen = evidence(listing=Listing.NEARBY, row=after, before=before, after=after)
    assert judge(seen).rule == "digest-bracket"
    for other in (
        row("20160101000000", digest="YHY3" + DIGEST[4:]),
        row("20160101000000", digest="-"),
        row("20160101000000", status=404),
        row("20180101000000"),  # not before
        row("20160101000000", digest="3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"),
    ):
        assert judge(replace(seen, before=other)).rule == "elsewhen"
    assert judge(replace(seen, row=row("20200101000000"))).rule == "elsewhen"


def test_a_site_that_has_ended() -> None:
    ended = JudgingSettings(host_ends=(("*.fws.gov", date(2017, 11, 1)),))
    assert judge(evidence(chain=chain(captured()))).verdict is V.CAPTURED
    assert judge(evidence(chain=chain(captured())), ended).rule == "host-ended-unproven"
    agreed = evidence(chain=chain(captured()), text=Text.AGREES)
    assert judge(agreed, ended).rule == "host-ended"
    assert judge(evidence(listing=Listing.LISTED, row=row()), ended).rule == "host-ended-unplayed"
    later = changed(ended, host_ends=(("*.fws.gov", date(2017, 11, 24)),))
    assert judge(evidence(chain=chain(captured())), later).rule == "asked-time"


@pytest.mark.parametrize(
    ("fields", "kind", "whose"),
    [
        ({}, ProofKind.REPLAYED, None),
        ({"fixity": FixityReading(fixity=Fixity.UNTESTED)}, ProofKind.REPLAYED, None),
        ({"fixity": FixityReading(fixity=Fixity.EXPLAINED)}, ProofKind.REPLAYED, None),
        (
            {"fixity": FixityReading(fixity=Fixity.MATCH, form=ByteForm.DECODED, algorithm="sha1")},
            ProofKind.DIGEST_MATCH,
            Whose.ARCHIVE,
        ),
        ({"fixity": FixityReading(fixity=Fixity.MISMATCH)}, ProofKind.BYTES_DIFFER, Whose.ARCHIVE),
        ({"baseline": Baseline.UNCHANGED}, ProofKind.UNCHANGED, Whose.OWN),
        ({"baseline": Baseline.CHANGED}, ProofKind.BYTES_DIFFER, Whose.OWN),
        ({"baseline": Baseline.CHANGED_AGAIN}, ProofKind.BYTES_DIFFER, Whose.OWN),
    ],
)
def test_proof_is_told_beside_the_verdict(
    fields: dict[str, object], kind: ProofKind, whose: Whose | None
) -> None:
    finding = judge(evidence(chain=chain(captured()), **fields))
    assert finding.proof is not None
    assert (finding.proof.kind, finding.proof.whose) == (kind, whose)
    again = fields.get("baseline") is Baseline.CHANGED_AGAIN
    assert finding.verdict is (V.DIFFERS if again else V.CAPTURED)


def test_nothing_told_is_no_proof() -> None:
    assert judge(evidence()).proof is None
    assert judge(evidence(chain=chain(failure(FailureKind.REFUSED)))).proof is None


def test_a_capture_under_another_spelling_is_named_and_graded() -> None:
    finding = judge(evidence(chain=chain(captured(original="http://fws.gov/birds"))))
    assert finding.verdict is V.CAPTURED
    assert (finding.captured_url, finding.likeness) == ("http://fws.gov/birds", "slash")


def test_a_captured_page_with_the_archives_words_is_a_capture() -> None:
    page = "<html>This URL has been excluded from the Wayback Machine. Hrm. Temporarily Offline"
    answer = reply(page, MOMENT, SOURCE)
    way = chain(answer)
    finding = judge(evidence(chain=way, content=weigh(answer, way[0])))
    assert way[0].answer is Answer.CAPTURE
    assert finding.verdict is V.CAPTURED


def test_settings_judge_stored_evidence_again() -> None:
    seen = evidence(chain=chain(at("20171217151315")))
    assert judge(seen).verdict is V.DRIFTED
    assert judge(seen, JudgingSettings(tolerance=timedelta(days=30))).verdict is V.CAPTURED


@pytest.mark.parametrize(
    "asked", ["201", "20171", "99999999999999", "", "\uff12\uff10\uff11\uff18"]
)
def test_digits_that_are_no_moment_have_no_distance(asked: str) -> None:
    finding = judge(evidence(listing=Listing.NEARBY, row=row(), timestamp=asked))
    assert finding.distance_seconds is None
    assert finding.rule == "any-time"


def test_a_row_with_digits_that_are_no_moment() -> None:
    odd = "20181301000000"
    seen = evidence(listing=Listing.NEARBY, row=row(odd))
    assert (judge(seen).rule, judge(seen).distance_seconds) == ("moment-untold", None)
    listed = row(odd, media_type="image/jpeg")
    figure = replace(
        seen, role=Role.IMAGE, original="http://x.org/a-20180612131835_2c72.jpg", row=listed
    )
    assert judge(figure).rule == "write-once-name"
    same = evidence(listing=Listing.LISTED, row=row(odd), timestamp=odd)
    assert judge(same).distance_seconds == 0


def test_evidence_is_stored_whole_and_judged_the_same() -> None:
    answer = captured()
    way = chain(TO_OTHER, nearest("20171124151320", OTHER), at("20171124151320", original=OTHER))
    seen = evidence(
        listing=Listing.LISTED,
        row=row(),
        before=row(),
        after=row(),
        chain=way,
        content=weigh(answer, way[-1]),
        fixity=FixityReading(fixity=Fixity.MATCH, form=ByteForm.RAW),
        published=ASKED_AT,
    )
    back = msgspec.json.decode(msgspec.json.encode(seen), type=ArchiveEvidence)
    assert back == seen
    assert judge(back) == judge(seen)

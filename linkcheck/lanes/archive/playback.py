"""The playback side: follow a moment to its end, weigh the bytes, judge, hand on."""

from msgspec.structs import replace

from linkcheck.fixity import compare, unpacked_sha256
from linkcheck.lanes.archive.bodies import Bodies
from linkcheck.lanes.archive.index import IndexSide
from linkcheck.lanes.archive.job import Errand, Replay, Why
from linkcheck.lanes.archive.ledger import Mark
from linkcheck.lanes.archive.lookback import Way, any_good
from linkcheck.lanes.archive.run import Run
from linkcheck.media import weigh
from linkcheck.model.archived import ArchivedUrl
from linkcheck.model.content import ContentReading, Medium
from linkcheck.model.evidence import ArchiveEvidence, Baseline, FixityReading, Listing
from linkcheck.model.exchange import Purpose, Reply
from linkcheck.model.holding import Holding
from linkcheck.model.link import Role
from linkcheck.model.noun import Noun
from linkcheck.model.playback import SILENCE, Answer, PlaybackReading
from linkcheck.model.subject import Want
from linkcheck.unpack import decode
from linkcheck.urls.encoding import encode
from linkcheck.urls.urlkey import urlkey
from linkcheck.verdicts.baseline import Observation as SeenBytes
from linkcheck.verdicts.baseline import compare_baseline
from linkcheck.verdicts.chain import Replay as Outcome
from linkcheck.verdicts.chain import captured_first, next_step, replay_of
from linkcheck.verdicts.distance import is_moment

_WHOLE_SUBJECT = frozenset({Outcome.ABSENT, Outcome.EXCLUDED, Outcome.UNTOLD})
"""Of these an archive says the same whatever the moment: a 404 without Memento-Datetime says that
the key has no capture at all, and silence would be met again."""
_READ = frozenset({Medium.HTML, Medium.TEXT})


class Bytes(Noun, frozen=True, kw_only=True):
    """What the bytes at the end came to, whoever wants them."""

    content: ContentReading | None = None
    fixity: FixityReading | None = None
    baseline: Baseline = Baseline.NONE


class PlaybackSide:
    """Replay what is handed out."""

    def __init__(self, run: Run, index: IndexSide, bodies: Bodies) -> None:
        self._run = run
        self._index = index
        self._bodies = bodies

    async def work(self, errand: Errand) -> None:
        """Replay one moment."""
        if isinstance(errand, Replay):
            await self._replay(errand)
            return
        run, place = self._run, errand.first
        if not run.desk.is_open(Purpose.PLAYBACK):
            return
        if place + 1 < errand.end:
            rest = replace(errand, first=place + 1)
            run.playback.add((Why.SINGLE, -errand.asks, rest.first), rest)
        moments = run.subjects[place].moments
        # An earlier run of the round may have seen some of them.
        moment = next((one for one in moments if not self._is_replayed(place, one)), moments[0])
        for slot, _ in run.ledger.wants(place, moment):
            run.ledger.add(slot, Mark.QUEUED)
        await self._replay(Replay(place=place, moment=moment, why=Why.SINGLE, leads=True))

    def _is_replayed(self, place: int, moment: str | None) -> bool:
        ledger = self._run.ledger
        return any(ledger.has(slot, Mark.REPLAYED) for slot, _ in ledger.wants(place, moment))

    async def _replay(self, job: Replay) -> None:
        run, place = self._run, job.place
        subject = run.subjects[place]
        holding = run.holding(place)
        errand = f"{subject.key} {job.moment or ''}"
        way = await self._follow(run.cases.asked(subject, job.moment, holding), errand)
        if way is not None and job.moment is None:
            way = await any_good(run, self._follow, place, way, errand)
            holding = run.holding(place)
        if way is None:
            return
        run.replayed += 1
        seen = self._weigh(subject.key, way, holding)
        outcome = replay_of(way.chain)
        silent = way.chain[-1].answer in SILENCE
        alike = job.leads and outcome in _WHOLE_SUBJECT and silent is (outcome is Outcome.UNTOLD)
        alike = alike and captured_first(way.chain) is None
        alike = alike and (job.moment is None or is_moment(job.moment))
        wants = run.ledger.every(place) if alike else run.ledger.wants(place, job.moment)
        for slot, want in wants:
            async with run.turn:
                run.ledger.add(slot, Mark.QUEUED | Mark.REPLAYED)
                evidence = self._evidence(place, slot, want, way, seen, holding)
                run.shelf.put_replay(slot, evidence)
                observation = await run.conclude(place, slot, want, evidence, holding)
            drawn = run.drawn.pop(slot, None)
            if drawn is not None and outcome is not Outcome.UNTOLD:
                run.told += 1
                run.contradicted += observation.finding.verdict is not drawn
            await self._bodies.shown(slot, evidence)
        if seen.content is not None and seen.fixity is not None and seen.fixity.sha256 is not None:
            run.bodies.note(seen.fixity.sha256, place)
        if job.leads and not alike:
            for moment in subject.moments:
                if moment != job.moment:
                    self._index.replay(place, moment, job.why)

    async def _follow(self, step: ArchivedUrl, errand: str) -> Way | None:
        """Ask from hop to hop; None where the run ended on the way.

        The errand tells apart those whose ways meet: a replay gives each its own answer.
        """
        run = self._run
        chain: tuple[PlaybackReading, ...] = ()
        following: ArchivedUrl | None = step
        answer = None
        while following is not None:
            request = replace(run.archive.playback_request(following), errand=errand)
            answer = await run.desk.ask(request)
            if answer is None:
                return None
            reading = run.archive.read_playback(following, answer)
            run.desk.heed(
                Purpose.PLAYBACK,
                told=reading.answer not in SILENCE,
                reason=reading.reason,
                astray=reading.outside is not None,
            )
            chain = (*chain, reading)
            following = next_step(chain, run.settings.judging.hops)
        return Way(chain=chain, reply=answer if isinstance(answer, Reply) else None)

    def _weigh(self, key: str, way: Way, holding: Holding | None) -> Bytes:
        run, last, reply = self._run, way.chain[-1], way.reply
        if reply is None or last.answer is not Answer.CAPTURE:
            return Bytes()
        rows = () if holding is None else holding.rows
        fixity = compare(reply, last, rows) if run.settings.fixity else None
        return Bytes(
            content=weigh(reply, last), fixity=fixity, baseline=self._baseline(key, last, reply)
        )

    def _baseline(self, key: str, last: PlaybackReading, reply: Reply) -> Baseline:
        """Compare whole bytes with those that earlier runs saw of the same capture."""
        if reply.body.truncated or last.timestamp is None:
            return Baseline.NONE
        played = key if last.original is None else urlkey(encode(last.original))
        latest = SeenBytes(
            urlkey=played,
            timestamp=last.timestamp,
            source=last.source,
            sha256=reply.body.sha256,
            at=reply.asked_at,
        )
        past = self._run.history.seen_bytes(played, last.timestamp)
        judging = self._run.settings.judging
        return compare_baseline((*past, latest), judging, unpacked_sha256(reply) if past else None)

    def _evidence(  # noqa: PLR0913, PLR0917 - all that a replay brings
        self,
        place: int,
        slot: int,
        want: Want,
        way: Way,
        seen: Bytes,
        holding: Holding | None,
    ) -> ArchiveEvidence:
        run, subject = self._run, self._run.subjects[place]
        bulk_absent = holding is not None and holding.absent
        evidence = run.cases.listed(
            subject,
            want,
            holding,
            run.now if way.reply is None else way.reply.asked_at,
            absence=Listing.BULK_ABSENT if bulk_absent else Listing.NOT_ASKED,
        )
        evidence = replace(
            evidence,
            chain=way.chain,
            content=seen.content,
            fixity=seen.fixity,
            baseline=seen.baseline,
            sharing=run.sharing.get(slot, evidence.sharing),
        )
        if want.role is not Role.URL or way.reply is None or seen.content is None:
            return evidence
        article = run.citations.text(subject.key)
        if article is None or seen.content.sniffed.medium not in _READ:
            return evidence
        page = decode(way.reply, run.settings.page_bytes)
        last = way.chain[-1]
        declared = last.origin_header("content-type") or way.reply.header("content-type")
        told = run.witness(article, page.content, declared, cut=not page.complete)
        return replace(evidence, text=told.text, text_score=told.score)

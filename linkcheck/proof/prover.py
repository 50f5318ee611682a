"""One verdict after another: read again from the records that it names, and judged again."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from linkcheck.archives import Archive
from linkcheck.model.evidence import ArchiveEvidence, Baseline, Sharing, Text
from linkcheck.model.live import LiveEvidence, Reach
from linkcheck.model.noun import Noun
from linkcheck.model.observation import ArchiveObservation, LiveObservation
from linkcheck.model.verdict import ArchiveFinding, LiveFinding, LiveMethod
from linkcheck.net.vault import UnsoundError, Vault
from linkcheck.proof.listing import Listings
from linkcheck.proof.live import LiveReader
from linkcheck.proof.outcome import DiffersError, Outcome, Proved, ReadOtherwiseError
from linkcheck.proof.playback import read_playback
from linkcheck.proof.readers import Readers
from linkcheck.proof.texts import Texts
from linkcheck.settings.settings import Settings
from linkcheck.verdicts.archive import judge
from linkcheck.verdicts.live import judge_live, judge_live_host

Observed = ArchiveObservation | LiveObservation
_LONGEST = 120
_TEXT = "the article's text"
_HELD = frozenset(
    {"asked", "at", "status", "body_sha256", "body_size", "address", "failure", "record", "sha256"}
)
"""What a record itself holds: whoever reads it, it is the same."""
_PROVEN = Proved(outcome=Outcome.PROVEN)  # one for all: most are


class Prover:
    """Prove verdicts; each once, however many links share it."""

    def __init__(  # noqa: PLR0913, PLR0917 all that a proof weighs
        self,
        vault: Vault,
        archives: Sequence[Archive],
        settings: Settings,
        keys: frozenset[str],
        readers: Readers | None = None,
        texts: Texts | None = None,
    ) -> None:
        self._texts = texts
        self._readers = readers
        self._vault = vault
        self._archives = {archive.name: archive for archive in archives}
        self._settings = settings
        self._listings = Listings(vault, settings.judging, keys)
        self._live = LiveReader(vault, settings.live, settings.network)
        self._known: dict[tuple[object, ...], Proved] = {}

    def prove(self, seen: Observed) -> Proved:
        """Tell whether a verdict follows from the records that it names."""
        key = _identity(seen)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._prove(seen)
        return known

    def _prove(self, seen: Observed) -> Proved:
        try:
            if isinstance(seen, ArchiveObservation):
                return self._archive(seen)
            return self._web(seen)
        except UnsoundError as error:
            return Proved(outcome=Outcome.UNSOUND, words=str(error))
        except ReadOtherwiseError as error:
            return self._reread(seen, str(error))
        except DiffersError as error:
            return Proved(outcome=Outcome.DIFFERS, words=str(error))
        except (ValueError, LookupError, ArithmeticError, RecursionError) as error:
            # The readers never raise for what a server can send; a forger can write more.
            return Proved(outcome=Outcome.UNSOUND, words=f"its records cannot be read: {error}")

    def _reread(self, seen: Observed, words: str) -> Proved:
        """Tell a contradiction from what another linkcheck has made of the same records."""
        runs = {self._vault.exchange(name).run.id for name in records_of(seen)}
        other = self._readers.other(runs) if self._readers else ""
        if not other:
            return Proved(outcome=Outcome.DIFFERS, words=words)
        return Proved(outcome=Outcome.REREAD, words=words, reader=other)

    def _archive(self, seen: ArchiveObservation) -> Proved:
        evidence = seen.evidence
        archive = self._archives.get(evidence.archive)
        played = any(reading.record is not None for reading in evidence.chain)
        if not played and not evidence.index_records:
            return _unrecorded(evidence.reason or str(evidence.listing))
        if archive is None:
            raise DiffersError(f"{evidence.archive} is no archive that the settings name")
        rows = self._listings.rows(evidence, archive, seen.key)
        again = self._listings.read(evidence, archive, seen.key, rows)
        told = (evidence.row, evidence.before, evidence.after)
        digests = rows or tuple(row for row in told if row is not None)
        again, reply = read_playback(again, archive, self._vault, digests)
        self._check_time(evidence)
        beside = _beside_archive(evidence)
        if _TEXT in beside and self._texts and self._texts.agrees(again, seen.key, reply):
            beside = tuple(one for one in beside if one != _TEXT)
        finding = judge(again, self._settings.judging)
        return _compared(seen, (evidence, again), finding, beside)

    def _check_time(self, evidence: ArchiveEvidence) -> None:
        """Compare when it is said to have been seen with the dates of its records."""
        played = [reading.record for reading in evidence.chain if reading.record is not None]
        exchanges = [self._vault.exchange(name) for name in (*evidence.index_records, *played)]
        moments = {one.answer.asked_at for one in exchanges}
        moments |= {one.run.started_at for one in exchanges}
        if evidence.seen_at not in moments:
            raise DiffersError("it is of another moment than its records")

    def _web(self, seen: LiveObservation) -> Proved:
        evidence = seen.evidence
        if not any(answer.record is not None for answer in evidence.answers):
            return _unrecorded(evidence.reason or "no answer was recorded")
        again = self._live.read(evidence)
        if evidence.seen_at not in {answer.at for answer in again.answers}:
            raise DiffersError("it is of another moment than its records")
        finding: LiveFinding | None
        if seen.finding.method is LiveMethod.HOST:
            finding = judge_live_host(again, self._settings.live)
            finding = finding and replace(finding, method=LiveMethod.HOST)
        else:
            finding = judge_live(again, self._settings.live)
        return _compared(seen, (evidence, again), finding, _beside_live(evidence))


def _compared(
    seen: Observed,
    evidence: tuple[Noun, Noun],
    finding: ArchiveFinding | LiveFinding | None,
    beside: tuple[str, ...],
) -> Proved:
    known = seen.finding
    reading = list(_differences("", *evidence))
    # Where both have read the same, the verdict is the store's own: it was judged by today's rules.
    held = not reading or any(path.rpartition(".")[2] in _HELD for path, _ in reading)
    kind = DiffersError if held else ReadOtherwiseError
    if finding is None or (finding.verdict, finding.rule) != (known.verdict, known.rule):
        said = "nothing" if finding is None else f"{finding.verdict} ({finding.rule})"
        raise kind(f"its evidence says {said}")
    for path, words in (*_differences("", known, finding), *reading):
        raise kind(f"its evidence has another {path}: {words}")
    return Proved(outcome=Outcome.PROVEN, beside=beside) if beside else _PROVEN


def records_of(seen: Observed) -> tuple[str, ...]:
    """Return the records that a verdict names."""
    if isinstance(seen, ArchiveObservation):
        played = (one.record for one in seen.evidence.chain)
        return (*seen.evidence.index_records, *filter(None, played))
    return tuple(filter(None, (one.record for one in seen.evidence.answers)))


def _differences(path: str, one: object, other: object) -> Iterator[tuple[str, str]]:
    """Yield in which fields two nouns differ, and how in words."""
    if type(one) is type(other) and isinstance(one, Noun):
        for name in one.__struct_fields__:
            below = f"{path}.{name}" if path else name
            yield from _differences(below, getattr(one, name), getattr(other, name))
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from _differences(f"{path}[{number}]", *pair)
    elif one != other and _legible(one) != _legible(other):
        yield path, f"{str(other)[:_LONGEST]}, not {str(one)[:_LONGEST]}"


def _legible(value: object) -> object:
    """Return a text as the store can hold it."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return value


def _unrecorded(why: str) -> Proved:
    return Proved(outcome=Outcome.UNRECORDED, words=why)


def _beside_archive(evidence: ArchiveEvidence) -> tuple[str, ...]:
    found = []
    if evidence.sharing != Sharing():
        found.append("articles that share the bytes")
    if evidence.baseline is not Baseline.NONE:
        found.append("bytes of earlier runs")
    if evidence.text is not Text.NOT_COMPARED:
        found.append(_TEXT)
    return tuple(found)


def _beside_live(evidence: LiveEvidence) -> tuple[str, ...]:
    found = []
    if evidence.reach is not Reach.PROVEN:
        found.append("what the controls answered")
    if evidence.strangers or evidence.kin or evidence.fellows:
        found.append("other pages of the host")
    return tuple(found)


def _identity(seen: Observed) -> tuple[object, ...]:
    if isinstance(seen, ArchiveObservation):
        return "archive", seen.evidence.archive, seen.key, seen.want
    method = seen.finding.method
    return method, seen.evidence.original

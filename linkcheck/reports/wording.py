"""What reports say in words: no more than is known."""

from collections.abc import Iterator

from linkcheck.model.manifest import Ended, Manifest, Sampled
from linkcheck.model.summary import Count, Named, Summary
from linkcheck.model.verdict import Standing

_S = Standing
_MEANING = {
    _S.ARCHIVED_AND_LIVE: "in the archive and on the web; sameness not tested",
    _S.ARCHIVE_ONLY: "the archive is the only custodian among the archives asked",
    _S.ARCHIVED: "in the archive; whether the original still stands was not told",
    _S.AT_RISK: "no usable capture in the archives asked; the original may still be there",
    _S.LOST: "no usable capture found in the archives asked; the article's text survives here",
    _S.FEARED_LOST: "lost if later scans agree",
    _S.WITHHELD: "the archive withholds what it may have: hidden, not absent",
    _S.IMPAIRED: "captured, but it does not play as it was",
    _S.UNRESOLVED: "could not be told; this says nothing against the link",
    _S.NOT_CHECKED: "no link of two sides: a local file, a mail address and the like",
}
_ELSE = {
    "elsewhen": "the capture is from another time than the one cited",
    "elsewhere": "the capture redirects to another address",
}
_ENDED = {
    Ended.COMPLETE: "everything that was due has been asked",
    Ended.BUDGET: "its time or its requests were spent before its end",
    Ended.INTERRUPTED: "it was stopped before its end",
    Ended.PAUSED: "an archive asked for a rest: it stopped before its end",
    Ended.OFFLINE: "there was no network",
    Ended.FAILED: "it failed before its end",
    Ended.KILLED: "it was killed before its end",
}
_SMALL = 0.1


def meaning(standing: Standing) -> str:
    """Return what a standing says."""
    if standing in _MEANING:
        return _MEANING[standing]
    base, _, how = standing.rpartition("-")
    return f"{_MEANING[Standing(base)]}; {_ELSE[how]}"


def counted(count: Count) -> str:
    """Return a count in its order."""
    return (
        f"{many(count.originals, 'original')} in {many(count.articles, 'article')},"
        f" {many(count.occurrences, 'link')}"
    )


def headline(summary: Summary) -> str:
    """Return how much there is."""
    return (
        f"{many(summary.originals, 'distinct original')}, {many(summary.articles, 'article')},"
        f" {many(summary.links, 'link')}"
    )


def proofs(summary: Summary, manifest: Manifest | None) -> Iterator[str]:
    """Say how the good captures are known."""
    total = summary.listed + summary.replayed
    if not total:
        yield "No good capture was found or asked for."
        return
    yield (
        f"Of {many(total, 'good capture')}, {summary.replayed:,} were replayed and"
        f" {summary.listed:,} only listed: the archive's index names them, nobody has looked."
    )
    if manifest is not None and manifest.ending.sample is not None:
        yield sampled(manifest.ending.sample)


def sampled(sample: Sampled) -> str:
    """Return what the sample says of the captures that were only listed."""
    if not sample.size:
        return "No sample of them was replayed: nothing bounds how many do not play."
    bad = "none was" if not sample.bad else f"{sample.bad:,} {'was' if sample.bad == 1 else 'were'}"
    return (
        f"Of {sample.size:,} replayed as a sample, {bad} other than the index says: with"
        f" {sample.confidence:.0%} confidence at most {share(sample.bound)} of the listed are."
    )


def run(manifest: Manifest) -> str:
    """Say which run it was and how it ended."""
    ending = manifest.ending
    whole = ending.completeness
    asked = (
        f" {whole.judged:,} of {whole.total:,} were asked and answered in it" if whole.total else ""
    )
    carried = f", {whole.carried:,} held from earlier runs" if whole.carried else ""
    unknown = sum(count for _, count in whole.unknown)
    silent = f", {unknown:,} gave no answer" if unknown else ""
    skipped = sum(count for _, count in whole.skipped)
    left = f", {skipped:,} were not reached" if skipped else ""
    counts = f";{asked}{carried}{silent}{left}" if asked else ""
    return (
        f"Run {manifest.run}, {manifest.started_at:%Y-%m-%d %H:%M} to"
        f" {ending.ended_at:%Y-%m-%d %H:%M} UTC: {_ENDED[ending.ended]}{counts}."
    )


def doubt(named: Named) -> str:
    """Return how sure a bad standing is: "1 of 3", or nothing where it is confirmed."""
    strikes = named.strikes
    if named.confirmed or not strikes.strikes:
        return ""
    return f"{strikes.strikes} of {strikes.needed}"


def many(count: int, one: str) -> str:
    """Return `1 article`, `49,118 articles`."""
    return f"{count:,} {one if count == 1 else f'{one}s'}"


def share(part: float) -> str:
    """Return a share in percent, small ones not as nothing."""
    return f"{part:.2%}" if part < _SMALL else f"{part:.0%}"

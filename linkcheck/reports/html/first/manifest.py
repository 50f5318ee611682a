"""The run behind the report: its manifest, how complete it was, and its configuration."""

from collections.abc import Iterable

import msgspec

from linkcheck.model.manifest import Manifest
from linkcheck.reports.speech import Speech, moment


def facts(manifest: Manifest, speech: Speech) -> list[tuple[str, str]]:
    """Return what is known of the run, label by label."""
    words, beginning, ending = speech.words, manifest.beginning, manifest.ending
    found = [
        (words["ui.run"], manifest.run),
        (words["ui.started"], moment(manifest.started_at)),
        (words["ui.ended"], moment(ending.ended_at)),
        (words["ui.how_ended"], words[f"ended.{ending.ended}"]),
        (words["ui.requests"], _counted(ending.requests)),
        (words["ui.seed"], str(manifest.seed)),
        (words["ui.versions"], ", ".join(f"{name} {one}" for name, one in beginning.versions)),
        (words["ui.rules"], beginning.rules),
        (words["ui.corpus"], ending.corpus or beginning.corpus),
        (words["ui.vantage"], ", ".join(settings(beginning.vantage))),
        (words["ui.manifest_digest"], manifest.digest),
        (words["ui.previous_run"], manifest.previous or ""),
    ]
    return [(label, said) for label, said in found if said]


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts)


def completeness(manifest: Manifest, speech: Speech) -> list[str]:
    """Return how much was judged, in sentences."""
    whole = manifest.ending.completeness
    said = [
        speech.say(
            "ui.complete_total", total=whole.total, judged=whole.judged, carried=whole.carried
        )
    ]
    if whole.oldest_carried is not None:
        said.append(speech.say("ui.oldest_carried", when=moment(whole.oldest_carried)))
    return said


def causes(manifest: Manifest, speech: Speech) -> list[tuple[str, str, int]]:
    """Return why the rest was not, and how often."""
    whole = manifest.ending.completeness
    skipped = [(speech.words["ui.skipped"], reason, count) for reason, count in whole.skipped]
    return skipped + [
        (speech.words["ui.unknown"], reason, count) for reason, count in whole.unknown
    ]


def settings(configuration: str) -> list[str]:
    """Return a configuration line by line; as it is where it is no JSON."""
    try:
        tables = msgspec.json.decode(configuration)
    except msgspec.DecodeError:
        return [configuration]
    return list(_lines("", tables))


def _lines(prefix: str, value: object) -> Iterable[str]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _lines(f"{prefix}.{key}" if prefix else str(key), inner)
    elif prefix:
        yield f"{prefix} = {msgspec.json.encode(value).decode()}"

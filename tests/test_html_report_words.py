"""The words of the report: every language has all of them, and every rule has its own."""

import re
import string
from pathlib import Path

import pytest

import linkcheck
from linkcheck.model.evidence import Listing, Text
from linkcheck.model.link import Role
from linkcheck.model.manifest import Ended
from linkcheck.model.playback import Answer
from linkcheck.model.verdict import (
    ArchiveVerdict,
    LiveMethod,
    LiveVerdict,
    ProofKind,
    Standing,
)
from linkcheck.reports.html.buckets import DISTANCES, PUBLICATIONS
from linkcheck.reports.html.ranks import BANDS
from linkcheck.reports.words import LANGUAGES, words
from linkcheck.reports.words.document import document, handbook
from linkcheck.verdicts.archive import ARCHIVE_RULES
from linkcheck.verdicts.live import LIVE_RULES

NAMED = {"standing": Standing, "archive": ArchiveVerdict, "live": LiveVerdict}
PLAIN: dict[str, set[str]] = {
    "archive_rule": {rule.name for rule in ARCHIVE_RULES},
    "live_rule": {rule.name for rule in LIVE_RULES},
    "proof": {*ProofKind, "none"},
    "listing": set(Listing),
    "answer": set(Answer),
    "role": set(Role),
    "method": set(LiveMethod),
    "text": set(Text),
    "ended": set(Ended),
    "change": {"new", "regressed", "still", "fixed"},
    "band": set(BANDS),
    "distance": set(DISTANCES),
    "publication": set(PUBLICATIONS),
}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_all_words_with_the_same_blanks(lang: str) -> None:
    english, other = words("en"), words(lang)
    assert english.keys() == other.keys()
    assert all(text.strip() for text in other.values())
    for key, text in english.items():
        assert blanks(text) == blanks(other[key]), key


@pytest.mark.parametrize("kind", NAMED)
def test_every_verdict_and_standing_has_a_name_a_meaning_and_advice(kind: str) -> None:
    parts = ("name", "says", "do", *(("brief",) if kind == "standing" else ()))
    wanted = {f"{kind}.{one}.{part}" for one in NAMED[kind] for part in parts}
    assert wanted == {key for key in words("en") if key.startswith(f"{kind}.")}


@pytest.mark.parametrize("kind", PLAIN)
def test_every_value_that_a_page_shows_has_its_words(kind: str) -> None:
    known = {key.partition(".")[2] for key in words("en") if key.startswith(f"{kind}.")}
    assert known == PLAIN[kind]


def test_the_careful_words_are_kept() -> None:
    english = words("en")
    assert "only custodian among the archives asked" in english["standing.archive-only.says"]
    assert "Sameness of the two was not tested" in english["standing.archived-and-live.says"]
    assert "No usable capture was found in the archives asked" in english["standing.lost.says"]
    assert "The article's text survives here" in english["standing.lost.says"]


def test_chinese_is_written_in_full_width_marks() -> None:
    for key, text in words("zh-Hant").items():
        if key.startswith(("standing.", "archive.", "live.", "archive_rule.", "live_rule.")):
            assert not {",", ";", "?", "!"} & set(text), key


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        words("tlh")


def test_the_document_of_verdicts_is_what_words_and_rules_say() -> None:
    written = (Path(__file__).parents[1] / "docs" / "verdicts.md").read_text()
    assert written == document()  # `python -m linkcheck.reports.words.document` writes it anew


def test_the_document_has_an_example_for_everything_and_nothing_else() -> None:
    more = handbook()
    assert more.keys() == {*NAMED, "archive_rule", "live_rule"}
    for kind, members in NAMED.items():
        assert more[kind].keys() == set(members)
    for kind in ("archive_rule", "live_rule"):
        assert more[kind].keys() == PLAIN[kind]


def test_no_word_is_kept_that_nobody_says() -> None:
    package = Path(linkcheck.__file__).parent
    said = "".join(
        path.read_text("utf-8") for path in package.rglob("*") if path.suffix in {".py", ".html"}
    )
    # A name that is put together is a pattern: `ui.chart_{key}_note`.
    made = {
        re.sub(r"\\{[^}]*\\}", "[a-z_]+", re.escape(one))
        for one in re.findall(r"(?:ui|plain|many)\.[a-z_]*\{[a-z]+\}[a-z_]*", said)
    }
    kept = [key for key in words("en") if key.startswith(("ui.", "plain.", "many."))]
    unsaid = [
        key
        for key in kept
        if not re.search(rf"{re.escape(key)}\b", said)
        and not any(re.fullmatch(one, key) for one in made)
    ]
    assert unsaid == []

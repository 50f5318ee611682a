"""Verdicts proved from the evidence through the command; what is changed in it is noticed."""

import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from linkcheck.model.link import Role
from linkcheck.model.playback import Answer
from linkcheck.store import Store
from tests.command import Ran, linkcheck
from tests.make_cassettes import SEEDS
from tests.seeds_town import ROOT
from tests.standin.held import Held
from tests.town import PAGE, Town, town
from tests.warc_parts import Part, only, packed, parts, plain

Parts = list[Part]


def verify(store: Path, evidence: Path, *more: str) -> Ran:
    return linkcheck("verify", "--store", store, "--evidence", evidence, *more)


def test_every_verdict_of_the_seeds_is_proved_from_the_cassette(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    store = tmp_path / "store"
    assert linkcheck("scan", "seeds", "--replay", SEEDS, "--store", store).code == 0
    ran = verify(store, SEEDS, "seeds", "--run", "last")
    assert ran.code == 0, ran.out
    rows = linkcheck("report", "-f", "ndjson", "--store", store).rows
    sides = sum(
        row[side] is not None for row in rows for side in ("archive_verdict", "live_verdict")
    )
    assert sides == 266
    assert ran.out.splitlines() == [
        "266 findings follow from their evidence, 0 do not, 0 rest on nothing that was recorded",
        "a replay of run last gives 266 of them again",
    ]
    assert len(verify(store, SEEDS).out.splitlines()) == 1, "the articles are at hand"
    monkeypatch.chdir(tmp_path)
    told = verify(store, SEEDS)
    assert told.code == 0
    assert told.out.splitlines()[1:] == [
        "  taken from the store, for --run to replay: the article's text (8)"
    ]
    assert all(row["archive_record"] for row in rows if row["archive_verdict"])
    assert all(row["live_record"] for row in rows if row["live_verdict"])


@dataclass(frozen=True)
class Shelf:
    """Some of what was scanned, and the part of the cassette that it rests on."""

    store: Path
    records: Parts
    findings: int
    played: str  # the record of an article's own copy, replayed
    page: str  # of a page of an index
    live: str  # of a live page that was read
    silence: str  # of a look-up that failed


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("shelf")
    store = folder / "store"
    seeds = ROOT / "seeds"
    said = ("--replay", SEEDS, "--store", store, "--fail-on", "none")
    assert linkcheck("scan", seeds, *said).code == 0
    with sqlite3.connect(store / "state.db") as database:  # a few links of each article will do
        database.execute("DELETE FROM link WHERE number % 9 > 1")
    database.close()
    with Store.read(store) as opened:
        links = [link for found in opened.findings() for link in found.links]
    archive = [link.archive for link in links if link.archive is not None]
    live = [link.live for link in links if link.live is not None]
    named = {record for seen in archive for record in seen.evidence.index_records}
    named |= {one.record or "" for seen in archive for one in seen.evidence.chain}
    answers = [answer for seen in live for answer in seen.evidence.answers]
    named |= {answer.record or "" for answer in answers}
    named |= {hop.record or "" for answer in answers for hop in answer.hops}
    every = parts(SEEDS.read_bytes())
    records = only(every, lambda one: one.name in named or _is_impossible(one))
    replayed = next(
        seen.evidence.chain[-1]
        for seen in archive
        if seen.want.role is Role.URL and seen.evidence.chain[-1].answer is Answer.CAPTURE
    )
    read = next(one for one in answers if one.status == 200 and one.words)
    return Shelf(
        store=store,
        records=records,
        findings=len(archive) + len(live),
        played=replayed.record or "",
        page=next(seen for seen in archive if seen.evidence.row).evidence.index_records[0],
        live=read.record or "",
        silence=next(one.record for one in answers if one.failure is not None) or "",
    )


def _is_impossible(record: Part) -> bool:
    about = record.field("WARC-Target-URI")
    return record.field("WARC-Type") != "request" and "/no-such-page-" in about


def changed(records: Parts, name: str, change: Callable[[Part], Part]) -> Parts:
    return [change(one) if one.name == name else one for one in records]


def replaced(old: bytes, new: bytes, *, forged: bool) -> Callable[[Part], Part]:
    """Change a record's block; a forger makes the digests fit."""

    def change(part: Part) -> Part:
        assert old in part.block
        block = part.block.replace(old, new, 1)
        return part.holding(block) if forged else replace(part, block=block)

    return change


def body_byte(*, forged: bool) -> Callable[[Part], Part]:
    """Change the last letter of the body."""

    def change(part: Part) -> Part:
        block = part.block[:-1] + bytes((part.block[-1] ^ 1,))
        return part.holding(block) if forged else replace(part, block=block)

    return change


def rows_of_errors(part: Part) -> Part:
    return part.holding(part.block.replace(b'"200"', b'"404"'))


def swapped(records: Parts, one: str, other: str) -> Parts:
    """Let two answers stand under each other's names and questions."""
    first, second = (next(each for each in records if each.name == name) for name in (one, other))
    kept = {first.name: second, second.name: first}
    names = ("WARC-Record-ID", "WARC-Concurrent-To", "WARC-Target-URI", "WARC-Date")

    def swap(part: Part) -> Part:
        found = kept[part.name]
        for name in names:
            found = found.named(name, part.field(name))
        return found

    return [swap(part) if part.name in kept else part for part in records]


def without(records: Parts, name: str) -> Parts:
    return [part for part in records if part.name != name]


def later(part: Part) -> Part:
    year, rest = part.field("WARC-Date").split("-", 1)
    return part.named("WARC-Date", f"{int(year) - 1}-{rest}")


def later_together(records: Parts, name: str) -> Parts:
    """Change the date of an answer and of its question."""
    asked = next(one for one in records if one.name == name).field("WARC-Concurrent-To")
    both = {name, asked.strip("<>")}
    return [later(part) if part.name in both else part for part in records]


Tampered = Callable[[Shelf], Parts]
TAMPERED: dict[str, tuple[Tampered, str]] = {
    "a byte of a body": (
        lambda s: changed(s.records, s.played, body_byte(forged=False)),
        "archive: .*: it is damaged: its block is not the one that was recorded",
    ),
    "a byte of a body, the digests forged": (
        lambda s: changed(s.records, s.played, body_byte(forged=True)),
        "archive: .*: its evidence (says|has another) ",
    ),
    "a byte of a header": (
        lambda s: changed(s.records, s.played, replaced(b"emento-", b"emento_", forged=False)),
        "archive: .*: it is damaged: its block",
    ),
    "a byte of a header, forged": (
        lambda s: changed(s.records, s.played, replaced(b" GMT", b" UTC", forged=True)),
        "archive: .*: its evidence (says|has another) ",
    ),
    "a status line": (
        lambda s: changed(
            s.records, s.live, replaced(b"HTTP/1.1 200", b"HTTP/1.1 404", forged=False)
        ),
        "live: .*: it is damaged: its block",
    ),
    "a status line, forged": (
        lambda s: changed(
            s.records, s.live, replaced(b"HTTP/1.1 200", b"HTTP/1.1 404", forged=True)
        ),
        r"live: the store says alive \(answers\): its evidence says gone \(gone\)",
    ),
    "a row of an index, forged": (
        lambda s: changed(s.records, s.page, rows_of_errors),
        "archive: .*: its evidence (says|has another) ",
    ),
    "a failure's kind": (
        lambda s: changed(
            s.records, s.silence, replaced(b"dns-no-such-name", b"connect-timeout", forged=True)
        ),
        "live: .*: its evidence says ",
    ),
    "an answer that is gone": (
        lambda s: without(s.records, s.played),
        "archive: .*: it is not in the evidence",
    ),
    "a failure that is gone": (
        lambda s: without(s.records, s.silence),
        "live: .*: it is not in the evidence",
    ),
    "a page of an index that is gone": (
        lambda s: without(s.records, s.page),
        "archive: .*: it is not in the evidence",
    ),
    "a digest of a block": (
        lambda s: changed(
            s.records, s.live, lambda one: one.named("WARC-Block-Digest", f"sha256:{'0' * 64}")
        ),
        "live: .*: it is damaged: its block",
    ),
    "a digest of a payload": (
        lambda s: changed(
            s.records, s.played, lambda one: one.named("WARC-Payload-Digest", f"sha256:{'0' * 64}")
        ),
        "archive: .*: it cannot be read: its payload is not the one that was recorded",
    ),
    "a record in another's place": (
        lambda s: swapped(s.records, s.played, s.page),
        "archive: .*: its evidence (says|has another) ",
    ),
    "two names exchanged": (
        lambda s: [
            part.named("WARC-Record-ID", f"<{s.page if part.name == s.played else s.played}>")
            if part.name in {s.played, s.page}
            else part
            for part in s.records
        ],
        "archive: .*: it is damaged: the request that it answers does not stand before it",
    ),
    "an answer's date": (
        lambda s: changed(s.records, s.live, later),
        "live: .*: it cannot be read: its WARC-Date is not that of its request",
    ),
    "the date of a question and its answer": (
        lambda s: later_together(s.records, s.live),
        "live: .*: (it is of another moment|its evidence has another )",
    ),
    "what was asked": (
        lambda s: [
            part.named("WARC-Target-URI", part.field("WARC-Target-URI") + "x")
            if s.played[:-1] in part.name
            else part
            for part in s.records
        ],
        "archive: .*: its name is another question's",
    ),
}


def test_what_is_cut_out_of_the_cassette_still_proves_it(shelf: Shelf, tmp_path: Path) -> None:
    for name, write in (("a.warc", plain), ("a.warc.gz", packed)):
        (tmp_path / name).write_bytes(write(shelf.records))
        ran = verify(shelf.store, tmp_path / name)
        assert (ran.code, ran.err) == (0, ""), ran.out
        assert ran.out.startswith(f"{shelf.findings} findings follow from their evidence, 0 do not")
        assert f"sealed by no run, proved by its records alone: {name}" in ran.out


@pytest.mark.parametrize("form", [plain, packed], ids=["warc", "warc.gz"])
@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_changed_is_noticed_and_the_finding_named(
    shelf: Shelf, tmp_path: Path, what: str, form: Callable[[Parts], bytes]
) -> None:
    tamper, words = TAMPERED[what]
    place = tmp_path / ("a.warc" if form is plain else "a.warc.gz")
    place.write_bytes(form(tamper(shelf)))
    ran = verify(shelf.store, place)
    assert ran.code == 1, ran.out
    lines = ran.out.splitlines()
    named = [line for line in lines if re.search(rf"\.txt:\d+: {words}", line)]
    assert named, ran.out
    proven, wrong = re.match(
        r"([\d,]+) findings follow .*?, ([\d,]+) do(?:es)? not",
        lines[-2] if lines[-1].startswith(" ") else lines[-1],
    ).groups()  # type: ignore[union-attr]  # else it fails
    assert int(proven) + int(wrong) == shelf.findings, "none is passed over"
    assert int(proven), "what is behind a damaged record is proved all the same"


def test_a_byte_anywhere_breaks_the_seal_of_the_file(shelf: Shelf, tmp_path: Path) -> None:
    whole = SEEDS.read_bytes()
    chance = random.Random(7)  # noqa: S311 - no secret
    told = whole.index(b'"total_seconds":') + len(b'"total_seconds":')
    for at in (told, *(chance.randrange(len(whole)) for _ in range(6))):
        place = tmp_path / SEEDS.name
        place.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        ran = verify(shelf.store, place)
        assert (ran.code, ran.err) == (1, ""), at
        assert f"{place} is not the file that its run sealed" in ran.out


def test_a_byte_anywhere_in_a_packed_record_is_noticed(shelf: Shelf, tmp_path: Path) -> None:
    place = tmp_path / "a.warc.gz"
    chance = random.Random(8)  # noqa: S311 - no secret
    members = [packed([record]) for record in shelf.records]
    for _ in range(6):
        number = chance.randrange(len(members))
        member = bytearray(members[number])
        member[chance.randrange(10, len(member))] ^= 1 << chance.randrange(8)
        place.write_bytes(b"".join([*members[:number], bytes(member), *members[number + 1 :]]))
        ran = verify(shelf.store, place)
        assert (ran.code, ran.err) == (1, ""), number
        assert "is damaged in the record at byte" in ran.out


def test_an_end_that_is_missing_names_what_it_held(shelf: Shelf, tmp_path: Path) -> None:
    for name, write in (("a.warc", plain), ("a.warc.gz", packed)):
        place = tmp_path / name
        place.write_bytes(write(shelf.records)[:-200])
        ran = verify(shelf.store, place)
        assert (ran.code, ran.err) == (1, "")
        assert "it is not in the evidence" in ran.out


def test_no_evidence_and_no_records_are_said_in_words(shelf: Shelf, tmp_path: Path) -> None:
    assert linkcheck("verify", "--store", shelf.store).code == 3
    assert verify(shelf.store, tmp_path / "none.warc").code == 1
    (tmp_path / "text.warc").write_text("no recording")
    ran = verify(shelf.store, tmp_path / "text.warc")
    assert (ran.code, ran.err) == (1, "")
    assert "no record begins there" in ran.out
    store = tmp_path / "store"
    shutil.copytree(shelf.store, store)
    with sqlite3.connect(store / "state.db") as database:
        database.execute("UPDATE episode SET trace = NULL")
    database.close()
    ran = verify(store, SEEDS)
    assert (ran.code, ran.err) == (4, "")
    assert f"0 findings follow from their evidence, 0 do not, {shelf.findings} rest on" in ran.out


@contextmanager
def many_pages(folder: Path) -> Iterator[Town]:
    """Give a town with an archive of which every page of the index ends among captures."""
    urls = [f"https://news.example/{n:03}" for n in range(120)]
    held = [
        Held(original=url, timestamp=f"20{year}0101000000", body=PAGE % (b"A", b"A", b"B" * 900))
        for number, url in enumerate(urls)
        if number % 7
        for year in range(10, 10 + number % 4)
    ]
    with town(folder, *held, names=("news.example",)) as home:
        home.configure("[planning]\npage_rows = 25\n")
        home.write("a.md", *(f"https://web.archive.org/web/20110101000000/{url}" for url in urls))
        yield home


def test_absences_and_rows_between_the_pages_of_an_index_are_proved(tmp_path: Path) -> None:
    with many_pages(tmp_path / "town") as home:
        assert home.scan("--only", "archive", "--playback", "none").code == 0
        rows = home.run("report", "-f", "ndjson").rows
        pages = {record for row in rows for record in row["index_records"]}
        assert len(pages) > 3
        assert any(len(row["index_records"]) > 1 for row in rows), "some lie between two pages"
        ran = home.run("verify")
        said, why = ran.out.splitlines()
        assert said.startswith("115 findings follow from their evidence, 0 do not, 5 rest on")
        assert why == "  no record, 5: only a replay could tell, and none was wanted"
        assert (ran.code, ran.err) == (0, "")
        assert home.scan("--only", "archive", "--playback", "all", "--fresh").code == 0
        ran = home.run("verify")
        assert ran.out.startswith("120 findings follow from their evidence, 0 do not, 0 rest on")


def test_a_scan_of_several_days_is_proved_from_the_evidence_of_each(tmp_path: Path) -> None:
    with many_pages(tmp_path / "town") as home:
        for _ in range(
            3
        ):  # what is under way at the end of a budget may leave a link for the third
            ran = home.scan("--only", "archive", "--max-requests", "30")
            assert ran.code in {0, 4}, ran.err
        assert len(list((home.folder / ".linkcheck" / "evidence").iterdir())) in {2, 3}
        ran = home.run("verify")
        assert (ran.code, ran.err) == (0, "")
        assert ", 0 do not, " in ran.out
        assert ran.out.startswith("120 findings follow"), ran.out

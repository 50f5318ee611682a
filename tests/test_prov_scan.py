"""Provenance as the command writes it of a scan: of the seeds, and of a store that has a past."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from rdflib.term import Literal as Said

from tests.command import linkcheck
from tests.make_cassettes import SEEDS
from tests.prov_rules import PREFIXES, RECORDED, VIOLATIONS, parsed
from tests.seeds_town import ROOT
from tests.standin.held import Held
from tests.town import PAGE, Town, town

# rdflib 7.6 warns of what itself does while it parses.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

DOCUMENT = ROOT / "docs" / "provenance.md"
IMAGE = "https://www.hkcnews.com/" + quote(
    "news_新聞/hk-discuss/2018/06/kim jong un-美朝峰會-donald trump-20180612131835_2c72_large.jpg"
)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> rdflib.Dataset:
    """Scan the seeds from the cassette for a library; return all that is said of it."""
    folder = tmp_path_factory.mktemp("seeds")
    settings = folder / "linkcheck.toml"
    settings.write_text('[scan]\ninstitution = "The Library"\n')
    store = folder / "store"
    said = ("-c", settings, "--store", store)
    ran = linkcheck("scan", ROOT / "seeds", "--replay", SEEDS, *said, "--fail-on", "none")
    assert ran.code == 0, ran.err
    with sqlite3.connect(store / "state.db") as database:  # rdflib takes its time
        database.execute("DELETE FROM link WHERE number % 8 > 1 AND role != 'image'")
    database.close()
    ran = linkcheck("report", "-f", "nquads", *said)
    assert ran.code == 0, ran.err
    return parsed(ran.out.encode(), "nquads")


RULES = VIOLATIONS | RECORDED


@pytest.mark.parametrize("name", RULES)
def test_what_is_said_of_the_seeds_keeps_the_rules(seeds: rdflib.Dataset, name: str) -> None:
    assert not list(seeds.query(PREFIXES + RULES[name]))


def test_the_documented_question_is_answered_of_the_seeds(seeds: rdflib.Dataset) -> None:
    query = re.findall(r"```sparql\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)[0]
    answers = list(seeds.query(query.replace("https://www.standnews.example/photo.jpg", IMAGE)))
    assert len(answers) == 1
    row = answers[0].asdict()  # type: ignore[union-attr]  # a SELECT gives rows
    assert row["archive"] == Said("wayback")
    assert row["institution"] == Said("The Library")
    assert str(row["agent"]).startswith("linkcheck@")
    assert str(row["capture"]).endswith(IMAGE)
    assert str(row["captured"]).startswith("20")
    assert str(row["checked"]).startswith("20")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Town]:
    url = "https://news.example/1"
    held = Held(original=url, timestamp="20200101000000", body=PAGE % (b"A", b"A", b"B" * 900))
    with town(tmp_path / "town", held, names=("news.example",)) as made:
        made.write("a.md", f"https://web.archive.org/web/20200101000000/{url}")
        settings = made.folder / "linkcheck.toml"
        named = settings.read_text().replace("[scan]", '[scan]\ninstitution = "The Library"')
        made.configure(named, anew=True)
        assert made.scan().code == 0
        yield made


def asked(home: Town, query: str) -> list[dict[str, str]]:
    ran = home.run("report", "-f", "nquads")
    assert ran.code == 0, ran.err
    said = parsed(ran.out.encode(), "nquads")
    for name, violation in RULES.items():
        assert not list(said.query(PREFIXES + violation)), name
    return [
        {name: str(value) for name, value in row.asdict().items()}  # type: ignore[union-attr]  # a SELECT gives rows
        for row in said.query(PREFIXES + query)
    ]


REVISED = """SELECT ?was ?rule ?at ?plan WHERE { ?f prov:wasRevisionOf ?o ; lc:side "archive" .
  ?o lc:verdict ?was ; lc:rule ?rule ;
     prov:wasGeneratedBy/prov:qualifiedAssociation/prov:hadPlan/prov:value ?plan .
  OPTIONAL { ?o prov:invalidatedAtTime ?at } }"""


def test_a_judging_by_new_rules_invalidates_what_the_old_ones_said(home: Town) -> None:
    assert not asked(home, REVISED)
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        database.execute("UPDATE note SET value = CAST('of-old' AS BLOB) WHERE name = 'rules'")
        database.execute(
            "UPDATE episode SET verdict = 'drifted',"
            " finding = replace(finding, 'captured', 'drifted') WHERE side = 'archive'"
        )
    database.close()
    assert home.scan().code == 0
    (found,) = asked(home, REVISED)
    assert (found["was"], found["plan"]) == ("drifted", "of-old")
    assert found["at"].startswith("20")


LATER = """INSERT INTO episode (side, subject, first_run, last_run, first_seen, last_seen, count,
  verdict, sameness, finding, evidence, trace)
  SELECT side, subject, first_run, last_run, first_seen, last_seen + 1000000, count,
  ?, x'00', ?, evidence, trace FROM episode WHERE side = ?"""


@pytest.mark.parametrize(
    ("side", "table", "verdict", "before"),
    [("archive", "want", "missing", "captured"), ("live", "live", "gone", "alive")],
)
def test_another_answer_revises_and_leaves_the_first_true_of_its_day(
    home: Town, side: str, table: str, verdict: str, before: str
) -> None:
    with sqlite3.connect(home.folder / ".linkcheck" / "state.db") as database:
        said = f'{{"verdict":"{verdict}","rule":"gone"}}'
        database.execute(LATER, (verdict, said, side))
        database.execute(f"UPDATE {table} SET known = (SELECT max(id) FROM episode)")  # noqa: S608 - ours
    database.close()
    (found,) = asked(home, REVISED.replace('"archive"', f'"{side}"'))
    assert found["was"] == before
    assert "at" not in found


def test_a_host_s_answer_is_revised_for_each_of_its_originals(tmp_path: Path) -> None:
    store = tmp_path / "store"
    said = ("--replay", SEEDS, "--store", store, "--fail-on", "none")
    assert linkcheck("scan", ROOT / "seeds", *said).code == 0
    with sqlite3.connect(store / "state.db") as database:
        database.execute("DELETE FROM link WHERE original NOT LIKE '%hkcnews%' OR number > 9")
        told = '{"verdict":"usurped","rule":"usurped"}'
        database.execute(LATER + " AND verdict = 'host-gone'", ("usurped", told, "host"))
    database.close()
    lines = linkcheck("report", "-f", "nquads", "--store", store).out.splitlines()
    revised = {line.split()[2] for line in lines if "wasRevisionOf" in line}
    gone = {line.split()[0] for line in lines if '"host-gone"' in line}
    assert revised
    assert revised <= gone

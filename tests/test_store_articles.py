"""What the store knows of the collection's files."""

from pathlib import Path

import pytest

from linkcheck.model.link import Repair, Role
from linkcheck.store import Footprint, Prepared, Store
from tests.store_parts import NOW, PAGE, archived, article, begin, end, live, local, opened, page


def footprint(one: Prepared, **fields: object) -> Footprint:
    known = {name: getattr(one.footprint, name) for name in Footprint.__struct_fields__}
    return Footprint(**{**known, **fields})


def paths(store: Store) -> list[str]:
    return [one.article for one in store.findings()]


def test_an_unchanged_article_is_not_read_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page()])
    with opened(tmp_path) as store:
        writer = begin(store, "two")
        assert writer.is_known("a.md", 4, 1_000)
        assert not writer.is_known("a.md", 5, 1_000)
        assert not writer.is_known("a.md", 4, 1_001)
        assert not writer.is_known("b.md", 4, 1_000)


def test_a_touched_article_is_known_by_its_content(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page()])
    with opened(tmp_path) as store:
        writer = begin(store, "two")
        assert writer.adopt(footprint(page(), mtime_ns=2_000))
        assert writer.sweep([""]).kept == 1
    with opened(tmp_path) as store:
        assert begin(store, "three").is_known("a.md", 4, 2_000)


def test_a_collection_that_was_copied_anew_is_only_hashed(tmp_path: Path) -> None:
    many = [page(f"{number:04}.md") for number in range(1_200)]
    with opened(tmp_path) as store:
        begin(store).put(many)
    with opened(tmp_path) as store:
        writer = begin(store, "two")
        assert all(writer.adopt(footprint(one, mtime_ns=5_000)) for one in many)
        assert writer.sweep([""]).kept == 1_200
    with opened(tmp_path) as store:
        writer = begin(store, "three")
        assert all(writer.is_known(one.footprint.name, one.footprint.size, 5_000) for one in many)


def test_an_article_read_while_it_changes_is_read_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        fresh = 1 << 62
        young = page()
        begin(store).put(
            [
                Prepared(
                    footprint=footprint(young, mtime_ns=fresh),
                    links=young.links,
                    archive_sides=young.archive_sides,
                    live_sides=young.live_sides,
                )
            ]
        )
    with opened(tmp_path) as store:
        assert not begin(store, "two").is_known("a.md", 4, fresh)


def test_other_rules_of_extraction_read_everything_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page()])
    with Store.open(tmp_path / ".linkcheck", extraction="2") as store:
        writer = begin(store, "two")
        assert not writer.is_known("a.md", 4, 1_000)
        assert not writer.adopt(page().footprint)


def test_a_renamed_article_is_told_and_not_parsed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page()])
    with opened(tmp_path) as store:
        writer = begin(store, "two")
        assert writer.adopt(footprint(page(), name="deep/b.md"))
        swept = writer.sweep([""])
        assert swept.renamed == (("a.md", "deep/b.md"),)
        assert swept.removed == ()
        assert paths(store) == ["deep/b.md"]
        (one,) = store.findings()
        assert [each.link.article for each in one.links] == ["deep/b.md"] * 2
        assert one.title == "Title of a.md"


def test_articles_that_have_changed_places_keep_their_own_links(tmp_path: Path) -> None:
    """As where a collection is numbered anew: names stay and get another's content."""
    urls = {name: f"https://example.org/{name}" for name in ("1.md", "2.md", "3.md")}
    made = {name: article(name, (live(name, url),), name) for name, url in urls.items()}

    def moved(name: str, there: str) -> Prepared:
        return article(there, (live(there, urls[name]),), name)

    with opened(tmp_path) as store:
        begin(store).put(made.values())
    with opened(tmp_path) as store:
        writer = begin(store, "two")
        for one in (moved("1.md", "2.md"), moved("2.md", "1.md"), moved("3.md", "4.md")):
            if not writer.adopt(one.footprint):
                writer.put([one])
        swept = writer.sweep([""])
        cited = {one.article: one.links[0].link.original for one in store.findings()}
        assert cited == {"1.md": urls["2.md"], "2.md": urls["1.md"], "4.md": urls["3.md"]}
        assert (swept.read, swept.copied, swept.renamed) == (2, 1, (("3.md", "4.md"),))


def test_what_changes_places_behind_a_sweep_keeps_its_own_links_too(tmp_path: Path) -> None:
    """A sweep lets go of what was known before: it is not to be taken for unknown."""
    urls = {name: f"https://example.org/{name}" for name in ("1.md", "2.md")}
    made = [article(name, (live(name, url),), name) for name, url in urls.items()]
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put(made)
        first = writer.sweep([""])
        for here, there in (("1.md", "2.md"), ("2.md", "1.md")):
            moved = article(there, (live(there, urls[here]),), here)
            if not writer.adopt(moved.footprint):
                writer.put([moved])
        second = writer.sweep([""])
        cited = {one.article: one.links[0].link.original for one in store.findings()}
        assert cited == {"1.md": urls["2.md"], "2.md": urls["1.md"]}
        assert (first.read, first.kept, second.read, second.kept) == (2, 0, 2, 0)


def test_another_suffix_is_another_markup(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page()])
    with opened(tmp_path) as store:
        assert not begin(store, "two").adopt(footprint(page(), name="a.html"))


@pytest.mark.parametrize(
    ("walked", "left"),
    [
        ([""], []),
        (["."], []),
        (["news"], ["new.md", "news.md"]),
        (["news/"], ["new.md", "news.md"]),
        (["news.md"], ["new.md", "news/a.md"]),
        (["new"], ["new.md", "news.md", "news/a.md"]),
        ([], ["new.md", "news.md", "news/a.md"]),
    ],
)
def test_only_below_roots_walked_to_the_end_articles_are_gone(
    tmp_path: Path, walked: list[str], left: list[str]
) -> None:
    with opened(tmp_path) as store:
        begin(store).put([page("news/a.md"), page("news.md"), page("new.md")])
    with opened(tmp_path) as store:
        begin(store, "two").sweep(walked)
        assert paths(store) == left


def test_links_come_back_as_they_were(tmp_path: Path) -> None:
    links = (
        archived("a.md", PAGE, Role.URL, 2),
        live("a.md", PAGE, Role.ORIGINAL_URL, 3),
        live("a.md", "https://www.example.org/b#part", Role.LINK, 12),
        local("a.md"),
    )
    odd = archived("a.md", "https://example.org/%E4%BD%A0", Role.IMAGE, 15)
    odd = type(odd)(
        **{
            **{name: getattr(odd, name) for name in odd.__struct_fields__},
            "raw": "/web/2021/https://example.org/你",
            "repairs": (Repair.ARCHIVE_HOST_ADDED, Repair.INNER_DECODED),
            "modifier": "im_",
        }
    )
    with opened(tmp_path) as store:
        begin(store).put([article("a.md", (*links, odd))])
        (one,) = store.findings()
        assert tuple(each.link for each in one.links) == (*links, odd)


def test_an_edited_article_has_its_new_links_only(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        writer = begin(store)
        writer.put([page()])
        writer.put([article("a.md", (live("a.md", "https://new.example/"),), "edited")])
        (one,) = store.findings()
        assert [each.link.original for each in one.links] == ["https://new.example/"]
        due = store.due_archive(NOW)["wayback"]
        assert tuple(due.keys) == ("example,new)/",)
        assert [each.original for each in store.due_live(NOW)] == ["https://new.example/"]


def test_the_corpus_hash_speaks_of_names_and_contents(tmp_path: Path) -> None:
    found = []
    for number, articles in enumerate(
        ([page()], [page()], [page("b.md")], [article("a.md", (), "other")])
    ):
        with opened(tmp_path / str(number)) as store:
            writer = begin(store)
            writer.put(articles)
            found.append(writer.sweep([""]).corpus)
            assert end(writer).ending.corpus == found[-1]
    assert found[0] == found[1]
    assert len(set(found)) == 3


def test_who_cites_what(tmp_path: Path) -> None:
    menu = "https://www.example.org/about"
    with opened(tmp_path) as store:
        begin(store).put(
            [
                article(
                    f"{number:02}.md",
                    (
                        archived(f"{number:02}.md", f"{PAGE}{number}", Role.URL, 2),
                        archived(f"{number:02}.md", menu),
                    ),
                )
                for number in range(12)
            ]
        )
        citations = store.citations("wayback")
        assert len(citations.articles("org,example)/about")) == 12
        assert citations.is_furniture("org,example)/about")
        assert not citations.is_furniture("org,example)/a1")
        assert not citations.is_furniture("org,example)/nothing")
        assert citations.page_of("org,example)/a1") == "01.md"
        assert citations.page_of("org,example)/about") is None
        assert citations.articles("org,example)/nothing") == frozenset()
        assert [each.furniture for each in next(store.findings()).links] == [False, True]

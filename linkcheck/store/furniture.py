"""What a site puts on most of its pages: the subjects that stand in half of the articles."""

from collections.abc import Collection

from linkcheck.store.database import Database
from linkcheck.store.sides import GIVEN, given

FURNITURE_SHARE = 0.5
"""A link in more than this share of the articles is furniture, as the audit has it."""

FURNITURE_LEAST = 10
"""In fewer articles than this, anything repeats by chance."""

# Links are counted by the indexes alone, without a look at any, in the order of the disk; of the
# few subjects that many links want, the articles are counted.
_POPULAR = """
    SELECT subject FROM (
        SELECT want, count(*) AS links FROM link WHERE want IS NOT NULL GROUP BY want
    ) AS counted CROSS JOIN want ON want.id = counted.want
    GROUP BY subject HAVING sum(links) >= ?
"""
_ARTICLES = f"""
    SELECT want.subject, count(DISTINCT link.article) FROM want JOIN link ON link.want = want.id
    WHERE link.role NOT IN ('url', 'original_url') AND want.subject IN {GIVEN}
    GROUP BY want.subject
"""


def furniture(database: Database) -> frozenset[int]:
    """Return the subjects that stand in most of the articles."""
    count = database.row("SELECT count(*) FROM article")
    least = least_articles(0 if count is None else count[0])
    return frozenset(one for one, times in popular(database, least).items() if times >= least)


def least_articles(articles: int) -> float:
    """Return in how many articles furniture stands, of so many."""
    return max(FURNITURE_LEAST, articles * FURNITURE_SHARE)


def popular(database: Database, least: float) -> dict[int, int]:
    """Return at least the subjects that stand in so many articles, and in how many they do."""
    return standing_in(database, [one for (one,) in database.rows(_POPULAR, (least,))])


def standing_in(database: Database, subjects: Collection[int]) -> dict[int, int]:
    """Return in how many articles these subjects stand."""
    return dict(database.rows(_ARTICLES, given(sorted(subjects)))) if subjects else {}

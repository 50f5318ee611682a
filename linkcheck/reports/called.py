"""What pages call an article."""


def called(title: str | None, article: str) -> str:
    """Return its title; of one that has none the name of its file."""
    return title or article.rpartition("/")[2] or article

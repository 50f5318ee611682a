"""The index that the search page reads: scripts, because a page from disk may read nothing else."""

import msgspec

from linkcheck.model.finding import ArticleFindings
from linkcheck.model.verdict import Standing
from linkcheck.reports.called import called
from linkcheck.reports.html.places import article_page
from linkcheck.reports.html.safe import visible

IN_A_CHUNK = 1_000
_ADDRESS = 400  # characters of one that can be found
_NUMBERS = {standing: number for number, standing in enumerate(Standing)}


class Chunks:
    """Gather articles into scripts; only one of them is held in memory."""

    def __init__(self, first: int = 0, size: int = IN_A_CHUNK) -> None:
        self._first = self._count = first  # the number of the next script
        self._size = size
        self._held: list[bytes] = []

    def add(self, found: ArticleFindings) -> tuple[str, bytes] | None:
        """Take an article, and return a script when one is full."""
        self._held.append(_record(found))
        return self._script() if len(self._held) >= self._size else None

    def rest(self) -> tuple[str, bytes] | None:
        """Return the last script."""
        return self._script() if self._held else None

    @property
    def names(self) -> list[str]:
        """Return the scripts so far."""
        return [script_name(number) for number in range(self._first, self._count)]

    def _script(self) -> tuple[str, bytes]:
        body = b"linkcheckSearch([\n" + b",\n".join(self._held) + b"\n]);\n"
        name = script_name(self._count)
        self._count += 1
        self._held.clear()
        return name, body


def script_name(number: int) -> str:
    """Return the file of a script."""
    return f"search/{number:04}.js"


def _record(found: ArticleFindings) -> bytes:
    """Return `[page, file, title, [[address, standing, verdicts], …]]`, each address once."""
    links: dict[tuple[str, Standing], str] = {}
    for finding in found.links:
        if finding.furniture:
            continue
        verdicts = [side.finding.verdict for side in (finding.archive, finding.live) if side]
        address = visible((finding.link.original or finding.link.raw)[:_ADDRESS])
        links.setdefault((address, finding.standing), " ".join(verdicts))
    rows = [[address, _NUMBERS[standing], said] for (address, standing), said in links.items()]
    name = article_page(found.article).removeprefix("articles/").removesuffix(".html")
    record = [name, visible(found.article), visible(called(found.title, found.article)), rows]
    # `</script>` means nothing in a file of its own, yet somebody may paste it into a page.
    # Lone surrogates are no UTF-8, and neither is what msgspec would make of them.
    encoded = msgspec.json.encode(_clean(record))
    return encoded.replace(b"<", b"\\u003c")


def _clean(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return value

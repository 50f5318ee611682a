"""The articles on the disk, which people edit, add, remove and rename from week to week."""

import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.made_up import draw
from benchmarks.shape import Article, image_of, page_of, place_of
from tests.weeks.calendar import WEEK, begins

_EACH = 10  # articles that are added, edited and removed each week: one in five hundred
_KNOWN = 3  # pictures of a new article that others cite too; one is its own


class Articles:
    """The collection as it is in a week."""

    def __init__(self, folder: Path, count: int, images: int) -> None:
        self._folder = folder
        self._next, self._images = count, images
        self._places = {n: place_of(folder, n) for n in range(count)}
        for place in self._places.values():
            _settle(place, 0)

    def __len__(self) -> int:
        return len(self._places)

    def pass_week(self, week: int) -> list[str]:
        """Do what people do in a week; return the originals that are cited for the first time."""
        new = [original for n in range(_EACH) for original in self._add(week, n)]
        drawn = self._drawn(week)
        for _ in range(_EACH):
            self._places.pop(next(drawn)).unlink()
        for n in range(_EACH):
            new += self._edit(next(drawn), week, n)
        self._rename(next(drawn), week)
        if week % 4 == 0:
            self._swap(next(drawn), next(drawn), week)
        return new

    def _drawn(self, week: int) -> Iterator[int]:
        """Yield articles by lot, none twice."""
        return iter(sorted(self._places, key=lambda one: draw(f"drawn {week} {one}", 1 << 30)))

    def _add(self, week: int, n: int) -> list[str]:
        number = self._next
        self._next += 1
        # Most pictures stand in other articles too: what comes cites no more than what goes.
        known = [image_of(draw(f"again {number} {at}", self._images)) for at in range(_KNOWN)]
        images = [image_of(self._images), *known]
        self._images += 1
        article = Article(
            number=number,
            images=images,
            others=[f"https://s{draw(f'host {number}', 900):04}.example/new/{number:05}/x"],
            navigation=n % 3 == 0,
            video=None,
        )
        place = place_of(self._folder, number)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(article.text(), encoding="utf-8")
        _settle(place, week)
        self._places[number] = place
        return [page_of(number), images[0], *article.others]

    def _edit(self, number: int, week: int, n: int) -> list[str]:
        """Change the words; of every other one cite something new as well."""
        place = self._places[number]
        text = f"{place.read_text(encoding='utf-8')}\nedited in week {week}\n"
        new = f"https://s{draw(f'edit {week} {n}', 900):04}.example/edit/{week:03}{n:02}/x"
        linked = n % 2 == 0
        place.write_text(f"{text}\n[new]({new})\n" if linked else text, encoding="utf-8")
        _settle(place, week)
        return [new] if linked else []

    def _rename(self, number: int, week: int) -> None:
        place = self._places[number]
        self._places[number] = place.rename(place.with_name(f"renamed_{week:03}_{number:05}.md"))

    def _swap(self, one: int, other: int, week: int) -> None:
        """Let two articles change places, as where a collection is numbered anew."""
        places = self._places[one], self._places[other]
        texts = [place.read_bytes() for place in places]
        for number, place, text in zip((other, one), places, reversed(texts), strict=True):
            place.write_bytes(text)
            _settle(place, week)
            self._places[number] = place


def _settle(place: Path, week: int) -> None:
    """Date a file to the middle of the week before its scan."""
    moment = (begins(week) - WEEK / 2).timestamp()
    os.utime(place, (moment, moment))

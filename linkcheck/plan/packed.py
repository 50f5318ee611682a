"""Long rows of values that are looked at a few at a time, packed in blocks."""

import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

import msgspec

_BLOCK = 64
"""Values of one block. Neighbours are alike: 64 keys of 98 characters take 1,480 bytes instead of
9,400, and a block is unpacked in 20 microseconds (2026-11, the full size)."""

_AT_HAND = 64
"""Blocks that stay unpacked: whoever is at one place looks around, and there are some."""

Value = TypeVar("Value", str, int | str)

_pack = msgspec.msgpack.Encoder().encode


class Packed(Sequence[Value], Generic[Value]):
    """Texts, or numbers and texts, in the order in which they were added.

    Texts are such as the store has: UTF-8, without halves of characters.
    """

    def __init__(self, kind: type[list[Value]], values: Iterable[Value] = ()) -> None:
        self._unpack: Callable[[bytes], list[Value]] = msgspec.msgpack.Decoder(kind).decode
        self._blocks: list[bytes] = []
        self._last: list[Value] = []  # not full yet
        self._at_hand: dict[int, list[Value]] = {}
        for value in values:
            self.append(value)

    def append(self, value: Value) -> None:
        """Add a value at the end."""
        self._last.append(value)
        if len(self._last) == _BLOCK:
            self._blocks.append(zlib.compress(_pack(self._last), 1))
            self._last = []

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._last)

    def __iter__(self) -> Iterator[Value]:
        for block in self._blocks:
            yield from self._unpack(zlib.decompress(block))
        yield from self._last

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        at_hand = self._at_hand.get(place // _BLOCK)
        if at_hand is not None:
            return at_hand[place % _BLOCK]
        if place < 0:
            place += len(self)
        if place < 0:
            raise IndexError(place)
        number, inside = divmod(place, _BLOCK)
        return self._block(number)[inside]

    def _block(self, number: int) -> list[Value]:
        if number >= len(self._blocks):
            return self._last if number == len(self._blocks) else []
        values = self._at_hand.get(number)
        if values is None:
            values = self._unpack(zlib.decompress(self._blocks[number]))
            if len(self._at_hand) >= _AT_HAND:
                del self._at_hand[next(iter(self._at_hand))]  # the one that came first
            self._at_hand[number] = values
        return values


class Keys(Packed[str]):
    """Keys in their order, each once: where one stands is found without a look at most of them."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._firsts: list[str] = []  # of each block
        super().__init__(list[str], keys)

    def append(self, value: str) -> None:
        """Add a key that comes after all others."""
        if not self._last:
            self._firsts.append(value)
        super().append(value)

    def place_from(self, key: str, first: int = 0, end: int | None = None) -> int:
        """Return the place of the first key in a range that does not come before this one."""
        # Whatever comes before the first key of the next block stands in this one, or ends it.
        number = max(bisect_left(self._firsts, key) - 1, 0)
        place = number * _BLOCK + bisect_left(self._block(number), key)
        return max(first, min(place, len(self) if end is None else end))

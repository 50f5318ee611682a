"""The shape of every noun: frozen, slotted, keyword-only."""

import msgspec


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """Be an immutable record that compares by value.

    A msgspec Struct has the manners of a frozen, slotted, keyword-only dataclass and is made
    five times faster: a collection of 343,109 links makes millions of them.
    """

"""A table of named rules: the first that fits decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from msgspec.structs import asdict

from linkcheck.model.noun import Noun
from linkcheck.verdicts.facets import Facets

Wanted = Mapping[str, frozenset[Enum]]
V = TypeVar("V", bound=StrEnum)  # the verdicts of one side


@dataclass(frozen=True, slots=True)
class Rule(Generic[V]):
    """A name, a verdict, and what each facet must be; a facet that is not named may be any."""

    name: str
    verdict: V
    wanted: Wanted

    def fits(self, facets: Noun) -> bool:
        """Tell whether the rule speaks of such evidence."""
        return all(getattr(facets, name) in values for name, values in self.wanted.items())


def rule(name: str, verdict: V, /, **wanted: Enum | Iterable[Enum]) -> Rule[V]:
    """Write a row of a table: each facet is one value or several."""
    sets = {
        facet: frozenset((values,) if isinstance(values, Enum) else values)
        for facet, values in wanted.items()
    }
    return Rule(name, verdict, MappingProxyType(sets))


class Table(Generic[V]):
    """Rules in order, with a number for each value of each facet: one bit for a rule that fits.

    A verdict costs some ten `and`s instead of up to forty comparisons of eleven facets.
    """

    __slots__ = ("_bits", "rules")

    def __init__(self, rules: tuple[Rule[V], ...], facets: type[Noun] = Facets) -> None:
        self.rules = rules
        self._bits: dict[str, dict[Enum, int]] = {
            facet: {
                value: sum(
                    1 << number
                    for number, rule in enumerate(rules)
                    if value in rule.wanted.get(facet, (value,))
                )
                for value in kind
            }
            for facet, kind in facet_kinds(facets).items()
        }

    def bits(self, facet: str, value: Enum) -> int:
        """Return which rules one value of one facet leaves."""
        return self._bits[facet][value]

    def first(self, bits: int) -> Rule[V]:
        """Return the first of the rules that are left."""
        return self.rules[(bits & -bits).bit_length() - 1]

    def decide(self, facets: Noun) -> Rule[V]:
        """Return the first rule that fits."""
        left = -1
        for facet, value in asdict(facets).items():
            left &= self._bits[facet][value]
        return self.first(left)


def facet_kinds(facets: type[Noun] = Facets) -> dict[str, type[Enum]]:
    """Return the enum of each facet, in order."""
    return {name: kind for name, kind in facets.__annotations__.items() if isinstance(kind, type)}

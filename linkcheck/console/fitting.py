"""Tables for screens that are wide enough, lines for those that are not."""

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

_UNBOUND = 1_000


@dataclass(frozen=True, slots=True)
class Fitting:
    """Show one thing, or another where it would be cut."""

    wide: RenderableType
    narrow: RenderableType
    width: int | None = None  # that the wide one needs; as much as all of it unless said

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Choose by the width that there is."""
        needed = self.width
        if needed is None:
            unbound = options.update(max_width=_UNBOUND)
            needed = console.measure(self.wide, options=unbound).maximum
        yield self.wide if options.max_width >= needed else self.narrow

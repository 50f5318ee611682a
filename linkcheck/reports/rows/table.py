"""Lines for a person at a terminal: where, what, and the words that explain it."""

from collections.abc import Sequence
from dataclasses import dataclass

from linkcheck.model.audit import AuditFinding
from linkcheck.model.link import Link
from linkcheck.model.noun import Noun
from linkcheck.reports._escape import for_terminal

_ROLE_WIDTH = 12
_KIND_WIDTH = 11
_MAX_RAW = 500


@dataclass(frozen=True, slots=True)
class Table:
    """Write `article:line:column`, which editors and terminals can open, and aligned words."""

    name: str = "table"

    def head(self, kind: type[Noun]) -> bytes:
        """Return nothing: a line that begins with its place needs no heading."""
        del kind
        return b""

    def rows(self, nouns: Sequence[Noun]) -> bytes:
        """Return the lines for each noun."""
        return "".join(f"{_line(noun)}\n" for noun in nouns).encode("utf-8", "replace")


def _line(noun: Noun) -> str:
    match noun:
        case Link():
            return _link(noun)
        case AuditFinding():
            return _audit_finding(noun)
        case _:
            raise TypeError(f"no table knows {type(noun).__name__}")


def _link(link: Link) -> str:
    place = for_terminal(f"{link.article}:{link.line}:{link.column}")
    what = link.raw if len(link.raw) <= _MAX_RAW else f"{link.raw[:_MAX_RAW]}…"
    why = f"  ({link.reason})" if link.reason else ""
    return (
        f"{place}  {link.role:<{_ROLE_WIDTH}}  {link.kind:<{_KIND_WIDTH}}"
        f"  {for_terminal(what)}{for_terminal(why)}"
    )


def _audit_finding(finding: AuditFinding) -> str:
    place = for_terminal(f"{finding.article}:{finding.line}")
    advice = f"\n    → {for_terminal(finding.advice)}" if finding.advice else ""
    return (
        f"{place}  {finding.severity}  {finding.rule}\n    {for_terminal(finding.message)}{advice}"
    )


FORMAT = Table()

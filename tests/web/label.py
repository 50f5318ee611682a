"""A page, and what it deserves."""

from dataclasses import dataclass

from linkcheck.model.link import Role
from linkcheck.model.live import LiveSubject
from linkcheck.model.verdict import LiveVerdict


@dataclass(frozen=True)
class Label:
    """One page, its verdict, and what it is there for."""

    url: str
    verdict: LiveVerdict
    what: str
    role: Role = Role.LINK
    hint: str = ""

    @property
    def subject(self) -> LiveSubject:
        return LiveSubject(original=self.url, roles=(self.role,), hint=self.hint)

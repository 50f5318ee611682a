"""What a run may still send."""

from typing import Protocol


class Allowance(Protocol):
    """The run's own limits, as a lane sees them: `--max-requests`, `--max-run-time`."""

    def take(self) -> bool:
        """Take one request; False: nothing more may be sent in this run."""
        ...


class Unlimited:
    """A run without limits."""

    def take(self) -> bool:
        """Let every request go."""
        return True

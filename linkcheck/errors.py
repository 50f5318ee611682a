"""The tool's own failures; a link's misfortune is data and never stands here.

LinkcheckError            exit code 1: the tool could not do its work
├── StoreError            exit code 1: what is remembered cannot be read or kept
├── BusyError             exit code 4: another process does this work; the next run goes on
└── UsageError            exit code 3: the command line or the configuration is at fault
"""


class LinkcheckError(Exception):
    """Say what happened, where, and what to do; the command prints it without a traceback."""

    exit_code = 1


class StoreError(LinkcheckError):
    """Say what is wrong with the store, that nothing was changed, and what to do."""


class BusyError(LinkcheckError):
    """Tell which process holds what this one needs."""

    exit_code = 4


class UsageError(LinkcheckError):
    """Tell the user which argument or setting is wrong."""

    exit_code = 3

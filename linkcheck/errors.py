"""The tool's own failures; a link's misfortune is data and never stands here.

LinkcheckError            exit code 1: the tool could not do its work
└── UsageError            exit code 3: the command line or the configuration is at fault
"""


class LinkcheckError(Exception):
    """Say what happened, where, and what to do; the command prints it without a traceback."""

    exit_code = 1


class UsageError(LinkcheckError):
    """Tell the user which argument or setting is wrong."""

    exit_code = 3

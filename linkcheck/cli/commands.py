"""The commands: where each is, and what its help says before it is loaded."""

from typing import NamedTuple


class Command(NamedTuple):
    """One command; its options are told by its function."""

    place: str
    help: str  # the first sentence stands in the list, all of it in the command's own help


COMMANDS = (
    Command(
        "linkcheck.cli.scan:scan",
        """Ask archive and web about every link.

        State is kept in .linkcheck beside the configuration: an interrupted scan goes on where it
        stopped, and what still holds is not asked again.

        Exit codes: 0 nothing at or above --fail-on; 1 the tool failed; 2 something at or above it
        is confirmed; 3 command line or configuration are wrong, nothing was sent; 4 inconclusive:
        archive down or resting, no network, budget spent, interrupted. The next run goes on.
        """,
    ),
    Command(
        "linkcheck.cli.report:report",
        """Write down what is known of every link.

        Asks nobody, and may be written while a scan is at work: what the store knows, as a table,
        for other programs, or as pages (-f html).
        """,
    ),
    Command(
        "linkcheck.cli.show:show",
        """Show all that is known of a URL or an article.

        Both sides, since when, and the records of the evidence that each answer rests on.
        """,
    ),
    Command(
        "linkcheck.cli.links:links",
        """List every link of the articles.

        Asks nobody: what is listed is how linkcheck reads them.
        """,
    ),
    Command(
        "linkcheck.cli.audit:audit",
        """Find what is inconsistent in the articles.

        Asks nobody: captures before publication, pages that contradict each other, links that
        need repair. Exit code 2 where something matters as much as --fail-on says.
        """,
    ),
    Command(
        "linkcheck.cli.verify:verify",
        """Compare findings with their evidence.

        Reads the records that every verdict rests on again, judges them again, and says what
        differs. Exit code 1 where a verdict does not follow, 4 where one rests on no record.
        """,
    ),
    Command(
        "linkcheck.cli.prune:prune",
        """Let go of old history and evidence.

        What a current finding, a strike or a published report rests on is never dropped.
        """,
    ),
    Command(
        "linkcheck.cli.config:config",
        """Show every setting and where it came from.

        What is printed can be a linkcheck.toml.
        """,
    ),
    Command(
        "linkcheck.cli.schema:schema",
        """Print the JSON Schema of an output.

        For programs that read it.
        """,
    ),
)
"""In the order in which they are wanted."""

FIRST_STEPS = """A first look, which sends nothing: linkcheck scan FOLDER --dry-run

What a command takes: linkcheck scan --help
"""

"""Let `python -m linkcheck` be the command."""

from linkcheck.cli import main

main()

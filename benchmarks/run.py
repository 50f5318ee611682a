"""Run every benchmark in turn: `make bench`, or `make bench BENCH=links` for one of them."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALL = (
    "links",
    "engine",
    "pace",
    "recording",
    "economy",
    "join",
    "witness",
    "lane",
    "live",
    "store",
    "report",
)


def main() -> None:
    """Run those that are named, or all."""
    for name in sys.argv[1:] or ALL:
        print(f"\n== {name} ==", flush=True)
        subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=True)


if __name__ == "__main__":
    main()

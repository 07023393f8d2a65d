"""`python -m bot COMMAND`: finds the command's module, and says plainly what goes wrong."""

import sys
from collections.abc import Sequence

from bot.cli.main import run


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bot COMMAND`: finds the command's module, and says plainly what goes wrong."""

import sys
from collections.abc import Sequence

from bot.cli.main import be_green, run


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code.

    Args:
        argv: of a command that is run within a process of somebody else; None: this one's own.
    """
    if argv is not None:
        return run(argv)
    be_green(sys.argv[1:])
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

"""Starts LeadDesk: a verb runs on the command line, no verb opens the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs what is typed and returns the exit code."""
    from leaddesk.commandline.entry import read, refuse_window, run

    arguments = read(sys.argv[1:])
    if isinstance(arguments, int):
        return arguments
    if arguments.verb is not None:
        return run(arguments)
    refused = refuse_window(arguments)
    if refused is not None:
        return refused
    from leaddesk import app

    return app.run(arguments.db, arguments.lang, arguments.theme)


if __name__ == "__main__":
    sys.exit(main())

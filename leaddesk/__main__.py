"""Starts LeadDesk: a verb runs on the command line, no verb opens the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs what is typed and returns the exit code."""
    try:
        return _run()
    except KeyboardInterrupt:  # before a verb began: there is nothing to take back
        return 130


def _run() -> int:
    from leaddesk.commandline.entry import read, refuse_window, run, tell_trouble
    from leaddesk.errors import LeadDeskError

    arguments = read(sys.argv[1:])
    if isinstance(arguments, int):
        return arguments
    if arguments.verb is not None:
        return run(arguments)
    refused = refuse_window(arguments)
    if refused is not None:
        return refused
    from leaddesk import app

    try:
        return app.run(arguments.db, arguments.lang, arguments.theme)
    except LeadDeskError as trouble:  # no folder for its files, say
        return tell_trouble(trouble, arguments)


if __name__ == "__main__":
    sys.exit(main())

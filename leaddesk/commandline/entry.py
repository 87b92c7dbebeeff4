"""Runs one verb: its report on stdout, one line on stderr when it fails, and the exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from leaddesk.commandline.arguments import WrongUse
from leaddesk.commandline.output import Report, put, shortened
from leaddesk.errors import LeadDeskError

DONE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

# Where each verb is done: a module is only loaded for its own verbs.
_VERBS = {
    "demo": "database:demo",
    "import": "database:import_file",
    "fields": "records:fields",
    "list": "records:list_leads",
    "add": "changing:add",
    "set": "changing:set_facts",
    "delete": "changing:delete",
    "note": "changing:note",
    "event": "changing:event",
    "task": "changing:task",
    "show": "sheet:show",
    "recap": "afterwards:recap",
    "answer": "changing:answer",
    "call": "changing:call",
    "move": "changing:move",
    "board": "board:board",
    "undo": "changing:undo",
    "redo": "changing:redo",
    "check": "database:check",
    "backup": "database:backup",
    "restore": "database:restore",
}


def read(argv: Sequence[str]) -> Namespace | int:
    """The arguments, or the exit code where there is nothing more to do: help was asked for, or the use is wrong."""
    from leaddesk.commandline.arguments import read_arguments

    _speak_any_character()
    try:
        return read_arguments(argv)
    except WrongUse as trouble:
        return _complain(str(trouble), WRONG_USE)
    except SystemExit as end:  # argparse leaves so after --help and --version
        return int(end.code or DONE)


def run(arguments: Namespace) -> int:
    """Does the verb and returns the exit code: 0 done, 1 refused or failed, 2 wrong use, 130 interrupted."""
    try:
        module, name = _VERBS[arguments.verb].split(":")
        verb: Callable[[Namespace], Report] = getattr(import_module(f"leaddesk.commandline.{module}"), name)
        report = verb(arguments)
        put(report, as_json=arguments.json)
        sys.stdout.flush()
    except WrongUse as trouble:
        return _complain(str(trouble), WRONG_USE)
    except LeadDeskError as error:
        return _complain(_sentence(error, arguments), FAILED)
    except KeyboardInterrupt:
        return _complain(_say(arguments, "errors", "cancelled"), INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; what was done is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:  # noqa: BLE001 -- whatever it is, a person gets a sentence and the log gets the rest
        return _complain(_say(arguments, "errors", "unexpected", path=_log()), FAILED)
    return _complain(report.error, report.code) if report.error else report.code


def refuse_window(arguments: Namespace) -> int | None:
    """Says why no window can be opened here and returns the exit code; None where one can."""
    from leaddesk.commandline.display import why_no_window

    trouble = why_no_window()
    return None if trouble is None else _complain(_sentence(trouble, arguments), FAILED)


def main(argv: Sequence[str]) -> int:
    """Reads and runs a line that names a verb."""
    arguments = read(argv)
    return arguments if isinstance(arguments, int) else run(arguments)


def _complain(sentence: str, code: int) -> int:
    # What was typed comes back in it, however long that was.
    print(f"leaddesk: {shortened(sentence, 1500)}", file=sys.stderr)
    return code


def _sentence(error: LeadDeskError, arguments: Namespace) -> str:
    from leaddesk.commandline.output import one_line
    from leaddesk.commandline.session import language_of
    from leaddesk.ui.wording import sentence

    return one_line(sentence(error, language_of(arguments.lang)))


def _say(arguments: Namespace, section: str, key: str, **details: object) -> str:
    from leaddesk import words
    from leaddesk.commandline.session import language_of

    return words.say(language_of(arguments.lang), section, key, **details)


def _log() -> Path:
    """Writes what went wrong to the log and says where that is."""
    import logging

    from leaddesk.paths import log_folder

    path = log_folder() / "commandline.log"
    handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("leaddesk.commandline")
    log.addHandler(handler)
    try:
        log.error("unexpected", exc_info=True)
    finally:
        log.removeHandler(handler)
        handler.close()
    return path


def _speak_any_character() -> None:
    """A terminal without Chinese, as on Windows, gets question marks instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")

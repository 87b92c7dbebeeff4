"""Runs one verb: its report on stdout, one line on stderr when it fails, and the exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
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
    "export": "exporting:export",
    "views": "views:views",
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
    "scripts": "scripts:scripts",
    "claim": "pool:claim",
    "release": "pool:release",
    "pool": "pool:pool",
    "board": "board:board",
    "undo": "changing:undo",
    "redo": "changing:redo",
    "check": "database:check",
    "rebuild": "database:rebuild",
    "backup": "database:backup",
    "restore": "database:restore",
    "playbook": "scripts:playbook",
}


def read(argv: Sequence[str]) -> Namespace | int:
    """The arguments, or the exit code where there is nothing more to do: help was asked for, or the use is wrong."""
    import logging

    from leaddesk.commandline.arguments import read_arguments

    _speak_any_character()
    # What the log of a window gets is said here in sentences, or not at all.
    logging.getLogger("leaddesk").addHandler(logging.NullHandler())
    try:
        return read_arguments(argv)
    except WrongUse as trouble:
        return _complain(str(trouble), WRONG_USE)
    except SystemExit as end:  # argparse leaves so after --help and --version
        return int(end.code or DONE)


def run(arguments: Namespace) -> int:
    """Does the verb and returns the exit code: 0 done, 1 refused or failed, 2 wrong use, 130 interrupted."""
    try:
        return _run(arguments)
    except Exception as trouble:  # noqa: BLE001 -- not even the words were to be had, as where no file can be opened
        return _complain(f"{type(trouble).__name__}: {trouble}", FAILED)


def _run(arguments: Namespace) -> int:
    try:
        module, name = _VERBS[arguments.verb].split(":")
        verb: Callable[[Namespace], Report] = getattr(import_module(f"leaddesk.commandline.{module}"), name)
        report = verb(arguments)
    except WrongUse as trouble:
        return _complain(str(trouble), WRONG_USE)
    except LeadDeskError as error:
        return _complain(_sentence(error, arguments), FAILED)
    except KeyboardInterrupt:
        return _complain(_say(arguments, "errors", "cancelled"), INTERRUPTED)
    except Exception as trouble:  # noqa: BLE001 -- whatever it is, a person gets a sentence and the log gets the rest
        log = _log()
        if log is None:
            return _complain(_say(arguments, "errors", "unexpected_unlogged", what=repr(trouble)), FAILED)
        return _complain(_say(arguments, "errors", "unexpected", path=log), FAILED)
    return _tell(report, arguments)


def _tell(report: Report, arguments: Namespace) -> int:
    """Prints what a verb has to say, where anybody listens."""
    try:
        if sys.stdout is not None:
            put(report, as_json=arguments.json)
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; what was done is done.
        _let_go_of_output()
        return DONE
    except OSError as trouble:
        _let_go_of_output()
        return _complain(_say(arguments, "errors", "no_output", why=trouble.strerror or ""), FAILED)
    if report.error:
        return _complain(report.error, report.code)
    _warn_of_settings(arguments)
    return report.code


def _let_go_of_output() -> None:
    """What is still waiting to be printed would be tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_trouble(error: LeadDeskError, arguments: Namespace) -> int:
    """Says why no window came up, and returns the exit code."""
    return _complain(_sentence(error, arguments), FAILED)


def _warn_of_settings(arguments: Namespace) -> None:
    """Settings that cannot be read are no reason to stop, yet a language and a name are missing."""
    from leaddesk.settings import are_settings_readable

    if not are_settings_readable():
        _complain(_say(arguments, "cli", "settings_unreadable"), DONE)


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
    if sys.stderr is not None:  # else print would turn to stdout
        with suppress(OSError):
            # What was typed comes back in it, however long that was.
            print(f"leaddesk: {shortened(sentence, 1500)}", file=sys.stderr, flush=True)
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


def _log() -> Path | None:
    """Writes what went wrong to the log and says where that is; None where there is no place for one."""
    import logging

    from leaddesk.paths import log_folder

    try:
        path = log_folder() / "commandline.log"
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except (OSError, LeadDeskError):
        return None
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

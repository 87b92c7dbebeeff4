"""What may be typed after `leaddesk`: verbs, their arguments and options, with help in the person's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import leaddesk
from leaddesk import words
from leaddesk.commandline.typed import (
    assignment,
    column_mapping,
    count,
    day,
    minutes,
    moment,
    seed,
    sign_off,
)

THEMES = ("system", "light", "dark")
SORTS = ("urgency", "score", "up_to", "value")
BOARD_SORTS = (*SORTS, "stage_since", "own")
DATE_ORDERS = ("dmy", "mdy", "ymd")
PLAYBOOK_ACTIONS = ("export", "import", "check")

# argparse says these in English only; the pattern finds which sentence of ours says the same.
_COMPLAINTS = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "argument_missing"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)", re.DOTALL), "argument_unknown"),
    (
        re.compile(
            r"argument (?P<what>\S+?)(?:/\S+)?: invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.+)\)",
            re.DOTALL,
        ),
        "choice_unknown",
    ),
    (re.compile(r"argument (?P<what>\S+): expected .*"), "value_missing"),
    (re.compile(r"argument (?P<what>\S+): not allowed with argument (?P<other>.+)"), "not_together"),
    (re.compile(r"argument (?P<what>[^:]+): (?P<value>.*)", re.DOTALL), "value_bad"),
)
# What would have been possible.
_WANTED = {
    "--as-of": "day",
    "--at": "day",
    "--due": "day",
    "--until": "day",
    "--leads": "number",
    "--seed": "number",
    "--limit": "number",
    "--minutes": "minutes",
    "--map": "map",
    "--sign-off": "sign_off",
    "FIELD=VALUE": "fact",
}


class WrongUse(Exception):
    """The line typed makes no sense; carries one sentence."""


class Parser(argparse.ArgumentParser):
    """Complains in one line and in the person's language, leaving the way out of the program to the caller."""

    language = words.FALLBACK

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # argparse has these titles in English only.
        self._positionals.title = words.say(self.language, "cli", "arguments")
        self._optionals.title = words.say(self.language, "cli", "options")

    def format_help(self) -> str:
        """The help, its first word in the person's language too."""
        return super().format_help().replace("usage: ", words.say(self.language, "cli", "usage"), 1)

    def error(self, message: str) -> NoReturn:
        """Raises WrongUse."""
        for pattern, key in _COMPLAINTS:
            found = pattern.fullmatch(message)
            if found:
                details = found.groupdict()
                if "known" in details:
                    details["known"] = details["known"].replace("'", "")
                message = words.say(self.language, "cli", key, **details)
                if key == "value_bad" and found["what"] in _WANTED:
                    message += " " + words.say(self.language, "cli", f"wanted_{_WANTED[found['what']]}")
                break
        raise WrongUse(" ".join(message.split()))


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; `verb` is None where the window is wanted. Raises WrongUse, and SystemExit after --help."""
    language = _language_typed(argv)
    try:
        arguments = parser(language).parse_args(argv)
    except WrongUse as trouble:
        if _takes_word_for_option(argv):
            raise WrongUse(f"{trouble} {words.say(language, 'cli', 'dash')}") from None
        raise
    if not all(_is_text(value) for value in vars(arguments).values()):
        raise WrongUse(words.say(language, "cli", "not_text"))
    return arguments


def _takes_word_for_option(argv: Sequence[str]) -> bool:
    """Whether a word that begins with a dash, such as an external id, may have been taken for an option."""
    before = argv[: argv.index("--")] if "--" in argv else argv
    return any(re.match(r"-[^-\d]", word) and word != "-h" for word in before)


def _is_text(value: object) -> bool:
    """Whether it can be written down; bytes that are no text come from the shell as lone surrogates."""
    if isinstance(value, str):
        return not any("\ud800" <= letter <= "\udfff" for letter in value)
    return not isinstance(value, list | tuple) or all(_is_text(part) for part in value)


def parser(language: str = words.FALLBACK) -> Parser:
    """The parser of everything, its help in one language."""

    def say(key: str) -> str:
        # argparse fills in its own %-placeholders.
        return words.say(language, "cli", key).replace("%", "%%")

    class Spoken(Parser):
        pass

    Spoken.language = language
    top = Spoken(prog="leaddesk", description=say("about"), epilog=say("about_end"), add_help=False, allow_abbrev=False)
    _everywhere(top, say, default=None)
    top.add_argument("--version", action="version", version=f"LeadDesk {leaddesk.__version__}", help=say("opt_version"))
    verbs = top.add_subparsers(dest="verb", metavar=say("verb"), title=say("verbs"), parser_class=Spoken)
    for name, arrange in VERBS.items():
        verb = verbs.add_parser(
            name, help=say(f"verb_{name}"), description=say(f"verb_{name}"), add_help=False, allow_abbrev=False
        )
        arrange(verb, say)
        _everywhere(verb, say, default=argparse.SUPPRESS)
    return top


def _language_typed(argv: Sequence[str]) -> str:
    """The language of help and complaints, found before anything else is read."""
    from leaddesk.commandline.session import language_of

    for place, argument in enumerate(argv):
        if argument == "--lang" and place + 1 < len(argv):
            return language_of(argv[place + 1])
        if argument.startswith("--lang="):
            return language_of(argument.removeprefix("--lang="))
    return language_of(None)


Say = Callable[[str], str]


def _everywhere(into: Parser, say: Say, *, default: str | None) -> None:
    into.add_argument("--db", type=Path, metavar="FILE", default=default, help=say("opt_db"))
    into.add_argument("--lang", choices=words.LANGUAGES, default=default, help=say("opt_lang"))
    into.add_argument("--theme", choices=THEMES, default=default, help=say("opt_theme"))
    into.add_argument(
        "--json", action="store_true", default=False if default is None else default, help=say("opt_json")
    )
    into.add_argument("--as-of", type=moment, metavar="DATE", default=default, help=say("opt_as_of"))
    into.add_argument("-h", "--help", action="help", help=say("opt_help"))


def _demo(into: Parser, say: Say) -> None:
    into.add_argument("--leads", type=count, metavar="N", default=60, help=say("opt_leads"))
    into.add_argument("--seed", type=seed, metavar="S", default=1, help=say("opt_seed"))


def _import(into: Parser, say: Say) -> None:
    into.add_argument("file", type=Path, metavar="FILE", help=say("arg_file"))
    into.add_argument(
        "--map", type=column_mapping, action="append", default=[], metavar="COLUMN=FIELD", help=say("opt_map")
    )
    into.add_argument("--encoding", metavar="E", help=say("opt_encoding"))
    into.add_argument("--date-order", choices=DATE_ORDERS, help=say("opt_date_order"))
    into.add_argument("--rejected", type=Path, metavar="FILE", help=say("opt_rejected"))


def _list(into: Parser, say: Say) -> None:
    _sorted(into, say)
    into.add_argument("--limit", type=count, metavar="N", help=say("opt_limit"))


def _export(into: Parser, say: Say) -> None:
    _file(into, say)
    into.add_argument("--columns", metavar="KEY,KEY", help=say("opt_columns"))
    _sorted(into, say)
    into.add_argument("--limit", type=count, metavar="N", help=say("opt_most"))


def _sorted(into: Parser, say: Say) -> None:
    """Which leads are meant, and in which order."""
    _narrowed(into, say)
    into.add_argument("--stage", metavar="KEY", help=say("opt_stage"))
    into.add_argument("--sort", choices=SORTS, default="urgency", help=say("opt_sort"))


def _narrowed(into: Parser, say: Say) -> None:
    """Which leads are meant."""
    into.add_argument("--search", metavar="TEXT", default="", help=say("opt_search"))
    into.add_argument("--where", metavar="FILTER", help=say("opt_where"))
    into.add_argument("--view", metavar="NAME", help=say("opt_view"))
    into.add_argument("--source", metavar="NAME", help=say("opt_source"))
    into.add_argument("--owner", metavar="NAME", help=say("opt_owner"))


def _views(into: Parser, say: Say) -> None:
    into.add_argument("--save", metavar="NAME", help=say("opt_save"))
    into.add_argument("--where", metavar="FILTER", help=say("opt_where"))
    into.add_argument("--pin", action="store_true", help=say("opt_pin"))
    into.add_argument("--delete", metavar="NAME", help=say("opt_forget"))


def _add(into: Parser, say: Say) -> None:
    into.add_argument("facts", type=assignment, nargs="+", metavar="FIELD=VALUE", help=say("arg_facts"))


def _set(into: Parser, say: Say) -> None:
    _lead(into, say)
    _add(into, say)


def _delete(into: Parser, say: Say) -> None:
    _lead(into, say)


def _note(into: Parser, say: Say) -> None:
    _lead(into, say)
    into.add_argument("text", metavar="TEXT", help=say("arg_text"))


def _event(into: Parser, say: Say) -> None:
    _lead(into, say)
    into.add_argument("kind", metavar="KIND", help=say("arg_kind"))
    into.add_argument("--at", type=moment, metavar="DATE", help=say("opt_at"))


def _task(into: Parser, say: Say) -> None:
    _note(into, say)
    into.add_argument("--due", type=day, metavar="DATE", required=True, help=say("opt_due"))


def _show(into: Parser, say: Say) -> None:
    _lead(into, say)


def _recap(into: Parser, say: Say) -> None:
    _lead(into, say)
    into.add_argument("--call", type=count, metavar="N", default=1, help=say("opt_call"))
    into.add_argument("--eml", type=Path, metavar="FILE", help=say("opt_eml"))


def _answer(into: Parser, say: Say) -> None:
    _lead(into, say)
    into.add_argument("question", metavar="QUESTION", help=say("arg_question"))
    into.add_argument("value", metavar="VALUE", nargs="?", help=say("arg_value"))
    into.add_argument("--note", metavar="TEXT", default="", help=say("opt_note"))
    into.add_argument("--by", metavar="PERSON", default="", help=say("opt_by"))
    instead = into.add_mutually_exclusive_group()
    for name in ("evaded", "unknown", "withdraw"):
        instead.add_argument(f"--{name}", action="store_true", help=say(f"opt_{name}"))


def _call(into: Parser, say: Say) -> None:
    _lead(into, say)
    into.add_argument("--outcome", metavar="KEY", required=True, help=say("opt_outcome"))
    into.add_argument("--minutes", type=minutes, metavar="N", help=say("opt_minutes"))
    into.add_argument("--next", metavar="TEXT", help=say("opt_next"))
    into.add_argument("--due", type=day, metavar="DATE", help=say("opt_next_due"))
    into.add_argument("--script", metavar="KEY", help=say("opt_script"))


def _move(into: Parser, say: Say) -> None:
    _lead(into, say)
    into.add_argument("stage", metavar="STAGE", help=say("arg_stage"))
    into.add_argument("--override", metavar="REASON", help=say("opt_override"))
    into.add_argument("--reason", metavar="KEY", help=say("opt_reason"))
    into.add_argument("--until", type=day, metavar="DATE", help=say("opt_until"))
    into.add_argument(
        "--sign-off", type=sign_off, action="append", default=[], metavar="CODE=PERSON", help=say("opt_sign_off")
    )


def _scripts(into: Parser, say: Say) -> None:
    into.add_argument("lead", metavar="LEAD", nargs="?", help=say("arg_lead"))


def _playbook(into: Parser, say: Say) -> None:
    into.add_argument("action", choices=PLAYBOOK_ACTIONS, help=say("arg_action"))
    _file(into, say)
    into.add_argument("--force", action="store_true", help=say("opt_force"))


def _board(into: Parser, say: Say) -> None:
    _narrowed(into, say)
    into.add_argument("--sort", choices=BOARD_SORTS, help=say("opt_board_sort"))
    picture = into.add_mutually_exclusive_group()
    picture.add_argument("--png", type=Path, metavar="FILE", help=say("opt_png"))
    picture.add_argument("--pdf", type=Path, metavar="FILE", help=say("opt_pdf"))


def _pool(into: Parser, say: Say) -> None:
    into.add_argument("--collect", action="store_true", help=say("opt_collect"))
    into.add_argument("--limit", type=count, metavar="N", help=say("opt_limit"))


def _nothing(_into: Parser, _say: Say) -> None:
    pass


def _file(into: Parser, say: Say) -> None:
    into.add_argument("file", type=Path, metavar="FILE", help=say("arg_file"))


def _lead(into: Parser, say: Say) -> None:
    into.add_argument("lead", metavar="LEAD", help=say("arg_lead"))


#: Every verb, in the order of the help, with what arranges its arguments.
VERBS: dict[str, Callable[[Parser, Say], None]] = {
    "demo": _demo,
    "import": _import,
    "fields": _nothing,
    "list": _list,
    "export": _export,
    "views": _views,
    "add": _add,
    "set": _set,
    "delete": _delete,
    "note": _note,
    "event": _event,
    "task": _task,
    "show": _show,
    "recap": _recap,
    "answer": _answer,
    "call": _call,
    "move": _move,
    "scripts": _scripts,
    "claim": _lead,
    "release": _lead,
    "pool": _pool,
    "board": _board,
    "undo": _nothing,
    "redo": _nothing,
    "check": _nothing,
    "rebuild": _nothing,
    "backup": _file,
    "restore": _file,
    "playbook": _playbook,
}

"""What may be typed, that the document says the same, and how wrong use is told."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from leaddesk import __version__, words
from leaddesk.commandline.arguments import VERBS, WrongUse, parser, read_arguments
from leaddesk.commandline.entry import _VERBS, main
from leaddesk.db.days import end_of_day, local_day, this_instant
from leaddesk.qualify.periods import read_day
from tests.commandline.conftest import Shell

_DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "commandline.md"


def _verbs() -> dict[str, argparse.ArgumentParser]:
    (verbs,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(verbs.choices)


def _options(of: argparse.ArgumentParser) -> set[str]:
    return {option for action in of._actions for option in action.option_strings}


def test_the_document_and_the_parser_name_the_same_verbs_and_options() -> None:
    everywhere = _options(parser()) - {"--version"}
    told = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", _DOCUMENT.read_text(encoding="utf-8"), re.M | re.S))
    verbs = _verbs()
    assert told.keys() == verbs.keys() == VERBS.keys() == _VERBS.keys()
    for name, section in told.items():
        tables = "\n".join(line for line in section.splitlines() if line.startswith("| `-"))
        assert set(re.findall(r"`(--[\w-]+)", tables)) == _options(verbs[name]) - everywhere, name
    for option in everywhere | {"--version"}:
        assert f"`{option}" in _DOCUMENT.read_text(encoding="utf-8").split("## Leads")[0]


def test_every_verb_and_option_is_explained_in_both_languages() -> None:
    for language in words.LANGUAGES:
        text = parser(language).format_help() + "".join(verb.format_help() for verb in _parsers(language))
        assert not re.search(r"\b(verb|opt|arg)_[a-z_]+\b", text)


def _parsers(language: str) -> list[argparse.ArgumentParser]:
    (verbs,) = (action for action in parser(language)._actions if isinstance(action, argparse._SubParsersAction))
    return list(verbs.choices.values())


def test_options_of_every_verb_stand_before_or_after_it() -> None:
    before = read_arguments(
        ["--db", "a.db", "--json", "--lang", "zh_CN", "--theme", "dark", "--as-of", "2026-03-01", "list"]
    )
    after = read_arguments(
        ["list", "--db", "a.db", "--json", "--lang", "zh_CN", "--theme", "dark", "--as-of", "2026-03-01"]
    )
    assert before == after
    plain = read_arguments(["list"])
    assert (plain.db, plain.json, plain.lang, plain.theme, plain.as_of) == (None, False, None, None, None)


def test_no_verb_wants_the_window() -> None:
    assert read_arguments(["--db", "a.db"]).verb is None


def test_a_bare_day_is_its_last_millisecond_and_today_is_now() -> None:
    day = read_day("2026-03-01")
    assert read_arguments(["list", "--as-of", "2026-03-01"]).as_of == end_of_day(day)
    assert read_arguments(["list", "--as-of", "2026年3月1日"]).as_of == end_of_day(day)
    noon = read_arguments(["list", "--as-of", "2026-03-01T12:00"]).as_of
    assert end_of_day(day) - noon == 12 * 60 * 60 * 1000 - 1
    assert local_day(end_of_day(day)) == day
    before = this_instant()
    today = read_arguments(["list", "--as-of", local_day(before).isoformat()]).as_of
    assert before <= today <= this_instant() or local_day(this_instant()) != local_day(before)


@pytest.mark.parametrize(
    "line",
    [
        "bogus",
        "show",
        "add",
        "add name",
        "add shoe_size=43",
        "add custom.=1",
        "set 1",
        "list --sort luck",
        "list --limit -1",
        "list --limit many",
        "list --as-of someday",
        "list --as-of 2026-02-30",
        "list --as-of 1066-10-14",
        "list --nonsense",
        "list --db",
        "event 1 pricing_page --at x",
        "task 1 Call",
        "task 1 Call --due soon",
        "call 1",
        "call 1 --outcome no_answer --minutes long",
        "call 1 --outcome no_answer --due 2026-03-01",
        "answer 1 approver",
        "answer 1 approver named --evaded",
        "answer 1 approver --evaded --unknown",
        "move 1 sql --until x",
        "move 1 sql --sign-off manager",
        "board --png a.png --pdf a.pdf",
        "import a.csv --map name",
        "import a.csv --map Name=shoe_size",
        "import a.csv --date-order ydm",
        "demo --leads x",
        "--lang fr list",
        "--lis",
    ],
)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_wrong_use_is_one_line_and_2(
    line: str, language: str, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--lang", language, "--db", str(shell.database), *line.split()])
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    assert "usage:" not in printed.err
    assert not shell.database.exists()


def test_complaints_are_in_the_language_asked_for() -> None:
    with pytest.raises(WrongUse, match="缺少：LEAD"):
        read_arguments(["--lang", "zh_CN", "show"])
    with pytest.raises(WrongUse, match="Missing: LEAD"):
        read_arguments(["show", "--lang=en"])


def test_bytes_that_are_no_text_are_wrong_use(shell: Shell) -> None:
    shell.refused("add", "name=\udcff", code=2)
    shell.refused("note", "1", "\udcff", code=2)
    shell.refused("list", "--search", "\udcff", code=2)


def test_version_and_help_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"LeadDesk {__version__}\n"
    assert main(["answer", "--help", "--lang", "zh_CN"]) == 0
    assert "对方的原话" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_in_chinese_has_no_english_titles(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments([*verb.split(), "--help", "--lang", "zh_CN"])
    printed = capsys.readouterr().out
    assert printed.startswith("用法：leaddesk")
    assert not [line for line in printed.splitlines() if line.rstrip(":") in ("options", "arguments", "usage")]

"""The recap by typed lines: in the buyer's language, for programs, and as a mail draft."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest

from tests.commandline.conftest import Shell


@pytest.fixture
def called(shell: Shell) -> Shell:
    """A lead who was called, and what was said."""
    shell.add(external_id="anna", email="anna@example.com", company="<b>Baltic</b> Freight")
    shell.run("answer", "anna", "budget_sum", "30000 EUR", "--note", "if it pays off")
    shell.run("answer", "anna", "culture", "no")
    shell.run("call", "anna", "--outcome", "reached_qualified", "--next", "Send the offer", "--due", "2031-03-04")
    return shell


def test_what_we_heard_is_written(called: Shell) -> None:
    told = called.run("recap", "anna")
    assert told.startswith("<b>Baltic</b> Freight: what we heard on ")
    assert "- What you mean to invest: 30,000 EUR. In your words: “if it pays off”" in told
    assert "- Send the offer: Tuesday, 4 March 2031" in told
    assert "Culture" not in told


def test_the_language_of_the_buyer_unless_one_is_typed(called: Shell) -> None:
    called.run("set", "anna", "language=Chinese")
    # The shell of these tests types --lang en.
    assert called.json("recap", "anna")["language"] == "en"
    assert called.json("recap", "anna", "--lang", "zh_CN")["language"] == "zh_CN"
    assert "- Send the offer：2031年3月4日（周二）" in called.run("recap", "anna", "--lang", "zh_CN")


def test_as_json(called: Shell) -> None:
    told = called.json("recap", "anna")
    assert set(told) == {"id", "call", "date", "language", "to", "subject", "text"}
    assert told["to"] == "anna@example.com"
    assert told["text"].endswith("Kind regards\n")


def test_as_a_mail_draft(called: Shell, tmp_path: Path) -> None:
    target = tmp_path / "recap.eml"
    told = called.json("recap", "anna", "--eml", str(target))
    assert told["file"] == str(target)
    read = message_from_bytes(target.read_bytes(), policy=modern)
    assert (read["X-Unsent"], read["Subject"]) == ("1", told["subject"])
    assert read["To"].addresses[0].addr_spec == "anna@example.com"
    called.run("set", "anna", "do_not_email=yes")
    assert called.json("recap", "anna", "--eml", str(target))["to"] == ""
    assert message_from_bytes(target.read_bytes(), policy=modern)["To"] is None


def test_what_cannot_be_done_is_said(called: Shell, tmp_path: Path) -> None:
    assert "one call" in called.refused("recap", "anna", "--call", "2")
    assert "typed.leaddesk" in called.refused("recap", "anna", "--eml", str(called.database))
    called.refused("recap", "anna", "--eml", str(tmp_path / "missing" / "recap.eml"))
    called.refused("recap", "nobody")
    called.refused("recap", "anna", "--call", "x", code=2)
    called.add(external_id="new")
    assert "nothing to read over" in called.refused("recap", "new")

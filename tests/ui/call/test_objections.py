"""An objection is found by three letters, answered from the playbook and the past, noted and taken back by keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.leads import find_lead
from leaddesk.operations.leads import add_lead
from leaddesk.operations.objections import raise_objection
from leaddesk.operations.pipeline import move_lead
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.qualify.reading import read_playbook
from leaddesk.resources import text_of
from leaddesk.ui.call.objections import ObjectionPanel, find
from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import Caller

OBJECTIONS = read_playbook(tomllib.loads(text_of("playbooks", "default.toml"))).objections


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    yield
    ObjectionPanel._drafts.clear()


def panel(caller: Caller) -> ObjectionPanel:
    (found,) = (one for one in caller.driver.window.findChildren(ObjectionPanel) if one.isVisible())
    return found


def is_open(caller: Caller) -> bool:
    return any(one.isVisible() for one in caller.driver.window.findChildren(ObjectionPanel))


def raised(caller: Caller) -> list[tuple[object, object]]:
    timeline = caller.lead().timeline
    return [(one.details["key"], one.details["note"]) for one in timeline if one.kind == "objection"]


@pytest.mark.parametrize(
    ("letters", "key"),
    [
        ("exp", "price"),
        ("Too exp", "price"),
        ("太贵", "price"),
        ("便宜", "price"),
        ("bud", "no_budget"),
        ("没预", "no_budget"),
        ("预算用", "no_budget"),
        ("broch", "send_mail"),
        ("发资料", "send_mail"),
        ("boss", "not_me"),
        ("领导", "not_me"),
        ("meeting", "no_time"),
        ("开会", "no_time"),
        ("考虑", "think_it_over"),
        ("supplier", "competitor"),
    ],
)
def test_a_few_letters_find_it(letters: str, key: str) -> None:
    assert find(OBJECTIONS, letters)[0].key == key


def test_letters_that_mean_nothing_find_nothing_and_none_find_all() -> None:
    assert find(OBJECTIONS, "xyzzy") == ()
    assert find(OBJECTIONS, "  ") == OBJECTIONS


def test_found_answered_and_noted_at_the_call(on_call: Caller) -> None:
    on_call.press("F5")
    assert on_call.driver.unnamed_controls() == []
    on_call.type("exp")
    assert panel(on_call).found[0] == "price"
    assert panel(on_call).answer.text().startswith("Compared with what?")
    on_call.press("Tab")
    on_call.type("paid back in a <b>year</b>")
    on_call.press("Return")
    on_call.driver.wait_for(lambda: not is_open(on_call))
    assert raised(on_call) == [("price", "paid back in a <b>year</b>")]
    assert on_call.lead().open_call is not None
    entry = next(one for one in on_call.lead().timeline if one.kind == "objection")
    call = on_call.lead().open_call
    assert call is not None
    assert entry.details["call"] == call.id
    assert "Too expensive" in on_call.driver.toast
    assert on_call.phase is Phase.ON_CALL
    on_call.press("Ctrl+Z")
    assert raised(on_call) == []
    on_call.press("Ctrl+Shift+Z")
    assert raised(on_call) == [("price", "paid back in a <b>year</b>")]


def test_without_a_note_and_by_arrows(on_call: Caller) -> None:
    on_call.press("F5", "Down", "Down", "Up")
    second = panel(on_call).found[1]
    on_call.press("Return")
    on_call.driver.wait_for(lambda: not is_open(on_call))
    assert raised(on_call) == [(second, "")]


def test_escape_keeps_nothing_but_the_note_begun(on_call: Caller) -> None:
    question = on_call.question
    on_call.press("F5", "Tab")
    on_call.type("half a")
    on_call.press("Esc")
    assert not is_open(on_call)
    assert raised(on_call) == []
    assert on_call.question == question
    on_call.press("F5")
    assert panel(on_call).note.text() == "half a"


def test_letters_that_find_nothing_keep_nothing(on_call: Caller) -> None:
    on_call.press("F5")
    on_call.type("xyzzy")
    assert panel(on_call).none.isVisible()
    on_call.press("Return")
    assert is_open(on_call)
    assert raised(on_call) == []


def test_an_input_method_finds_it_and_its_enter_does_not_keep(on_call: Caller) -> None:
    on_call.press("F5")
    on_call.compose("tai gui")
    on_call.press("Return")
    assert is_open(on_call)
    on_call.compose("")
    on_call.type("太贵")
    assert panel(on_call).found[0] == "price"


def test_what_was_noted_when_it_was_won(on_call: Caller) -> None:
    desk = on_call.driver.desk
    desk.do(add_lead, {"name": "<i>Bo</i>", "external_id": "bo"})
    on_call.driver.wait_saved()
    other = on_call.driver.ask(find_lead, "bo")
    desk.do(raise_objection, other, "price", "showed the <b>sum</b>")
    on_call.driver.wait_saved()
    on_call.press("F5")
    on_call.type("exp")
    assert panel(on_call).past.text() == "Nothing was noted yet on leads that were won."
    on_call.press("Esc")
    desk.do(move_lead, other, "won", override="test")
    on_call.driver.wait_saved()
    on_call.press("F5")
    on_call.type("exp")
    assert "<i>Bo</i>: “showed the <b>sum</b>”" in panel(on_call).past.text()
    assert panel(on_call).past.textFormat() == Qt.TextFormat.PlainText


def test_a_playbook_without_objections_says_where_they_go(on_call: Caller) -> None:
    on_call.driver.desk.do(adopt_playbook, text_of("playbooks", "default.toml").split("\n[[objections]]")[0])
    on_call.driver.wait_saved()
    on_call.press("F5")
    assert "[[objections]]" in panel(on_call).none.text()
    on_call.press("Return", "Esc")
    assert not is_open(on_call)


def test_in_chinese(qtbot: QtBot, anna: Path) -> None:
    with running(qtbot, anna, language="zh_CN") as driver:
        caller = Caller(driver)
        caller.call_next()
        caller.press("F5")
        caller.type("太贵")
        assert panel(caller).answer.text().startswith("您是跟什么比觉得贵")
        caller.press("Return")
        driver.wait_for(lambda: not is_open(caller))
        assert raised(caller) == [("price", "")]
        assert "太贵了" in driver.toast

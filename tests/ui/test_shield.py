"""The shield through the real window: no sum, no score, no other customer's name anywhere, and all back again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from leaddesk import words
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.reads.leads import find_lead, list_order
from leaddesk.db.records import Card
from leaddesk.ui import card_words, shield
from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.call.objections import ObjectionPanel
from leaddesk.ui.call.session import Phase
from leaddesk.ui.leads.columns import columns_of
from leaddesk.ui.leads.form import LeadForm
from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.leads.written import cell_of
from tests.drivers import running, words_below
from tests.ui.call.driver import ANNA, Caller, database_with

OTHERS = (
    {
        "name": "Wilhelmina Quist",
        "company": "Umbrella Looms",
        "value": "73912 EUR",
        "phone": "+49 30 555 0191",
        "external_id": "quist",
    },
    {
        "name": "Ottokar Zwick",
        "company": "Gearworks Zwick",
        "value": "816400 USD",
        "email": "otto@zwick.example",
        "external_id": "zwick",
    },
)
IDS = ("quist", "zwick")
NAMES = ("Wilhelmina", "Quist", "Umbrella", "Looms", "Ottokar", "Zwick", "Gearworks", "555 0191", "otto@")
#: Sums as the program writes them: €74k, 73,912, 73912, $820k.
SUMS = re.compile(r"[€$¥£] ?\d|73[,.]?9|81[56][,.]?4|\d万")


@pytest.fixture
def caller(qtbot: QtBot, tmp_path: Path) -> Iterator[Caller]:
    """Anna's call is about to begin; others are there, too."""
    anna = {**ANNA, "value": "48213 EUR"}
    others = ({**facts, "external_id": one} for facts, one in zip(OTHERS, IDS, strict=True))
    path = database_with(tmp_path / "shield.leaddesk", time.time_ns() // 1_000_000, anna, *others)
    with running(qtbot, path) as driver:
        yield Caller(driver)
    shield.put(up=False)


@pytest.fixture
def on_call(caller: Caller) -> Caller:
    """On the call with Anna, some questions answered."""
    anna = caller.driver.ask(find_lead, "anna")
    caller.driver.trigger("call.start", lead=anna)
    caller.driver.wait_for(lambda: caller.phase is Phase.BEFORE)
    caller.driver.trigger("call.start", lead=anna)
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
    caller.ask("approver")
    caller.press("1")
    caller.ask("budget_sum")
    caller.press("Tab")
    caller.type("61,350 EUR")
    caller.press("Enter")
    return caller


def scores(caller: Caller) -> set[str]:
    """Every score and *up to* there is, as it is written whole or in tenths, from two digits on."""
    tenths = {each for card in all_cards(caller) for each in (card.score, card.up_to)}
    found = {f"{each // 10}" for each in tenths} | {f"{each / 10:g}" for each in tenths}
    return {one for one in found if len(one) > 1}


def all_cards(caller: Caller) -> list[Card]:
    """Every lead's card."""
    desk = caller.driver.desk
    return desk.get(cards, desk.get(list_order, Filters(), Sort.URGENCY, desk.now()), desk.now())


def leaks(caller: Caller) -> list[str]:
    """Words on screen that must not be seen."""
    numbers, labels = scores(caller), bands(caller)
    written = words_below(QApplication.activeWindow() or caller.driver.window)
    return [text for text in written if _names(text) or _sums(text, labels) or _scores(text, numbers)]


def bands(caller: Caller) -> tuple[str, ...]:
    """What questions offer, the longest first: those sums are the playbook's, whoever is asked."""
    offered = [one for question in caller.driver.desk.playbook.questions for one in question.answers]
    labels = {text for one in offered for text in (one.label["en"], one.short["en"])}
    return (words.say("en", "call", "hint_money"), *sorted(labels, key=len, reverse=True))


def _names(text: str) -> bool:
    return any(name in text for name in NAMES)


def _sums(text: str, labels: tuple[str, ...]) -> bool:
    for label in labels:
        text = text.replace(label, "")
    return bool(SUMS.search(text))


def _scores(text: str, numbers: set[str]) -> bool:
    """A number that is somebody's score, and neither a time nor a day nor a count."""
    if re.search(r"\d:\d\d| min|Nov|Dec|Jan|question|Ctrl|\+\d\d |people", text):
        return False
    return any(re.search(rf"(?<![\d,.]){re.escape(one)}(?![\d.])", text) for one in numbers)


def test_on_a_call_only_the_own_name_is_left(on_call: Caller) -> None:
    assert leaks(on_call)  # the test would see them
    on_call.press("F12")
    assert on_call.driver.window.bar.shield.isVisible()
    assert leaks(on_call) == []
    assert "Anna Kowalska" in on_call.room.person.name.text()
    assert on_call.room.score.figure.text() == shield.DOTS
    assert not on_call.room.remarks.isVisible()
    on_call.press("F6")
    assert leaks(on_call) == []
    on_call.press("F6", "F12")
    assert not on_call.driver.window.bar.shield.isVisible()
    assert float(on_call.room.score.figure.text()) > 0


@pytest.mark.parametrize("question", ["approver", "people", "budget_sum", "unsolved", "go_live", "size"])
def test_every_kind_of_question(on_call: Caller, question: str) -> None:
    on_call.press("F12")
    on_call.ask(question)
    assert leaks(on_call) == []
    on_call.press("1")
    assert leaks(on_call) == []


def test_a_sum_that_was_said_is_blank_and_there_again(on_call: Caller) -> None:
    line = on_call.room.question.entry.line
    on_call.ask("budget_sum")
    assert "61,350" in line.text()
    on_call.press("F12")
    assert line.text() == ""
    on_call.press("Tab", "Enter")  # nothing was changed: nothing is answered
    assert on_call.standing("budget_sum") == "yes"
    on_call.ask("budget_sum")
    on_call.press("F12")
    assert "61,350" in line.text()


def test_in_the_small_window_and_at_the_end(on_call: Caller) -> None:
    on_call.press("F7", "F12")
    compact = on_call.room.compact
    assert compact is not None
    on_call.driver.wait_for(compact.isActiveWindow)
    assert leaks(on_call) == []
    assert compact.head.name.text() == "Anna Kowalska"
    assert compact.head.score.text() == shield.DOTS
    assert compact.head.shield.isVisible()
    on_call.press("F10")
    on_call.driver.wait_for(on_call.driver.window.isActiveWindow)
    assert on_call.phase is Phase.ENDING
    assert leaks(on_call) == []
    on_call.press("1", "Enter")
    on_call.driver.wait_for(lambda: not on_call.room.session.on_call)
    assert leaks(on_call) == []  # the next lead is not shown
    on_call.press("F9", "Enter")
    assert not on_call.room.session.on_call
    on_call.press("F12")
    on_call.driver.wait_for(on_call.room.before.isVisible)
    assert leaks(on_call)


def test_board_table_sheet_and_palette(on_call: Caller) -> None:
    on_call.press("F12")
    for keys in ("Ctrl+1", "Ctrl+2"):
        on_call.press(keys)
        on_call.driver.wait_saved()
        assert leaks(on_call) == [], keys
    for other in IDS:
        on_call.driver.trigger("lead.open", lead=on_call.driver.ask(find_lead, other))
        assert leaks(on_call) == []
    on_call.driver.trigger("lead.open", lead=on_call.driver.ask(find_lead, "anna"))
    assert leaks(on_call) == []
    assert any("Kowalska" in text for text in words_below(on_call.driver.window))
    on_call.press("Ctrl+K")
    on_call.type("wilh")
    finder = on_call.driver.window.finder
    on_call.driver.wait_for(lambda: any(hit.card is not None for hit in finder.model.lines))
    assert {hit.text for hit in finder.model.lines if hit.card is not None} == {shield.DOTS}
    on_call.press("F12")
    on_call.driver.wait_for(lambda: not shield.is_up())
    on_call.press("Escape")
    on_call.press("Ctrl+2")
    assert leaks(on_call)


def test_cards_say_nothing_of_others(on_call: Caller) -> None:
    desk = on_call.driver.desk
    on_call.press("F12")
    for card in all_cards(on_call):
        told = (card_words.spoken, card_words.whole)
        for said in (tell(card, desk.playbook, desk.now(), desk.today(), "en") for tell in told):
            assert not any(name in said for name in NAMES)
            assert not SUMS.search(said)
            assert ("Anna Kowalska" in said) is (card.external_id == "anna")


def test_two_boards_of_other_names_and_sums_look_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    pictures = []
    for number, others in enumerate(
        (OTHERS, tuple({**one, "name": "Bo", "value": f"9{one['value'][1:]}"} for one in OTHERS))
    ):
        people = [{key: facts[key] for key in ("name", "company", "value")} for facts in others]
        path = database_with(tmp_path / f"{number}.leaddesk", time.time_ns() // 1_000_000, *people)
        with running(qtbot, path) as driver:
            driver.window.resize(1280, 800)
            driver.press("Ctrl+1", "F12")
            driver.wait_saved()
            pictures.append(picture_of(driver.page))
    shield.put(up=False)
    assert pictures[0] == pictures[1]


def picture_of(widget: QWidget) -> QImage:
    """What is on screen of it."""
    QApplication.processEvents()
    return widget.grab().toImage()


def test_a_panel_that_is_open_hides_what_it_tells(on_call: Caller) -> None:
    other = on_call.driver.ask(find_lead, "zwick")
    on_call.press("Ctrl+2")
    on_call.driver.trigger("lead.edit", lead=other)
    form = next(one for one in on_call.driver.window.findChildren(LeadForm) if one.isVisible())
    focus = QApplication.focusWidget()
    on_call.press("F12")
    assert not form.panel.isVisible()
    assert leaks(on_call) == []
    on_call.press("F12")
    assert form.panel.isVisible()
    assert QApplication.focusWidget() is focus
    on_call.press("Escape")


def test_a_look_at_a_card(on_call: Caller) -> None:
    on_call.press("Ctrl+1", "F12")
    board = on_call.driver.page
    assert isinstance(board, BoardRoom)
    for _ in OTHERS:
        on_call.press("Space", "Down")
        assert board.peek.isVisible()
        assert leaks(on_call) == []
        on_call.press("Space")


def test_a_cell_of_somebody_else_is_not_opened(on_call: Caller) -> None:
    on_call.press("Ctrl+2", "Home", "F12")
    room = on_call.driver.page
    assert isinstance(room, LeadsRoom)
    for _ in range(len(OTHERS) + 1):
        card = room.table.current_card()
        assert card is not None
        room.edit_cell()
        assert (room.cell is None) is (card.external_id != "anna")
        if room.cell is not None:
            on_call.press("Escape")
        on_call.press("Down")


def test_what_is_exported_is_whole(on_call: Caller) -> None:
    """A file goes to whoever asked for it: dots in it would be a loss."""
    desk, (card, *_) = on_call.driver.desk, all_cards(on_call)
    columns = [columns_of(desk.playbook, ())[key] for key in ("name", "score", "up_to", "value", "known")]
    plain = [cell_of(column, card, {}, desk.playbook, "en") for column in columns]
    on_call.press("F12")
    assert plain == [cell_of(column, card, {}, desk.playbook, "en") for column in columns]
    assert shield.DOTS not in "".join(map(str, plain))


def test_what_was_noted_with_others_is_hidden(on_call: Caller) -> None:
    on_call.press("F12", "F5")
    assert isinstance(on_call.room.over.panel, ObjectionPanel)
    assert leaks(on_call) == []
    on_call.press("Escape")


def test_undo_names_nobody(on_call: Caller) -> None:
    other = on_call.driver.ask(find_lead, "zwick")
    on_call.press("Ctrl+1")
    on_call.driver.trigger("lead.move_to", lead=other, to="lost")
    on_call.press("1", "Enter")
    on_call.driver.wait_for(lambda: "Ottokar" in on_call.driver.toast)
    on_call.press("F12")
    assert not on_call.driver.toast
    undo = on_call.driver.window.findChild(QAction, "edit.undo")
    assert isinstance(undo, QAction)
    assert "Ottokar" not in undo.text()
    on_call.press("Ctrl+Z")
    on_call.driver.wait_for(lambda: on_call.driver.toast)
    assert "Ottokar" not in on_call.driver.toast


def test_a_file_of_others_is_covered(on_call: Caller, tmp_path: Path) -> None:
    source = tmp_path / "fair.csv"
    source.write_text("Name,Company\nOttokar Zwick,Gearworks\n", encoding="utf-8")
    on_call.driver.trigger("file.import", path=source)
    on_call.driver.wait_for(lambda: leaks(on_call))
    on_call.press("F12")
    assert leaks(on_call) == []
    on_call.press("F12")
    assert leaks(on_call)


def test_it_is_down_at_every_start(qtbot: QtBot, tmp_path: Path) -> None:
    path = database_with(tmp_path / "twice.leaddesk", time.time_ns() // 1_000_000, ANNA)
    with running(qtbot, path) as driver:
        driver.press("F12")
        assert shield.is_up()
    with running(qtbot, path) as driver:
        assert not shield.is_up()
        assert not driver.window.bar.shield.isVisible()


def test_the_note_keeps_the_focus(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("Tab")
    on_call.type("half a")
    on_call.press("F12")
    assert on_call.room.question.note.hasFocus()
    on_call.type(" thought")
    assert on_call.room.question.note.toPlainText() == "half a thought"
    assert isinstance(on_call.focus, QPlainTextEdit | QLineEdit | QComboBox | QLabel)

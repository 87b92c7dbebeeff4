"""The kit: rows chosen by key and mouse, a toast with one thing to do, bars and letters by shape."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.db.records import Progress
from leaddesk.qualify.terms import Standing
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.dialog import Answer, ask
from leaddesk.ui.kit.marks import KeyCap, LetterStrip, ScoreBar, native_keys
from leaddesk.ui.kit.options import OptionRow
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, EmptyState, ProgressPanel
from leaddesk.ui.kit.toast import Toast
from leaddesk.ui.text import Text
from tests.drivers import PATIENCE


def test_an_option_is_chosen_by_enter_space_and_click(qtbot: QtBot) -> None:
    row = OptionRow("2")
    qtbot.addWidget(row)
    row.say("A named person", "second line", "+6")
    row.show()
    chosen: list[str] = []
    row.chosen.connect(chosen.append)
    QTest.keyClick(row, Qt.Key.Key_Return)
    QTest.keyClick(row, Qt.Key.Key_Space)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert chosen == ["2", "2", "2"]
    assert row.accessibleName() == "2 A named person"
    row.set_on(True)
    assert row.on


def test_a_toast_does_one_thing_and_goes(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    toast, done = Toast(over), list[int]()
    toast.show_message("Moved <b>Anna</b>", "Undo", lambda: done.append(1), "Ctrl+Z")
    assert toast.isVisible()
    assert toast.text == "Moved <b>Anna</b>"
    over.resize(400, 300)
    assert over.rect().contains(toast.geometry())
    toast.button.click()
    assert done == [1]
    assert not toast.isVisible()


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_looks_different_without_its_colour(qtbot: QtBot, standing: Standing) -> None:
    def drawn(one: Standing) -> bytes:
        strip = LetterStrip()
        qtbot.addWidget(strip)
        strip.show_letters([("B", one)], "Budget")
        strip.resize(strip.sizeHint())
        image = strip.grab().toImage().convertToFormat(strip.grab().toImage().Format.Format_Grayscale8)
        return bytes(image.constBits())

    open_in_vain = {Standing.EVADED, Standing.UNKNOWN}
    for other in Standing:
        if other is not standing and not {other, standing} <= open_in_vain:
            assert drawn(standing) != drawn(other)


def test_a_score_bar_takes_any_values(qtbot: QtBot) -> None:
    bar = ScoreBar()
    qtbot.addWidget(bar)
    bar.resize(200, 4)
    for score, up_to, whole in ((0, 0, 1000), (1000, 1000, 1000), (-5, 2000, 1000), (1, 1, 0)):
        bar.show_score(score, up_to, whole)
        assert not bar.grab().isNull()


def test_a_choice_tells_only_what_a_person_picked(qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    picked: list[str] = []
    choice.picked.connect(picked.append)
    choice.offer([("a", "A"), ("b", "B")], "b")
    assert choice.key == "b"
    choice.offer([("a", "Anton"), ("b", "Berta")])
    assert choice.key == "b"
    assert picked == []
    choice.show()
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert picked == ["a"]


def test_progress_shows_how_far_it_is_and_stops(qtbot: QtBot) -> None:
    panel = ProgressPanel()
    qtbot.addWidget(panel)
    panel.say("Importing…", "Stop")
    bar = panel.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    panel.show_progress(Progress(1000, None))
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    panel.show_progress(Progress(1000, 8000))
    assert (bar.value(), bar.maximum()) == (1000, 8000)
    assert {"Importing…", "1,000 / 8,000"} <= {text.text() for text in panel.findChildren(Text)}
    with qtbot.waitSignal(panel.stopped, timeout=PATIENCE):
        panel.findChild(QPushButton).click()  # type: ignore[union-attr]


def test_a_command_button_says_its_words_and_key(qtbot: QtBot) -> None:
    button = CommandButton(keys="Ctrl+N")
    qtbot.addWidget(button)
    button.say("New lead & more")
    assert button.accessibleName() == "New lead & more"
    assert button.findChild(KeyCap).text() == "Ctrl+N"  # type: ignore[union-attr]
    assert button.sizeHint().width() > 100


def test_a_question_answers_by_button_and_by_escape(qtbot: QtBot) -> None:
    answers: list[str] = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = ask(
            None, "Sure?", "<i>text</i>", Answer("no", "No"), Answer("yes", "Yes", "primary"), then=answers.append
        )
        qtbot.waitExposed(dialog)
        QTest.keyClick(dialog, key)
    assert answers == ["yes", ""]


def test_a_toast_lies_on_no_button_that_leads_on(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    save = CommandButton("Save", "Enter", "primary", parent=over)
    over.show()
    toast = Toast(over)
    for top in (40, 300, 480, 500, 540, 560):
        save.setGeometry(350, top, 120, 32)
        toast.show_message("Moved Anna Kowalska to SQL", "Undo", keys="Ctrl+Z")
        assert not toast.geometry().intersects(save.geometry())
        assert over.rect().contains(toast.geometry())


def test_a_panel_is_left_and_confirmed_by_mouse(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    left: list[bool] = []
    for label in ("Cancel", "Save"):
        panel = Overlay(window)
        panel.offer("Cancel", "Save", partial(panel.leave, accepted=True))
        panel.closed.connect(left.append)
        panel.open()
        QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
        next(one for one in panel.findChildren(CommandButton) if one.words == label).click()
    assert left == [False, True]


def test_a_click_beside_leaves_a_panel_that_only_asks(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    panel, left = Overlay(window), list[bool]()
    panel.only_asks = True
    panel.inside.addWidget(QPushButton("One"))
    panel.closed.connect(left.append)
    panel.open()
    QTest.mouseClick(panel.panel, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert left == []
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert left == [False]


def test_keys_have_one_name_everywhere() -> None:
    assert native_keys("Ctrl+Return") == "Ctrl+Enter"
    assert native_keys("Ctrl+Right") == "Ctrl+→"
    assert native_keys("Left") == "←"
    assert native_keys("Ctrl+K") == "Ctrl+K"


@pytest.mark.parametrize("width", [240, 340, 1200])
def test_an_empty_room_wraps_its_words_in_any_width(qtbot: QtBot, width: int) -> None:
    empty = EmptyState("person")
    qtbot.addWidget(empty)
    empty.say("No lead chosen", "Choose one in the table to see what is known, why it counts, and what comes next.")
    empty.resize(width, 600)
    empty.show()
    for text in empty.findChildren(Text):
        assert empty.rect().contains(text.geometry())
        assert text.height() >= text.heightForWidth(text.width())


def test_an_empty_room_says_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState("board")
    qtbot.addWidget(empty)
    empty.say("No leads yet", "Add one.")
    button = empty.offer(QPushButton("New lead"))
    assert button.parent() is empty


def test_a_chip_with_an_icon_is_as_high_as_other_chips(qtbot: QtBot) -> None:
    chip, other = CommandButton("Filter", kind="chip", icon="filter"), CommandButton("New lead")
    for button in (chip, other):
        qtbot.addWidget(button)
    assert chip.sizeHint().height() == 28 < other.sizeHint().height()

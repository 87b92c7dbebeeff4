"""The rooms and panels as a rep's hands and eyes know them: keys in, and what is on display for ears out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.call.session import Phase
from leaddesk.ui.gate.gate_panel import GatePanel
from leaddesk.ui.importing.room import ImportRoom
from leaddesk.ui.leads.form import LeadForm
from tests.drivers import WindowDriver

W = TypeVar("W", bound=QWidget)

_MOST_CARDS = 40


class ImportPage:
    """The import room: a file named in the file dialog, its columns seen, its leads brought in."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver

    @property
    def room(self) -> ImportRoom:
        """The room."""
        found = self._driver.window.room_widget("import")
        assert isinstance(found, ImportRoom)
        return found

    def _shows(self, page: QWidget) -> bool:
        return self.room.pages.currentWidget() is page

    def choose(self, table: Path) -> None:
        """Ask for a file and type its path; then see what will become of it."""
        driver = self._driver
        assert driver.room == "import"
        assert self.room.choose.button.hasFocus()
        with typed_into_dialog(driver, str(table)):
            driver.press("Return")
        driver.wait_for(lambda: self._shows(self.room.planning))

    @property
    def becomes(self) -> dict[str, str]:
        """The field in words that each column of the file becomes."""
        columns = self.room.planning.columns
        names = [columns.item(row, 0) for row in range(columns.rowCount())]
        return {name.text(): columns.choice_of(name.text()).currentText() for name in names if name is not None}

    def bring(self) -> None:
        """Bring the leads in, and read the report."""
        self._driver.press("Ctrl+Return")
        self._driver.wait_for(lambda: self._shows(self.room.report))
        self._driver.wait_saved()

    @property
    def unread(self) -> list[tuple[str, str]]:
        """Line and reason of each row that nobody could read."""
        table = self.room.report.table
        cells = [(table.item(row, 0), table.item(row, 1)) for row in range(table.rowCount())]
        return [(line.text(), why.text()) for line, why in cells if line is not None and why is not None]

    def save_unread(self, target: Path) -> None:
        """Keep those rows in a file of their own."""
        reach(self._driver, self.room.report.save)
        with typed_into_dialog(self._driver, str(target)):
            self._driver.press("Space")
        self._driver.wait_for(target.exists)


class BoardPage:
    """The board: walk to a card by arrows, hear it, do something with it by one key."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver

    @property
    def _room(self) -> BoardRoom:
        found = self._driver.window.room_widget("board")
        assert isinstance(found, BoardRoom)
        return found

    def come(self) -> None:
        """Bring the board to the front, all cards in their places."""
        self._driver.press("Ctrl+1")
        assert self._driver.room == "board"
        self._driver.wait_for(lambda: all(column.whole for column in self._room.model.columns.values()))
        assert self._room.lanes.hasFocus()

    @property
    def heard(self) -> str:
        """What a screen reader says of the card the keyboard stands on."""
        return self._room.lanes.accessibleDescription()

    @property
    def heads(self) -> list[str]:
        """What it says of the columns' heads."""
        return [lane.head.accessibleName() for lane in self._room.lanes.lanes.values()]

    def walk_to(self, title: str) -> str:
        """Walk to a lead's card from the first column on, and hear it."""
        self.come()
        for _ in range(5):  # a card that is being read again is silent, and a column may grow meanwhile
            if self._meets(title):
                return self.heard
            self._driver.wait_saved()
            self._driver.settle()
        raise AssertionError(title)

    def _meets(self, title: str) -> bool:
        for _ in self._room.lanes.lanes:
            self._driver.press("Left")
        for _ in self._room.lanes.lanes:
            self._driver.press("Home")
            before = ""
            while self.heard != before:
                if self.heard.startswith(title):
                    return True
                before = self.heard
                self._driver.press("Down")
            self._driver.press("Right")
        return False


class FormPage:
    """The form of a lead: typed field by field with Tab between them."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver

    def fill(self, **facts: str) -> None:
        """Type into fields, reached by Tab, over what stands there; Enter saves."""
        driver = self._driver
        form = only_visible(driver.window, LeadForm)
        for key, text in facts.items():
            field = form.line(key).edit
            reach(driver, field)
            driver.press("Ctrl+A")
            driver.type(text)
        driver.press("Return")
        driver.wait_for(lambda: not driver.window.findChildren(LeadForm))
        driver.wait_saved()


class FinderPage:
    """The palette behind Ctrl+K."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver

    def find(self, text: str) -> str:
        """Type a few letters, see what is found first, and open it."""
        driver = self._driver
        driver.press("Ctrl+K")
        driver.type(text)
        hits = driver.window.finder.model
        driver.wait_for(lambda: hits.lines and hits.lines[0].card is not None)
        first = hits.lines[0].text
        driver.press("Return")
        driver.wait_for(lambda: not driver.window.finder.isVisible())
        return first


class CallPage:
    """The call room."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver

    @property
    def room(self) -> CallRoom:
        """The room."""
        found = self._driver.window.room_widget("call")
        assert isinstance(found, CallRoom)
        return found

    @property
    def phase(self) -> Phase:
        """Where the loop stands."""
        return self.room.session.phase

    def wait_for(self, phase: Phase) -> None:
        """Wait until the loop stands there."""
        self._driver.wait_for(lambda: self.phase is phase)

    @property
    def who(self) -> str:
        """Whose number is shown."""
        return self.room.person.name.text()

    @property
    def number(self) -> str:
        """The number to call."""
        return self.room.before.number.text()

    @property
    def question(self) -> str:
        """The key of the question asked; its wording is on display."""
        key = self.room.session.question_key or ""
        playbook = self.room.session.playbook
        assert self.room.question.wording.text() == playbook.question[key].wording[self._driver.desk.language]
        return key

    @property
    def score(self) -> float:
        """The score on display."""
        return float(self.room.score.figure.text())

    @property
    def still_open(self) -> list[str]:
        """What the panel says of each requirement of the next stage."""
        return [
            row.accessibleName()
            for row in self.room.gate.findChildren(QWidget)
            if row.isVisible() and row.parentWidget() is self.room.gate and ": " in row.accessibleName()
        ]

    @property
    def gate(self) -> tuple[str, ...]:
        """The codes of what the next stage still asks for, each of them on display with its words."""
        lead = self.room.session.lead
        assert lead is not None
        assert lead.assessment.gate is not None
        assert len(self.still_open) == len(lead.assessment.gate.requirements)
        return tuple(need.code for need in lead.assessment.gate.unmet)

    @property
    def chosen(self) -> set[int]:
        """The digits shown as chosen."""
        return set(self.room.question.choices.chosen)

    @property
    def note(self) -> str:
        """What stands in the note."""
        return self.room.question.note.toPlainText()

    def ask(self, question: str) -> None:
        """Go to a question: by Enter where it is advised, else by the finder, its title typed."""
        driver, lead = self._driver, self.room.session.lead
        assert lead is not None
        advice = lead.assessment.advice
        if self.question != question and advice is not None and advice.question == question:
            driver.press("Return")
        elif self.question != question:
            driver.press("Ctrl+J")
            driver.type(self.room.session.playbook.question[question].title[driver.desk.language])
            driver.press("Return")
        assert self.question == question
        assert self.room.question.choices.hasFocus()

    def say(self, *keys: str) -> None:
        """Press keys and type texts, as the question is answered; then it is on disk."""
        for key in keys:
            if key.startswith("'"):
                self._driver.type(key[1:])
            else:
                self._driver.press(key)
        self._driver.wait_for(lambda: not self.room.session.busy)
        self._driver.wait_saved()
        assert not self.room.session.unsaved

    def write(self, note: str) -> None:
        """Write a note beside the question, and go back to it."""
        reach(self._driver, self.room.question.note)
        self.say(f"'{note}")
        self.say("Esc")
        assert self.note == note
        assert self.room.question.choices.hasFocus()


class GatePage:
    """The panel that asks what a stage still wants."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver

    @property
    def panel(self) -> GatePanel:
        """The panel."""
        return only_visible(self._driver.window, GatePanel)

    @property
    def is_asked(self) -> bool:
        """Whether it is there."""
        return any(panel.isVisible() for panel in self._driver.window.findChildren(GatePanel))

    @property
    def unmet(self) -> tuple[str, ...]:
        """The codes of what is still wanted."""
        return tuple(need.code for need in self.panel.draft.check.unmet)

    @property
    def read(self) -> list[str]:
        """What stands on the panel."""
        return [label.text() for label in self.panel.findChildren(QLabel) if label.isVisible()]


@contextmanager
def typed_into_dialog(driver: WindowDriver, text: str) -> Iterator[None]:
    """Type into the file dialog that is about to come, which takes all keys until it is answered; Enter accepts it."""
    timer = QTimer()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and isinstance(QApplication.focusWidget(), QLineEdit):
            timer.stop()
            driver.press("Ctrl+A")
            driver.type(text)
            driver.press("Return")

    timer.timeout.connect(answer)
    timer.start(10)
    yield
    timer.stop()
    driver.window.activateWindow()  # what a window manager does, which there is none of off screen
    driver.wait_for(driver.window.isActiveWindow)


def chosen_in_menu(driver: WindowDriver, opens: str, digit: str) -> None:
    """Open a menu by a key and choose from it by a digit."""
    driver.press(opens)
    driver.wait_for(QApplication.activePopupWidget)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClicks(menu, digit)  # a menu has the keys without having the focus
    driver.wait_for(lambda: QApplication.activePopupWidget() is None)


def reach(driver: WindowDriver, wanted: QWidget) -> None:
    """Press Tab until the keyboard is in a field."""
    for _ in range(_MOST_CARDS):
        if wanted.hasFocus():
            return
        driver.press("Tab")
    raise AssertionError(wanted.accessibleName(), QApplication.focusWidget())


def only_visible(window: QWidget, kind: type[W]) -> W:
    """The one widget of a kind that is seen."""
    (found,) = (widget for widget in window.findChildren(kind) if widget.isVisible())
    return found

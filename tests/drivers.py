"""Drives the real window on a real database by a person's verbs: press, type, wait, look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.app import Program, build
from leaddesk.qualify.terms import Instant
from leaddesk.settings import read_settings
from leaddesk.ui.desk import Desk, SaveState
from leaddesk.ui.room import Room
from leaddesk.ui.window import Window

T = TypeVar("T")

#: Milliseconds to wait for anything; far more than it takes.
PATIENCE = 30_000


class WindowDriver:
    """One window on one database; `open` starts the program as `leaddesk --db` does, `close` ends it."""

    def __init__(
        self,
        qtbot: QtBot,
        database: Path,
        language: str = "en",
        theme: str = "light",
        clock: Callable[[], Instant] | None = None,
    ) -> None:
        self.bot = qtbot
        self.database = database
        self.language = language
        self.theme = theme
        self._clock = clock
        self._program: Program | None = None
        #: Every key that was pressed, as menus write them.
        self.pressed: list[str] = []

    # ── start and end ────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, *, wait: bool = True) -> WindowDriver:
        """Start the program and wait until a room is in front."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._program = build(
            application, read_settings(), language=self.language, theme_choice=self.theme, clock=self._clock
        )
        self.window.show()
        self.bot.waitExposed(self.window)
        self.window.activateWindow()
        self._program.open(self.database)
        if wait:
            self.wait_for(lambda: self.room != "")
        return self

    def close(self) -> None:
        """Close the window as a person does, and wait until everything is written."""
        if self._program is None:
            return
        program, self._program = self._program, None
        program.window.close()
        program.end()
        program.window.deleteLater()
        program.desk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @property
    def program(self) -> Program:
        """The running program."""
        assert self._program is not None
        return self._program

    @property
    def window(self) -> Window:
        """Its window."""
        return self.program.window

    @property
    def desk(self) -> Desk:
        """Its desk."""
        return self.program.desk

    # ── hands ────────────────────────────────────────────────────────────────────────────────────────────────────

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as menus write them: `press("Ctrl+K")`, `press("Down", "Return")`."""
        for name in keys:
            combination: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]
            self.pressed.append(name)
            QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
            self.settle()

    def type(self, text: str) -> None:
        """Type letters where the cursor is."""
        for letter in text:
            QTest.keyClicks(self._target(), letter) if letter.isascii() else self._compose(letter)
        self.settle()

    def trigger(self, command: str, **arguments: object) -> None:
        """Ask for a command, as a menu does."""
        self.program.commands.trigger(command, **arguments)
        self.settle()

    def _compose(self, letter: str) -> None:
        """What an input method hands over."""
        from PySide6.QtGui import QInputMethodEvent

        event = QInputMethodEvent()
        event.setCommitString(letter)
        QCoreApplication.sendEvent(self._target(), event)

    def _target(self) -> QWidget:
        focused = QApplication.focusWidget()
        active = QApplication.activeModalWidget() or QApplication.activeWindow()
        return focused or active or self.window

    # ── eyes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def wait_for(self, condition: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.bot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def settle(self) -> None:
        """Let everything that is already due happen."""
        QApplication.processEvents()

    def wait_saved(self) -> None:
        """Wait until everything done is on disk."""
        self.wait_for(lambda: self.desk.save_state is SaveState.SAVED)
        self.settle()

    def ask(self, question: Callable[..., T], *arguments: object) -> T:
        """Ask the database what a screen asks."""
        self.wait_saved()
        return self.desk.get(question, *arguments)

    @property
    def room(self) -> str:
        """The key of the room in front."""
        return self.window.room

    @property
    def page(self) -> Room:
        """The room in front."""
        found = self.window.room_widget(self.room)
        assert found is not None
        return found

    @property
    def toast(self) -> str:
        """What the toast says; empty when there is none."""
        return self.window.toast.text if self.window.toast.isVisible() else ""

    @property
    def dialog(self) -> QWidget | None:
        """The dialog in front, if any."""
        return QApplication.activeModalWidget()

    def unnamed_controls(self) -> list[str]:
        """What a screen reader could not name, of everything visible in the window that takes the focus."""
        return unnamed_below(self.window)


def unnamed_below(window: QWidget) -> list[str]:
    """What a screen reader could not name, of everything visible in a window that takes the focus."""
    found: list[str] = []
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None
    for one in _walk(top):
        state = one.state()
        if state.focusable and not state.invisible and not one.text(QAccessible.Text.Name).strip():
            owner = one.object()
            found.append(f"{one.role().name} {type(owner).__name__} {owner.objectName() if owner else ''}")
    return found


def words_below(window: QWidget) -> list[str]:
    """Everything that is written on what is visible in a window, as eyes and screen readers get it."""
    found: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible():
            found += _written(widget)
    return [text for text in found if text.strip()]


def _written(widget: QWidget) -> list[str]:
    said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    for name in ("text", "plainText", "placeholderText", "currentText"):
        value = widget.property(name)
        if isinstance(value, str):
            said.append(value)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                told = (model.index(row, column).data(role) for role in _ROLES)
                said += [one for one in told if isinstance(one, str)]
    elif (top := QAccessible.queryAccessibleInterface(widget)) is not None and not widget.findChildren(QWidget):
        said += [child.text(QAccessible.Text.Name) for place in range(top.childCount()) if (child := top.child(place))]
    return said


_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def _walk(top: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything visible below, except the cells of tables and lists, which their models name."""
    yield top
    containers = {QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree}
    if top.role() in containers or top.role() is QAccessible.Role.ComboBox:
        return
    for place in range(top.childCount()):
        child = top.child(place)
        if child is not None and not child.state().invisible:
            yield from _walk(child)


@contextmanager
def running(qtbot: QtBot, database: Path, language: str = "en", theme: str = "light") -> Iterator[WindowDriver]:
    """A window that is open within the block."""
    driver = WindowDriver(qtbot, database, language, theme).open()
    try:
        yield driver
    finally:
        driver.close()

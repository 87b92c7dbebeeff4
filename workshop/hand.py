"""A hand on the real window, without a display: it opens a database, presses keys, waits, and takes pictures."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QKeyCombination,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QInputMethodEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget

from leaddesk.app import Program, build
from leaddesk.db.reader import Reader
from leaddesk.db.reading import Reading
from leaddesk.db.store import Store
from leaddesk.operations.samples import add_samples
from leaddesk.settings import Settings
from leaddesk.ui.chores import Chores
from leaddesk.ui.desk import SaveState

#: Seconds to wait for anything before giving up.
PATIENCE = 30.0


class Hand:
    """One program at work."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.window = program.window
        #: Seconds to rest after each key, so that pictures show what follows from it.
        self.pause = 0.25
        #: Whether to rest until every question asked of the database is answered, too: with many leads that takes time.
        self.patient = False

    def press(self, *keys: str) -> None:
        """Press keys, as menus write them."""
        for name in keys:
            self.strike(name)
            self.rest()

    def strike(self, name: str) -> None:
        """Press one key, or type one letter, and wait for nothing."""
        if len(name) == 1:
            QTest.keyClicks(self._target(), name)
            return
        combination = QKeySequence.fromString(name)[0]  # type: ignore[index]
        assert isinstance(combination, QKeyCombination)
        QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str, *, rest: bool = True) -> None:
        """Type, or have an input method hand over, a text."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(self._target(), event)
        if rest:
            self.rest()

    def compose(self, text: str) -> None:
        """An input method shows a half-composed word."""
        QCoreApplication.sendEvent(self._target(), QInputMethodEvent(text, []))

    def trigger(self, command: str, **arguments: object) -> None:
        """Ask for a command, as a menu does."""
        self.program.commands.trigger(command, **arguments)
        self.rest()

    def rest(self, seconds: float | None = None) -> None:
        """Let what follows from the last key happen, and be saved."""
        end = time.monotonic() + (self.pause if seconds is None else seconds)
        QApplication.processEvents()
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)
        self.wait(lambda: self.program.desk.save_state is not SaveState.SAVING)
        if self.patient:
            self.hear()

    def hear(self) -> None:
        """Wait until the reader thread has loaded what it answers from, and has answered what was asked."""
        desk, warm = self.program.desk, 0
        while desk.is_open and warm < 2:  # an answer may make a room ask for more
            answers: list[bool] = []
            desk.read(_is_warm, then=answers.append)
            self.wait(answers.__len__)
            warm = warm + 1 if answers[0] else 0
            if not warm:
                desk.warm()

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; TimeoutError when it does not."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there")
            QApplication.processEvents()
            time.sleep(0.002)

    def wait_closely(self, condition: Callable[[], object]) -> None:
        """Wait as `wait` does, but look again at once: for taking times."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there")
            QApplication.processEvents()

    def scroll_bar_of_focus(self) -> QScrollBar:
        """What scrolls the page that has the focus."""
        area = QApplication.focusWidget()
        while area is not None and not (isinstance(area, QScrollArea) and area.verticalScrollBar().maximum()):
            area = area.parentWidget()
        pages = [page for page in self.window.findChildren(QScrollArea) if page.isVisible()]
        return (area or max(pages, key=lambda page: page.verticalScrollBar().maximum())).verticalScrollBar()

    def picture(self) -> QImage:
        """What is on screen: the window with any dialog over it, or the small one that took its place."""
        QApplication.processEvents()  # words that came in the last moment take their room
        small = QApplication.activeWindow()
        if small is not None and not self.window.isVisible():
            return small.grab().toImage()
        image = self.window.grab().toImage()
        painter = QPainter(image)
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible() and other.isWindow():
                painter.drawPixmap(self.window.mapFromGlobal(other.mapToGlobal(other.rect().topLeft())), other.grab())
        painter.end()
        return image

    def save_picture(self, path: Path) -> None:
        """Write what is on screen as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.picture().save(str(path)):
            raise OSError(f"cannot write {path}")

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window


@contextmanager
def at_work(
    database: Path,
    language: str = "en",
    theme: str = "light",
    size: tuple[int, int] = (1440, 900),
    rest: float = 1.0,
    *,
    quiet: bool = False,
) -> Iterator[Hand]:
    """The program on a database, at a size, until the end of the block; `rest`: seconds until it is looked at.

    `quiet`: for a large one: nothing is done by itself, such as a backup of gigabytes, and all answers are waited for.
    """
    qInstallMessageHandler(_pass_on)
    application = QApplication.instance() or QApplication(["leaddesk"])
    assert isinstance(application, QApplication)
    program = build(application, Settings(person="Chris Weber"), language=language, theme_choice=theme)
    hand = Hand(program)
    program.window.resize(*size)
    program.window.show()
    program.window.activateWindow()
    program.open(database)
    if quiet:
        for chores in program.desk.findChildren(Chores):
            shiboken6.delete(chores)
        hand.patient = True
    try:
        hand.wait(lambda: program.window.room)
        program.window.resize(*size)
        hand.rest(rest)
        yield hand
    finally:
        program.window.close()
        program.end()
        program.window.deleteLater()
        program.desk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's complaints, but for those that say that nobody can see this window."""
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)


def _is_warm(reading: Reading) -> bool:
    return not (isinstance(reading, Reader) and reading.wants_orders and reading.orders is None)


def likeness(database: Path, target: Path) -> None:
    """A copy of a database that nobody writes to now, in today's form; the original is only read."""
    shutil.copyfile(database, target)
    Store.open(target).close()


def demo(path: Path, leads: int = 120, seed: int = 1) -> Path:
    """A database of sample leads."""
    with Store.open(path) as store:
        for _ in store.job(add_samples, leads, seed, now=time.time_ns() // 1_000_000):
            pass
    return path

"""A field over a list, above everything in the window: letters narrow the list, arrows walk it, Enter takes a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

_PAGE = 8
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}


class Lines(QAbstractListModel, Generic[T]):
    """What is offered: things of one kind, and how a screen reader says one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[T] = []

    def show_lines(self, lines: Sequence[T]) -> None:
        """Offer these instead."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def spoken(self, line: T) -> str:
        """The words of a line."""
        return str(line)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        """How many."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line, for the screen reader; the thing itself for the painter."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(line)
        return line if role == Qt.ItemDataRole.UserRole else None


class LinePainter(QStyledItemDelegate):
    """Draws lines of one height; the current one on a tint. `draw` does what is on it."""

    def __init__(self, width: int, height: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = QSize(width, height)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are of one height."""
        del option, index
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The tint, and what is on it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(6, 1, -6, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft"))
            painter.drawRoundedRect(box, 8, 8)
        self.draw(painter, box, index)
        painter.restore()

    def draw(self, painter: QPainter, box: QRect, index: Index) -> None:
        """What is on a line."""


class Finder(QFrame, Generic[T]):
    """The field and its list. `closed` when it is put away, which a click elsewhere does too.

    What it is for says `place` (where it lies), `take` (what Enter and a click do), and `key` where it knows more keys.
    """

    closed = Signal()

    def __init__(self, window: QWidget, lines: Lines[T], painter: LinePainter) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self.setProperty("kind", "palette")
        self.field = QLineEdit()
        self.field.setProperty("kind", "palette")
        self.model = lines
        lines.setParent(self)
        painter.setParent(self)
        self.list = QListView()
        self.list.setProperty("kind", "hits")
        self.list.setModel(lines)
        self.list.setItemDelegate(painter)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self.take(index.row()))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 6)
        self.column.setSpacing(4)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self.field.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def place(self) -> None:
        """Lie where it belongs, as high as its lines need."""

    def take(self, row: int) -> None:
        """Do what a line stands for."""

    def show_lines(self, lines: Sequence[T]) -> None:
        """Offer these, the first of them current."""
        self.model.show_lines(lines)
        if self.model.lines:
            self.list.setCurrentIndex(self.model.index(0))

    @property
    def current(self) -> T | None:
        """The line the keyboard is on."""
        row = self.list.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def come_up(self, reason: Qt.FocusReason) -> None:
        """Show it, with the cursor in the field."""
        if not self.isVisible():
            self._before = self._window.focusWidget()
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(reason)

    def put_away(self) -> None:
        """Hide it, and give the focus back to where it was."""
        self.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def key(self, event: QKeyEvent) -> bool:
        """Arrows walk, Enter takes, Escape puts away; whether the key was one of them."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        last = len(self.model.lines) - 1
        if last >= 0:
            self.list.setCurrentIndex(self.model.index(min(max(self.list.currentIndex().row() + by, 0), last)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys come from the field; a click elsewhere puts all away; the window may change its size."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.key(event):
                return True
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                QTimer.singleShot(0, self, self._lost_focus)
        elif watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _lost_focus(self) -> None:
        """Another program in front is no reason to close; who clicked elsewhere wants the focus there."""
        if self.isVisible() and not self.field.hasFocus() and self.isActiveWindow():
            self._before = None
            self.put_away()

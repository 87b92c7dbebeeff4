"""What a screen reader finds in a column: swimlanes and cards, each with its sentence and its place on the screen."""

from __future__ import annotations

from collections import OrderedDict

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from leaddesk.ui.board.column_view import LINE, ColumnView

#: Interfaces handed to Qt must live as long as it knows them: Qt keeps none of them itself.
_KEPT: dict[int, ColumnSpoken] = {}
#: Cards of a column somebody may hold on to.
_CARDS = 500


class _Leaf(QAccessibleInterface):
    """Something in a column with nothing in it."""

    def __init__(self, column: ColumnSpoken, view: ColumnView, index: int) -> None:
        super().__init__()
        self._column, self._view, self.index = column, view, index

    def object(self) -> QObject | None:  # type: ignore[override]
        """It is no widget."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window of its column."""
        return self._column.window()

    def parent(self) -> QAccessibleInterface:
        """Its column."""
        return self._column

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """It has none."""
        del index
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """It has none."""
        del x, y
        return None

    def childCount(self) -> int:  # noqa: N802
        """It has none."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """It has none."""
        del child
        return -1

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802
        """It cannot be renamed this way."""

    def _on_screen(self, here: QRect) -> QRect:
        return QRect(self._view.viewport().mapToGlobal(here.topLeft()), here.size())


class CardSpoken(_Leaf):
    """One card of a column."""

    def isValid(self) -> bool:  # noqa: N802 - named by Qt
        """Whether the column still has so many cards."""
        return shiboken6.isValid(self._view) and self.index < len(self._view.column.nos)

    def text(self, kind: QAccessible.Text) -> str:
        """The whole card in one sentence; beside it in which stage and swimlane it stands."""
        if not self.isValid():
            return ""
        if kind is QAccessible.Text.Name:
            return self._view.spoken(self.index)
        return self._view.standing_of(self.index) if kind is QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        """Where it lies on the screen."""
        return self._on_screen(self._view.rect_of(self.index))

    def role(self) -> QAccessible.Role:
        """One of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether the keyboard stands on it, whether it is selected, whether it is seen."""
        state = QAccessible.State()
        nos = self._view.column.nos
        current = self.index < len(nos) and nos[self.index] == self._view.current
        state.selectable = state.focusable = state.multiSelectable = True
        state.focused = current
        state.selected = self._view.is_selected(self.index) if self.isValid() else False
        state.offscreen = self.index not in self._view.visible()
        return state


class SwimlaneSpoken(_Leaf):
    """The line over a swimlane, in the column that shows these lines."""

    def isValid(self) -> bool:  # noqa: N802 - named by Qt
        """Whether there still are so many swimlanes."""
        return shiboken6.isValid(self._view) and self.index < self._view.swimlanes

    def text(self, kind: QAccessible.Text) -> str:
        """Whose it is, how many leads, worth what."""
        told = self._view.words_over(self.index) if self.isValid() else ""
        return told.lstrip("▸▾ ") if kind is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        """Where it lies on the screen."""
        view = self._view
        top = (view.piles.lane_top(self.index) or 0) - view.verticalScrollBar().value()
        return self._on_screen(QRect(0, top, view.viewport().width(), LINE))

    def role(self) -> QAccessible.Role:
        """What stands over the cards of a group."""
        return QAccessible.Role.Heading

    def state(self) -> QAccessible.State:
        """Whether it is folded."""
        state = QAccessible.State()
        folded = self._view.words_over(self.index).startswith("▸") if self.isValid() else False
        state.expandable = True
        state.collapsed, state.expanded = folded, not folded
        return state


class ColumnSpoken(QAccessibleWidget):
    """A column as a list: the lines over its swimlanes first, then its cards."""

    def __init__(self, view: ColumnView) -> None:
        super().__init__(view, QAccessible.Role.List)
        self._view = view
        self._cards: OrderedDict[int, CardSpoken] = OrderedDict()
        self._swimlanes: dict[int, SwimlaneSpoken] = {}

    def childCount(self) -> int:  # noqa: N802
        """As many as the column shows swimlanes and has cards."""
        return self._view.swimlanes + len(self._view.column.nos)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The line over a swimlane, or a card; made when somebody asks for it."""
        if not 0 <= index < self.childCount():
            return None
        if index < self._view.swimlanes:
            return self._swimlanes.setdefault(index, SwimlaneSpoken(self, self._view, index))
        return self._card(index - self._view.swimlanes)

    def _card(self, index: int) -> CardSpoken:
        if index not in self._cards:
            self._cards[index] = CardSpoken(self, self._view, index)
            if len(self._cards) > _CARDS:
                _forget(self._cards.popitem(last=False)[1])
        self._cards.move_to_end(index)
        return self._cards[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """What lies at a place on the screen."""
        at = self._view.viewport().mapFromGlobal(QPoint(x, y)).y()
        lane = self._view.line_at(at) if self._view.swimlanes else None
        if lane is not None:
            return self.child(lane)
        index = self._view.index_at(at)
        return self._card(index) if index is not None else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """Which one it is."""
        if isinstance(child, CardSpoken):
            return self._view.swimlanes + child.index
        return child.index if isinstance(child, SwimlaneSpoken) else -1

    def forget(self) -> None:
        """The column is gone: nobody may ask its cards any more."""
        for one in (*self._cards.values(), *self._swimlanes.values()):
            _forget(one)
        self._cards.clear()
        self._swimlanes.clear()


def _forget(one: QAccessibleInterface) -> None:
    """Let Qt forget it too: a screen reader may hold on to its number, and would be led to what is no more."""
    if shiboken6.isValid(one):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(one))


def _spoken_by(_kind: str, about: QObject) -> QAccessibleInterface | None:
    if not isinstance(about, ColumnView):
        return None
    made = _KEPT.get(id(about))
    if made is None:
        made = _KEPT[id(about)] = ColumnSpoken(about)
        key = id(about)
        about.destroyed.connect(lambda: _KEPT.pop(key).forget())
    return made


def speak_columns() -> None:
    """Let Qt ask here about columns; once is enough."""
    global _speaking
    if not _speaking:
        _speaking = True
        QAccessible.installFactory(_spoken_by)


_speaking = False

"""What a screen reader finds in a column: a list of cards, each with its sentence and its place on the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from leaddesk.ui.board.column_view import ColumnView

#: Interfaces handed to Qt must live as long as their widget; Qt keeps none of them itself.
_KEPT: dict[int, QAccessibleInterface] = {}


class CardSpoken(QAccessibleInterface):
    """One card of a column."""

    def __init__(self, column: ColumnSpoken, view: ColumnView, index: int) -> None:
        super().__init__()
        self._column, self._view, self.index = column, view, index

    def isValid(self) -> bool:  # noqa: N802 - named by Qt
        """Whether the column still has so many cards."""
        return self.index < len(self._view.column.nos)

    def object(self) -> QObject | None:  # type: ignore[override]
        """A card is no widget."""
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

    def text(self, kind: QAccessible.Text) -> str:
        """The whole card in one sentence."""
        return self._view.spoken(self.index) if kind is QAccessible.Text.Name and self.isValid() else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802
        """A card cannot be renamed this way."""

    def rect(self) -> QRect:
        """Where it lies on the screen."""
        here = self._view.rect_of(self.index)
        return QRect(self._view.viewport().mapToGlobal(here.topLeft()), here.size())

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


class ColumnSpoken(QAccessibleWidget):
    """A column as a list."""

    def __init__(self, view: ColumnView) -> None:
        super().__init__(view, QAccessible.Role.List)
        self._view = view
        self._cards: dict[int, CardSpoken] = {}

    def childCount(self) -> int:  # noqa: N802
        """As many as the column has cards."""
        return len(self._view.column.nos)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A card; made when somebody asks for it."""
        if not 0 <= index < self.childCount():
            return None
        if index not in self._cards:
            if len(self._cards) > 500:
                self._cards.clear()
            self._cards[index] = CardSpoken(self, self._view, index)
        return self._cards[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        """The card at a place on the screen."""
        index = self._view.index_at(self._view.viewport().mapFromGlobal(QPoint(x, y)).y())
        return self.child(index) if index is not None else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """Which card it is."""
        return child.index if isinstance(child, CardSpoken) else -1


def _spoken_by(_kind: str, about: QObject) -> QAccessibleInterface | None:
    if not isinstance(about, ColumnView):
        return None
    made = _KEPT.get(id(about))
    if made is None:
        made = _KEPT[id(about)] = ColumnSpoken(about)
        key = id(about)
        about.destroyed.connect(lambda: _KEPT.pop(key, None))
    return made


def speak_columns() -> None:
    """Let Qt ask here about columns; once is enough."""
    global _speaking
    if not _speaking:
        _speaking = True
        QAccessible.installFactory(_spoken_by)


_speaking = False

"""How the call room is laid out: person, question and verdict beside each other; or one page that says why not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

#: Below this width the outer columns are narrower, so that the question keeps its room.
_ENOUGH = (1080, 1300)
_LEFT, _RIGHT = (200, 250, 290), (220, 270, 320)


class Columns(QStackedWidget):
    """Three columns, the middle one of several pages; `empty` is shown in place of all three."""

    def __init__(
        self, empty: QWidget, left: Sequence[QWidget], middle: Sequence[QWidget], right: Sequence[QWidget]
    ) -> None:
        super().__init__()
        self._left, self._right = _Column(left), _Column(right)
        self.middle = QStackedWidget(self)
        for page in middle:
            self.middle.addWidget(page)
        columns = QWidget(self)
        line = QHBoxLayout(columns)
        line.setContentsMargins(16, 14, 16, 16)
        line.setSpacing(14)
        line.addWidget(self._left)
        line.addWidget(self.middle, 1)
        line.addWidget(self._right)
        self.addWidget(empty)
        self.addWidget(columns)

    def show_page(self, page: QWidget | None) -> None:
        """Show a page of the middle with its columns; None: nothing of them."""
        self.setCurrentIndex(0 if page is None else 1)
        if page is not None:
            self.middle.setCurrentWidget(page)

    def let_reach_down(self, panel: QWidget, *, down: bool) -> None:
        """Let a panel of the right column take what is left of it, or no more than it needs."""
        self._right.stack.setStretchFactor(panel, 1 if down else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the question what the outer columns can spare."""
        super().resizeEvent(event)
        size = sum(self.width() >= enough for enough in _ENOUGH)
        self._left.setFixedWidth(_LEFT[size])
        self._right.setFixedWidth(_RIGHT[size])


class _Column(QScrollArea):
    """Panels beneath each other, the last one down to the foot, scrolled where there is no room."""

    def __init__(self, panels: Sequence[QWidget]) -> None:
        super().__init__()
        inner = QWidget()
        self.stack = QVBoxLayout(inner)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(12)
        for panel in panels:
            self.stack.addWidget(panel, 1 if panel is panels[-1] else 0)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

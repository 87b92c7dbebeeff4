"""The checks of the table, which stay at its left edge while the columns behind them are scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QTableView, QWidget

from leaddesk.ui.leads.cell_art import paint_check
from leaddesk.ui.theme import colour


class FrozenChecks(QWidget):
    """Lies over the first columns of a table as soon as its own one is not all to be seen; below the heads.

    `pressed(row)`: a check was clicked.
    """

    pressed = Signal(int)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setVisible(False)
        table.horizontalScrollBar().valueChanged.connect(self.place)
        table.verticalScrollBar().valueChanged.connect(self.update)
        table.selectionModel().selectionChanged.connect(self.update)
        table.model().modelReset.connect(self.update)

    def place(self) -> None:
        """Lie where the checks would be, or nowhere where they are."""
        view = self._table.viewport().geometry()
        self.setGeometry(view.left(), view.top(), self._table.columnWidth(0), view.height())
        self.setVisible(self._table.horizontalScrollBar().value() > 0)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The checks of the rows in sight."""
        table, painter = self._table, QPainter(self)
        painter.fillRect(event.rect(), colour("surface"))
        first, last = table.rowAt(0), table.rowAt(self.height() - 1)
        model, chosen = table.model(), table.selectionModel()
        for row in range(max(0, first), (last if last >= 0 else model.rowCount() - 1) + 1):
            box = QRect(0, table.rowViewportPosition(row), self.width(), table.rowHeight(row))
            checked = chosen.isSelected(model.index(row, 0))
            if checked:
                painter.fillRect(box, colour("accent-soft"))
            paint_check(painter, box, checked)
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(QPoint(self.width() - 1, 0), QPoint(self.width() - 1, self.height()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a check, as if it were the table's own."""
        row = self._table.rowAt(round(event.position().y()))
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The table's."""
        event.ignore()

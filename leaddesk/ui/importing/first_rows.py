"""The first rows of a file as they will be read, for the eye to judge encoding and delimiter by."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from leaddesk.operations.importing import ImportPlan

_Index = QModelIndex | QPersistentModelIndex
_ROW = 28
_SHOWN = 20


class RowsModel(QAbstractTableModel):
    """Cells of the first rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_plan(self, plan: ImportPlan) -> None:
        """Show its rows."""
        self.beginResetModel()
        self._columns, self._rows = plan.layout.columns, plan.first_rows[:_SHOWN]
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns the file has."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell, on one line."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        return " ".join(self._rows[index.row()][index.column()][:400].split())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name of a column; the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._columns[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)


class FirstRows(QTableView):
    """The table itself; scrolled by keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowsModel(self)
        self.setModel(self._rows)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultSectionSize(150)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show its rows, columns as wide as what stands in them, within bounds."""
        self._rows.show_plan(plan)
        self.resizeColumnsToContents()
        for column in range(self._rows.columnCount()):
            self.setColumnWidth(column, max(90, min(260, self.columnWidth(column) + 12)))

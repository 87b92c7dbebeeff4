"""The columns of a file, one below the other: what each is called, what it becomes, what stands in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from leaddesk.exchange.mapping import CUSTOM, SKIP
from leaddesk.operations.importing import ImportPlan
from leaddesk.ui import theme
from leaddesk.ui.importing import choices
from leaddesk.ui.kit.choice import Choice

_ROW = 40
_NAME, _FIELD, _VALUES = range(3)
_SHOWN = 4  # different values of a column


class ColumnTable(QTableWidget):
    """A row for each column, with a list of fields to choose from. Emits `mapped(column, field)`."""

    mapped = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._language = ""
        self._columns: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_FIELD, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_VALUES, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(_NAME, 260)
        self.setColumnWidth(_FIELD, 240)

    def show_plan(self, plan: ImportPlan, language: str) -> None:
        """Show the columns of a plan; where they are the same as before, lists and focus stay."""
        columns = plan.layout.columns
        if columns != self._columns or language != self._language:
            self._columns, self._language = columns, language
            self._make(columns)
        for row, field in enumerate(plan.fields):
            self._show_row(row, field, plan)

    def choice_of(self, column: str) -> Choice:
        """The list beside a column."""
        return self._choice(self._columns.index(column))

    def _make(self, columns: tuple[str, ...]) -> None:
        self.clearContents()
        self.setRowCount(len(columns))
        labels = [choices.say(self._language, key) for key in ("column", "becomes", "values")]
        self.setHorizontalHeaderLabels(labels)
        options = choices.fields(self._language)
        for row, name in enumerate(columns):
            self.setItem(row, _NAME, QTableWidgetItem(name))
            self.setItem(row, _VALUES, QTableWidgetItem())
            choice = FieldChoice()
            choice.offer(options)
            choice.insertSeparator(2)
            choice.setAccessibleName(f"{name} {labels[_FIELD]}")
            choice.picked.connect(lambda field, column=name: self.mapped.emit(column, field))
            choice.installEventFilter(self)
            self.setCellWidget(row, _FIELD, choice)

    def _show_row(self, row: int, field: str, plan: ImportPlan) -> None:
        choice = self._choice(row)
        choice.setCurrentIndex(max(0, choice.findData(field)))
        theme.look(choice, "quiet", field in (CUSTOM, SKIP))
        values = dict.fromkeys(cells[row] for cells in plan.first_rows if cells[row].strip())
        shown = "   ·   ".join(" ".join(value.split()) for value in list(values)[:_SHOWN])
        item = self.item(row, _VALUES)
        if item is not None:
            item.setText(shown)
            item.setForeground(theme.colour("faint" if field == SKIP else "mute"))
        name = self.item(row, _NAME)
        if name is not None:
            name.setForeground(theme.colour("faint" if field == SKIP else "text"))

    def _choice(self, row: int) -> Choice:
        widget = self.cellWidget(row, _FIELD)
        if not isinstance(widget, Choice):
            raise IndexError(row)
        return widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the list that has the focus into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, Choice):
            row = next((row for row in range(self.rowCount()) if self.cellWidget(row, _FIELD) is watched), -1)
            if row >= 0:
                self.scrollTo(self.model().index(row, _NAME))
        return super().eventFilter(watched, event)


class FieldChoice(Choice):
    """A list that a wheel passes over, so that scrolling the table changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(20)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the table scroll."""
        event.ignore()

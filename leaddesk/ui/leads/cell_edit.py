"""Changes a cell of the table where it stands: Enter keeps, Escape leaves, what is refused stays typed."""

from __future__ import annotations

from PySide6.QtCore import QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from leaddesk.db.records import Lead
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import Field
from leaddesk.qualify.state import FactValue
from leaddesk.ui.desk import Desk
from leaddesk.ui.fields.edit import FieldEdit
from leaddesk.ui.leads.table import LeadTable
from leaddesk.ui.theme import look

_LEAST = 220


def fact_of(lead: Lead, field: Field | CustomField) -> FactValue | None:
    """What is known of a field."""
    if isinstance(field, CustomField):
        return lead.custom.get(field.name)
    point = next((one.value for one in lead.contact_points if one.kind == field.key), None)
    return point if point is not None else lead.facts.get(field.key)


class CellEdit(QFrame):
    """Over a cell of the table. Emits `closed()` once, then deletes itself."""

    closed = Signal()

    def __init__(self, desk: Desk, table: LeadTable, lead: Lead, field: Field | CustomField) -> None:
        super().__init__(table.viewport())
        self._table, self._lead = table, lead.id
        self._index = QPersistentModelIndex(table.currentIndex())
        self._over = False
        look(self, "kind", "cell")
        self.edit = FieldEdit(desk, field, fact_of(lead, field))
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(3, 2, 3, 3)
        self._inside.addWidget(self.edit)
        self.edit.kept.connect(self.keep)
        self.edit.left.connect(self.leave)
        self.edit.done.connect(self.leave)
        self.edit.grown.connect(lambda: QTimer.singleShot(0, self, self.place))
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(self.place)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.place()
        self.show()
        self.edit.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.edit.select_all()

    def place(self) -> None:
        """Lie over the cell, wide enough to type in, within the table."""
        cell = self._table.visualRect(self._index)
        room = self._table.viewport().rect()
        width = min(max(cell.width(), _LEAST), room.width())
        # What is not laid out yet has no true height, and not every kind of field is higher where it is narrow.
        tall = self._inside.totalHeightForWidth(width) if self._inside.hasHeightForWidth() else 0
        self.resize(width, tall if tall > 0 else self._inside.totalSizeHint().height())
        left = max(0, min(cell.left(), room.right() - width))
        top = min(cell.center().y() - self.edit.edit.sizeHint().height() // 2 - 3, room.bottom() - self.height())
        self.move(left, max(0, top))

    def keep(self) -> None:
        """Write it."""
        self.edit.write(self._lead)

    def leave(self) -> None:
        """Close it; the keyboard goes back to the table where it was here."""
        if self._over:
            return
        self._over = True
        focus = QApplication.focusWidget()
        ours = focus is None or self.isAncestorOf(focus)
        self.hide()
        if ours:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """A click elsewhere keeps what was typed; a list of the editor is no elsewhere."""
        if self._over or now is None or before is None or not self.isAncestorOf(before) or self.isAncestorOf(now):
            return
        if now.window() is self.window():
            self.keep()

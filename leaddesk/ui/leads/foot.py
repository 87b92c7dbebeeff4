"""The foot of the table: what the shown or chosen leads are worth, and what can be done with many of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.reads import board, table
from leaddesk.db.records import ColumnTotal
from leaddesk.ui import figures
from leaddesk.ui.commands import COMMAND, Commands, label
from leaddesk.ui.currencies import kept_rates, rates_told, sums_told
from leaddesk.ui.desk import Desk
from leaddesk.ui.leads.table import LeadTable
from leaddesk.ui.text import ElidedText, menu_words, set_tooltip
from leaddesk.ui.theme import look

#: The sum of what is chosen follows after so long a rest, in milliseconds.
_REST = 120
_VERBS = ("lead.change_many", "leads.export", "table.columns")


class TableFoot(QFrame):
    """Sums at the left, verbs at the right."""

    def __init__(self, desk: Desk, commands: Commands, leads: LeadTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._table = desk, leads
        self._sums: Mapping[str, int] = {}
        self._message = ""  # what was done, until something else is chosen
        look(self, "kind", "foot")
        self.told = ElidedText(kind="small")
        self.verbs = {command: QPushButton() for command in _VERBS}
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.setSpacing(6)
        line.addWidget(self.told, 1)
        for command, button in self.verbs.items():
            look(button, "kind", "chip")
            button.clicked.connect(lambda _on, command=command: commands.trigger(command))
            line.addWidget(button)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._ask)
        leads.selectionModel().selectionChanged.connect(lambda *_: self.count())
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the desk's language."""
        language = self._desk.language
        for command, button in self.verbs.items():
            button.setText(menu_words(words.say(language, "bulk", f"chip_{command.rpartition('.')[2]}")))
            button.setAccessibleName(label(command, language))
            set_tooltip(button, " ".join((label(command, language), *COMMAND[command].keys)))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Rates may have been changed meanwhile."""
        super().showEvent(event)
        self._show()

    def tell(self, text: str) -> None:
        """Say what was done, until something else is chosen."""
        self._rest.stop()
        self._message = text
        self._show()

    def count(self) -> None:
        """What is shown or chosen has changed: sum it up in a moment."""
        self._message = ""
        several = self._table.chosen_count() > 1
        self.verbs["lead.change_many"].setVisible(several)
        self._rest.start()

    def _ask(self) -> None:
        if not self._desk.is_open:
            return
        shown, chosen = self._table.rows.nos, self._table.chosen_count()
        if 1 < chosen < len(shown):
            nos = self._table.chosen_nos()
            self._desk.read(table.values_of, nos, then=self._take_chosen, slot="leads.sums")
        else:
            self._desk.read(board.totals, self._table.rows.filters, then=self._take_all, slot="leads.sums")

    def _take_chosen(self, found: tuple[int, dict[str, int]]) -> None:
        self._sums = found[1]
        self._show()

    def _take_all(self, totals: Mapping[str, ColumnTotal]) -> None:
        sums: dict[str, int] = {}
        for column in totals.values():
            for currency, value in column.values.items():
                sums[currency] = sums.get(currency, 0) + value
        self._sums = sums
        self._show()

    def _show(self) -> None:
        language, chosen = self._desk.language, self._table.chosen_count()
        rates = kept_rates()
        parts = []
        if chosen > 1:
            parts.append(words.say(language, "leads", "chosen", n=figures.count(chosen)))
        if self._sums:
            parts.append(words.say(language, "leads", "worth", sums=sums_told(self._sums, rates, language)))
        used = rates_told(self._sums, rates, language, self._desk.today())
        # Sums asked for before something was done come after it was told.
        self.told.setText(self._message or " · ".join([*parts, used] if used else parts))
        self.told.setAccessibleName(self.told.text())

"""The last page of an import: what came in, what did not and why, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from leaddesk.operations.importing import ImportReport
from leaddesk.ui.importing import choices
from leaddesk.ui.kit.panels import CommandButton, Panel, SectionHeader
from leaddesk.ui.text import Text, menu_words

_SHOWN = 500
_REMARKS = 8
_COUNTS = ("added", "updated", "skipped", "rejected")


class ReportPage(QWidget):
    """Shows a report; its buttons only say what is wanted."""

    leads_wanted = Signal()
    save_wanted = Signal()
    undo_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self._shown: tuple[ImportReport, str] | None = None
        self._title = Text(kind="title", wrap=True)
        self._figures = {name: Text(kind="question") for name in _COUNTS}
        self._figure_words = {name: Text(kind="small") for name in _COUNTS}
        self._remarks = Text(kind="mute", wrap=True, selectable=True)
        self.saved = Text(tone="met", wrap=True, selectable=True)
        self._head = SectionHeader()
        self.table = QTableWidget(0, 2)
        self.leads = CommandButton(kind="primary")
        self.save = QPushButton()
        self.undo = QPushButton()
        self.again = QPushButton()
        self._wire()
        self._lay_out()

    def _wire(self) -> None:
        for button in (self.leads, self.save, self.undo, self.again):
            button.setAutoDefault(True)  # Enter presses it, as Space does
        self.leads.clicked.connect(self.leads_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(40)
        for name in _COUNTS:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(self._figures[name])
            column.addWidget(self._figure_words[name])
            counts.addLayout(column)
        counts.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.leads, self.again, self.undo, self.save):
            buttons.addWidget(button)
        buttons.addStretch(1)
        panel = Panel(margin=22, spacing=14)
        panel.inside.addWidget(self._title)
        panel.inside.addLayout(counts)
        panel.inside.addWidget(self._remarks)
        panel.inside.addWidget(self.saved)
        panel.inside.addLayout(buttons)
        self._rejections = Panel(margin=12)
        self._rejections.inside.addWidget(self._head)
        self._rejections.inside.addWidget(self.table)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 20)
        page.setSpacing(12)
        page.addWidget(panel)
        page.addWidget(self._rejections, 1)
        self._rest = QWidget()
        page.addWidget(self._rest, 1)

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        for name in _COUNTS:
            self._figure_words[name].setText(choices.say(language, name))
        self.leads.say(choices.say(language, "show_leads"))
        for button, key in ((self.save, "save_rejected"), (self.undo, "undo"), (self.again, "again")):
            button.setText(menu_words(choices.say(language, key)))
        self.table.setHorizontalHeaderLabels([choices.say(language, "line"), choices.say(language, "reason")])
        self.table.setAccessibleName(choices.say(language, "rejections"))
        if self._shown is not None:
            self.show_report(*self._shown)

    def show_report(self, report: ImportReport, file: str) -> None:
        """Show what an import did."""
        self._shown = (report, file)
        came = report.added + report.updated
        self._title.setText(choices.say(self._language, "done_title" if came else "done_none", file=file))
        for name in _COUNTS:
            self._figures[name].setText(f"{getattr(report, name):,}")
        unread = sorted(report.unread.items(), key=lambda item: -item[1])[:_REMARKS]
        remarks = [
            choices.say(self._language, "unread", column=column, n=choices.counted(count)) for column, count in unread
        ]
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        self.saved.setVisible(bool(self.saved.text()))
        self.leads.setEnabled(came > 0)
        self.save.setVisible(report.rejected > 0)
        self._rejections.setVisible(report.rejected > 0)
        self._rest.setVisible(report.rejected == 0)
        self._list(report)

    def tell_saved(self, words: str) -> None:
        """Say where the rejected rows are; empty to take it back."""
        self.saved.setText(words)
        self.saved.setVisible(bool(words))

    def _list(self, report: ImportReport) -> None:
        shown = report.rejections[:_SHOWN]
        rest = report.rejected - len(shown)
        head = choices.say(self._language, "rejections")
        self._head.setText(f"{head} · {choices.say(self._language, 'more', n=choices.counted(rest))}" if rest else head)
        self.table.setRowCount(len(shown))
        for row, (line, reason) in enumerate(shown):
            self.table.setItem(row, 0, QTableWidgetItem(f"{line:,}"))
            self.table.setItem(row, 1, QTableWidgetItem(choices.say(self._language, reason)))

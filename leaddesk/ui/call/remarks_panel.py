"""Under the gate: what does not fit together, calmly; a click asks the question that would settle it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.remarks import remarks
from leaddesk.ui import shield
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.remark_words import remark_words
from leaddesk.ui.text import Text

_SHOWN = 3


class RemarksPanel(Panel):
    """The gravest remarks; not there at all while everything fits. `wanted(question)` on a click."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, spacing=8)
        self.lines = tuple(_Remark(self) for _ in range(_SHOWN))
        for line in self.lines:
            line.wanted.connect(self.wanted)
            self.inside.addWidget(line)
        self.inside.addStretch(1)
        self.hide()

    def show_lead(self, playbook: Playbook, lead: Lead, today: date, language: str) -> None:
        """Show what does not fit about a lead."""
        found = remarks(playbook, lead.state, lead.assessment, today)[:_SHOWN]
        self.set_title(words.say(language, "call", "remarks"))
        for number, line in enumerate(self.lines):
            remark = found[number] if number < len(found) else None
            line.show_remark(
                remark_words(playbook, remark, language) if remark is not None else "",
                remark.question if remark is not None else None,
            )
        # What we make of a buyer is not for their eyes.
        self.setVisible(bool(found) and not shield.is_up())


class _Remark(Text):
    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(kind="small", wrap=True, parent=parent)
        self._question: str | None = None

    def show_remark(self, text: str, question: str | None) -> None:
        """Say it, or nothing."""
        self.setText(text)
        self.setVisible(bool(text))
        self._question = question
        self.setCursor(Qt.CursorShape.PointingHandCursor if question is not None else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask what would settle it."""
        del event
        if self._question is not None:
            self.wanted.emit(self._question)

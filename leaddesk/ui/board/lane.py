"""One column of the board, wide with head and cards or folded to a strip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from leaddesk.db.records import ColumnTotal
from leaddesk.qualify.playbook import Stage
from leaddesk.ui import shield
from leaddesk.ui.board.card_art import CardArt
from leaddesk.ui.board.column_view import ColumnView
from leaddesk.ui.board.columns import BoardModel
from leaddesk.ui.board.selection import Selection
from leaddesk.ui.board.stage_head import StageHead
from leaddesk.ui.board.stage_strip import STRIP_WIDTH, StageStrip
from leaddesk.ui.theme import look

#: A wide column is never narrower, and needs no more than this.
NARROWEST, WIDEST = 188, 420


class Lane(QWidget):
    """One column: wide with head and cards, or a strip."""

    def __init__(self, model: BoardModel, stage: Stage, art: CardArt, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self.stage = stage
        self.wide = True
        self._said: tuple[ColumnTotal | None, str, bool] | None = None
        self.strip = StageStrip(stage, self)
        self.head = StageHead(stage, self)
        self.view = ColumnView(model, stage.key, art, selection, self)
        self.empty = QLabel(self.view.viewport())
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look(self.empty, "kind", "small")
        inside = QStackedLayout(self.view.viewport())
        inside.addWidget(self.empty)
        self._whole = QWidget(self)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.strip)
        row.addWidget(self._whole)
        self.set_wide(True)

    def tell(self, total: ColumnTotal | None, language: str) -> None:
        """Show what it holds, where that is not said already: every change on the board asks for it."""
        said = total, language, shield.is_up()
        if said != self._said:
            self._said = said
            self.head.tell(total, language)
            self.strip.tell(total, language)
            self.view.setAccessibleName(self.head.accessibleName())

    def set_wide(self, wide: bool) -> None:
        """Unfold, or fold to a strip."""
        self.wide = wide
        self.strip.setVisible(not wide)
        self._whole.setVisible(wide)
        if wide:
            self.setMinimumWidth(NARROWEST)
            self.setMaximumWidth(WIDEST)
        else:
            self.setFixedWidth(STRIP_WIDTH)
        self.head.wants_lines.emit()

    def set_current(self, current: bool, no: int | None) -> None:
        """The keyboard stands here, on a card or on none."""
        self.strip.set_current(current)
        self.head.set_current(current)
        self.view.set_current(no if current else None)

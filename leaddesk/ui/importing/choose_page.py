"""The first page of an import: which file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from leaddesk.ui.importing import choices
from leaddesk.ui.kit.panels import EmptyState
from leaddesk.ui.text import Text, menu_words


class ChoosePage(QWidget):
    """What can be brought, and a button. `wanted`: a file is to be chosen. `trouble` says why the last was none."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = EmptyState("import")
        self.button = self._state.offer(QPushButton())
        self.button.setProperty("kind", "primary")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.wanted)
        self.trouble = Text(tone="late", wrap=True, selectable=True)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addWidget(self._state, 0)
        column.addWidget(self.trouble)
        column.addStretch(3)

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        text = " ".join(choices.say(language, key) for key in ("choose_text", "drop_here"))
        self._state.say(choices.say(language, "choose_title"), text)
        self.button.setText(menu_words(choices.say(language, "choose")))

    def tell(self, trouble: str) -> None:
        """Say why a file cannot be imported; empty to take it back."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

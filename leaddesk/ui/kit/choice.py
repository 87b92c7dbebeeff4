"""A choice among a few named things, as a field that opens a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget


class Choice(QComboBox):
    """Keys with words. `picked(key)` only when a person chose, never when the words change."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.activated.connect(lambda place: self.picked.emit(str(self.itemData(place))))

    def offer(self, options: Sequence[tuple[str, str]], chosen: str | None = None) -> None:
        """Offer (key, words); the chosen one, else the one chosen before, stays."""
        keep = chosen if chosen is not None else self.key
        self.blockSignals(True)
        self.clear()
        for key, words in options:
            self.addItem(words, key)
        self.setCurrentIndex(max(0, self.findData(keep)))
        self.blockSignals(False)

    @property
    def key(self) -> str:
        """The key of what is chosen; empty while nothing is offered."""
        return str(self.currentData()) if self.currentIndex() >= 0 else ""
